// What is published: contents, size, no eval, printed types. Its use: installed.test.mjs.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { package_folder, printed_types } from './native.mjs';

const dist = join(package_folder, 'dist');
const read = (name) => readFileSync(join(package_folder, name));

describe('the package', () => {
  it('holds what is needed and nothing else', () => {
    const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: package_folder, stdio: 'pipe' }));
    const cart = ['', '_coupons', '_parts', '_source', '_style', '_view', '_words'].map((part) => `cart_element${part}`);
    const sync = ['', '_ask', '_catalogue', '_clock', '_coupons', '_prices', '_record', '_state', '_storage', '_types'].map((part) => `sync${part}`);
    const modules = [...cart, 'compile', 'en', 'explain', 'flat', 'generated', 'index', 'ko', 'money', 'sentences', ...sync];
    const expected = [
      'README.md',
      'dist/cartwright.js',
      'dist/cartwright.wasm',
      ...modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]),
      'package.json',
    ];
    assert.deepEqual(files.map(({ path }) => path).sort(), expected.sort());
  });

  it('has a module and glue of at most 40 kB together, compressed', () => {
    const size = (name) => gzipSync(read(`dist/${name}`), { level: 9 }).length;
    const [wasm, glue] = [size('cartwright.wasm'), size('cartwright.js')];
    console.log(`wasm ${wasm} + glue ${glue} = ${wasm + glue} bytes`);
    assert.ok(wasm + glue <= 40_000);
  });

  it("and the shop front's first page has at most 70 kB of script, the module included", () => {
    const web = join(package_folder, '../web/dist');
    const built = readdirSync(join(web, 'assets'));
    const text_of = (name) => readFileSync(join(web, 'assets', name), 'utf8');
    const [, entry] = /src="\/assets\/([^"]+\.js)"/.exec(readFileSync(join(web, 'index.html'), 'utf8'));
    const module = built.find((name) => name.endsWith('.wasm'));
    const glue = built.find((name) => name.endsWith('.js') && text_of(name).includes(module));
    const home = built.find((name) => /^home-.*\.js$/.test(name));
    const first = new Set([entry, module, glue, home]);
    for (const name of first) {
      if (name === module) continue;
      for (const [, imported] of text_of(name).matchAll(/\bfrom"\.\/([^"]+)"|\bimport"\.\/([^"]+)"/g)) first.add(imported);
    }
    const sizes = [...first].map((name) => gzipSync(readFileSync(join(web, 'assets', name)), { level: 9 }).length);
    const sum = sizes.reduce((a, b) => a + b);
    console.log(`first page ${sum} bytes`);
    assert.ok(first.size >= 4 && sum <= 70_000, [...first].map((name, i) => `${name} ${sizes[i]}`).join(', '));
  });

  it('never makes code from text', () => {
    const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
    assert.ok(scripts.length >= 5);
    for (const name of scripts) assert.doesNotMatch(read(`dist/${name}`).toString(), /\beval\b|new Function|\bFunction\(/, name);
  });

  it('has the types that the field lists print', () => {
    assert.equal(read('src/generated.ts').toString(), printed_types('package'));
  });

  it('and what syncing says, each type as the server’s list has it', () => {
    const printed = printed_types('api');
    const all = read('src/sync_types.ts').toString().split(/\n\n(?=export )/).slice(1);
    assert.ok(all.length > 8);
    for (const type of all) assert.ok(printed.includes(type.trim()), type);
  });

  it('and so has the shop front', () => {
    assert.equal(readFileSync(join(package_folder, '../web/src/api_types.ts'), 'utf8'), printed_types('api'));
  });
});

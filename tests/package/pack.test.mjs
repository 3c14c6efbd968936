// What is published: contents, size, no eval, printed types, the README's example.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { package_folder, printed_types } from './native.mjs';

const dist = join(package_folder, 'dist');
const read = (name) => readFileSync(join(package_folder, name));

describe('the package', () => {
  it('holds what is needed and nothing else', () => {
    const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: package_folder, stdio: 'pipe' }));
    const modules = ['compile', 'flat', 'generated', 'index'];
    assert.deepEqual(files.map(({ path }) => path).sort(), [
      'README.md',
      'dist/cartwright.js',
      'dist/cartwright.wasm',
      ...modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]),
      'package.json',
    ]);
  });

  it('has a module and glue of at most 40 kB together, compressed', () => {
    const size = (name) => gzipSync(read(`dist/${name}`), { level: 9 }).length;
    const [wasm, glue] = [size('cartwright.wasm'), size('cartwright.js')];
    console.log(`wasm ${wasm} + glue ${glue} = ${wasm + glue} bytes`);
    assert.ok(wasm + glue <= 40_000);
  });

  it('never makes code from text', () => {
    const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
    assert.ok(scripts.length >= 5);
    for (const name of scripts) assert.doesNotMatch(read(`dist/${name}`).toString(), /\beval\b|new Function|\bFunction\(/, name);
  });

  it('has the types that the field lists print', () => {
    assert.equal(read('src/generated.ts').toString(), printed_types('package'));
  });

  it('and so has the shop front', () => {
    assert.equal(readFileSync(join(package_folder, '../web/src/api_types.ts'), 'utf8'), printed_types('api'));
  });

  it('does what its README shows', () => {
    const [, code] = /```js\n([^]*?)```/.exec(read('README.md').toString());
    const expected = [...code.matchAll(/\/\/ -> (.*)/g)].map(([, line]) => line);
    assert.ok(expected.length > 0);
    const folder = mkdtempSync(join(tmpdir(), 'cartwright-'));
    try {
      const file = join(folder, 'example.mjs');
      writeFileSync(file, code.replace("'cartwright'", JSON.stringify(join(dist, 'index.js'))));
      const output = execFileSync(process.execPath, [file], { encoding: 'utf8' });
      assert.deepEqual(output.trim().split('\n'), expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

// The tarball, installed elsewhere and used as people do: Node, Vite, esbuild, a page without any tool, a worker.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Installations, launch, npm, open_page, serve } from './installed.mjs';
import { package_folder } from './native.mjs';

const tool = (path) => import(pathToFileURL(join(package_folder, '..', path)).href);
const vite = await tool('web/node_modules/vite/dist/node/index.js');
const esbuild = (await tool('wasm/node_modules/esbuild/lib/main.js')).default;
const tsc = join(package_folder, 'node_modules/typescript/bin/tsc');

const request = {
  now: 1,
  shop: { currency: 'KRW', discount_multiple: 10, shipping: { fee: 3000, free_from: 30000 }, tax: { rates: [{ class: 'standard', basis_points: 1000 }] } },
  variants: [{ id: 1, product_id: 1, unit_price: 9990, stock: 5 }, { id: 2, product_id: 2, unit_price: 4550, stock: 1 }],
  lines: [{ variant_id: 1, quantity: 2 }, { variant_id: 2, quantity: 1 }],
  promotions: [{ id: 7, target: 'order', type: 'percent', basis_points: 1500 }],
};
// 24530 - 15% (3679, truncated to 3670) = 20860, allocated 2989.26 / 680.73 -> 2989 + 681; shipping 3000.
const expected = JSON.stringify({
  currency: 'KRW', orderable: true, optimal: true,
  lines: [
    { variant_id: 1, product_id: 1, quantity: 2, unit_price: 9990, selected: true, counted: true, gross: 19980, discount: 2989, net: 16991, tax: 1545,
      problems: [], discounts: [{ source: 'promotion', id: 7, amount: 2989 }] },
    { variant_id: 2, product_id: 2, quantity: 1, unit_price: 4550, selected: true, counted: true, gross: 4550, discount: 681, net: 3869, tax: 352,
      problems: [], discounts: [{ source: 'promotion', id: 7, amount: 681 }] },
  ],
  applied: [{ source: 'promotion', id: 7, rule_id: 7, target: 'order', amount: 3670, variant_id: null }],
  rejected: [], subtotal: 24530, item_discount: 0, order_discount: 3670, merchandise: 20860, shipping_fee: 3000, shipping_discount: 0,
  tax: 2170, total: 23860, fingerprint: '467a4ebdb6ded168',
});
const program = `const cartwright = await load();
const answer = JSON.stringify(cartwright.quote(${JSON.stringify(request)}));`;
const in_page = `import { load } from 'cartwright';\n${program}\ndocument.title = answer;`;
const html = (script) => `<!doctype html><title></title><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;

describe('installed elsewhere, it quotes', () => {
  const installations = new Installations();
  let browser;
  before(async () => (browser = await launch()));
  after(async () => {
    await browser?.close();
    installations.remove();
  });

  async function assert_quotes(folder, more) {
    const server = await serve(folder, more);
    try {
      await assert_quotes_at(server.url);
    } finally {
      server.close();
    }
  }
  async function assert_quotes_at(url) {
    const { page, complaints } = await open_page(browser, url);
    try {
      await page.waitForFunction(() => document.title !== '', undefined, { timeout: 20_000 });
      assert.equal(await page.title(), expected);
    } finally {
      await page.close();
      assert.deepEqual(complaints, []);
    }
  }

  it('in Node', () => {
    const folder = installations.folder({ 'main.js': `import { load } from 'cartwright';\n${program}\nconsole.log(answer);` });
    assert.equal(execFileSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8' }), `${expected}\n`);
  });

  it('from a Vite build', async () => {
    const folder = installations.folder({ 'index.html': html('/main.js'), 'main.js': in_page });
    await vite.build({ root: folder, configFile: false, logLevel: 'silent', build: { target: 'es2022', modulePreload: false } });
    await assert_quotes(join(folder, 'dist'));
  });

  it("from Vite's server", async () => {
    const folder = installations.folder({ 'index.html': html('/main.js'), 'main.js': in_page });
    const server = await vite.createServer({
      root: folder, configFile: false, logLevel: 'silent', optimizeDeps: { exclude: ['cartwright'] }, server: { port: 0, host: '127.0.0.1', hmr: false },
    });
    await server.listen();
    try {
      await assert_quotes_at(`http://127.0.0.1:${server.httpServer.address().port}/`);
    } finally {
      await server.close();
    }
  });

  it('from an esbuild bundle', async () => {
    const main = `import { load } from 'cartwright';\nimport wasm from 'cartwright/cartwright.wasm';\n${program.replace('load()', 'load({ wasm })')}\ndocument.title = answer;`;
    const folder = installations.folder({ 'index.html': html('out/main.js'), 'main.js': main });
    await esbuild.build({
      absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, minify: true, format: 'esm', target: 'es2022', outdir: 'out', loader: { '.wasm': 'file' }, logLevel: 'silent',
    });
    await assert_quotes(folder);
  });

  it('in a page without any tool', async () => {
    const folder = installations.folder({ 'index.html': html('main.js'), 'main.js': in_page.replace("'cartwright'", "'./node_modules/cartwright/dist/index.js'") });
    await assert_quotes(folder);
  });

  it('in a worker', async () => {
    const folder = installations.folder({
      'index.html': html('main.js'),
      'main.js': "new Worker('worker.js', { type: 'module' }).onmessage = ({ data }) => (document.title = data);",
      'worker.js': `import { load } from './node_modules/cartwright/dist/index.js';\n${program}\npostMessage(answer);`,
    });
    await assert_quotes(folder);
  });

  it('to TypeScript, with types for both ways that it finds packages', () => {
    const typed = `import { is_error, load, type ErrorCode, type Quote, type Result } from 'cartwright';
import type { CartChange, CartwrightCart } from 'cartwright/cart';
import { explain, ko, type Sentences } from 'cartwright/explain';
import { open_cart, type CartState } from 'cartwright/sync';
const shown: CartState = (await open_cart({ url: '/api/v1', module: load })).state;
const first: number | undefined = shown.lines[0]?.quantity;
void first;
const quote: Result<Quote> = (await load()).quote({ now: 1, shop: { currency: 'KRW' }, variants: [], lines: [] });
if (is_error(quote)) { const code: ErrorCode = quote.error.code; void code; }
else { const total: number = quote.total; void total; }
const mine: Sentences = { ...ko, ended: '끝' };
const words: string[] = is_error(quote) ? [] : quote.rejected.map(explain(mine, { shop: quote }).rejection);
void words;
const cart: CartwrightCart | null = document.querySelector('cartwright-cart');
void cart?.add(1, 2).then((done: boolean) => done);
addEventListener('cartwright-change', (event) => (event as CustomEvent<CartChange>).detail.quote?.total);
// @ts-expect-error a number is no currency
(await load()).quote({ now: 1, shop: { currency: 1 }, variants: [], lines: [] });
`;
    const folder = installations.folder({ 'main.ts': typed });
    for (const kind of [['nodenext', 'nodenext'], ['esnext', 'bundler']]) {
      const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--module', kind[0], '--moduleResolution', kind[1], 'main.ts'];
      execFileSync(process.execPath, [tsc, ...options], { cwd: folder, stdio: 'pipe' });
    }
  });

  it('and weighs only what is imported', async () => {
    const folder = installations.folder({
      'only_korean.js': "import { explain, ko } from 'cartwright/explain';\nconsole.log(explain(ko, { shop: { currency: 'KRW' } }).money(3200));",
      'cart.js': "import 'cartwright/cart';",
      'nothing.js': "import 'cartwright';\nimport 'cartwright/explain';\nimport 'cartwright/sync';\nimport { open_cart } from 'cartwright/sync';\nimport { load } from 'cartwright';\nimport { en } from 'cartwright/explain';\nconsole.log(1);",
    });
    const bundled = async (name) => {
      const { outputFiles } = await esbuild.build({
        absWorkingDir: folder, entryPoints: [name], bundle: true, minify: true, format: 'esm', charset: 'utf8', write: false, logLevel: 'silent',
      });
      return outputFiles[0].text;
    };
    const korean = await bundled('only_korean.js');
    assert.match(korean, /더 담으면/);
    assert.doesNotMatch(korean, /wasm|WebAssembly|HEAPF64|Float64Array|another coupon/);
    assert.ok(korean.length < 10_000, `${korean.length} bytes`);
    assert.equal((await bundled('nothing.js')).trim(), 'console.log(1);');
    assert.match(await bundled('cart.js'), /customElements/, 'it is imported for its effect');
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'node_modules/cartwright/package.json'), 'utf8')).sideEffects, ['./dist/cart_element.js']);

    await vite.build({
      root: folder, configFile: false, logLevel: 'silent',
      build: { target: 'es2022', rollupOptions: { input: join(folder, 'only_korean.js') } },
    });
    const built = readdirSync(join(folder, 'dist/assets'));
    assert.deepEqual(built.map((name) => name.replace(/.*\./, '')), ['js']);
    assert.doesNotMatch(readFileSync(join(folder, 'dist/assets', built[0]), 'utf8'), /WebAssembly|another coupon/);
  });

  it('and does what its README shows', () => {
    const readme = readFileSync(join(package_folder, 'README.md'), 'utf8');
    const examples = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);
    assert.equal(examples.length, 6);
    const folder = installations.folder(Object.fromEntries(examples.map((code, i) => [`example_${i}.js`, code])));
    examples.forEach((code, i) => {
      const shown = [...code.matchAll(/^\s*\/\/ -> (.*)$/gm)].map(([, line]) => line);
      assert.ok(shown.length > 0, code);
      const printed = execFileSync(process.execPath, [`example_${i}.js`], { cwd: folder, encoding: 'utf8' });
      assert.deepEqual(printed.trimEnd().split('\n'), shown);
    });
  });

  it('needs nothing else', () => {
    const { dependencies } = JSON.parse(npm(['ls', '--json', '--all'], installations.folder()));
    assert.deepEqual(Object.keys(dependencies), ['cartwright']);
    assert.equal(dependencies.cartwright.dependencies, undefined);
  });
});

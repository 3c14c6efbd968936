// Each of docs/examples, as somebody has it who installs the package and follows the README. SHOTS=FOLDER: pictures of
// the pages.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as small from '../integration/small_shop.mjs';
import { open_page, serve } from '../package/installed.mjs';
import { PASSWORD, amount_in, axe_findings, becomes, native_quote, open_browser, shows } from './browser.mjs';
import { Sites, demo_shop_for, root, small_shop_for } from './embedded.mjs';

const vite = await import(pathToFileURL(join(root, 'web/node_modules/vite/dist/node/index.js')).href);

// Variants of the demo shop.
const tote = 29;
const cap = 24;
const socks = 20;

describe('The example', () => {
  let browser, sites;
  before(async () => {
    sites = new Sites();
    browser = await open_browser();
  });
  after(async () => {
    await browser?.close();
    sites?.remove();
  });

  const photograph = async (page, name) => {
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `example-${name}.png`) });
  };

  it('in Node prices a cart as the shop does', async (test) => {
    const shop = await small_shop_for(test);
    const folder = sites.example('node');
    const run = (...lines) =>
      execFileSync(process.execPath, ['price.mjs', shop.url, ...lines], { cwd: folder, encoding: 'utf8' });
    assert.equal(run(`10x${small.mug}`, `1x${small.tee_small}`), [
      '10 x Mug: ₩95,000', '1 x Tee S: ₩25,000', '“Ten mugs”: ₩5,000 off', 'Shipping: ₩0', 'Total: ₩120,000',
      'The server says the same.', '',
    ].join('\n'));
    assert.match(run(`9x${small.last}`), /^9 x Last: ₩45,000 Only 1 left/);
    await shop.close();
  });

  it('in React prices each key, with the best coupons', async () => {
    const folder = sites.example('react', ['react', 'react-dom', 'scheduler']);
    await vite.build({ root: folder, logLevel: 'silent' });
    const server = await serve(join(folder, 'dist'));
    const { page, complaints } = await open_page(browser, server.url);
    await shows(page.locator('.total dd'), '$');
    const total = async () => amount_in(await page.locator('.total dd').innerText());
    // 25.00 - 15 % = 21.25, shipping free by the coupon that needs 25.00; 8 % tax.
    assert.equal(await total(), 2295);
    // 41.90 ships for nothing; of 6.00 (15 %, capped) and 5.00 the best is 6.00: 35.90 + 8 %.
    await page.getByLabel('Single origin').fill('1');
    assert.equal(await total(), 3877);
    await shows(page.locator('.coupons li'), 'used: $6.00 off');
    await page.getByLabel('Single origin').fill('9');
    await shows(page.getByRole('alert'), 'Only 6 left');
    assert.deepEqual(await axe_findings(page), []);
    await photograph(page, 'react');
    await page.close();
    assert.deepEqual(complaints, []);
    server.close();
  });

  it('in plain HTML sells from one page, under the policy of the shop', async (test) => {
    const shop = await demo_shop_for(test, '--web', sites.example('html'));
    const { page, complaints } = await open_page(browser, `${shop.url}/`);
    const cart = page.locator('cartwright-cart');
    await shows(cart.locator('.message'), 'Your cart is empty.');
    await page.getByRole('button', { name: 'Add the cream one' }).click();
    await shows(cart.getByRole('status'), 'Market Tote (Cream) added');
    await page.getByRole('button', { name: 'Add three pairs' }).click();
    await shows(cart.locator('.units'), '4 items');
    const { total } = await native_quote(shop, [{ variant_id: tote, quantity: 1 }, { variant_id: socks, quantity: 3 }]);
    assert.equal(amount_in(await cart.locator('.total dd').innerText()), total);
    assert.deepEqual(await axe_findings(page), []);
    await photograph(page, 'html');
    await page.close();
    assert.deepEqual(complaints, []);
    await shop.close();
  });

  /** The magazine's own server, by its script. */
  async function open_magazine(test, folder, shop_url, port) {
    const server = spawn(process.execPath, ['serve.mjs', shop_url, port], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    test.after(() => server.kill());
    const [url] = await new Promise((opened) => createInterface({ input: server.stdout }).on('line', (line) => opened([line])));
    return { url, close: () => server.kill() };
  }

  it('on another site fills a cart that becomes the account’s with a token', async (test) => {
    const port = await free_port();
    const shop = await demo_shop_for(test, '--allow-origin', `http://127.0.0.1:${port}`);
    const folder = sites.example('another-site');
    const magazine = await open_magazine(test, folder, shop.url, port);
    const { page, complaints } = await open_page(browser, magazine.url);
    const cart = page.locator('cartwright-cart');
    await shows(cart.locator('.message'), '장바구니가 비어 있어요.');
    await page.getByRole('button', { name: '시장 토트백 담기' }).click();
    await page.getByRole('button', { name: '들판 캡 모자 담기' }).click();
    await shows(cart.locator('.units'), '2개');
    assert.deepEqual(await axe_findings(page), []);
    await photograph(page, 'another-site');

    const shopper = await shop.new_shopper();
    await shopper.post('/me/cart/lines', { variant_id: tote, quantity: 2 });
    await cart.locator('.checkout').click();
    await page.getByLabel('이메일').fill(shopper.email);
    await page.getByLabel('비밀번호').fill(PASSWORD);
    await page.getByRole('button', { name: '장바구니 가져가기' }).click();
    await shows(page.locator('#outcome'), '상점의 장바구니에 담았어요.');
    const lines = (await shopper.cart()).map(({ variant_id, quantity }) => [variant_id, quantity]);
    assert.deepEqual(lines, [[tote, 3], [cap, 1]]);
    await shows(cart.locator('.units'), '4개');
    await page.getByRole('button', { name: '골지 양말 두 켤레 담기' }).click();
    await becomes(async () => (await shopper.cart()).at(-1).variant_id, socks, 'each edit arrives by itself');
    assert.deepEqual(await page.context().cookies(), [], 'the shop sets no cookie there');
    assert.deepEqual(complaints, []);
    await page.close();

    await shop.restart([]); // the same shop, which doesn't list the magazine any more
    magazine.close();
    const unlisted = await open_magazine(test, folder, shop.url, await free_port());
    const refused = await open_page(browser, unlisted.url);
    await shows(refused.page.locator('cartwright-cart .notice'), '지금은 상점에 연결할 수 없어요.');
    await becomes(async () => refused.complaints.some((text) => /CORS policy/.test(text)), true);
    await refused.page.close();
    unlisted.close();
    await shop.close();
  });
});

async function free_port() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

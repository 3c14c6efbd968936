// One account on two devices, and two accounts on one.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mug, plenty, rush, tee_small } from '../integration/small_shop.mjs';
import { ADDRESS, becomes, new_shopper, open_browser, open_known_shop, shows } from './browser.mjs';

describe('Devices and accounts', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('two devices that were both offline come to the same cart, and what was removed stays removed', async (test) => {
    const shop = await open_known_shop(test);
    const account = await shop.new_shopper();
    for (const variant_id of [mug, tee_small, rush]) await account.post('/me/cart/lines', { variant_id, quantity: 1 });
    const phone = await new_shopper(browser, shop, { size: 'phone' });
    const desktop = await new_shopper(browser, shop);
    for (const device of [phone, desktop]) {
      await device.sign_in(account.email);
      await becomes(() => device.shown_lines(), { 머그잔: 1, 티셔츠: 1, 한정판: 1 });
      await device.worker_ready();
    }
    await desktop.visit_product('plenty'); // to be added without a network
    await desktop.open_cart();
    await phone.go_offline();
    await desktop.go_offline();

    await phone.line('머그잔').getByRole('button', { name: '빼기' }).click();
    await phone.line('티셔츠').getByRole('button', { name: '수량 늘리기' }).click();
    await becomes(() => phone.shown_lines(), { 티셔츠: 2, 한정판: 1 });
    await desktop.page.goBack();
    await desktop.page.locator('.product-info h1').waitFor();
    await desktop.add_to_cart();
    await desktop.open_cart();
    await desktop.line('한정판').getByRole('checkbox').uncheck();
    await becomes(() => desktop.shown_lines(), { 머그잔: 1, 티셔츠: 1, 한정판: 1, 넉넉: 1 });
    await desktop.page.reload(); // a device that is switched off and on again remembers
    await becomes(() => desktop.shown_lines(), { 머그잔: 1, 티셔츠: 1, 한정판: 1, 넉넉: 1 });

    await phone.go_online();
    await becomes(async () => (await account.cart()).map((line) => line.variant_id), [tee_small, rush]);
    await desktop.go_online();
    for (const device of [phone, desktop]) {
      await becomes(() => device.shown_lines(), { 티셔츠: 2, 한정판: 1, 넉넉: 1 });
      await becomes(() => device.line('한정판').getByRole('checkbox').isChecked(), false);
    }
    const lines = (await account.cart()).map(({ variant_id, quantity, selected }) => [variant_id, quantity, selected]);
    assert.deepEqual(lines, [[tee_small, 2, true], [rush, 1, false], [plenty, 1, true]]);
    assert.equal(await phone.shown_total(), await desktop.shown_total());
    await phone.leave();
    await desktop.leave();
    await shop.close();
  });

  it('signing out leaves nothing of the account on the device, and the next account sees nothing of it', async (test) => {
    const shop = await open_known_shop(test);
    const first = await shop.new_shopper({ balance: 77_123 });
    await first.post('/me/cart/lines', { variant_id: mug, quantity: 2 });
    const order = await first.place([{ variant_id: rush, quantity: 1, selected: true }]);
    assert.equal((await first.pay(order)).status, 201);
    const second = await shop.new_shopper();

    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    await shopper.sign_in(first.email);
    await becomes(() => shopper.shown_lines(), { 머그잔: 2 });
    await shopper.worker_ready();
    for (const [path, ready] of [['/orders', '.order-row'], [`/orders/${order.number}`, '.progress'], ['/balance', '.entry'], ['/checkout', '.sums']]) {
      await page.goto(path);
      await page.locator(ready).first().waitFor();
    }
    await shopper.fill_address();
    await page.goto('/me');
    await shows(page.locator('.page-head'), first.email);
    assert.ok((await everything_kept(page)).includes(order.number), 'offline it would show');

    await page.locator('#main').getByRole('button', { name: '로그아웃' }).click();
    await shows(page.locator('.toast'), '로그아웃했어요');
    const traces = [first.email, order.number, '77123', ADDRESS.line1];
    await becomes(async () => {
      const kept = await everything_kept(page);
      return traces.filter((trace) => kept.includes(trace));
    }, []);
    await page.goto('/cart');
    await page.locator('.empty').waitFor();
    assert.equal((await shopper.context.request.get('/api/v1/me/cart')).status(), 401);

    await shopper.sign_in(second.email, '/orders');
    await page.locator('.empty').waitFor();
    await page.goto('/cart');
    await page.locator('.empty').waitFor();
    await page.goto('/balance');
    await shows(page.locator('.balance strong'), '0원');
    assert.deepEqual(await second.cart(), []);
    assert.deepEqual((await first.cart()).map((line) => [line.variant_id, line.quantity]), [[mug, 2]], 'it waits on the server');
    shopper.expect_refusal(`/orders/${order.number}`, 404);
    await page.goto(`/orders/${order.number}`);
    await page.locator('.empty').waitFor();
    await shopper.leave();
    await shop.close();
  });
});

/** All that this browser keeps of the shop, as one text: databases, caches, storage. */
function everything_kept(page) {
  return page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const kept = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name));
      for (const store of db.objectStoreNames) kept.push(JSON.stringify(await done(db.transaction(store).objectStore(store).getAll())));
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (/\/(api|orders|me)\b/.test(request.url)) kept.push(request.url, await (await cache.match(request)).text());
      }
    }
    return kept.join('\n');
  });
}

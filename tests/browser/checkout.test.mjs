// What can go wrong between the price that was shown and the order that is paid.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fifty, last, mug, rush } from '../integration/small_shop.mjs';
import { amount_in, becomes, new_shopper, open_browser, open_known_shop, shows } from './browser.mjs';

const line = (variant_id, quantity) => ({ variant_id, quantity, selected: true });

describe('At the checkout', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  /** An account with a balance and a cart: one page in the browser, and its other device by REST. */
  async function open_checkout(shop, { lines, balance = 0, campaign, ...options }) {
    const device = await shop.new_shopper({ balance });
    const coupon = campaign && (await device.take_coupon(campaign));
    for (const { variant_id, quantity } of lines) await device.post('/me/cart/lines', { variant_id, quantity });
    const shopper = await new_shopper(browser, shop, { size: 'phone', worker: false, ...options });
    await shopper.sign_in(device.email);
    await becomes(() => shopper.page.locator('.line').count(), lines.length);
    if (coupon) await shopper.page.locator('.coupon-box').check();
    await becomes(() => shopper.page.locator('.buy-bar button').isEnabled(), true);
    await shopper.page.locator('.buy-bar button').click();
    await shopper.page.waitForURL(/\/checkout$/);
    await shopper.fill_address();
    // What the page asked before must be answered before the other device changes what it would hear.
    if (options.silent_stream) await shopper.page.waitForLoadState('networkidle');
    return { shopper, device, coupon, page: shopper.page };
  }

  it('a price that is another by now, as the coupon went elsewhere, is shown beside the old one and asked for again', async (test) => {
    const shop = await open_known_shop(test);
    const { shopper, device, coupon, page } = await open_checkout(shop, {
      lines: [line(mug, 2)], balance: 100_000, campaign: fifty, silent_stream: true,
    });
    assert.equal(await shopper.shown_total(), 22_000); // 20,000 and 3,000 for shipping, 1,000 off
    const choice = { mode: 'listed', coupons: [{ id: coupon.id, variant_id: null }] };
    await device.place([line(rush, 1)], { choice }); // the coupon goes with another order

    shopper.expect_refusal('/orders', 409);
    await page.locator('.buy-bar [type=submit]').click();
    const changes = page.getByRole('alert').filter({ hasText: '그사이 금액이 바뀌었어요' });
    await changes.waitFor();
    await page.getByRole('alert').filter({ hasText: '사용할 수 없는 쿠폰이 있어요' }).waitFor();
    const total = changes.locator('.changes-total');
    assert.deepEqual([amount_in(await total.locator('s').innerText()), amount_in(await total.locator('b').innerText())], [22_000, 23_000]);
    assert.equal(await shopper.shown_total(), 23_000);
    assert.equal((await shopper.read('/orders')).items.length, 1, 'nothing is ordered unasked');
    assert.equal(await device.balance(), 100_000);

    const number = await shopper.press_pay();
    await page.locator('.thanks').waitFor();
    assert.deepEqual(await shopper.read(`/orders/${number}`).then(({ status, total }) => ({ status, total })), { status: 'PAID', total: 23_000 });
    assert.equal(await device.balance(), 77_000);
    await shopper.leave();
    await shop.close();
  });

  it('a last unit that someone else took is named, and the rest can be ordered', async (test) => {
    const shop = await open_known_shop(test);
    const { shopper, page } = await open_checkout(shop, {
      lines: [line(last, 1), line(mug, 1)], balance: 100_000, silent_stream: true,
    });
    const quicker = await shop.new_shopper({ balance: 10_000 });
    assert.equal((await quicker.pay(await quicker.place([line(last, 1)]))).status, 201);

    shopper.expect_refusal('/orders', 409);
    await page.locator('.buy-bar [type=submit]').click();
    await page.getByRole('alert').filter({ hasText: '마지막' }).waitFor();
    assert.deepEqual((await shopper.read('/orders')).items, []);

    await shopper.open_cart();
    await shows(shopper.line('마지막').locator('.line-problem'), '품절');
    await shopper.line('마지막').getByRole('button', { name: '빼기' }).click();
    await becomes(() => shopper.shown_total(), 13_000);
    await page.locator('.buy-bar button').click();
    await page.waitForURL(/\/checkout$/);
    const number = await shopper.press_pay(); // the address is still known
    await page.locator('.thanks').waitFor();
    assert.equal((await shopper.read(`/orders/${number}`)).total, 13_000);
    await shopper.leave();
    await shop.close();
  });

  it('a balance that is too small is charged and spent with one press, exactly once', async (test) => {
    const shop = await open_known_shop(test);
    const { shopper, page } = await open_checkout(shop, { lines: [line(mug, 1)], balance: 2_500 });
    await shows(page.locator('.result'), '잔액이 10,500원 부족해요');
    await shows(page.locator('.buy-bar [type=submit]'), '10,500원 충전하고 결제하기');
    const number = await shopper.press_pay();
    await page.locator('.thanks').waitFor();
    assert.equal((await shopper.read(`/orders/${number}`)).status, 'PAID');
    assert.equal((await shopper.read('/orders')).items.length, 1);
    const history = (await shopper.read('/me/balance/history')).items;
    assert.deepEqual(history.map((entry) => [entry.type, entry.balance_after]), [['USE', 0], ['CHARGE', 13_000], ['CHARGE', 2_500]]);
    await shopper.leave();
    await shop.close();
  });

  it('a balance spent on another device leaves the order waiting, and the same order is paid after charging', async (test) => {
    const shop = await open_known_shop(test);
    const { shopper, device, page } = await open_checkout(shop, {
      lines: [line(mug, 1)], balance: 13_000, silent_stream: true,
    });
    assert.equal((await device.pay(await device.place([line(last, 1)]))).status, 201);

    shopper.expect_refusal('/payment', 409);
    const number = await shopper.press_pay();
    await shows(page.locator('.pending'), '잔액이 8,000원 부족해요');
    assert.equal((await shopper.read(`/orders/${number}`)).status, 'PENDING');
    await page.getByRole('button', { name: '8,000원 충전하고 결제하기' }).click();
    await page.locator('.thanks').waitFor();
    assert.equal(new URL(page.url()).pathname, `/orders/${number}`);
    assert.equal((await shopper.read(`/orders/${number}`)).status, 'PAID');
    assert.equal((await shopper.read('/orders')).items.length, 2);
    assert.equal(await device.balance(), 0);
    await shopper.leave();
    await shop.close();
  });

  it('a payment whose answer was lost is asked for again under the same key, and paid once', async (test) => {
    const shop = await open_known_shop(test);
    const { shopper, device, page } = await open_checkout(shop, { lines: [line(mug, 1)], balance: 50_000 });
    const keys = await lose_first_answer(page, '**/payment');
    shopper.expected.push(/\/payment: Failed to load resource: net::ERR_CONNECTION_RESET/);
    const number = await shopper.press_pay();
    await page.locator('.thanks').waitFor();
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.equal(await device.balance(), 37_000);
    assert.equal((await shopper.read(`/orders/${number}`)).status, 'PAID');
    assert.equal((await shopper.read('/me/balance/history')).items.filter((entry) => entry.type === 'USE').length, 1);
    await shopper.leave();
    await shop.close();
  });

  it('a charge whose answer never came is looked after on the next visit, and made once', async (test) => {
    const shop = await open_known_shop(test);
    const device = await shop.new_shopper();
    const shopper = await new_shopper(browser, shop, { size: 'phone', worker: false });
    const { page } = shopper;
    await shopper.sign_in(device.email, '/balance');
    shopper.expected.push(/\/charges: Failed to load resource: net::ERR_CONNECTION_RESET/);
    const keys = await lose_first_answer(page, '**/charges');
    await page.fill('#field-amount', '5000');
    const lost = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/charges'));
    await page.locator('.panel [type=submit]').click();
    await lost;
    await page.close(); // before it can ask again
    assert.equal(await device.balance(), 5_000);

    const next = await shopper.context.newPage();
    next.on('request', (request) => request.method() === 'POST' && /\/charges$/.test(request.url()) && keys.push(request.headers()['idempotency-key']));
    await next.goto('/balance');
    await shows(next.locator('.result-split'), '5,000원 충전의 답을 아직 받지 못했어요');
    await next.getByRole('button', { name: '확인하기' }).click();
    await shows(next.locator('.toast'), '5,000원');
    await next.locator('.result-split').waitFor({ state: 'detached' });
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.equal(await device.balance(), 5_000);
    await becomes(() => next.locator('.entry').count(), 1);
    await shopper.leave();
    await shop.close();
  });
});

/** The server gets the first request and answers it; the page never hears of that. The keys of all requests. */
async function lose_first_answer(page, pattern) {
  const keys = [];
  await page.route(pattern, async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  return keys;
}

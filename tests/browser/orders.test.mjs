// An order after it was paid: on its way, back again in parts, and on paper.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fifty, mug, plenty, tee_small } from '../integration/small_shop.mjs';
import { amount_in, axe_findings, becomes, new_shopper, open_browser, open_known_shop, shows } from './browser.mjs';

async function buy(account, lines, options) {
  const order = await account.place(lines, options);
  assert.equal((await account.pay(order)).status, 201);
  return order;
}

describe('An order', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('shows live how it is shipped and delivered, with times, carrier and number', async (test) => {
    const shop = await open_known_shop(test);
    const account = await shop.new_shopper({ balance: 100_000 });
    const admin = await shop.sign_in('admin@example.com');
    const order = await buy(account, [{ variant_id: mug, quantity: 1 }]);
    const shopper = await new_shopper(browser, shop, { size: 'phone' });
    const { page } = shopper;
    await shopper.sign_in(account.email, `/orders/${order.number}`);
    const step = page.locator('.progress [aria-current=step]');
    await shows(step, '결제 완료');
    assert.equal(await page.locator('.progress small').count(), 2, 'times of what has happened');
    await admin.post(`/admin/orders/${order.number}/ship`, { carrier: '우체국', tracking_number: '6012345678901' });
    await shows(step, '배송 중');
    await shows(page.locator('.parcel'), '우체국');
    await shows(page.locator('.parcel'), '6012345678901');
    await admin.post(`/admin/orders/${order.number}/deliver`);
    await shows(step, '배송 완료');
    assert.equal(await page.locator('.progress small').count(), 4);
    await shows(page.locator('.order-return'), '까지 반품할 수 있어요');
    assert.deepEqual(await axe_findings(page), []);
    await shopper.leave();
    await shop.close();
  });

  for (const [language, size] of [['ko', 'phone'], ['en', 'desktop']]) {
    it(`is returned by lines and units; every amount is known before, and they add up to what was paid (${language})`, async (test) => {
      const shop = await open_known_shop(test);
      const account = await shop.new_shopper({ balance: 200_000 });
      const coupon = await account.take_coupon(fifty);
      // 3 units at 2000 and a thousand off the whole: no unit's share is round.
      const order = await buy(
        account, [{ variant_id: plenty, quantity: 3 }, { variant_id: mug, quantity: 1 }], { choice: { mode: 'listed', coupons: [{ id: coupon.id }] } });
      const after_paying = await account.balance();
      const shopper = await new_shopper(browser, shop, { language, size });
      const { page } = shopper;
      await shopper.sign_in(account.email, `/orders/${order.number}`);
      const open = page.locator('.order-return button');
      const told = async () => amount_in(await page.locator('.return-form .sums-total dd').innerText());
      const confirm = page.locator('.return-form [type=submit]');
      const line = (position) => page.locator('.return-lines li').nth(position);
      let paid_back = 0;
      const give_back = async (position, units) => {
        await open.click();
        assert.equal(await confirm.isEnabled(), false, 'nothing is chosen yet');
        for (let i = 0; i < units; i++) await line(position).locator('.stepper button').last().click();
        const amount = await told();
        if (paid_back === 0) assert.deepEqual(await axe_findings(page), []);
        await confirm.click();
        await page.locator('dialog[open]').waitFor({ state: 'detached' });
        paid_back += amount;
        await becomes(() => account.balance(), after_paying + paid_back, 'to the unit what was told');
        await becomes(() => page.locator('.refunds li').count(), (await shopper.read(`/orders/${order.number}`)).refunds.length);
      };
      await give_back(0, 1);
      await give_back(0, 2);
      assert.equal((await shopper.read(`/orders/${order.number}`)).status, 'PAID');
      await open.click();
      await page.locator('.return-head button').click(); // everything that is left, and with it the shipping
      paid_back += await told();
      await confirm.click();
      await shows(page.locator('.result'), language === 'ko' ? '전액 환불된' : 'refunded in full');
      assert.equal(paid_back, order.total);
      assert.equal(await account.balance(), 200_000);
      assert.equal((await account.coupon(coupon.id)).status, 'AVAILABLE');
      assert.equal(await open.count(), 0);
      await shopper.leave();
      await shop.close();
    });
  }

  it('has a receipt that prints alone', async (test) => {
    const shop = await open_known_shop(test);
    const account = await shop.new_shopper({ balance: 100_000 });
    const order = await buy(account, [{ variant_id: tee_small, quantity: 2 }]);
    await account.post(`/orders/${order.number}/returns`, { lines: [{ variant_id: tee_small, quantity: 1 }] }, { key: crypto.randomUUID() });
    const shopper = await new_shopper(browser, shop, { language: 'en' });
    const { page } = shopper;
    await shopper.sign_in(account.email, `/orders/${order.number}`);
    await page.getByRole('link', { name: 'Receipt' }).click();
    await shows(page.locator('.receipt tbody tr'), 'Tee');
    const amounts = await page.locator('.receipt .sums-total dd').allInnerTexts();
    assert.deepEqual(amounts.map(amount_in), [order.total, order.total / 2]);
    assert.deepEqual(await axe_findings(page), []);
    await page.evaluate(() => (globalThis.print = () => (globalThis.printed = true)));
    await page.getByRole('button', { name: 'Print' }).click();
    assert.equal(await page.evaluate(() => globalThis.printed), true);
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.header', '.footer', '.no-print']) assert.equal(await page.locator(part).isVisible(), false, part);
    assert.equal(await page.locator('.receipt').isVisible(), true);
    await shopper.leave();
    await shop.close();
  });
});

// A coupon drop when everyone comes: the server's clock opens it, one tap stands in line, the line is told as it is.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { coming, fifty } from '../integration/small_shop.mjs';
import { axe_findings, becomes, new_shopper, open_browser, open_known_shop, shows } from './browser.mjs';

const WORDS = {
  ko: { take: '쿠폰 받기', line: '차례를 기다리는 중이에요', tries: '번째 시도', next: '초 뒤 다시 시도', leave: '그만 기다리기', left: '그만 기다리기로 했어요',
        got: '쿠폰을 받았어요', failed: '이번에는 받지 못했어요' },
  en: { take: 'Take the coupon', line: 'You’re in line', tries: 'Try ', next: 'Next try in ', leave: 'Leave the line', left: 'You left the line',
        got: 'The coupon is yours!', failed: 'No luck this time' },
};

describe('A coupon drop', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  for (const [language, size] of [['ko', 'phone'], ['en', 'desktop']]) {
    it(`puts who taps into a line that waits as long as the server says, and gives one coupon (${language})`, async (test) => {
      const say = WORDS[language];
      const shop = await open_known_shop(test);
      const account = await shop.new_shopper();
      const shopper = await new_shopper(browser, shop, { language, size, worker: false });
      const { page } = shopper;
      await shopper.sign_in(account.email, `/campaigns/${fifty}`);
      const keys = [];
      const refusals = [[503, 'overloaded'], [429, 'rate_limited']];
      await page.route('**/issue', async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        const refusal = refusals.shift();
        if (!refusal) return route.continue();
        const [status, code] = refusal;
        shopper.expect_refusal('/issue', status);
        await route.fulfill({ status, headers: { 'Retry-After': '2' }, contentType: 'application/problem+json', body: JSON.stringify({ code, status }) });
      });
      await page.getByRole('button', { name: say.take }).click();
      await shows(page.locator('.line-up'), say.line);
      await shows(page.locator('.line-up-next'), say.next);
      assert.deepEqual(await axe_findings(page), []);
      await shows(page.locator('.result-good'), say.got);
      assert.equal(keys.length, 3);
      assert.equal(new Set(keys).size, 1, 'always the same request');
      assert.equal((await account.read('/me/coupons')).items.length, 1);
      await shopper.leave();
      await shop.close();
    });
  }

  it('lets people leave the line, and says clearly when there is nothing left', async (test) => {
    const shop = await open_known_shop(test);
    const account = await shop.new_shopper();
    const shopper = await new_shopper(browser, shop, { language: 'en', worker: false, silent_stream: true });
    const { page } = shopper;
    await shopper.sign_in(account.email, `/campaigns/${fifty}`);
    shopper.expect_refusal('/issue', 503);
    const busy = (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '60' }, body: '' });
    await page.route('**/issue', busy);
    await page.getByRole('button', { name: WORDS.en.take }).click();
    await page.getByRole('button', { name: WORDS.en.leave }).click();
    await shows(page.locator('.result'), WORDS.en.left);
    await page.unroute('**/issue', busy);
    const gone = (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ code: 'campaign_exhausted', status: 409 }) });
    await page.route('**/issue', gone);
    shopper.expect_refusal('/issue', 409);
    await page.getByRole('button', { name: WORDS.en.take }).click();
    await shows(page.locator('.result-bad'), WORDS.en.failed);
    await page.locator('.result-bad').getByRole('link', { name: 'Other drops' }).waitFor();
    await shopper.leave();
    await shop.close();
  });

  it('opens by the server’s clock, however wrong the device’s is', async (test) => {
    const minute = 60_000;
    const shop = await open_known_shop(test, { also: `UPDATE fcfs_coupons SET starts_at = ${Date.now() + 30 * minute} WHERE id = ${coming};` });
    const account = await shop.new_shopper();
    const admin = await shop.sign_in('admin@example.com');
    const shopper = await new_shopper(browser, shop, { worker: false });
    const { page } = shopper;
    await shopper.context.addInitScript((offset) => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + offset;
    }, 60 * minute);
    await shopper.sign_in(account.email, `/campaigns/${coming}`);
    await shows(page.locator('.drop .chip'), '오픈 예정');
    await becomes(async () => /^00\s*시간\s*(29|30)/.test(await page.locator('.countdown').innerText()), true, 'by the server');
    assert.equal(await page.locator('.drop-action button').isEnabled(), false);
    const path = `/admin/campaigns/${coming}`;
    const { headers } = await admin.get(path);
    const moved = await admin.patch(path, { starts_at: Date.now() + 3000 }, { headers: { 'If-Match': headers.get('etag') } });
    assert.equal(moved.status, 200, moved.text);
    shopper.expect_refusal('/issue', 409); // until the page has heard the server's clock, it may ask too early, and then waits
    await page.reload();
    await page.getByRole('button', { name: WORDS.ko.take }).click(); // once it is there
    await shows(page.locator('.result-good'), WORDS.ko.got);
    await becomes(async () => (await account.read('/me/coupons')).items.length, 1);
    await shopper.leave();
    await shop.close();
  });
});

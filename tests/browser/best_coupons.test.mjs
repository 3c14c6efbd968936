// "Apply the best coupons" in the cart: found by the module on the device, so without a network too.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fifty, free_shipping, mug, newcomer, tee_small, tee_tenth } from '../integration/small_shop.mjs';
import { native_quote, new_shopper, open_browser, open_known_shop, shows } from './browser.mjs';

const WORDS = {
  ko: { best: '최대 할인 적용', saved: '7,500원 더 할인받았어요', already: '이미 최대 할인이에요', tee: '2,500원 할인 적용', shipping: '3,000원 할인 적용', first: '2,000원 할인 적용' },
  en: { best: 'Apply the best coupons', saved: '₩7,500 more off', already: 'That is the best already', tee: '₩2,500 off, applied', shipping: '₩3,000 off, applied', first: '₩2,000 off, applied' },
};

describe('The best coupons', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  for (const language of ['ko', 'en']) {
    it(`are applied offline at a tap, and the cart says what each took off (${language})`, async (test) => {
      const say = WORDS[language];
      const shop = await open_known_shop(test);
      const account = await shop.new_shopper();
      const coupons = [];
      for (const campaign of [fifty, free_shipping, tee_tenth, newcomer]) coupons.push(await account.take_coupon(campaign));
      const lines = [mug, tee_small].map((variant_id) => ({ variant_id, quantity: 1 }));
      for (const line of lines) await account.post('/me/cart/lines', line);
      const best = await native_quote(shop, lines, coupons, { mode: 'best' });

      const shopper = await new_shopper(browser, shop, { language, size: 'phone' });
      await shopper.sign_in(account.email);
      await shopper.open_cart();
      await shopper.page.locator('.coupon').nth(3).waitFor();
      await shopper.worker_ready();
      await shopper.go_offline();
      const asked = shopper.requests.length;
      const button = shopper.page.getByRole('button', { name: say.best });
      await button.click();
      await shows(shopper.page.locator('.toast'), say.saved);
      assert.equal(await shopper.shown_total(), best.total);
      const applied = shopper.page.locator('.coupon-on');
      assert.equal(await applied.count(), 3);
      await shows(applied, say.tee);
      await shows(applied, say.shipping);
      await shows(applied, say.first);
      await button.click();
      await shows(shopper.page.locator('.toast'), say.already);
      // What the app fetches in its own time (lists for later, code, its sync) may fall into this one; prices are POST.
      const needed = shopper.requests.slice(asked).filter((request) => /^POST (?!.*\/sync$)/.test(request));
      assert.deepEqual(needed, [], 'no request was needed');
      await shopper.leave();
      await shop.close();
    });
  }
});

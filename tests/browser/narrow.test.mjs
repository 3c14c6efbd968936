// The narrowest phone, or a page at four times its size (WCAG 1.4.10), with names and sums as long as a shop may come to:
// nothing stands out at the side, lies on something else, or is squeezed to a column of letters.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fifty, mug } from '../integration/small_shop.mjs';
import { new_admin, new_shopper, open_browser, open_known_shop } from './browser.mjs';

const SIZE = { width: 320, height: 640 };
const NAMES = {
  ko: '겨울밤에도따뜻한손뜨개모직머그잔덮개와받침세트한정판'.repeat(3),
  en: 'Hand-thrown-stoneware-mug-with-a-knitted-cover-for-long-winter-nights'.repeat(2),
};
const both = `'${JSON.stringify(NAMES)}'`;
const LONG = `
UPDATE product_texts SET name = CASE language WHEN 'ko' THEN '${NAMES.ko}' ELSE '${NAMES.en}' END;
UPDATE product_options SET names = ${both};
UPDATE product_option_values SET names = ${both};
UPDATE categories SET names = ${both};
UPDATE coupon_texts SET name = '${NAMES.ko}';
UPDATE product_variants SET price = 1234567;
UPDATE product_variants SET price = 9999999999 WHERE product_id = 2;`;

/** Runs in the page. What is scrolled on purpose may stand out; what is fixed lies over the rest. */
function faults_of_layout() {
  const styles = new Map();
  const style = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  const ways_up = (element) => {
    const way = [];
    for (let above = element; above && above !== document.body; above = above.parentElement) way.push(above);
    return way;
  };
  const is_cut = (element) => ways_up(element.parentElement).some((above) => style(above).overflowX !== 'visible');
  const lies_over = (element) => ways_up(element).some((above) => /fixed|sticky|absolute/.test(style(above).position));
  const is_pressed = (element) => element.matches('button, input, select');
  const name = (element) => `${element.localName}.${element.getAttribute('class') ?? ''}`;
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const shown = [...document.querySelectorAll('body *')].filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && style(element).visibility === 'visible';
  });
  for (const element of shown) {
    const { left, right } = element.getBoundingClientRect();
    if ((right > innerWidth + 1 || left < -1) && !is_cut(element)) faults.push(`${name(element)} ends at ${Math.round(right)}`);
  }
  // Words, and what is pressed; of words that are cut off only what is left.
  const leaves = shown.filter((element) => !lies_over(element) &&
    (is_pressed(element) || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())));
  const boxes = leaves.map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = (is_pressed(element) ? element : range).getBoundingClientRect();
    const { left, top, right, bottom } = box;
    const cut = ways_up(element).find((above) => style(above).overflowY !== 'visible')?.getBoundingClientRect() ?? box;
    return { left, right, top: Math.max(top, cut.top), bottom: Math.min(bottom, cut.bottom) };
  });
  for (let i = 0; i < leaves.length; i++) {
    const { left, top, right, bottom } = boxes[i];
    if (right - left < 80 && bottom - top > 200) faults.push(`${name(leaves[i])} is squeezed to ${Math.round(right - left)}`);
    for (let k = i + 1; k < leaves.length; k++) {
      const [a, b] = [boxes[i], boxes[k]];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 3 && down > 6 && !leaves[i].contains(leaves[k])) faults.push(`${name(leaves[i])} lies on ${name(leaves[k])}`);
    }
  }
  return faults;
}

describe('In little room', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('at 320 pixels every page of the shop has room for long names and large sums, in either language', async (test) => {
    const shop = await open_known_shop(test, { also: LONG });
    const findings = new Set();
    for (const language of ['ko', 'en']) {
      const shopper = await new_shopper(browser, shop, { size: 'phone', language });
      const { page } = shopper;
      await page.setViewportSize(SIZE);
      const look = async (name) => {
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
        await page.evaluate(() => scrollTo(0, 0));
        for (const fault of await page.evaluate(faults_of_layout)) findings.add(`${language} ${name}: ${fault}`);
      };
      const go = async (path, ready) => {
        await page.goto(path);
        await page.locator(ready).first().waitFor();
        await look(path);
      };
      await go('/', '.tiles .tile');
      await go('/products', '.tiles .tile');
      await page.locator('.list-filter').click();
      await page.locator('dialog[open]').waitFor();
      await look('filter');
      await go('/products?q=' + 'z'.repeat(60), '.empty');
      await go('/products/tee', '.product-info h1');
      await shopper.add_to_cart();
      await go('/products/mug', '.product-info h1');
      await shopper.add_to_cart();
      await look('toast');
      await go('/cart', '.sums');
      await go('/campaigns', '.campaign');
      await go(`/campaigns/${fifty}`, '.drop');
      await go('/signin', 'form.form');
      await go('/register', 'form.form');
      await shopper.register('W'.repeat(60));
      await page.goto(`/campaigns/${fifty}`);
      await page.locator('.drop-action button').click();
      await page.locator('.result').waitFor();
      await look('campaign taken');
      await go('/coupons', '.ticket');
      await go('/cart', '.coupon');
      await go('/checkout', '.sums');
      await page.goto('/cart');
      await page.locator('.line-check input').first().uncheck();
      for (const key of ['one', 'two']) {
        const charge = { data: { amount: 1_000_000 }, headers: { 'Idempotency-Key': key } };
        assert.equal((await page.request.post('/api/v1/me/balance/charges', charge)).status(), 201);
      }
      await go('/balance', '.entry');
      await page.goto('/checkout');
      await shopper.fill_address();
      await page.fill('#field-name', 'W'.repeat(50));
      await page.fill('#field-line1', 'W'.repeat(90));
      const number = await shopper.press_pay();
      await page.locator('.progress').waitFor();
      await look('paid');
      await page.locator('.order-return button').click();
      await page.locator('.return-lines .stepper').first().locator('button').last().click();
      await look('return');
      await page.locator('.return-form [type=submit]').click();
      await page.locator('.refunds').waitFor();
      await look('refunded');
      await go(`/orders/${number}/receipt`, '.receipt');
      await go('/orders', '.order-row');
      await go('/me/addresses', '.addresses address');
      await go('/me', '.rows');
      await go('/me/erase', '.consequences');
      await go('/me/password', 'form.form');
      await shopper.leave();
    }
    assert.deepEqual([...findings], []);
    await shop.close();
  });

  it('no table of the back office is cut, between a tablet and a small laptop', async (test) => {
    const shop = await open_known_shop(test, { shoppers: 1, also: LONG });
    const buyer = await shop.shopper(0, { balance: 1_000_000 });
    await buyer.charge(1_000_000);
    const order = await buyer.place([{ variant_id: mug, quantity: 1 }]);
    assert.equal((await buyer.pay(order)).status, 201);
    const admin = await new_admin(browser, shop, '/admin', { language: 'en' });
    const { page } = admin;
    const findings = [];
    for (const list of ['orders', 'charges', 'products', 'categories', 'coupons', 'campaigns']) {
      await page.goto(`/admin/${list}`);
      await page.locator('.table').first().waitFor();
      for (const width of [600, 800, 900, 1100]) {
        await page.setViewportSize({ width, height: 800 });
        for (const fault of await page.evaluate(faults_of_layout)) findings.push(`${list} at ${width}: ${fault}`);
      }
    }
    assert.deepEqual(findings, []);
    await admin.leave();
    await shop.close();
  });
});

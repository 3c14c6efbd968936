// <cartwright-cart> in a page that isn't ours, under a strict policy.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fifty, free_shipping, mug, newcomer, plenty, sticker, tee_small, tee_tenth } from '../integration/small_shop.mjs';
import { amount_in, axe_findings, becomes, native_quote, new_shopper, open_browser, shows } from './browser.mjs';
import { Sites, small_shop_for } from './embedded.mjs';

const page_html = `<!doctype html>
<html lang="ko">
<head><!--head--><link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css">
<script type="module" src="/node_modules/cartwright/dist/cart_element.js"></script></head>
<body><main><h1>Elsewhere</h1>
<button id="attribute" data-cartwright-add="${mug}" data-quantity="2">Mugs</button>
<cartwright-cart checkout="/cart"></cartwright-cart></main></body></html>`;

// The coupon for shipping wants a cart of 30000, so that something can be missing.
const also = "UPDATE coupons SET rule = json_set(rule, '$.min_amount', 30000) WHERE id = 2;";

describe('<cartwright-cart>', () => {
  let browser, sites, folder;
  before(async () => {
    sites = new Sites();
    folder = sites.folder('site', { 'index.html': page_html, 'page.css': 'cartwright-cart { --cartwright-accent: rgb(0, 90, 60); }\ncartwright-cart::part(title) { font-size: 30px; }' });
    browser = await open_browser();
  });
  after(async () => {
    await browser?.close();
    sites?.remove();
  });

  let shop, shopper, page, cart;
  beforeEach(async (test) => {
    shop = await small_shop_for(test, { serve: ['--web', folder], shoppers: 1, also });
    shopper = await new_shopper(browser, shop);
    ({ page } = shopper);
    cart = page.locator('cartwright-cart');
  });
  const visit = async () => {
    await page.goto('/');
    await shows(cart.locator('.message'), '장바구니가 비어 있어요.');
  };
  const leave = async () => {
    await shopper.leave();
    await shop.close();
  };
  /** SHOTS=FOLDER: pictures, as wide as a phone and as a desktop. */
  const photograph = async (name) => {
    if (!process.env.SHOTS) return;
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(process.env.SHOTS, `${name}-${width}.png`), fullPage: true });
    }
  };
  const lines = () => cart.evaluate((element) => element.lines.map(({ variant_id, quantity }) => [variant_id, quantity]));
  const total = async () => amount_in(await cart.locator('.total dd').innerText());

  it('adds by method, attribute and event, shows the exact price, and tells the page', async () => {
    await visit();
    await cart.evaluate((element) => {
      globalThis.told = [];
      element.addEventListener('cartwright-change', ({ detail }) => globalThis.told.push(detail.quote.total));
    });
    await page.click('#attribute');
    assert.equal(await cart.evaluate((element, id) => element.add(id), tee_small), true);
    await page.evaluate((variant_id) => {
      document.body.dispatchEvent(new CustomEvent('cartwright-add', { bubbles: true, detail: { variant_id, quantity: 8 } }));
    }, plenty);
    const wanted = [[mug, 2], [tee_small, 1], [plenty, 8]];
    await becomes(lines, wanted);
    const quote = await native_quote(shop, wanted.map(([variant_id, quantity]) => ({ variant_id, quantity })));
    assert.equal(await total(), quote.total);
    assert.equal(await page.evaluate(() => globalThis.told.at(-1)), quote.total);
    assert.equal(await cart.evaluate((element) => element.quote.fingerprint), quote.fingerprint);
    await leave();
  });

  it('speaks the language of the page or its own, and axe finds nothing in either', async () => {
    await visit();
    await cart.evaluate((element, id) => element.add(id, 9), tee_small); // 5 are there
    await shows(cart.locator('.title'), '장바구니');
    await shows(cart.locator('.problem'), '재고가 5개 남았어요.');
    assert.equal(await cart.locator('.checkout').isDisabled(), true);
    assert.deepEqual(await axe_findings(page), []);
    await page.evaluate(() => (document.documentElement.lang = 'en'));
    await shows(cart.locator('.title'), 'Cart');
    await shows(cart.locator('.problem'), 'Only 5 left');
    assert.deepEqual(await axe_findings(page), []);
    await cart.evaluate((element) => (element.lang = 'ko'));
    await shows(cart.locator('.title'), '장바구니');
    await leave();
  });

  it('is used by keyboard alone; what is removed can be taken back; focus is never lost', async () => {
    await visit();
    await page.focus('#attribute');
    await page.keyboard.press('Enter');
    await becomes(lines, [[mug, 2]]);
    await page.keyboard.press('Tab'); // one less
    await page.keyboard.press('Enter');
    await becomes(lines, [[mug, 1]]);
    await page.keyboard.press('Tab'); // less is disabled at one: on to the number, or past it from there
    const focused = () => cart.evaluate((element) => element.shadowRoot.activeElement?.className);
    await becomes(focused, 'quantity');
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    await becomes(async () => (await lines())[0][1] > 1, true);
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'more');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'remove');
    const before = await lines();
    await page.keyboard.press('Enter');
    await becomes(lines, []);
    assert.equal(await focused(), 'title');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'undo');
    await page.keyboard.press('Enter');
    await becomes(lines, before);
    await leave();
  });

  it('goes on without a network, and the site’s tabs agree', async () => {
    await visit();
    const other = await shopper.context.newPage();
    await other.goto('/');
    await shows(other.locator('cartwright-cart .message'), '장바구니가 비어 있어요.');
    await shopper.go_offline();
    await page.click('#attribute');
    await cart.evaluate((element, id) => element.add(id, 3), sticker);
    await shows(cart.locator('.notice'), '오프라인이에요.');
    assert.equal(await total(), 23000);
    await shows(other.locator('cartwright-cart .units'), '5개');
    await shopper.go_online();
    await cart.locator('.notice').waitFor({ state: 'detached' });
    await page.reload();
    await shows(cart.locator('.units'), '5개');
    await leave();
  });

  it('says so where nothing can be kept, and works', async () => {
    await shopper.context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    });
    await visit();
    await shows(cart.locator('.notice'), '이 페이지를 닫으면 장바구니가 사라져요.');
    await page.click('#attribute');
    await shows(cart.locator('.units'), '2개');
    assert.equal(await total(), 23000);
    await leave();
  });

  it('takes the page’s colours and parts, and lets the page check out by itself', async () => {
    await visit();
    await page.click('#attribute');
    const style_of = (name, property) =>
      cart.locator(name).evaluate((element, property) => getComputedStyle(element)[property], property);
    await shows(cart.locator('a.checkout'), '주문하기');
    assert.equal(await style_of('.checkout', 'backgroundColor'), 'rgb(0, 90, 60)');
    assert.equal(await style_of('.title', 'fontSize'), '30px');
    await cart.evaluate((element) => {
      element.addEventListener('cartwright-checkout', (event) => {
        event.preventDefault();
        document.title = JSON.stringify(event.detail.lines.map(({ quantity }) => quantity));
      }, { once: true });
    });
    await cart.locator('.checkout').click();
    assert.equal(await page.title(), '[2]');
    await cart.locator('.checkout').click();
    await page.waitForURL('**/cart');
    await leave();
  });

  it('offers the coupons of the shopper: by hand, the best of them, and why one can’t be used, with and without a network', async () => {
    const client = await shop.shopper(0);
    for (const campaign of [fifty, free_shipping, tee_tenth, newcomer]) await client.take_coupon(campaign);
    const wallet = (await client.read('/me/coupons')).items;
    const id_of = (name) => wallet.find((coupon) => coupon.name.ko === name).id;
    const box = (name) => cart.getByRole('checkbox', { name, exact: true });
    const states = () => cart.evaluate((element) =>
      Array.from(element.shadowRoot.querySelectorAll('.coupon'), (coupon) => coupon.querySelector('.coupon-state').textContent));
    const told = () => page.evaluate(() => globalThis.told);
    const priced = async (quantity, ...names) => {
      const coupons = names.map((name) => ({ id: id_of(name), variant_id: null }));
      const quote = await native_quote(shop, [{ variant_id: mug, quantity }], wallet, { mode: 'listed', coupons });
      await becomes(told, { lines: [{ variant_id: mug, quantity, selected: true }], picks: coupons, fingerprint: quote.fingerprint });
      assert.equal(await total(), quote.total);
    };

    await visit();
    await cart.evaluate((element) => {
      element.addEventListener('cartwright-change', ({ detail: { lines, picks, quote } }) => {
        globalThis.told = { lines, picks, fingerprint: quote.fingerprint };
      });
    });
    await page.click('#attribute');
    await shows(cart.locator('.units'), '2개');
    assert.equal(await cart.locator('.coupons').isVisible(), false, 'a guest has none');
    assert.equal((await cart.evaluate((element, token) => element.sign_in(token), client.token)).ok, true);
    const enough = '10,000원 더 담으면 쿠폰을 쓸 수 있어요';
    await becomes(states, ['1,000원 할인받을 수 있어요', enough, '이 쿠폰을 쓸 수 있는 상품이 없어요', '2,000원 할인받을 수 있어요']);
    assert.deepEqual([await box('Shipping').isDisabled(), await box('Tees').isDisabled()], [true, true]);

    await cart.getByRole('button', { name: '최대 할인 적용' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await becomes(states, ['1,000원 할인', enough, '이 쿠폰을 쓸 수 있는 상품이 없어요', '1,000원 할인받을 수 있어요']);
    await shows(cart.getByRole('status'), '‘1000’ 1,000원 할인');
    await priced(2, '1000');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await shows(cart.getByRole('status'), '‘1000’ 쿠폰 대신 ‘First’ 쿠폰을 적용했어요');
    assert.equal((await states())[0], '‘First’ 쿠폰과 함께 쓸 수 없어요');
    await priced(2, 'First');
    await photograph('coupons-ko');
    assert.deepEqual(await axe_findings(page), []);

    await page.evaluate(() => (document.documentElement.lang = 'en'));
    await shows(cart.locator('.coupons-title'), 'Coupons');
    assert.deepEqual(await states(),
      ['Can’t be combined with “First”', 'Add ₩10,000 more to use this coupon', 'Nothing in the cart fits this coupon', '₩2,000 off']);
    await shopper.go_offline();
    await cart.evaluate((element, id) => element.set_quantity(id, 3), mug);
    await cart.getByRole('button', { name: 'Apply the best coupons' }).click();
    await shows(cart.getByRole('status'), '₩3,000 more off');
    await shows(cart.locator('.notice'), 'You are offline.');
    await priced(3, 'First', 'Shipping');
    assert.deepEqual((await states()).slice(1), ['₩3,000 off shipping', 'Nothing in the cart fits this coupon', '₩2,000 off']);
    await cart.getByRole('button', { name: 'Apply the best coupons' }).click();
    await shows(cart.getByRole('status'), 'That is the best already');

    await cart.evaluate((element, id) => element.set_quantity(id, 10), mug);
    await shows(cart.locator('.promotion'), '“Ten mugs”: ₩5,000 off');
    assert.equal((await states())[1], 'It would take nothing off', 'shipping is free without it');
    await photograph('coupons-en');
    assert.deepEqual(await axe_findings(page), []);
    await box('Shipping').uncheck();
    await priced(10, 'First');
    await shopper.go_online();
    await cart.locator('.notice').waitFor({ state: 'detached' });
    await cart.evaluate((element) => element.sign_out());
    await shows(cart.locator('.message'), 'Your cart is empty.');
    await page.click('#attribute');
    await shows(cart.locator('.units'), '2 items');
    assert.equal(await cart.locator('.coupons').isVisible(), false, 'they were the account’s');
    assert.deepEqual(await cart.evaluate((element) => element.picks), []);
    await leave();
  });
});

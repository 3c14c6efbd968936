// The whole way of a shopper, from the first visit to the paid order.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { amount_in, becomes, native_quote, new_shopper, open_browser, open_demo_shop, shows } from './browser.mjs';

describe('A shopper buys', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('on a phone, in Korean: offline for a while, then with an account, a coupon and a charged balance', async (test) => {
    const shop = await open_demo_shop(test);
    const popular = (await shop.client().read('/products/popular?limit=5&days=3')).items;
    const [first, , third] = popular;
    const product = await shop.client().read(`/products/${third.product.handle}`);
    const other = await shop.client().read('/products/oat-soap');
    const name = product.name.ko;
    const [variant] = product.variants;
    const enough = first.units - third.units + 1; // of it sold, and it is the most popular

    // Someone else looks at the same things meanwhile, and never reloads.
    const onlooker = await new_shopper(browser, shop, { size: 'phone' });
    await onlooker.visit_product(product.handle);
    await onlooker.page.locator('.option input').first().check();
    await shows(onlooker.page.locator('.stock'), `재고 ${variant.stock}개`);
    const onlookers_home = await onlooker.context.newPage();
    await onlookers_home.goto('/');
    const shown_popular = () => onlookers_home.locator('.tiles-popular .tile-name').allInnerTexts();
    await becomes(shown_popular, popular.map((item) => item.product.name.ko));

    const shopper = await new_shopper(browser, shop, { size: 'phone' });
    const { page } = shopper;
    await shopper.visit_product(product.handle);
    await shopper.add_to_cart();
    await shopper.worker_ready();
    await becomes(() => page.evaluate(async (path) => Boolean(await caches.match(path)), `/api/v1/products/${product.handle}`), true);
    await page.locator('.header .brand').click();
    await page.locator('.tiles-popular .tile').first().waitFor();
    await shopper.visit_product(other.handle);
    await shopper.add_to_cart();

    await shopper.go_offline();
    await page.reload();
    await shows(page.locator('.product h1'), other.name.ko);
    await page.goto('/');
    await shows(page.locator('.tiles-popular .tile'), name);
    await shows(page.locator('.bar'), '오프라인');
    await page.goto(`/products/${product.handle}`); // seen before there was a worker
    await shows(page.locator('.product h1'), name);
    await shopper.open_cart();
    await page.locator('.sums-total').waitFor();
    const other_variant = other.variants[0].id;
    const line = (variant_id, quantity, selected = true) => ({ variant_id, quantity, selected });
    const priced = async (...lines) => {
      const { total } = await native_quote(shop, lines);
      await becomes(() => shopper.shown_total(), total, JSON.stringify(lines));
      return total;
    };
    await priced(line(variant.id, 1), line(other_variant, 1));
    shopper.requests.length = 0;
    for (let quantity = 2; quantity <= enough; quantity++) {
      await shopper.line(name).getByRole('button', { name: '수량 늘리기' }).click();
      await priced(line(variant.id, quantity), line(other_variant, 1));
    }
    await shopper.line(other.name.ko).getByRole('checkbox').uncheck();
    await priced(line(variant.id, enough), line(other_variant, 1, false));
    await shopper.line(other.name.ko).getByRole('checkbox').check();
    await shopper.line(other.name.ko).locator('.stepper input').fill('3');
    await shopper.line(other.name.ko).locator('.stepper input').press('Enter');
    const guest_total = await priced(line(variant.id, enough), line(other_variant, 3));
    // What the app fetches in its own time (pages to come, the snapshot) are GETs; prices are asked for by POST.
    const asked = shopper.requests.filter((request) => request.startsWith('POST '));
    assert.deepEqual(asked, [], 'prices are computed here');
    await page.reload();
    await page.locator('.line').first().waitFor();
    await becomes(() => shopper.shown_total(), guest_total, 'the cart survives a reload');

    await shopper.go_online();
    await page.locator('.bar').waitFor({ state: 'detached' });
    await page.locator('.buy-bar button').click();
    await page.waitForURL(/\/signin/);
    await page.locator('.enter-other a[href^="/register"]').click();
    await shopper.register();
    await page.waitForURL(/\/checkout$/);
    await shows(page.locator('.result'), '부족해요');
    assert.equal(await shopper.shown_total(), guest_total);
    await becomes(() => shopper.server_lines(), [line(variant.id, enough), line(other_variant, 3)], 'the guest cart is merged');

    await page.locator('.header .brand').click();
    await page.getByRole('navigation', { name: '하단 메뉴' }).getByRole('link', { name: '쿠폰' }).click();
    await page.locator('.campaign-open').first().click();
    await page.getByRole('button', { name: '쿠폰 받기' }).click();
    await shows(page.locator('.result-good'), '쿠폰을 받았어요');
    await shows(page.locator('.drop'), '49 / 50');
    const [coupon] = (await shopper.read('/me/coupons')).items;

    await page.goto('/balance');
    await page.locator('.quick button').last().click();
    await page.locator('.panel [type=submit]').click();
    await shows(page.locator('.balance strong'), '100,000원');
    await shows(page.locator('.entry'), '+100,000원');

    await shopper.open_cart();
    await page.locator('.coupon', { hasText: coupon.name.ko }).getByRole('checkbox').check();
    await shows(page.locator('.coupon-on'), '7,000원 할인 적용');
    const choice = { mode: 'listed', coupons: [{ id: coupon.id, variant_id: null }] };
    const { total } = await native_quote(shop, [line(variant.id, enough), line(other_variant, 3)], [coupon], choice);
    assert.equal(await shopper.shown_total(), total);
    assert.equal(total, guest_total - 7000);
    await page.locator('.buy-bar button').click();
    await page.waitForURL(/\/checkout$/);
    await shopper.fill_address();
    await shows(page.locator('.buy-bar [type=submit]'), '결제하기');
    const number = await shopper.press_pay();
    await shows(page.locator('.thanks'), '주문이 완료되었어요');
    await shows(page.locator('.progress [aria-current=step]'), '결제 완료');
    assert.equal(await shopper.shown_total(), total);
    const order = await shopper.read(`/orders/${number}`);
    assert.equal(order.status, 'PAID');
    assert.equal(order.total, total);
    assert.deepEqual(await shopper.server_lines(), []);

    await shows(onlooker.page.locator('.stock'), `재고 ${variant.stock - enough}개`);
    const now_popular = (await shop.client().read('/products/popular?limit=5&days=3')).items.map((item) => item.product.name.ko);
    assert.equal(now_popular[0], name);
    await becomes(shown_popular, now_popular, 'the order of the popular follows the sale');

    await page.goto('/balance');
    await becomes(async () => amount_in(await page.locator('.balance strong').innerText()), 100_000 - total);
    await becomes(() => page.locator('.entry b').allInnerTexts(), ['결제', '충전']);
    await page.goto('/coupons');
    await shows(page.locator('.wallet-past .ticket', { hasText: coupon.name.ko }), '사용 완료');
    await page.goto('/cart');
    await page.locator('.empty').waitFor();

    await shopper.leave();
    await onlooker.leave();
    await shop.close();
  });

  it('on a desktop, in English and in dollars; the language stays after a reload', async (test) => {
    const shop = await open_demo_shop(test, { demo: ['--currency', 'USD'] });
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    await page.goto('/');
    await page.locator('.tiles-popular .tile').first().waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'ko');
    await page.getByRole('button', { name: 'English' }).click();
    await shows(page.locator('h2'), 'Popular');
    await page.reload();
    await page.getByRole('button', { name: '한국어' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');

    await page.getByRole('searchbox').fill('soap');
    await page.keyboard.press('Enter'); // the box is a combobox by now
    await page.locator('.tile a', { hasText: 'Oat Soap' }).click();
    await shows(page.locator('.product h1'), 'Oat Soap');
    await shopper.add_to_cart();
    await page.getByRole('button', { name: 'View cart' }).click();
    await page.locator('.line').waitFor();
    assert.match(await page.locator('.sums-total dd').innerText(), /^\$\d+\.\d\d$/);
    const total = await shopper.shown_total();
    await page.goto('/register?next=/checkout');
    await shopper.register('Shopper');
    await shopper.fill_address();
    await becomes(() => shopper.shown_total(), total);
    const number = await shopper.press_pay(); // charges what is missing first
    await shows(page.locator('.thanks'), 'order');
    const order = await shopper.read(`/orders/${number}`);
    assert.equal(order.status, 'PAID');
    assert.equal(order.total, total);
    assert.equal((await shopper.read('/me/balance')).balance, 0);
    await page.goto('/orders');
    await shows(page.locator('.order-row'), 'Oat Soap');
    await shopper.leave();
    await shop.close();
  });
});

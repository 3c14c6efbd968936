// The back office's second half: rules with their preview, campaigns with their curve, webhooks, the log, the settings.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { open_receiver } from '../integration/receiver.mjs';
import { quote } from '../integration/shop.mjs';
import * as small from '../integration/small_shop.mjs';
import { ADMIN, amount_in, axe_findings, becomes, new_admin, new_shopper, open_browser, open_known_shop, shows } from './browser.mjs';

/** The shop's own session for what a test looks up. */
const by_rest = (shop) => shop.sign_in(ADMIN);

async function open_page(page, path, ready) {
  await page.goto(path);
  await page.locator(ready).first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.skeleton'));
}

/** What the preview says that the rule takes off. */
const shown_off = (page) => page.locator('.sample-verdict').getAttribute('data-amount').then(Number);

describe('An admin makes discounts', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('sees a coupon’s exact effect before it is saved, opens a drop, and watches it go', async (test) => {
    const shop = await open_known_shop(test, { shoppers: 3 });
    const admin = await new_admin(browser, shop);
    const { page } = admin;
    await open_page(page, '/admin/coupons', '.table');
    await page.locator('.admin-actions a[href="/admin/coupons/new"]').click();
    await page.locator('.sample-verdict').waitFor();
    await page.fill('#field-name-ko', '머그 축제');
    await page.fill('#field-name-en', 'Mug days');
    await page.fill('#field-basis_points', '12.5');
    await page.fill('#field-max_discount', '3000');
    await page.fill('#field-min_amount', '20000');

    // What it covers is chosen in a dialog, by name.
    await page.locator('.scope button').first().click();
    await page.fill('.scope-search', '머그');
    await page.locator('.scope-list label', { hasText: '머그잔' }).click();
    await page.keyboard.press('Escape');
    await shows(page.locator('.scope-chip'), '머그잔');

    // The sample cart follows: enough mugs, and something else; the sum is the module's.
    const cart = () => page.locator('.sample-line').evaluateAll((lines) => lines.map((line) => [
      line.querySelector('.sample-name span').textContent, Number(line.querySelector('.stepper input').value),
    ]));
    await becomes(cart, [['머그잔', 2], ['티셔츠 · S', 1]]);
    await becomes(() => shown_off(page), 2500);
    await page.locator('.sample-line').first().locator('.stepper button').last().click();
    await becomes(() => shown_off(page), 3000, 'the cap holds');
    await shows(page.locator('.rule-reading li'), '대상 상품의 합계를 12.5% 할인해요.');
    await shows(page.locator('.rule-reading li'), '할인은 모두 합해 3,000원까지예요.');
    const previewed = amount_in(await page.locator('.sample .sums-total dd').innerText());

    // What can't be is said at its field, by the module, before anything is sent.
    await page.fill('#field-basis_points', '120');
    await page.locator('#field-basis_points-note').filter({ hasText: '쓸 수 없는 값' }).waitFor();
    await page.fill('#field-basis_points', '12.5');

    await page.locator('.save-bar [type=submit]').click();
    await page.waitForURL(/\/admin\/coupons\/\d+$/);
    const id = Number(new URL(page.url()).pathname.split('/').at(-1));
    const rest = await by_rest(shop);
    const saved = await rest.read(`/admin/coupons/${id}`);
    assert.deepEqual(saved.name, { ko: '머그 축제', en: 'Mug days' });
    assert.deepEqual([saved.rule.type, saved.rule.basis_points, saved.rule.max_discount, saved.rule.include.product_ids], ['percent', 1250, 3000, [1]]);
    const { shop: rules, variants, promotions, now } = await rest.read('/snapshot');
    const [native] = quote({
      now, shop: rules, variants, promotions, lines: [{ variant_id: small.mug, quantity: 3 }, { variant_id: small.tee_small, quantity: 1 }],
      coupons: [{ id: 1, rule: saved.rule }], choice: { mode: 'listed', coupons: [{ id: 1 }] },
    });
    assert.equal(previewed, native.total, 'the preview was the price');

    await page.locator(`a[href="/admin/campaigns/new?coupon=${id}"]`).click();
    await page.fill('#field-total', '2');
    await page.locator('form.form [type=submit]').click();
    await page.waitForURL(/\/admin\/campaigns\/\d+$/);
    const campaign = Number(new URL(page.url()).pathname.split('/').at(-1));
    const issued = () => page.locator('[data-issued]').getAttribute('data-issued');
    await becomes(issued, '0');

    const shopper = await new_shopper(browser, shop, { size: 'phone' });
    await shopper.page.goto(`/register?next=/campaigns/${campaign}`);
    await shopper.register();
    await shopper.page.locator('.drop-action button').click();
    await shopper.page.locator('.result').waitFor();
    await becomes(issued, '1', 'the curve moves without a reload');
    await (await shop.shopper(0)).take_coupon(campaign);
    await becomes(issued, '2');
    await shows(page.locator('.admin-page-head .chip'), '마감');
    const curve = page.locator('.chart table tbody tr').last();
    assert.match(await curve.innerText(), /2/);

    await shopper.leave();
    await admin.leave();
    await shop.close();
  });

  it('changes a promotion while another admin does: nothing is lost unseen', async (test) => {
    const shop = await open_known_shop(test);
    const admin = await new_admin(browser, shop, '/admin', { language: 'en' });
    const { page } = admin;
    await open_page(page, '/admin/promotions/5', '.sample-verdict');
    await shows(page.locator('.rule-reading li'), 'Takes 5% off one line of the cart.');
    const rest = await by_rest(shop);
    const { name } = await rest.read('/admin/promotions/5');
    const theirs = await rest.patch('/admin/promotions/5', { name: { ...name, en: 'Theirs' } }, { headers: { 'If-Match': '*' } });
    assert.equal(theirs.status, 200, theirs.text);
    await page.fill('#field-basis_points', '7');
    admin.expect_refusal('/admin/promotions/5', 412);
    await page.locator('.save-bar [type=submit]').click();
    await shows(page.locator('.admin-conflict'), 'Another admin has changed this');
    await page.locator('.admin-conflict button').first().click();
    await becomes(() => page.locator('#field-name-en').inputValue(), 'Theirs');
    assert.equal(await page.locator('#field-basis_points').inputValue(), '5');

    await page.fill('#field-basis_points', '7');
    await page.locator('.save-bar [type=submit]').click();
    await becomes(async () => (await rest.read('/admin/promotions/5')).rule.basis_points, 700);
    await page.getByRole('button', { name: 'Archive' }).click();
    await page.locator('dialog[open] .button-strong').click();
    await becomes(async () => (await rest.read('/admin/promotions/5')).active, false);
    await page.getByRole('button', { name: 'Bring back' }).click();
    await becomes(async () => (await rest.read('/admin/promotions/5')).active, true);

    // The audit tells all of it.
    await open_page(page, '/admin/log?entity=promotion', '.table');
    const deeds = await page.locator('.table-main').allInnerTexts();
    assert.deepEqual(deeds.map((deed) => deed.replace(/\s+/g, ' ').trim()), [
      'Promotion #5 brought back', 'Promotion #5 archived', 'Promotion #5 changed', 'Promotion #5 changed',
    ]);
    await page.locator('.log-changes').nth(2).locator('summary').first().click();
    await shows(page.locator('.log-changes').nth(2).locator('li'), 'rule.basis_points 500 → 700');
    await admin.leave();
    await shop.close();
  });

  it('gives a coupon a code and hands it out', async (test) => {
    const shop = await open_known_shop(test, { shoppers: 1 });
    const admin = await new_admin(browser, shop);
    const { page } = admin;
    await open_page(page, '/admin/coupons/1', '.sample-verdict');
    await page.fill('#field-code', 'welcome');
    await page.fill('#field-code-total', '5');
    await page.getByRole('button', { name: '코드 만들기' }).click();
    await shows(page.locator('.coupon-code'), 'WELCOME');
    admin.expect_refusal('/admin/coupons/1/grants', 422);
    await page.fill('#field-emails', 'shopper0@example.com\nnobody@example.com');
    await page.getByRole('button', { name: '쿠폰 주기' }).click();
    await shows(page.locator('#field-emails-note'), 'nobody@example.com');
    await page.fill('#field-emails', 'shopper0@example.com');
    await page.getByRole('button', { name: '쿠폰 주기' }).click();
    await shows(page.locator('.toast'), '1명에게');
    const shopper = await shop.shopper(0);
    const wallet = (await shopper.read('/me/coupons?limit=10')).items;
    assert.deepEqual(wallet.map(({ origin }) => origin), ['grant']);
    await admin.leave();
    await shop.close();
  });
});

describe('An admin runs the shop', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('makes a webhook, sees what was delivered and what wasn’t, and sends it again', async (test) => {
    const shop = await open_known_shop(test, { shoppers: 1, serve: ['--web', process.env.CARTWRIGHT_WEB ?? 'web/dist', '--webhook-allow-private'] });
    const receiver = await open_receiver();
    test.after(() => receiver.close());
    const admin = await new_admin(browser, shop);
    const { page } = admin;
    await open_page(page, '/admin/webhooks/new', '#field-url');
    await page.fill('#field-url', receiver.url);
    await page.locator('.event-boxes label', { hasText: '결제 완료' }).click();
    await page.locator('form.form [type=submit]').click();
    await page.locator('.secret').waitFor();
    assert.match(await page.locator('.secret').innerText(), /^whsec_/);
    await page.locator('.admin-actions a').click();
    await page.waitForURL(/\/admin\/webhooks\/\d+$/);
    await shows(page.locator('.admin-empty'), '아직 보낸 것이 없어요');

    const shopper = await shop.shopper(0, { balance: 100000 });
    const pay = async () => assert.equal((await shopper.pay(await shopper.place([{ variant_id: small.plenty, quantity: 1 }]))).status, 201);
    await pay();
    await receiver.first(1);
    await shows(page.locator('.table .chip-good'), '배달됨');

    receiver.answer = (_, response) => response.writeHead(500).end('no');
    await pay();
    await receiver.first(2);
    await shows(page.locator('.table .chip-bad'), '배달 안 됨');
    await shows(page.locator('.admin-page-head .chip'), '다시 시도 중');
    receiver.answer = (_, response) => response.writeHead(204).end();
    const before_replay = receiver.received.length;
    await page.getByRole('button', { name: '#1 여기부터 다시 보내기' }).click();
    await page.locator('dialog[open] .button-strong').click();
    const received = await receiver.first(before_replay + 2);
    assert.deepEqual(received.slice(-2).map(({ event }) => event.position), [1, 2]);
    await becomes(() => page.locator('.table .chip').allInnerTexts(), ['배달됨', '배달됨']);
    await shows(page.locator('.admin-page-head .chip'), '보내는 중');
    await admin.leave();
    await shop.close();
  });

  it('changes the settings, and prices follow', async (test) => {
    const shop = await open_known_shop(test);
    const admin = await new_admin(browser, shop, '/admin', { language: 'en' });
    const { page } = admin;
    await open_page(page, '/admin/settings', '#field-fee');
    assert.equal(await page.locator('#field-currency').isDisabled(), true);
    await page.fill('#field-fee', '2500');
    await page.fill('#field-policy-returns-en', 'Within 30 days.');
    await page.locator('.save-bar [type=submit]').click();
    await shows(page.locator('.toast'), 'Saved');
    const { shop: rules } = await shop.client().read('/snapshot');
    assert.deepEqual([rules.shipping.fee, rules.shipping.free_from], [2500, 50000]);
    assert.equal((await shop.client().read('/shop/policies')).returns.en, 'Within 30 days.');
    admin.expect_refusal('/admin/shop', 422);
    await page.fill('#field-time_zone', 'Nowhere/Else');
    await page.locator('.save-bar [type=submit]').click();
    await page.locator('#field-time_zone[aria-invalid]').waitFor();
    await admin.leave();
    await shop.close();
  });

  for (const [size, language] of [['phone', 'ko'], ['desktop', 'ko'], ['phone', 'en'], ['desktop', 'en']]) {
    it(`axe finds nothing on these pages: ${language}, ${size}`, async (test) => {
      const shop = await open_known_shop(test, { shoppers: 2 });
      const rest = await by_rest(shop);
      const key = () => ({ key: crypto.randomUUID() });
      const webhook = await rest.post('/admin/webhooks', { url: 'https://example.com/hook' }, key());
      assert.equal(webhook.status, 201, webhook.text);
      await rest.post('/admin/coupons/1/codes', { code: 'HELLO', total: 5 }, key());
      const tiers = [{ from: 30000, amount: 3000 }, { from: 50000, basis_points: 1000 }];
      const tiered = await rest.post('/admin/coupons', { name: { ko: '단계' }, rule: { target: 'order', type: 'tiers', tiers } }, key());
      assert.equal(tiered.status, 201, tiered.text);
      await (await shop.shopper(0)).take_coupon(small.fifty);
      const admin = await new_admin(browser, shop, '/admin', { size, language });
      const { page } = admin;
      const look = async (path, ready) => {
        await open_page(page, path, ready);
        assert.deepEqual(await axe_findings(page), [], path);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
      };
      await look('/admin/coupons', '.table');
      await look('/admin/coupons/new', '.sample-verdict');
      await look('/admin/coupons/1', '.coupon-code');
      await look(`/admin/coupons/${tiered.body.id}`, '.tier');
      await page.locator('.scope button').first().click();
      await page.locator('dialog[open] .scope-list').waitFor();
      assert.deepEqual(await axe_findings(page), [], 'the dialog');
      await look('/admin/promotions', '.table');
      await look('/admin/promotions/5', '.sample-verdict');
      await look('/admin/campaigns', '.table');
      await look('/admin/campaigns/new', '#field-coupon');
      await look(`/admin/campaigns/${small.fifty}`, '.chart');
      await look('/admin/webhooks', '.table');
      await look('/admin/webhooks/new', '#field-url');
      await look(`/admin/webhooks/${webhook.body.id}`, '.admin-empty, .table');
      await look('/admin/log', '.table');
      await look('/admin/settings', '#field-fee');
      await admin.leave();
      await shop.close();
    });
  }
});

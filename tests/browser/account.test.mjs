// The account's own pages: passwords, addresses, codes, and the end.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mug } from '../integration/small_shop.mjs';
import { ADDRESS, axe_findings, becomes, new_shopper, open_browser, open_known_shop, PASSWORD, shows } from './browser.mjs';

const NEW_PASSWORD = 'a longer password';

describe('An account', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('whose password is forgotten gets a new one by a link that works once, and signs in with it', async (test) => {
    const shop = await open_known_shop(test);
    const account = await shop.new_shopper();
    const admin = await shop.sign_in('admin@example.com');
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    await page.goto('/signin');
    await page.getByRole('link', { name: '비밀번호를 잊으셨나요?' }).click();
    await page.waitForURL('**/reset');
    await page.fill('#field-email', account.email);
    await page.locator('form.form [type=submit]').click();
    await shows(page.locator('.sent'), account.email);
    const { body } = await admin.post('/admin/reset-links', { email: account.email });
    const link = `/reset#${body.link.split('#')[1]}`;
    await page.goto(link);
    await page.fill('#field-password', NEW_PASSWORD);
    await page.fill('#field-repeat', 'another one');
    await page.locator('form.form [type=submit]').click();
    await shows(page.locator('.field-note'), '서로 달라요');
    await page.fill('#field-repeat', NEW_PASSWORD);
    await page.locator('form.form [type=submit]').click();
    await page.waitForURL('**/signin');
    await shows(page.locator('.toast'), '비밀번호를 바꿨어요');
    await page.fill('#field-email', account.email);
    await page.fill('#field-password', NEW_PASSWORD);
    await page.locator('form.form [type=submit]').click();
    await page.waitForURL(shop.url + '/');

    shopper.expect_refusal('/auth/reset/confirm', 409);
    await page.goto(link);
    await page.fill('#field-password', 'a third password');
    await page.fill('#field-repeat', 'a third password');
    await page.locator('form.form [type=submit]').click();
    await page.locator('.result-bad').waitFor();
    await page.getByRole('link', { name: '링크 다시 받기' }).click();
    await page.locator('#field-email').waitFor();
    await shopper.leave();
    await shop.close();
  });

  it('changes its password, which signs out every other device and not this one', async (test) => {
    const shop = await open_known_shop(test);
    const account = await shop.new_shopper();
    const here = await new_shopper(browser, shop, { language: 'en' });
    const there = await new_shopper(browser, shop, { language: 'en', size: 'phone' });
    await here.sign_in(account.email, '/me');
    await there.sign_in(account.email, '/me');
    const { page } = here;
    await page.getByRole('link', { name: 'Change password' }).click();
    await shows(page.locator('.page-head'), 'All other devices will be signed out');
    here.expect_refusal('/me/password', 401);
    await page.fill('#field-current', 'not the password');
    await page.fill('#field-password', NEW_PASSWORD);
    await page.fill('#field-repeat', NEW_PASSWORD);
    await page.locator('form.form [type=submit]').click();
    await shows(page.locator('.result-bad'), 'The current password is wrong.');
    assert.deepEqual(await axe_findings(page), []);
    await page.fill('#field-current', PASSWORD);
    await page.locator('form.form [type=submit]').click();
    await page.waitForURL('**/me');
    await shows(page.locator('.toast'), 'Password changed');
    assert.equal((await here.read('/me')).email, account.email);
    assert.equal((await there.context.request.get('/api/v1/me')).status(), 401);
    there.expect_refusal('/', 401);
    await there.page.goto('/orders');
    await shows(there.page.locator('.empty'), 'Please sign in');
    await here.leave();
    await there.leave();
    await shop.close();
  });

  it('keeps addresses: one is the default, all can be changed, a removed one comes back, the checkout offers them', async (test) => {
    const shop = await open_known_shop(test);
    const account = await shop.new_shopper({ balance: 100_000 });
    const shopper = await new_shopper(browser, shop, { size: 'phone' });
    const { page } = shopper;
    await shopper.sign_in(account.email, '/me');
    await page.getByRole('link', { name: '배송지 관리' }).click();
    const names = () => page.locator('.addresses address b').allInnerTexts();
    const add = async (name) => {
      await page.getByRole('button', { name: '배송지 추가' }).click();
      await page.locator('dialog [type=submit]').click();
      await shows(page.locator('.field-bad'), '꼭 필요한');
      for (const [field, value] of Object.entries({ ...ADDRESS, name })) await page.fill(`dialog #field-${field}`, value);
      await page.locator('dialog [type=submit]').click();
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    };
    await add('집');
    await add('회사');
    await becomes(names, ['집', '회사']);
    await page.getByRole('button', { name: '기본 배송지로' }).click();
    await becomes(names, ['회사', '집']);
    assert.deepEqual((await shopper.read('/me/addresses')).items.map(({ name, is_default }) => [name, is_default]), [['회사', true], ['집', false]]);
    await page.getByRole('button', { name: '집 배송지 고치기' }).click();
    await page.fill('dialog #field-line2', '101');
    assert.deepEqual(await axe_findings(page), []);
    await page.locator('dialog [type=submit]').click();
    await shows(page.locator('.addresses address'), '1 Example Street 101');
    await page.getByRole('button', { name: '회사 배송지 지우기' }).click();
    await becomes(names, ['집']);
    await page.locator('.toast button').click();
    await becomes(names, ['회사', '집']);

    await page.goto(`/checkout?variant=${mug}&quantity=1`);
    const choice = page.locator('.address-choice');
    assert.equal(await choice.getByRole('radio').first().isChecked(), true);
    assert.equal(await page.locator('#field-line1').count(), 0);
    await choice.locator('label', { hasText: '집' }).click();
    const first = await shopper.press_pay();
    assert.deepEqual((await shopper.read(`/orders/${first}`)).address, { ...ADDRESS, name: '집', line2: '101', note: '' });

    await page.goto(`/checkout?variant=${mug}&quantity=1`);
    await choice.locator('label', { hasText: '다른 주소로 받기' }).click();
    for (const [field, value] of Object.entries({ ...ADDRESS, name: '부모님', line2: '', note: '' })) await page.fill(`#field-${field}`, value);
    await shopper.press_pay();
    await becomes(async () => (await shopper.read('/me/addresses')).items.length, 3, 'what was typed is kept as well');
    await shopper.leave();
    await shop.close();
  });

  it('takes a coupon code in the wallet, and in the cart, where it is used at once', async (test) => {
    const codes = "UPDATE coupons SET code = 'HELLO' WHERE id = 1; UPDATE coupons SET code = 'SHIPPING' WHERE id = 2;";
    const shop = await open_known_shop(test, { also: codes });
    const account = await shop.new_shopper();
    await account.post('/me/cart/lines', { variant_id: mug, quantity: 1 });
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    await shopper.sign_in(account.email, '/coupons');
    shopper.expect_refusal('/me/coupons', 404);
    await page.fill('#coupon-code', 'nothing');
    await page.press('#coupon-code', 'Enter');
    await page.locator('.code-entry.field-bad .field-note').waitFor();
    await page.fill('#coupon-code', 'shipping');
    await page.press('#coupon-code', 'Enter');
    await shows(page.locator('.ticket'), 'Shipping');
    assert.deepEqual((await shopper.read('/me/coupons')).items.map((coupon) => coupon.origin), ['code']);

    await shopper.open_cart();
    await page.locator('.sums-total').waitFor();
    const before = await shopper.shown_total();
    await page.fill('#coupon-code', 'hello');
    await page.locator('.code-entry button').click();
    await shows(page.locator('.toast'), '1,000원 할인받았어요');
    await becomes(() => shopper.shown_total(), before - 1000);
    await shopper.leave();
    await shop.close();
  });

  it('is erased only by its password and after all warnings, and then it is gone from server and browser', async (test) => {
    const shop = await open_known_shop(test);
    const account = await shop.new_shopper({ balance: 5000 });
    const shopper = await new_shopper(browser, shop, { language: 'en', size: 'phone' });
    const { page } = shopper;
    await shopper.sign_in(account.email, '/me');
    await page.getByRole('link', { name: 'Delete account' }).click();
    await shows(page.locator('.consequences'), 'without the recipient and the address');
    const button = page.getByRole('button', { name: 'Delete for good' });
    assert.equal(await button.isEnabled(), false);
    await page.getByLabel('I have read this').check();
    assert.equal(await button.isEnabled(), false, 'the balance is not given up yet');
    await page.getByLabel('₩5,000').check();
    await page.fill('#field-password', 'a wrong password');
    shopper.expect_refusal('/api/v1/me', 401);
    await button.click();
    await shows(page.locator('.result-bad'), 'The password is wrong.');
    assert.deepEqual(await axe_findings(page), []);
    await page.fill('#field-password', PASSWORD);
    await button.click();
    await page.waitForURL(shop.url + '/');
    await shows(page.locator('.toast'), 'Your account is deleted');
    assert.equal((await shopper.context.request.get('/api/v1/me')).status(), 401);
    const again = await shop.client().post('/auth/login', { email: account.email, password: PASSWORD });
    assert.equal(again.body.code, 'invalid_credentials');
    const kept = await page.evaluate(() => new Promise((done) => {
      indexedDB.open('cartwright').onsuccess = ({ target }) => {
        const all = target.result.transaction('records').objectStore('records').getAllKeys();
        all.onsuccess = () => done(all.result);
      };
    }));
    assert.ok(!kept.includes('account') && !kept.includes('address'), kept.join(' '));
    await shopper.leave();
    await shop.close();
  });
});

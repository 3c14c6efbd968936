// What an admin types: it isn't lost by leaving, what is wrong with it is said in their language. And the shelves.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as small from '../integration/small_shop.mjs';
import { ADMIN, becomes, new_admin, open_browser, open_known_shop, shows } from './browser.mjs';

describe('An admin’s forms', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('ask before what was typed is lost: at a link, at the back button, at the end of the tab', async (test) => {
    const shop = await open_known_shop(test);
    const admin = await new_admin(browser, shop, '/admin/products', { ready: '.table', language: 'en' });
    const { page } = admin;
    const asked = [];
    let leave = false;
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      return leave ? dialog.accept() : dialog.dismiss();
    });
    const there = () => new URL(page.url()).pathname;
    const menu = (name) => page.locator('.admin-menu a', { hasText: name }).click();

    await page.locator('.table-main a').first().click();
    await page.locator('#field-vendor').waitFor();
    const editor = there();
    await menu('Orders');
    await becomes(there, '/admin/orders', 'nothing was typed, nothing is asked');
    await page.goBack();
    await page.locator('#field-vendor').fill('Somewhere');
    assert.deepEqual(asked, []);

    await menu('Orders');
    await becomes(() => asked, ['confirm']);
    await page.evaluate(() => history.back());
    await becomes(() => asked, ['confirm', 'confirm']);
    await becomes(there, editor, 'the address is the form’s again');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await becomes(() => asked.length, 3);
    const closing = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    assert.equal((await closing).type(), 'beforeunload');
    assert.equal(await page.locator('#field-vendor').inputValue(), 'Somewhere');

    leave = true;
    asked.length = 0;
    await page.evaluate(() => history.back());
    await becomes(there, '/admin/products');
    assert.deepEqual(asked, ['confirm']);
    await page.locator('.table-main a').first().click();
    await page.locator('#field-vendor').waitFor();
    assert.notEqual(await page.locator('#field-vendor').inputValue(), 'Somewhere');
    await page.fill('#field-vendor', 'Here');
    await page.locator('.save-bar [type=submit]').click();
    await shows(page.locator('.toast'), 'Saved');
    await menu('Coupons');
    await becomes(there, '/admin/coupons', 'what is saved may be left');
    assert.deepEqual(asked, ['confirm']);
    await admin.leave();
    await shop.close();
  });

  it('ask so in every editor', async (test) => {
    const shop = await open_known_shop(test);
    const admin = await new_admin(browser, shop, '/admin', { ready: '.figure' });
    const { page } = admin;
    let leave = false;
    let asked = 0;
    page.on('dialog', (dialog) => {
      asked++;
      return leave ? dialog.accept() : dialog.dismiss();
    });
    for (const [path, field, value] of [
      ['/admin/coupons/new', 'name-ko', '쿠폰'], ['/admin/promotions/5', 'priority', '3'], ['/admin/settings', 'fee', '100'],
      [`/admin/campaigns/${small.fifty}`, 'total', '77'], ['/admin/campaigns/new', 'total', '7'],
      ['/admin/webhooks/new', 'url', 'https://example.com'], ['/admin/coupons/1', 'emails', 'someone@example.com'],
    ]) {
      await page.goto(path);
      await page.fill(`#field-${field}`, value);
      [leave, asked] = [false, 0];
      await page.locator('.admin-menu a').first().click();
      await becomes(() => asked, 1, path);
      assert.equal(await page.locator(`#field-${field}`).inputValue(), value);
      leave = true;
      await page.locator('.admin-menu a').first().click();
      await becomes(() => new URL(page.url()).pathname, '/admin');
    }
    await admin.leave();
    await shop.close();
  });

  it('say in Korean and in English what is wrong with a field', async (test) => {
    const shop = await open_known_shop(test);
    const admin = await new_admin(browser, shop, '/admin/products/2', { ready: '#field-handle' });
    const { page } = admin;
    admin.expect_refusal('/admin/products/2', 422);
    admin.expect_refusal('/admin/products/2', 409);
    await page.fill('#field-handle', '.hidden');
    await page.locator('.save-bar [type=submit]').click();
    await shows(page.locator('#field-handle-note'), '점으로 시작할 수 없어요');
    const other = (await (await shop.sign_in(ADMIN)).read('/admin/products/1')).product.handle;
    await page.fill('#field-handle', other);
    await page.locator('.save-bar [type=submit]').click();
    await shows(page.locator('#field-handle-note'), '다른 곳에서 이미 쓰고 있어요');
    assert.doesNotMatch(await page.locator('.result-bad').innerText(), /Another|must/);
    await page.getByRole('button', { name: 'English' }).click();
    await shows(page.locator('#field-handle-note'), 'In use elsewhere already');
    page.on('dialog', (dialog) => dialog.accept());
    await admin.leave();
    await shop.close();
  });

  it('keep the shelves: made, one in another, renamed in both languages, put in order, and taken away', async (test) => {
    const shop = await open_known_shop(test);
    const admin = await new_admin(browser, shop, '/admin/categories', { ready: '.table, .admin-empty', size: 'phone' });
    const { page } = admin;
    const rest = await shop.sign_in(ADMIN);
    const before = (await rest.read('/admin/categories')).items.length;
    const dialog = page.locator('dialog[open]');
    const save = async () => {
      await dialog.locator('[type=submit]').click();
      await dialog.waitFor({ state: 'detached' });
    };
    const add = async (name, more) => {
      await page.getByRole('button', { name: '카테고리 추가' }).click();
      await page.fill('#field-category-name-ko', name);
      await more?.();
      await save();
      await page.getByRole('button', { name, exact: true }).waitFor();
    };
    await add('정원', () => page.fill('#field-position', '50'));
    await add('화분', async () => {
      await page.selectOption('#field-parent', { label: '정원' });
      await page.fill('#field-position', '2');
    });
    await add('씨앗', async () => {
      await page.selectOption('#field-parent', { label: '정원' });
      await page.fill('#field-position', '1');
    });
    const names = () => page.locator('.table-main').allInnerTexts();
    await becomes(async () => (await names()).slice(-3), ['정원', '씨앗', '화분'], 'by their order, below their parent');

    await page.getByRole('button', { name: '화분', exact: true }).click();
    await page.fill('#field-category-name-ko', '큰 화분');
    await page.fill('#field-category-name-en', 'Pots');
    await page.fill('#field-position', '9');
    await save();
    await becomes(async () => (await names()).slice(-3), ['정원', '씨앗', '큰 화분']);
    await page.getByRole('button', { name: '씨앗', exact: true }).click();
    await page.fill('#field-position', ''); // behind all others
    await save();
    await becomes(async () => (await names()).slice(-3), ['정원', '큰 화분', '씨앗']);
    const stored = (await rest.read('/admin/categories')).items;
    const pots = stored.find(({ name }) => name.en === 'Pots');
    assert.deepEqual([stored.length, pots.name.ko, stored.find(({ id }) => id === pots.parent_id).name.ko], [before + 3, '큰 화분', '정원']);

    // Esc asks before what was typed is lost.
    await page.getByRole('button', { name: '정원', exact: true }).click();
    await page.fill('#field-slug', 'garden');
    const answers = ['dismiss', 'accept'];
    const ask = (question) => void question[answers.shift()]();
    page.on('dialog', ask);
    await page.keyboard.press('Escape');
    await becomes(() => answers.length, 1);
    assert.equal(await page.inputValue('#field-slug'), 'garden');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    page.off('dialog', ask);

    // A shelf with others in it stays; those that are empty go.
    const remove = async (name) => {
      await page.getByRole('button', { name, exact: true }).click();
      await dialog.getByRole('button', { name: '삭제' }).click();
      await page.locator('dialog[open]', { hasText: '삭제할까요' }).locator('.button-strong').click();
    };
    const garden = stored.find(({ name }) => name.ko === '정원').id;
    admin.expect_refusal(`/admin/categories/${garden}`, 409);
    await remove('정원');
    await shows(page.locator('.toast'), '아래 카테고리가 있어서');
    assert.equal((await rest.read('/admin/categories')).items.length, before + 3);
    for (const name of ['큰 화분', '씨앗', '정원']) {
      await remove(name);
      await becomes(async () => (await names()).includes(name), false);
    }
    assert.equal((await rest.read('/admin/categories')).items.length, before);

    await admin.leave();
    await shop.close();
  });
});

// /admin: who may see it, and what an admin does there: sell something new, import a file, bring orders on their way.

import assert from 'node:assert/strict';
import { crc32, deflateSync } from 'node:zlib';
import { after, before, describe, it } from 'node:test';
import { mug, tee_large } from '../integration/small_shop.mjs';
import { ADMIN, amount_in, axe_findings, becomes, enter, new_admin, new_shopper, open_browser, open_known_shop, shows, web } from './browser.mjs';

/** Those of rules, campaigns, webhooks, log and settings are in admin_rules.test.mjs. */
const PAGES = [
  '/admin', '/admin/orders', '/admin/charges', '/admin/products', '/admin/products/2', '/admin/products/new', '/admin/categories',
  '/admin/imports', '/admin/nowhere',
];

/** A grey picture. */
function png(width, height) {
  const chunk = (name, data) => {
    const content = Buffer.concat([Buffer.from(name), data]);
    const size = Buffer.alloc(4);
    const sum = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(content));
    return Buffer.concat([size, content, sum]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const magic = Buffer.from('89504e470d0a1a0a', 'hex');
  const pixels = deflateSync(Buffer.alloc(height * (width + 1)));
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

const CSV = `Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price
lamp,Desk lamp,Example,Colour,Black,LAMP-1,4,39000
lamp,,,,White,LAMP-2,6,41000
chair,Chair,Example,,,CHAIR-1,2,88000
`;

describe('The back office', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  const save = (page) => page.locator('.save-bar [type=submit]').click();

  it('asks guests to sign in, turns shoppers away, and asks again at the same page when the session is over', async (test) => {
    const shop = await open_known_shop(test);
    const someone = await new_shopper(browser, shop, { language: 'en', worker: false });
    const { page } = someone;
    await page.goto('/register');
    await someone.register('Shopper');
    await page.goto('/admin/orders');
    await page.getByRole('heading', { name: 'This is for admins only' }).waitFor();
    assert.equal(await page.locator('.admin-menu').count(), 0);

    await page.getByRole('button', { name: 'Use another account' }).click();
    await page.getByRole('heading', { name: 'Back office' }).waitFor();
    someone.expect_refusal('/auth/login', 401);
    await enter(page, someone.email, 'a wrong password');
    await page.locator('.result-bad').waitFor();
    await enter(page, ADMIN, shop.accounts[ADMIN]);
    await page.getByRole('heading', { name: 'Orders' }).waitFor();
    await page.locator('.admin-main .admin-empty').waitFor(); // no question is on its way any more

    someone.expect_refusal('/admin/products', 401);
    someone.expect_refusal('/me', 401); // the page asks whether it is over everywhere
    await someone.context.clearCookies();
    await page.getByRole('link', { name: 'Products' }).click();
    await page.locator('#field-password').waitFor();
    await enter(page, ADMIN, shop.accounts[ADMIN]);
    await page.getByRole('heading', { name: 'Products' }).waitFor();
    await someone.leave();
    await shop.close();
  });

  it('sells a new product with options and a picture, books its stock, and says when someone else was faster', async (test) => {
    const shop = await open_known_shop(test);
    const admin = await new_admin(browser, shop, '/admin/products');
    const { page } = admin;
    await page.getByRole('link', { name: '상품 등록' }).click();
    await page.fill('#field-name-ko', '유리컵');
    await page.fill('#field-name-en', 'Glass');
    await page.fill('#field-description-ko', '<p>얇고 가벼워요.</p>');
    await page.setInputFiles('#field-pictures', { name: 'glass.png', mimeType: 'image/png', buffer: png(40, 40) });
    await page.locator('.pictures li').waitFor();
    await page.fill('#field-alt-0-ko', '유리컵 사진');
    await page.getByRole('button', { name: '옵션 추가' }).click();
    await page.fill('#field-option-0-ko', '색');
    await page.fill('#field-option-0-0-ko', '투명');
    await page.getByRole('button', { name: '값 추가' }).click();
    await page.fill('#field-option-0-1-ko', '파랑');
    await page.fill('#field-all-price', '12000');
    await page.fill('#field-all-stock', '7');
    await page.getByRole('button', { name: '채우기' }).click();
    await becomes(() => page.inputValue('#field-price-1'), '12000');
    await page.fill('#field-price-1', '13000');
    await save(page);
    await page.waitForURL(/\/admin\/products\/\d+$/);
    await page.getByRole('heading', { level: 1, name: '유리컵' }).waitFor();
    const id = Number(page.url().split('/').at(-1));
    const rest = await shop.sign_in(ADMIN);
    const made = await rest.read(`/admin/products/${id}`);
    assert.deepEqual(made.variants.map(({ options, unit_price, stock }) => [options, unit_price, stock]), [[[0], 12000, 7], [[1], 13000, 7]]);

    const shopper = await new_shopper(browser, shop, { size: 'phone', worker: false });
    await shopper.visit_product(made.product.handle);
    assert.equal(await shopper.page.locator('.product-info h1').innerText(), '유리컵');
    assert.equal(await shopper.page.locator('.option input').count(), 2);
    await shopper.page.getByAltText('유리컵 사진').first().waitFor();
    await shopper.leave();

    await page.getByRole('button', { name: '투명 재고 바꾸기' }).click();
    await page.fill('#field-delta', '-3');
    await page.selectOption('#field-reason', 'ADJUSTED');
    await page.fill('#field-reference', '파손');
    await page.getByRole('button', { name: '재고 반영' }).click();
    await shows(page.locator('.stock-now'), '4');
    await shows(page.locator('dialog .table'), '파손');
    await page.keyboard.press('Escape');
    await shows(page.locator('.variant-stock').first(), '4');

    // Someone else renames it while a price is being changed here.
    const renamed = await rest.patch(`/admin/products/${id}`, { vendor: 'Elsewhere' }, { headers: { 'If-Match': '*' } });
    assert.equal(renamed.status, 200, renamed.text);
    admin.expect_refusal('/admin/variants/', 412);
    await page.fill('#field-price-0', '15000');
    await save(page);
    await page.locator('.admin-conflict').waitFor();
    assert.equal((await rest.read(`/admin/products/${id}`)).variants[0].unit_price, 12000);
    await page.getByRole('button', { name: '내 것으로 저장' }).click();
    await shows(page.locator('.toast'), '저장했어요');
    const kept = await rest.read(`/admin/products/${id}`);
    assert.equal(kept.variants[0].unit_price, 15000);
    assert.equal(kept.product.vendor, 'Elsewhere', 'only what was changed is sent');
    await admin.leave();
    await shop.close();
  });

  it('shows what a file would do, imports it, and takes none with a fault', async (test) => {
    const shop = await open_known_shop(test);
    const admin = await new_admin(browser, shop, '/admin/imports', { language: 'en', size: 'phone' });
    const { page } = admin;
    const choose = (name, text) => page.setInputFiles('#field-file', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose('faulty.csv', CSV.replace('88000', 'eighty'));
    await page.getByText('It can’t be imported as it is').waitFor();
    await shows(page.locator('.table'), 'Variant Price');
    assert.equal(await page.getByRole('button', { name: 'Import', exact: true }).count(), 0);

    await choose('products.csv', CSV);
    await page.getByText('It can be imported as it is').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('2 of 2 products').waitFor();
    await shows(page.locator('.toast'), 'The import is done');
    await page.getByRole('link', { name: 'See the products' }).click();
    await shows(page.locator('.table'), 'Desk lamp');
    await page.getByRole('searchbox').fill('LAMP-2');
    await page.getByRole('searchbox').press('Enter');
    await becomes(() => page.locator('.table .table-main a').allInnerTexts(), ['Desk lamp']);
    await admin.leave();
    await shop.close();
  });

  it('ships, delivers and refunds by units an order, cancels another, and draws what was sold', async (test) => {
    const shop = await open_known_shop(test, { shoppers: 1 });
    const buyer = await shop.shopper(0, { balance: 300_000 });
    const order = await buyer.place([{ variant_id: mug, quantity: 3 }, { variant_id: tee_large, quantity: 1 }]);
    const other = await buyer.place([{ variant_id: mug, quantity: 1 }]);
    for (const each of [order, other]) assert.equal((await buyer.pay(each)).status, 201);
    const balance = await buyer.balance();
    const listed = (await buyer.read('/orders')).items;
    assert.deepEqual(listed.map(({ items, units }) => [items, units]), [[1, 1], [2, 4]]);

    const admin = await new_admin(browser, shop, '/admin/orders?status=PAID', { language: 'en' });
    const { page } = admin;
    await shows(page.locator('.table tr', { hasText: order.number }), 'Mug and 1 more');
    const status = (word) => shows(page.locator('.admin-page-head .status'), word);
    await page.getByRole('link', { name: order.number }).click();
    await page.getByRole('button', { name: 'Ship', exact: true }).click();
    await page.fill('#field-carrier', 'Post');
    await page.fill('#field-tracking', '1234567890');
    await page.locator('dialog [type=submit]').click();
    await status('On its way');
    await page.getByRole('button', { name: 'Mark as delivered' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Mark as delivered' }).click();
    await status('Delivered');

    await page.getByRole('button', { name: 'Refund', exact: true }).click();
    const mugs = page.locator('.refund-items li', { hasText: 'Mug' });
    await mugs.getByRole('button', { name: 'One more' }).click();
    await mugs.getByRole('button', { name: 'One more' }).click();
    await page.locator('#field-restock').check();
    const said = amount_in(await page.locator('dialog [type=submit]').innerText());
    assert.equal(said, 20_000);
    await page.locator('dialog [type=submit]').click();
    await shows(page.locator('.bought'), '2 refunded');
    assert.equal(await buyer.balance(), balance + said);
    const [refund] = (await buyer.read(`/orders/${order.number}`)).refunds;
    assert.deepEqual([refund.amount, refund.restocked], [said, true]);

    await page.goto(`/admin/orders/${other.number}`);
    await page.getByRole('button', { name: 'Cancel order' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Cancel order' }).click();
    await status('Cancelled');
    assert.equal(await buyer.balance(), balance + said + other.total);

    await page.goto('/admin');
    const net = order.total - said;
    await becomes(async () => amount_in((await page.locator('.figure dd').first().innerText()).split('\n')[0]), net);
    const { paid } = (await (await shop.sign_in(ADMIN)).read('/admin/stats?days=1')).sales;
    await page.getByRole('button', { name: '24 hours' }).click();
    const table = page.getByRole('table', { name: 'Sales' });
    await becomes(() => table.locator('tbody tr').count(), 24);
    const hours = await table.locator('tbody tr td:nth-child(2)').allInnerTexts();
    assert.equal(hours.reduce((sum, text) => sum + amount_in(text), 0), paid);
    await admin.leave();
    await shop.close();
  });

  it('confirms a transfer, which is then on the balance, and reverses it', async (test) => {
    const shop = await open_known_shop(test, {
      shoppers: 1, serve: ['--web', web, '--charge-provider', 'bank_transfer', '--bank-account', 'Example Bank 123-45'],
    });
    const buyer = await shop.shopper(0);
    const asked = await buyer.post('/me/balance/charges', { amount: 30_000 }, { key: 'transfer' });
    assert.equal(asked.status, 201, asked.text);
    assert.equal(await buyer.balance(), 0);
    const admin = await new_admin(browser, shop, '/admin/charges?status=PENDING', { language: 'en', size: 'phone' });
    const { page } = admin;
    await page.getByRole('button', { name: /^Confirm \S/ }).click();
    await page.locator('dialog [type=submit]').click();
    await shows(page.locator('.toast'), 'on the balance');
    assert.equal(await buyer.balance(), 30_000);
    await page.getByRole('button', { name: 'Completed' }).click();
    await page.getByRole('button', { name: /^Reverse \S/ }).click();
    await page.fill('#field-reason', 'Recalled');
    await page.locator('dialog [type=submit]').click();
    await shows(page.locator('.toast'), 'reversed');
    assert.equal(await buyer.balance(), 0);
    await admin.leave();
    await shop.close();
  });

  for (const [language, size] of [['ko', 'phone'], ['ko', 'desktop'], ['en', 'phone'], ['en', 'desktop']]) {
    it(`gives axe nothing to say and fits the window on every page (${language}, ${size})`, async (test) => {
      const shop = await open_known_shop(test, { shoppers: 1 });
      const buyer = await shop.shopper(0, { balance: 100_000 });
      const order = await buyer.place([{ variant_id: mug, quantity: 2 }]);
      assert.equal((await buyer.pay(order)).status, 201);
      const admin = await new_shopper(browser, shop, { worker: false, language, size });
      const { page } = admin;
      await page.goto('/admin');
      await page.locator('#field-password').waitFor();
      assert.deepEqual(await axe_findings(page), [], 'sign-in');
      await enter(page, ADMIN, shop.accounts[ADMIN]);
      await page.locator('.figure').first().waitFor();
      const viewport = page.viewportSize();
      for (const path of [...PAGES, `/admin/orders/${order.number}`]) {
        await page.setViewportSize(viewport);
        await page.goto(path);
        await page.locator('h1').waitFor();
        await page.waitForFunction(() => !document.querySelector('.skeleton'));
        assert.deepEqual(await axe_findings(page), [], path);
        for (const width of size === 'phone' ? [320, 390] : [768, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${path} is ${wide} px wide in a window of ${width}`);
        }
      }
      await admin.leave();
      await shop.close();
    });
  }
});

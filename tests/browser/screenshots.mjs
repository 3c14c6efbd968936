// Pictures of every page, on a phone and on a desktop, in both languages.
//
//   node tests/browser/screenshots.mjs [--url http://localhost:8080] [--out build/screenshots] [--only ko-phone]
//     [--admin admin@example.com:password]
//
// The shop at --url must be running and must let accounts be made and balances be charged (the demo shop does). Each run
// registers accounts of its own and buys something. With an admin's account, the back office comes after it, and gets a
// webhook more. Prints what a page wrote to its console; exit 1 if any page did.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:8080' },
    out: { type: 'string', default: 'build/screenshots' },
    only: { type: 'string', default: '' },
    admin: { type: 'string', default: '' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 900 } },
};
const ADDRESS = { name: 'Shopper', phone: '010-0000-0000', postcode: '04524', line1: '1 Example Street', line2: '101' };

const browser = await chromium.launch({ executablePath: options.chromium, args: ['--no-sandbox'] });
const complaints = [];

for (const language of ['ko', 'en']) {
  for (const [size, device] of Object.entries(SIZES)) {
    const set = `${language}-${size}`;
    if (options.only && options.only !== set) continue;
    const out = join(options.out, set);
    await mkdir(out, { recursive: true });
    const context = await browser.newContext({ ...device, baseURL: options.url, locale: language });
    await context.addInitScript((chosen) => localStorage.setItem('cartwright-language', chosen), language);
    const page = await context.newPage();
    page.on('console', (message) => {
      // Chromium itself complains of every request without a network, of the page that isn't there, of a refusal.
      const expected = message.text().includes('ERR_INTERNET_DISCONNECTED') || page.url().endsWith('/no-such-page') ||
        /status of (503|422)/.test(message.text());
      if (message.type() === 'error' && !expected) complaints.push(`${set} ${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${set} ${page.url()}: ${error.stack}`));
    await walk(page, context, { set, out });
    if (options.admin) await walk_back_office(page, out);
    await context.close();
  }
}
await browser.close();
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length ? 1 : 0;

/** `show` goes to a page and waits for what it is ready by; `shoot` takes the picture, numbered behind `prefix`. */
function camera(page, out, prefix = '') {
  let count = 0;
  const shoot = async (name, { full = true } = {}) => {
    // What loads does so with a skeleton in its place.
    await page.waitForFunction(() => !document.querySelector('.skeleton'));
    if (full) await page.evaluate(() => scrollTo(0, 0));
    await load_pictures(page);
    count++;
    const file = `${prefix}${String(count).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: join(out, file), fullPage: full, animations: 'disabled' });
  };
  const show = async (path, name, ready, more) => {
    await page.goto(path);
    await page.locator(ready).first().waitFor();
    await shoot(name, more);
  };
  return { shoot, show };
}

async function walk(page, context, { set, out }) {
  const { shoot, show } = camera(page, out);

  await show('/', 'home', '.tiles-popular .tile');
  await show('/products', 'products', '.tiles .tile');
  const products = await page.locator('.tiles .tile:not(.tile-sold-out) a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  await show('/products?q=zzzzzz', 'nothing-found', '.empty');
  await show('/products?in_stock=true&sort=price_asc', 'products-filtered', '.tiles .tile');
  if (set.endsWith('phone')) {
    await page.locator('.list-filter').click();
    await page.locator('dialog[open]').waitFor();
    await shoot('filter', { full: false });
  }
  await page.goto('/products');
  const typed = (await page.locator('.tiles .tile-name').first().innerText()).slice(0, 2);
  await page.locator('.search input').click();
  await page.locator('.search [role=combobox]').waitFor();
  await page.locator('.search input').fill(typed);
  await page.locator('[role=option]').first().waitFor();
  await shoot('search', { full: false });
  await show('/cart', 'cart-empty', '.empty');

  let bought = 0;
  for (const product of products) {
    await page.goto(product);
    await page.locator('.product h1').waitFor();
    if (bought === 0) await shoot('product');
    for (const option of await page.locator('.option').all()) {
      const value = option.locator('.option-available input').first();
      if (await value.count()) await value.check();
    }
    const add = page.locator('.buy-buttons button').first();
    if (!(await add.isEnabled())) continue;
    await add.click();
    await page.locator('.toast').waitFor();
    if (bought === 0) await shoot('product-added', { full: false });
    if (++bought === 4) break;
  }
  await show('/cart', 'cart-guest', '.line');
  await show('/campaigns', 'campaigns', '.campaign, .empty');
  const campaigns = await page.locator('.campaign').evaluateAll((links) => links.map((a) => [a.getAttribute('href'), a.className]));
  const open = campaigns.find(([, look]) => look.includes('campaign-open'))?.[0];
  const coming = campaigns.find(([, look]) => look.includes('campaign-coming'))?.[0];
  if (coming) await show(coming, 'campaign-coming', '.drop');
  if (open) await show(open, 'campaign-open', '.drop');
  await show('/signin', 'signin', 'form.form');
  await show('/reset', 'password-forgotten', 'form.form');
  await page.fill('#field-email', `shopper-${set}@example.com`); // an address is sent few mails an hour
  await page.locator('form.form [type=submit]').click();
  await page.locator('.sent').waitFor();
  await shoot('password-link-sent');
  await page.goto('/');
  await show('/reset#example', 'password-reset', 'form.form');
  await show('/me', 'me-guest', '.rows');
  await show('/orders', 'orders-guest', '.empty');

  await show('/register?next=/cart', 'register', 'form.form');
  await page.fill('#field-name', set.startsWith('ko') ? '손님' : 'Shopper');
  await page.fill('#field-email', `pictures-${set}-${Date.now()}@example.com`);
  await page.fill('#field-password', `screens hot ${crypto.randomUUID()}`);
  await page.locator('form.form [type=submit]').click();
  await page.locator('.line').first().waitFor();
  if (open) {
    await page.goto(open);
    await page.locator('.drop-action button').click();
    await page.locator('.result').waitFor();
    await shoot('campaign-taken');
  }
  const busy = campaigns.filter(([, look]) => look.includes('campaign-open')).at(-1)?.[0];
  if (busy && busy !== open) {
    await page.route('**/issue', (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '9' }, body: '' }));
    await page.goto(busy);
    await page.locator('.drop-action button').click();
    await page.locator('.line-up').waitFor();
    await shoot('campaign-line');
    await page.unroute('**/issue');
  }
  await show('/me/addresses', 'addresses-empty', '.empty');
  await show('/coupons', 'coupons', '.ticket, .empty');
  await show('/orders', 'orders-empty', '.empty');
  await page.goto('/cart');
  await page.locator('.coupon, .coupon-none').first().waitFor();
  for (const box of await page.locator('.coupon:not(.coupon-off) .coupon-box').all()) {
    if (await box.isEnabled()) {
      await box.click();
      break;
    }
  }
  await shoot('cart');
  await shoot('cart-screen', { full: false });
  await page.goto('/checkout');
  await page.locator('.sums').first().waitFor();
  await shoot('checkout-short-of-balance');
  for (const [field, value] of Object.entries(ADDRESS)) await page.fill(`#field-${field}`, value);

  await show('/balance', 'balance-empty', '.quick');
  for (let i = 0; i < 5; i++) await page.locator('.quick button').last().click();
  await page.locator('.panel [type=submit]').click();
  await page.locator('.entry').waitFor();
  await shoot('balance');
  await page.goto('/checkout');
  await page.locator('.sums').first().waitFor();
  for (const [field, value] of Object.entries(ADDRESS)) await page.fill(`#field-${field}`, value);
  await shoot('checkout');
  await page.locator('.buy-bar [type=submit]').click();
  await page.waitForURL(/\/orders\/.+/);
  await page.locator('.progress').waitFor();
  await shoot('order-paid');
  await page.locator('.order-return button').click();
  await page.locator('.return-lines .stepper').first().locator('button').last().click();
  await shoot('order-return', { full: false });
  await page.locator('.return-form [type=submit]').click();
  await page.locator('.refunds').waitFor();
  await shoot('order-refunded');
  await page.locator('.order-links .button').click();
  await page.locator('.receipt').waitFor();
  await shoot('receipt');
  await show('/orders', 'orders', '.order-row');
  await show('/me/addresses', 'addresses', '.addresses address');
  await page.locator('.address-actions button').first().click();
  await page.locator('dialog[open]').waitFor();
  await shoot('address-edit', { full: false });
  await show('/me/password', 'password-change', 'form.form');
  await show('/me/erase', 'account-erase', '.consequences');
  await show('/me', 'me', '.rows');
  await show('/no-such-page', 'not-found', '.empty');

  // What was seen once shows without a network; the worker is ready only now and then on the first visit.
  await page.evaluate(() => navigator.serviceWorker?.ready.then(() => undefined));
  await page.goto('/cart');
  await page.goto('/');
  await page.locator('.tiles-popular .tile').first().waitFor();
  await context.setOffline(true);
  await page.goto('/');
  await page.locator('.tiles-popular .tile').first().waitFor();
  await page.locator('.bar').first().waitFor();
  await shoot('offline-home', { full: false });
  await context.setOffline(false);
}

/** Every section of the menu, and what its lists lead to first. */
async function walk_back_office(page, out) {
  const { shoot, show } = camera(page, out, 'admin-');
  await show('/admin', 'not-for-shoppers', '.admin-gate');
  await page.locator('.admin-gate .panel button').click();
  await page.locator('#field-password').waitFor();
  await shoot('signin');
  const [email, password] = options.admin.split(':');
  await page.fill('#field-email', email);
  await page.fill('#field-password', password);
  await page.locator('form.form [type=submit]').click();
  await page.locator('.figure').first().waitFor();
  const sections = await page.locator('.admin-menu a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const path of sections) {
    const name = path.slice(1).replaceAll('/', '-');
    await show(path, name, 'h1');
    const first = page.locator('.table-main a').first();
    if (path === '/admin' || (await first.count()) === 0) continue;
    await show(await first.getAttribute('href'), `${name}-one`, 'h1');
  }
  await show('/admin?days=30', 'admin-month', '.chart');
  await show('/admin/products/new', 'admin-products-new', '.variants li');
  await show('/admin/coupons/new', 'admin-coupons-new', '.sample-verdict');
  await page.locator('.scope button').first().click();
  await page.locator('dialog[open] .scope-list').waitFor();
  await shoot('scope', { full: false });
  await show('/admin/campaigns/new', 'admin-campaigns-new', '#field-coupon');
  await show('/admin/webhooks/new', 'admin-webhooks-new', '#field-url');
  await page.fill('#field-url', 'https://example.com/hook');
  await page.locator('form.form [type=submit]').click();
  await page.locator('.secret').waitFor();
  await shoot('webhook-made');
  await page.locator('.admin-actions a').click();
  await page.waitForURL(/\/admin\/webhooks\/\d+$/);
  await page.locator('.admin-empty, .table').first().waitFor();
  await shoot('webhook');
  await show('/admin/webhooks', 'webhooks', '.table');
  await show('/admin/log', 'log', '.table');
  await page.goto('/admin/imports');
  const faulty = 'Handle,Title,Variant Price,Colour\nlamp,Desk lamp,eighty,Black\nchair,,1000,\n';
  await page.setInputFiles('#field-file', { name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(faulty) });
  await page.locator('.result-bad').waitFor();
  await shoot('import-faults');
  await page.goto('/admin/products/2');
  page.on('dialog', (dialog) => dialog.accept());
  await page.fill('#field-handle', '.hidden');
  await page.locator('.save-bar [type=submit]').click();
  await page.locator('#field-handle[aria-invalid]').waitFor();
  await shoot('product-fault');
  await page.goto('/admin/categories');
  await page.locator('.table-button').first().click();
  await page.locator('dialog[open]').waitFor();
  await shoot('category', { full: false });
  await page.goto('/admin/products/1');
  await page.locator('.variant-stock button').first().click();
  await page.locator('dialog .table').waitFor();
  await shoot('stock', { full: false });
  await page.goto('/admin/orders?status=PAID');
  await page.locator('.table-main a').first().click();
  await page.locator('.admin-page-head .button').nth(1).click();
  await page.locator('.refund-items').waitFor();
  await shoot('refund', { full: false });
}

/** Pictures below the fold come when they are scrolled to. */
async function load_pictures(page) {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.complete || image.decode().catch(() => {})));
  });
}

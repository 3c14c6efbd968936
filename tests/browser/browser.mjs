// Chromium and the people who use it. A shopper is a browser profile of its own (cookies, storage, worker) with a page in
// it; whatever its pages write to the console as an error, throw, or do against the content security policy fails the
// test when the shopper leaves.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { open_shop, open_small_shop, quote } from '../integration/shop.mjs';

/** The built shop front that is tested. */
export const web = process.env.CARTWRIGHT_WEB ?? 'web/dist';

const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 900 } },
};
const PATIENCE_MS = Number(process.env.CARTWRIGHT_PATIENCE_MS ?? 30_000); // more on a machine that others use too

export const ADDRESS = { name: '손님', phone: '010-0000-0000', postcode: '04524', line1: '1 Example Street' };
export const PASSWORD = 'a long password'; // of the accounts that shop.mjs registers
export const ADMIN = 'admin@example.com';

export function open_browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS.split(' ') });
}

/** The demo shop with its pages, for one test. `test`: the test's context. */
export const open_demo_shop = async (test, options) => for_test(test, await open_shop({ serve: ['--web', web], ...options }));
/** The small shop (small_shop.mjs) with its pages, for one test. */
export const open_known_shop = async (test, options) => for_test(test, await open_small_shop({ serve: ['--web', web], ...options }));

/** Closed and audited by the test itself; a test that failed before leaves no server behind. */
function for_test(test, shop) {
  test.after(() => shop.process.kill('SIGKILL'));
  return shop;
}

/**
 * Someone comes to the shop. `language`: what the browser asks for. `worker: false`: no service worker, so that routes see
 * every request. `silent_stream`: a live stream that says nothing, for pages that are to fall behind.
 */
export async function new_shopper(browser, shop, options = {}) {
  const { size = 'desktop', language = 'ko', javascript = true, worker = true, silent_stream = false } = options;
  const context = await browser.newContext({
    ...SIZES[size],
    baseURL: shop.url,
    locale: language === 'ko' ? 'ko-KR' : 'en-US',
    javaScriptEnabled: javascript,
    serviceWorkers: worker ? 'allow' : 'block',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const shopper = new Shopper(shop, context);
  if (javascript) await context.addInitScript(tell_violations);
  if (silent_stream) await context.addInitScript(silence_stream);
  shopper.page = await context.newPage();
  return shopper;
}

/** Fills in and sends the page's sign-in form. */
export async function enter(page, email, password) {
  await page.fill('#field-email', email);
  await page.fill('#field-password', password);
  await page.locator('form.form [type=submit]').click();
}

/** An admin in the back office, at that page, once it shows `ready`. */
export async function new_admin(browser, shop, path = '/admin', { ready = '.admin-page-head', ...options } = {}) {
  const admin = await new_shopper(browser, shop, { worker: false, ...options });
  await admin.page.goto(path);
  await enter(admin.page, ADMIN, shop.accounts[ADMIN]);
  await admin.page.locator(ready).first().waitFor();
  return admin;
}

class Shopper {
  complaints = [];
  requests = []; // of the pages, without the live stream that the browser takes up again by itself
  expected = [];

  constructor(shop, context) {
    this.shop = shop;
    this.context = context;
    context.on('console', (message) => {
      if (message.type() === 'error') this.complain(`${message.location().url}: ${message.text()}`);
    });
    context.on('weberror', (error) => this.complain(error.error().stack));
    context.on('request', (request) => {
      const path = new URL(request.url()).pathname;
      if (path !== '/api/v1/stream') this.requests.push(`${request.method()} ${path}`);
    });
  }

  complain(text) {
    if (!this.expected.some((pattern) => pattern.test(text))) this.complaints.push(text);
  }

  /** Chromium itself writes an error for every answer of 400 and more; those that a test provokes it names. */
  expect_refusal(path, status) {
    this.expected.push(new RegExp(`${path}.*: Failed to load resource: the server responded with a status of ${status}`));
  }

  async go_offline() {
    this.expected.push(/net::ERR_INTERNET_DISCONNECTED/);
    await this.context.setOffline(true);
  }
  go_online() {
    return this.context.setOffline(false);
  }

  /** From then on pages show without a network. */
  async worker_ready() {
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  /** A GET of the API with the shopper's own session. */
  async read(path) {
    const answer = await this.context.request.get(`/api/v1${path}`);
    assert.equal(answer.status(), 200, `${path}: ${await answer.text()}`);
    return answer.json();
  }

  async server_lines() {
    const { lines } = await this.read('/me/cart');
    return lines.map(({ variant_id, quantity, selected }) => ({ variant_id, quantity, selected }));
  }

  async visit_product(handle) {
    await this.page.goto(`/products/${handle}`);
    await this.page.locator('.product-info h1').waitFor();
  }

  /** Chooses the value of that position in the product page's only option, where it has one, and adds it to the cart. */
  async add_to_cart(value = 0) {
    const { page } = this;
    const inputs = page.locator('.option input');
    if ((await inputs.count()) > value) await inputs.nth(value).check();
    await page.locator('.buy-buttons button').first().click();
    await page.locator('.toast').waitFor();
  }

  async open_cart() {
    await this.page.goto('/cart');
    await this.page.locator('.line').first().waitFor();
  }

  /** The line of the cart page that has this name. */
  line(name) {
    return this.page.locator('.line', { has: this.page.locator('.line-name', { hasText: name }) });
  }

  /** Quantities by name, as the cart page shows them. */
  shown_lines() {
    return this.page.locator('.line').evaluateAll((lines) => Object.fromEntries(lines.map((line) => [
      line.querySelector('.line-name').textContent, Number(line.querySelector('.stepper input').value),
    ])));
  }

  /** The amount to pay that the page shows, in minor units. */
  async shown_total() {
    return amount_in(await this.page.locator('.sums-total dd').innerText());
  }

  async register(name = '손님') {
    const { page } = this;
    this.email = `${crypto.randomUUID()}@example.com`;
    await page.fill('#field-name', name);
    await page.fill('#field-email', this.email);
    await page.fill('#field-password', PASSWORD);
    await page.locator('form.form [type=submit]').click();
    await page.waitForURL((url) => url.pathname !== '/register');
  }

  async sign_in(email, next = '/cart') {
    const { page } = this;
    this.email = email;
    await page.goto(`/signin?next=${encodeURIComponent(next)}`);
    await enter(page, email, PASSWORD);
    await page.waitForURL((url) => url.pathname === next.split('?')[0]);
  }

  async fill_address() {
    for (const [field, value] of Object.entries(ADDRESS)) await this.page.fill(`#field-${field}`, value);
  }

  /** Presses the checkout's button and comes to the order's page; its number. */
  async press_pay() {
    await this.page.locator('.buy-bar [type=submit]').click();
    await this.page.waitForURL(/\/orders\/[^/?]+/);
    return new URL(this.page.url()).pathname.split('/').at(-1);
  }

  async leave() {
    await this.context.close();
    assert.deepEqual(this.complaints, []);
  }
}

function tell_violations() {
  addEventListener('securitypolicyviolation', (event) => {
    console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
  });
}

function silence_stream() {
  globalThis.EventSource = class {
    static CLOSED = 2;
    readyState = 1;
    constructor() {
      queueMicrotask(() => this.onopen?.());
    }
    addEventListener() {}
    close() {}
  };
}

/** "₩12,000", "12,000원", "$12.50" in minor units. */
export const amount_in = (text) => Number(text.replace(/\D/g, ''));

/** Comes back once the page shows that text in one of these elements. */
export const shows = (locator, text) => locator.filter({ hasText: text }).first().waitFor();

/** Goes on with the keyboard until that has the focus. */
export async function tab_to(page, target, key = 'Tab') {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`no ${key} leads to ${target}`);
}

/** Asks again and again until the answer is right; fails with what it was last. */
export async function becomes(read, wanted, what = 'in the end') {
  const give_up_at = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await read();
    try {
      return assert.deepEqual(found, wanted, what);
    } catch (error) {
      if (Date.now() > give_up_at) throw error;
    }
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

/** What `cartwright quote` says to these lines and coupons of someone who has not ordered yet. */
export async function native_quote(shop, lines, coupons = [], choice = { mode: 'none' }) {
  const snapshot = await shop.client().read('/snapshot');
  const wanted = new Set(lines.map((line) => line.variant_id));
  const [answer] = quote({
    now: snapshot.now,
    shop: snapshot.shop,
    customer: { paid_orders: 0 },
    variants: snapshot.variants.filter((variant) => wanted.has(variant.id)),
    lines,
    promotions: snapshot.promotions,
    coupons: coupons.map(({ id, status, expires_at, rule }) => ({ id, status, expires_at, rule })),
    choice,
  });
  return answer;
}

const axe_source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page: {id, impact, nodes}. */
export async function axe_findings(page) {
  await page.evaluate(axe_source);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
  assert.ok(passes.length > 0, 'axe has looked');
  const in_words = (node) => `${node.target} ${node.failureSummary}`;
  return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(in_words) }));
}

// What a shopper feels: a press on + in a cart of 200 lines, until the new total is painted, in Chromium with the built shop
// front and a real server. No request is made for it: the module in the page prices the cart.

import assert from 'node:assert/strict';
import { build, folder } from './built.mjs';
import { duration } from './report.mjs';

const LINES = 200;
const PRESSES = 300;
const COUPON_IDS = Array.from({ length: 12 }, (_, i) => 101 + i);
const CART = Array.from({ length: LINES }, (_, i) => ({ variant_id: 1001 + i, quantity: 1, selected: true }));
const FRAME_MS = 16;

export const title = 'The shop front';
export const about = `
- A press is a real one, sent to Chromium as a touch screen or mouse sends it, on the + of a line of a cart with ${LINES} lines. The
  clock starts with the event's own time stamp (when the browser got it) and stops in the first task after the frame that
  shows the new total; the wait for the screen's next frame is in the figure. A frame is ${FRAME_MS} ms.
- The run asserts that the total that is shown then is a new one, and that no price was asked of the server.
`;

export async function measure(add) {
  process.env.CARTWRIGHT_BINARY ??= `${build}/cartwright`;
  const { open_small_shop } = await import('../tests/integration/shop.mjs');
  const { new_shopper, open_browser } = await import('../tests/browser/browser.mjs');
  const shop = await open_small_shop({ serve: ['--web', process.env.CARTWRIGHT_WEB ?? `${folder}web/dist`], also: many_products() + coupons() });
  const browser = await open_browser();
  for (const [who, account] of [['a guest', null], [`a wallet of ${COUPON_IDS.length} coupons`, await new_account(shop)]]) {
    const shopper = await new_shopper(browser, shop, { worker: false });
    const times = (await press_plus(shopper, account)).toSorted((one, other) => one - other);
    await shopper.leave();
    const [p50, p99] = [0.5, 0.99].map((share) => times[Math.floor(share * times.length)]);
    for (const [which, ms] of [['p50', p50], ['p99', p99]]) {
      add({
        what: `press on + to the new total painted, ${LINES} lines, ${who}, ${which}`,
        figure: duration(ms * 1e6), target: `≤ one frame, ${FRAME_MS} ms`, met: ms <= FRAME_MS,
      });
    }
  }
  await browser.close();
  await shop.close();
}

/** Milliseconds of each press. */
async function press_plus(shopper, account) {
  const { page } = shopper;
  await page.goto('/cart');
  await page.locator('.empty').waitFor();
  await page.waitForFunction(() => performance.getEntriesByName('started').length > 0);
  if (account) {
    await shopper.sign_in(account.email);
    await page.locator('.coupon').nth(COUPON_IDS.length - 1).waitFor();
  } else {
    await fill_cart(page);
  }
  await page.reload();
  await page.locator('.sums-total').waitFor();
  assert.equal(await page.locator('.line').count(), LINES);
  await page.waitForFunction(() => performance.getEntriesByName('started').length > 0);
  await page.evaluate(watch_presses);

  const buttons = await page.locator('.stepper button:last-child').all();
  const requests = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  for (let press = 0; press < PRESSES; press++) {
    await buttons[press % 5].click(); // those in view: nothing is scrolled for it
    await page.waitForFunction((wanted) => globalThis.presses.length === wanted, press + 1);
  }
  const presses = (await page.evaluate(() => globalThis.presses)).slice(20); // without the first ones, before all is compiled
  assert.ok(presses.every(({ changed }) => changed), 'every press changed the total');
  const asked = requests.filter((path) => path.startsWith('/api/') && path !== '/api/v1/sync'); // the account's edits go out later
  assert.deepEqual(asked, [], 'prices are computed in the page');
  return presses.map(({ painted }) => painted);
}

/** Runs in the page: for each press the time from its event to the task after the frame that shows what came of it. */
function watch_presses() {
  globalThis.presses = [];
  const total = () => document.querySelector('.sums-total dd').textContent;
  addEventListener('click', (event) => {
    const before = total();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => globalThis.presses.push({ painted: performance.now() - event.timeStamp, changed: total() !== before });
      port2.postMessage(null);
    });
  }, { capture: true });
}

/** As a shop that one shops a lot in: so many products, one variant each, which the cart then holds one of each of. */
function many_products() {
  const statements = [];
  for (let id = 1001; id <= 1000 + LINES; id++) {
    statements.push(
      `INSERT INTO products (id, handle, vendor, base_price, created_at, updated_at) VALUES (${id}, 'p${id}', '', ${id * 10}, 1, 1);`,
      `INSERT INTO product_texts (product_id, language, name, description_html) VALUES (${id}, 'ko', '상품 ${id}', '');`,
      `INSERT INTO product_variants (id, product_id, price, stock) VALUES (${id}, ${id}, ${id * 10}, 100000);`,
      `INSERT INTO stock_movements (variant_id, delta, reason, created_at) VALUES (${id}, 100000, 'RECEIVED', 1);`,
    );
  }
  return statements.join('\n');
}

/** Coupons of all kinds, each of a campaign that has the id of its coupon. */
function coupons() {
  const kinds = [
    { target: 'order', type: 'fixed', amount: 1000 }, { target: 'order', type: 'percent', basis_points: 500 },
    { target: 'item', type: 'percent', basis_points: 1000 }, { target: 'shipping', type: 'free' },
  ];
  return COUPON_IDS.map((id, i) => `
    INSERT INTO coupons (id, kind, rule, valid_days, created_at, updated_at)
      VALUES (${id}, 'coupon', '${JSON.stringify({ id, name: `Coupon ${id}`, ...kinds[i % kinds.length] })}', 30, 1, 1);
    INSERT INTO coupon_texts (coupon_id, language, name) VALUES (${id}, 'ko', '쿠폰 ${id}');
    INSERT INTO fcfs_coupons (id, coupon_id, total_quantity, remaining_quantity, starts_at, ends_at, created_at)
      VALUES (${id}, ${id}, 1, 1, 1, 4000000000000, 1);`).join('');
}

/** An account with all coupons and the whole cart. */
async function new_account(shop) {
  const account = await shop.new_shopper();
  for (const id of COUPON_IDS) await account.take_coupon(id);
  for (const { variant_id } of CART) await account.post('/me/cart/lines', { variant_id, quantity: 1 });
  return account;
}

/** Writes the cart where the shop front keeps a guest's: 200 presses on "add" would be the same. */
async function fill_cart(page) {
  await page.evaluate(async (lines) => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const [{ name }] = (await indexedDB.databases()).filter((found) => found.name.startsWith('cartwright'));
    const db = await done(indexedDB.open(name));
    const store = db.transaction('records', 'readwrite').objectStore('records');
    const cart = await done(store.get('cart'));
    await done(store.put({ ...cart, base: lines, lines }, 'cart'));
    db.close();
  }, CART);
}

// What a good shop front is measured by: the weight of its first page, a page that stays where it is, the keyboard, movement
// for those who want none, new versions, no network, a slow one, none of the stream's news, a session that ends.

import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { make_folder } from '../integration/shop.mjs';
import { fifty, mug } from '../integration/small_shop.mjs';
import { ADDRESS, becomes, new_shopper, open_browser, open_demo_shop, open_known_shop, PASSWORD, shows, tab_to, web } from './browser.mjs';

const SCRIPT_MAX = 70_000; // bytes as they are sent, the module with them
const SHIFT_MAX = 0.01;

describe('Quality', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('the first page takes at most 70 kB of script, module included, in either language', async (test) => {
    const shop = await open_known_shop(test);
    for (const language of ['ko', 'en']) {
      const shopper = await new_shopper(browser, shop, { language, worker: false });
      const { page } = shopper;
      await page.goto('/');
      await page.waitForFunction(() => performance.getEntriesByName('started').length > 0);
      const files = await page.evaluate(() => {
        const [{ startTime }] = performance.getEntriesByName('started');
        return performance.getEntriesByType('resource')
          .filter((entry) => entry.startTime <= startTime && /\.(js|wasm)$/.test(entry.name))
          .map(({ name, encodedBodySize }) => [new URL(name).pathname, encodedBodySize]);
      });
      assert.ok(files.some(([name]) => name.endsWith('.wasm')), 'prices are computed on it');
      assert.ok(files.every(([, bytes]) => bytes > 0), 'all sizes are told');
      const bytes = files.reduce((sum, [, size]) => sum + size, 0);
      test.diagnostic(`${language}: ${bytes} bytes in ${files.length} files`);
      assert.ok(bytes <= SCRIPT_MAX, `${language}: ${bytes} bytes: ${files.map((file) => file.join(' ')).join(', ')}`);
      await shopper.leave();
    }
    await shop.close();
  });

  it('nothing moves while home, list, product and cart load over a slow line', async (test) => {
    const shop = await open_demo_shop(test);
    for (const size of ['phone', 'desktop']) {
      const shopper = await new_shopper(browser, shop, { size, worker: false });
      const { page } = shopper;
      await page.addInitScript(() => {
        globalThis.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const moved = entry.sources.map(({ node }) => `${node?.nodeName} ${node?.className ?? ''}`).join(', ');
            if (!entry.hadRecentInput) globalThis.shifts.push([entry.value, moved]);
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await shopper.visit_product('market-tote');
      await shopper.add_to_cart();
      const session = await shopper.context.newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.setCacheDisabled', { cacheDisabled: true });
      await session.send('Network.emulateNetworkConditions',
        { offline: false, latency: 100, downloadThroughput: 400_000, uploadThroughput: 100_000 });
      for (const [path, ready] of [['/', '.tiles-popular .tile'], ['/products', '.tiles .tile'],
                                   ['/products/market-tote', '.product-info h1'], ['/cart', '.sums-total']]) {
        await page.goto(path);
        await page.locator(ready).first().waitFor();
        await page.waitForFunction(() => performance.getEntriesByName('started').length > 0 && !document.querySelector('.skeleton'));
        const shifts = await page.evaluate(() => new Promise((done) => {
          requestAnimationFrame(() => requestAnimationFrame(() => done(globalThis.shifts)));
        }));
        const sum = shifts.reduce((all, [value]) => all + value, 0);
        assert.ok(sum < SHIFT_MAX, `${size} ${path}: ${sum}: ${JSON.stringify(shifts)}`);
      }
      await shopper.leave();
    }
    await shop.close();
  });

  it('an order is paid by keyboard alone, from home to the thanks', async (test) => {
    const shop = await open_known_shop(test);
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    const { keyboard } = page;
    await page.goto('/');
    await page.locator('.tiles .tile').first().waitFor();
    await tab_to(page, page.locator('.tile a', { hasText: '머그잔' }).last());
    await keyboard.press('Enter');
    await shows(page.locator('.product h1'), '머그잔');
    await tab_to(page, page.getByRole('button', { name: '장바구니 담기' }));
    await keyboard.press('Enter');
    await shows(page.locator('.header-cart .badge'), '1');
    await tab_to(page, page.locator('.header-cart'), 'Shift+Tab');
    await keyboard.press('Enter');
    await page.locator('.sums-total').waitFor();
    await tab_to(page, page.locator('.buy-bar button'));
    await keyboard.press('Enter');
    await page.waitForURL(/\/signin/);
    await tab_to(page, page.locator('.enter-other a[href^="/register"]'));
    await keyboard.press('Enter');
    await page.locator('#field-name').waitFor();
    for (const [field, text] of [['name', '손님'], ['email', `${crypto.randomUUID()}@example.com`], ['password', PASSWORD]]) {
      await tab_to(page, page.locator(`#field-${field}`));
      await keyboard.type(text);
    }
    await keyboard.press('Enter');
    await page.waitForURL(/\/checkout$/);
    await page.locator('.sums-total').waitFor();
    for (const [field, text] of Object.entries(ADDRESS)) {
      await tab_to(page, page.locator(`#field-${field}`));
      await keyboard.insertText(text);
    }
    await tab_to(page, page.locator('.buy-bar [type=submit]'));
    await keyboard.press('Enter');
    await page.locator('.thanks').waitFor();
    const [order] = (await shopper.read('/orders')).items;
    assert.deepEqual([order.status, order.total], ['PAID', 13_000]);
    await shopper.leave();
    await shop.close();
  });

  it('nothing moves by itself for who asked for less motion', async (test) => {
    const shop = await open_known_shop(test);
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    await shopper.visit_product('mug');
    await shopper.add_to_cart();
    const moving = () => page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      const longest = (durations) => Math.max(...durations.split(',').map((text) => parseFloat(text)));
      return (animationName !== 'none' && longest(animationDuration) > 0.001) || longest(transitionDuration) > 0.001;
    }).length);
    assert.equal(await moving(), 0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.ok(await moving() > 0, 'else there is some');
    await shopper.leave();
    await shop.close();
  });

  it('a new version waits for a word: the page says that it is there, one press loads it, and no second page is left behind', async (test) => {
    const [first, second] = [make_folder(), make_folder()];
    for (const folder of [first, second]) cpSync(web, folder, { recursive: true });
    make_newer(second);
    const shop = await open_known_shop(test, { serve: ['--web', first] });
    const port = new URL(shop.url).port;
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    await page.goto('/');
    await shopper.worker_ready();
    const other = await shopper.context.newPage();
    await other.goto('/products');
    await other.locator('.tiles .tile').first().waitFor();
    shopper.expected.push(/\/stream|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/); // the shop is exchanged
    await shop.restart(['--web', second, '--port', port]);
    assert.equal(await page.locator('.bar').count(), 0);

    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    const notice = (of) => of.locator('.bar', { hasText: '새 버전' });
    await notice(page).waitFor();
    assert.match(await script_of(page), /\/index-[^/]+\.js$/);
    const before = await script_of(page);
    const loaded = page.waitForEvent('load');
    await notice(page).getByRole('button', { name: '새로고침' }).click();
    await loaded;
    await page.locator('.tiles .tile').first().waitFor();
    assert.notEqual(await script_of(page), before);
    assert.equal(await notice(page).count(), 0);
    await becomes(() => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('app-')).length), 1);

    await notice(other).waitFor();
    const again = other.waitForEvent('load');
    await notice(other).getByRole('button', { name: '새로고침' }).click();
    await again;
    await other.locator('.tiles .tile').first().waitFor();
    assert.equal(await script_of(other), await script_of(page));
    await shopper.leave();
    await shop.close();
  });

  it('after one look at the home page the shop is there without a network: list, products, cart and prices', async (test) => {
    const shop = await open_known_shop(test);
    const shopper = await new_shopper(browser, shop, { size: 'phone' });
    const { page } = shopper;
    await page.goto('/');
    await shopper.worker_ready();
    await becomes(() => page.evaluate(async () => Boolean(await caches.match('/api/v1/products/mug'))), true);
    await shopper.go_offline();
    await page.goto('/');
    await page.locator('.tiles .tile').first().waitFor();
    await shows(page.locator('.bar'), '오프라인');
    await page.goto('/products');
    await page.locator('.tile a', { hasText: '머그잔' }).first().click();
    await shows(page.locator('.product-info h1'), '머그잔');
    await shopper.add_to_cart();
    await shopper.open_cart();
    await becomes(() => shopper.shown_total(), 13_000);
    await page.goto('/campaigns');
    await page.locator('.campaign').first().waitFor();
    await page.goto('/orders'); // what needs an account says so
    await page.locator('.empty').waitFor();
    await shopper.leave();
    await shop.close();
  });

  it('a server that keeps silent is not waited for: what was seen last comes instead', async (test) => {
    const shop = await open_known_shop(test);
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    await page.goto('/');
    await shopper.worker_ready();
    await page.reload();
    await page.locator('.tiles .tile').first().waitFor();
    shop.process.kill('SIGSTOP');
    await page.goto('/', { waitUntil: 'commit' });
    await page.locator('.tiles .tile').first().waitFor();
    await page.locator('.bar').waitFor();
    shop.process.kill('SIGCONT');
    await page.goto('/');
    await page.locator('.bar').waitFor({ state: 'detached' });
    await shopper.leave();
    await shop.close();
  });

  it('without the stream the figures are asked for, and it is taken up again once it can be held', async (test) => {
    const shop = await open_known_shop(test);
    const others = [await shop.new_shopper(), await shop.new_shopper()];
    const shopper = await new_shopper(browser, shop, { worker: false });
    const { page } = shopper;
    shopper.expect_refusal('/stream', 503);
    await page.clock.install();
    await page.route('**/api/v1/stream', (route) => route.fulfill({ status: 503, body: '' }));
    const refused = page.waitForResponse('**/api/v1/stream');
    await page.goto(`/campaigns/${fifty}`);
    await shows(page.locator('.drop'), '50 / 50');
    await refused;
    await others[0].take_coupon(fifty);
    await page.clock.fastForward(16_000);
    await shows(page.locator('.drop'), '49 / 50');

    await page.unroute('**/api/v1/stream');
    const taken_up = page.waitForResponse((response) => response.url().endsWith('/stream') && response.status() === 200);
    await page.clock.fastForward(31_000);
    await taken_up;
    await page.waitForFunction(() => document.readyState === 'complete');
    shopper.requests.length = 0;
    await others[1].take_coupon(fifty);
    await shows(page.locator('.drop'), '48 / 50');
    assert.deepEqual(shopper.requests.filter((request) => request.includes('/campaigns')), [], 'it was told');
    await shopper.leave();
    await shop.close();
  });

  it('who is signed out in the middle of the checkout signs in again and finds everything as it was', async (test) => {
    const shop = await open_known_shop(test);
    const device = await shop.new_shopper({ balance: 50_000 });
    await device.post('/me/cart/lines', { variant_id: mug, quantity: 2 });
    const shopper = await new_shopper(browser, shop, { worker: false });
    const { page } = shopper;
    await shopper.sign_in(device.email, '/checkout');
    await page.locator('.sums-total').waitFor();
    await shopper.fill_address();
    await shopper.context.clearCookies(); // the session is over
    shopper.expected.push(/status of 401/);
    const sign_in = page.locator('.empty').getByRole('link', { name: '로그인' });
    await page.evaluate(() => document.querySelector('.buy-bar [type=submit]')?.click()); // or the page has heard of it already
    await sign_in.click();
    await page.fill('#field-email', device.email);
    await page.fill('#field-password', PASSWORD);
    await page.locator('form.form [type=submit]').click();
    await page.waitForURL(/\/checkout$/);
    await becomes(() => page.locator('#field-line1').inputValue(), ADDRESS.line1);
    await becomes(() => page.locator('.buy-bar [type=submit]').isEnabled(), true);
    assert.equal(await shopper.shown_total(), 23_000);
    const number = await shopper.press_pay();
    await page.locator('.thanks').waitFor();
    const orders = (await shopper.read('/orders')).items;
    assert.deepEqual(orders.map((order) => [order.number, order.status, order.total]), [[number, 'PAID', 23_000]]);
    await shopper.leave();
    await shop.close();
  });

  it('two tabs are one shop: what is added, signed in and signed out in one shows in the other', async (test) => {
    const shop = await open_known_shop(test);
    const device = await shop.new_shopper();
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    const other = await shopper.context.newPage();
    await other.goto('/cart');
    await other.locator('.empty').waitFor();
    await shopper.visit_product('mug');
    await shopper.add_to_cart();
    await shows(other.locator('.line-name'), '머그잔');
    await shows(other.locator('.header-cart .badge'), '1');
    await other.getByRole('button', { name: '수량 늘리기' }).click();
    await shows(page.locator('.header-cart .badge'), '2');
    await shopper.sign_in(device.email);
    await other.locator('.menu').waitFor();
    await becomes(() => shopper.server_lines(), [{ variant_id: mug, quantity: 2, selected: true }]);
    await other.locator('.menu button').first().click();
    await other.locator('.menu-list').getByRole('button', { name: '로그아웃' }).click();
    await page.locator('.header-sign-in').waitFor();
    await page.locator('.empty').waitFor();
    await shopper.leave();
    await shop.close();
  });
});

const script_of = (page) => page.evaluate(() => document.querySelector('script[type=module]').src);

/** Makes another version of a built shop front: its scripts by other names, as after a change, and a worker that knows them. */
function make_newer(folder) {
  const assets = join(folder, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const newer = (name) => name.replace(/\.js$/, '-newer.js');
  for (const name of scripts) renameSync(join(assets, name), join(assets, newer(name)));
  for (const file of [...scripts.map((name) => join(assets, newer(name))), join(folder, 'index.html'), join(folder, 'sw.js')]) {
    const text = scripts.reduce((all, name) => all.replaceAll(name, newer(name)), readFileSync(file, 'utf8'));
    writeFileSync(file, file.endsWith('sw.js') ? text.replace(/VERSION="\w+"/, 'VERSION="newer"') : text);
  }
}

// The search box finds while one types, by keyboard, also without a network; lists are gone back to as they were left.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { axe_findings, becomes, new_shopper, open_browser, open_demo_shop, open_known_shop, shows } from './browser.mjs';

describe('The search', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('finds while one types; arrows, Enter and Escape do what they do everywhere; searches are remembered', async (test) => {
    const shop = await open_known_shop(test);
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    await page.goto('/');
    const box = page.getByRole('combobox').or(page.getByRole('searchbox'));
    const options = () => page.locator('[role=option] > span:not(.picture)').allInnerTexts();
    await box.click();
    await box.pressSequentially('티셔');
    await becomes(options, ['티셔츠', '‘티셔’ 모두 보기']);
    assert.equal(await box.getAttribute('aria-expanded'), 'true');
    assert.deepEqual(await axe_findings(page), []);
    await box.press('Escape');
    assert.equal(await page.locator('.suggestions').count(), 0);
    assert.equal(await box.inputValue(), '티셔', 'what was typed stays');
    await box.fill('mug');
    await becomes(options, ['머그잔', '‘mug’ 모두 보기']);
    await box.press('ArrowDown');
    await becomes(() => box.getAttribute('aria-activedescendant'), 'suggestion-0');
    await box.press('Enter');
    await shows(page.locator('.product-info h1'), '머그잔');
    await box.click();
    await box.fill('');
    await becomes(options, ['mug'], 'the last search');
    await box.fill('no such thing');
    await shows(page.locator('.suggestions'), '찾은 상품이 없어요');
    await box.press('Enter');
    await page.waitForURL(/\/products\?q=no/);
    await shows(page.locator('.empty'), '');

    await page.goto('/');
    await box.click();
    await shopper.go_offline();
    await box.fill('tee');
    await becomes(options, ['티셔츠', '‘tee’ 모두 보기']);
    await shows(page.locator('.suggestions'), '이 기기에 저장된');
    await shopper.leave();
    await shop.close();
  });

  it('asks for what was typed last, not for every letter', async (test) => {
    const shop = await open_known_shop(test);
    const shopper = await new_shopper(browser, shop, { worker: false });
    const { page } = shopper;
    const asked = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname === '/api/v1/products' && url.searchParams.has('q')) asked.push(url.searchParams.get('q'));
    });
    await page.goto('/');
    const box = page.locator('.search input');
    await box.click();
    await page.waitForSelector('.search [role=combobox]');
    // All letters within one task: nobody types faster.
    await box.evaluate((input) => {
      for (const part of ['m', 'mu', 'mug']) {
        input.value = part;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    });
    await shows(page.locator('[role=option]'), '머그잔');
    assert.deepEqual(asked, ['mug']);
    await shopper.leave();
    await shop.close();
  });

  it('keeps filters and order in the address; back brings the list, its length and its place', async (test) => {
    const shop = await open_demo_shop(test);
    const shopper = await new_shopper(browser, shop, { size: 'phone', language: 'en' });
    const { page } = shopper;
    await page.goto('/products');
    const tiles = page.locator('.tiles .tile');
    await tiles.first().waitFor();
    await page.locator('.list-bar select').selectOption('price_asc');
    await page.waitForURL(/sort=price_asc/);
    await page.locator('.list-filter').click();
    await page.locator('dialog').getByLabel('In stock only').click(); // the sheet closes
    await page.waitForURL(/in_stock=true/);
    await page.reload();
    await tiles.first().waitFor();
    assert.equal(await page.locator('.list-bar select').inputValue(), 'price_asc');
    const more = page.getByRole('button', { name: 'Show more' });
    const before = await tiles.count();
    if (await more.count()) {
      await more.click();
      await becomes(async () => (await tiles.count()) > before, true);
    }
    const count = await tiles.count();
    const last = tiles.last().locator('a');
    await last.scrollIntoViewIfNeeded();
    const [name, at] = [await last.locator('.tile-name').innerText(), await page.evaluate(() => scrollY)];
    assert.ok(at > 500);
    const answered = () => page.waitForResponse((response) => new URL(response.url()).pathname === '/api/v1/products');
    await last.click();
    await shows(page.locator('.product h1'), name);
    const fresh = answered();
    await page.goBack();
    await tiles.last().waitFor();
    await fresh; // the list is asked for again, and stays as long as it was
    await becomes(() => tiles.count(), count);
    await becomes(async () => Math.abs((await page.evaluate(() => scrollY)) - at) < 3, true, 'where it was left');
    assert.match(page.url(), /in_stock=true/);
    await shopper.leave();
    await shop.close();
  });
});

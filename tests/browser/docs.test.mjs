// /docs: the API to read and to try, with nothing from elsewhere.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { axe_findings, new_shopper, open_browser, open_known_shop, shows } from './browser.mjs';

describe('The page of the API', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('lists every operation, asks nobody else, sends what is filled in, and gives axe nothing to say', async (test) => {
    const shop = await open_known_shop(test, { shoppers: 1 });
    const shopper = await new_shopper(browser, shop, { language: 'en', worker: false });
    const { page } = shopper;
    const elsewhere = [];
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(shop.url).origin) elsewhere.push(request.url());
    });
    await page.goto('/docs');
    const description = (await shop.client().get('/openapi.json')).body;
    const count = Object.values(description.paths).flatMap((operations) => Object.keys(operations)).length;
    await page.locator('#list_products').waitFor();
    assert.equal(await page.locator('details.operation').count(), count);

    const send = async (id, fill = async () => {}) => {
      const operation = page.locator(`#${id}`);
      await operation.locator('summary').first().click();
      await fill(operation);
      await operation.getByRole('button', { name: 'Send' }).click();
      await operation.locator('.status').waitFor();
      return operation;
    };
    const list = await send('list_products', (form) => form.locator('[data-parameter="limit"]').fill('1'));
    await shows(list.locator('.status'), '200');
    assert.equal(JSON.parse(await list.locator('.output > pre').textContent()).items.length, 1);

    const token = shop.client((await shop.shopper(0)).token).token;
    await page.locator('#token').fill(token);
    const charge = await send('charge_balance', (form) => form.locator('textarea').fill('{"amount": 7000}'));
    await shows(charge.locator('.status'), '201');
    assert.equal(await shop.client(token).balance(), 7000);

    assert.deepEqual(await axe_findings(page), []);
    assert.deepEqual(elsewhere, []);
    await shopper.leave();
    await shop.close();
  });
});

// Every page, whoever reads it and however: without script, with a keyboard, with a screen reader.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { axe_findings, becomes, new_shopper, open_browser, open_demo_shop, open_known_shop, shows, tab_to } from './browser.mjs';

describe('The pages', () => {
  let browser;
  before(async () => (browser = await open_browser()));
  after(() => browser?.close());

  it('read without script: home, list and product with title, price, text and data for search engines', async (test) => {
    const shop = await open_demo_shop(test);
    const api = shop.client();
    const handle = 'market-tote';
    const product = await api.read(`/products/${handle}`);
    const words_of = (html) => html.replace(/<[^>]+>/g, '').trim();
    const prices = { ko: '19,000원', en: '₩19,000' };
    for (const language of ['ko', 'en']) {
      const shopper = await new_shopper(browser, shop, { language, javascript: false });
      const { page } = shopper;
      await page.goto('/');
      assert.equal(await page.locator('html').getAttribute('lang'), language);
      const popular = (await api.read('/products/popular?limit=5&days=3')).items;
      for (const item of popular) await shows(page.locator('main li, body li'), item.product.name[language]);
      await page.goto('/products?sort=newest');
      const listed = (await api.read('/products?sort=newest&limit=5')).items;
      for (const item of listed) await shows(page.locator('li'), item.name[language]);
      await page.goto('/products');
      await page.goto(`/products/${handle}`);
      assert.ok((await page.title()).includes(product.name[language]));
      await shows(page.locator('h1'), product.name[language]);
      await shows(page.locator('strong'), prices[language]);
      await shows(page.locator('#app'), words_of(product.description[language]));
      const data = JSON.parse(await page.locator('script[type="application/ld+json"]').first().textContent());
      assert.equal(data['@type'], 'Product');
      assert.equal(data.name, product.name[language]);
      const offers = data.offers.offers ?? [data.offers].flat();
      assert.deepEqual(offers.map((offer) => [offer.sku, Number(offer.price), offer.priceCurrency]),
        product.variants.map((variant) => [variant.sku, variant.unit_price, 'KRW']));
      await shopper.leave();
    }
    await shop.close();
  });

  it('write no error to the console, keep to the security policy, and give axe nothing to say, at any width', async (test) => {
    const shop = await open_demo_shop(test);
    for (const [language, size] of [['ko', 'phone'], ['en', 'desktop']]) {
      const shopper = await new_shopper(browser, shop, { language, size });
      const { page } = shopper;
      const own_size = page.viewportSize();
      const findings = [];
      const look = async (path, ready) => {
        await page.goto(path);
        await page.locator(ready).first().waitFor();
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
        for (const width of [own_size.width, size === 'phone' ? 1280 : 390]) {
          await page.setViewportSize({ ...own_size, width });
          for (const { id, impact, nodes } of await axe_findings(page)) {
            findings.push(`${language} ${width} ${path} ${impact} ${id}: ${nodes[0]} (${nodes.length})`);
          }
        }
        await page.setViewportSize(own_size);
      };
      const policy = (await page.goto('/')).headers()['content-security-policy'];
      assert.match(policy, /script-src[^;]*'wasm-unsafe-eval'/);
      assert.doesNotMatch(policy, /'unsafe-(inline|eval)'/);
      await look('/', '.tiles-popular .tile');
      await look('/products', '.tiles .tile');
      await look('/products/market-tote', '.product-info h1');
      await shopper.add_to_cart();
      await look('/cart', '.sums'); // there are prices: the module runs under the policy
      await look('/campaigns', '.campaign');
      await look('/signin', 'form.form');
      await page.goto('/register?next=/cart');
      await shopper.register();
      await page.locator('.line').first().waitFor();
      await look('/checkout', '.sums');
      await look('/balance', '.quick');
      await look('/coupons', '.empty');
      await page.goto('/checkout');
      await shopper.fill_address();
      const number = await shopper.press_pay();
      await look(`/orders/${number}`, '.progress');
      await look('/orders', '.order-row');
      await look('/me', '.rows');
      assert.deepEqual(findings, []);
      await shopper.leave();
    }
    await shop.close();
  });

  it('are used with a keyboard alone: from home to a product, into the cart, and there to another quantity', async (test) => {
    const shop = await open_known_shop(test);
    const shopper = await new_shopper(browser, shop);
    const { page } = shopper;
    await page.goto('/');
    await page.locator('.tiles .tile').first().waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip', 'first comes the way past the menu');
    await tab_to(page, page.locator('.tile a', { hasText: '티셔츠' }).last());
    await page.keyboard.press('Enter');
    await shows(page.locator('.product h1'), '티셔츠');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'a new page begins at its content');
    await tab_to(page, page.locator('.option input').first());
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    assert.ok(await page.locator('.option input').nth(1).isChecked());
    await tab_to(page, page.getByRole('button', { name: '장바구니 담기' }));
    await page.keyboard.press('Enter');
    await shows(page.locator('.toast'), '담았어요');
    await tab_to(page, page.locator('.toast button'));
    await page.keyboard.press('Enter');
    await shows(page.locator('.line-options'), 'L');
    await becomes(() => shopper.shown_total(), 28_000);
    await tab_to(page, page.getByRole('button', { name: '수량 늘리기' }));
    await page.keyboard.press('Space');
    await becomes(() => shopper.shown_total(), 50_000); // two, and no shipping
    await tab_to(page, page.locator('.stepper input'), 'Shift+Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await becomes(() => shopper.shown_total(), 75_000);
    await shopper.leave();
    await shop.close();
  });
});

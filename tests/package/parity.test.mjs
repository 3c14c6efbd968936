// The module under Node against the native core: equal to the byte.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { make_random } from '../pricing/random.mjs';
import { load } from '../../wasm/dist/index.js';
import { count, generated_requests, is_plain, native_edits, native_quotes, native_rules_version, seed } from './native.mjs';

const cartwright = await load();
console.log(`seed ${seed}`);

const vectors = JSON.parse(readFileSync(new URL('../pricing/vectors.json', import.meta.url), 'utf8'))
  .map(({ request }) => request)
  .filter(is_plain);

/** The same request as a loaded shop and a cart. */
function quote_in_parts(request) {
  const { shop, variants, promotions, ...cart } = request;
  const opened = cartwright.open({ shop, variants, promotions });
  return 'error' in opened ? opened : opened.quote(cart);
}

function assert_same(texts, quote) {
  const natives = native_quotes(texts);
  assert.equal(natives.length, texts.length);
  texts.forEach((text, i) => {
    const answer = JSON.stringify(quote(JSON.parse(text)));
    if (answer !== natives[i]) assert.fail(`request ${text}\nmodule  ${answer}\nnative  ${natives[i]}`);
  });
}

describe('the module prices like the native core', () => {
  it('and says so: the rules have the same version', () => assert.equal(cartwright.rules_version, native_rules_version()));

  it('on the golden vectors', () => {
    assert.ok(vectors.length > 0);
    assert_same(vectors, cartwright.quote);
  });

  it(`on ${count} generated requests, good and bad`, () => {
    for (let done = 0; done < count; done += 10_000) {
      assert_same(generated_requests(Math.min(10_000, count - done), seed + done), cartwright.quote);
    }
  });

  it('when shop and catalogue are loaded once and the cart is sent alone', () => {
    const requests = [...vectors, ...generated_requests(1000, seed + 3)];
    const good = native_quotes(requests).map((answer) => !answer.includes('"invalid_request"'));
    assert_same(requests.filter((_, i) => good[i]), quote_in_parts);
  });
});

describe('the module edits carts like the native core', () => {
  it('on 5000 generated edits, good and bad', () => {
    const { between, chance, pick, times } = make_random(seed);
    const some_lines = (most) =>
      times(between(0, most), (i) => ({ variant_id: i * between(1, 2) + 1, quantity: between(1, 9), selected: chance(70) }));
    const values = [() => between(0, 12), () => pick([1_000_000, 1_000_001, -1, null, 'x', true])];
    const texts = times(5000, () => {
      const mutation = { name: pick(['add', 'set_quantity', 'remove', 'select', 'clear', 'merge', 'burn']) };
      if (chance(85)) mutation.variant_id = (chance(90) ? values[0] : values[1])();
      if (chance(60)) mutation.quantity = (chance(85) ? values[0] : values[1])();
      if (chance(40)) mutation.selected = chance(50);
      if (chance(40)) mutation.lines = some_lines(5);
      const variants = times(between(0, 10), (i) => ({
        id: i + 1,
        product_id: 1,
        unit_price: 100,
        stock: 5,
        max_quantity: pick([0, 0, 3, 10]),
      }));
      return JSON.stringify({ lines: some_lines(6), mutation, variants });
    });
    const natives = native_edits(texts);
    const shop = { currency: 'KRW' };
    let edited = 0;
    texts.forEach((text, i) => {
      const { lines, mutation, variants } = JSON.parse(text);
      const cart = { lines };
      assert.equal(JSON.stringify(cartwright.apply(cart, mutation, variants)), natives[i], text);
      assert.equal(JSON.stringify(cartwright.open({ shop, variants }).apply(cart, mutation)), natives[i], text);
      assert.deepEqual(cart, { lines: JSON.parse(text).lines });
      if (!natives[i].includes('"error"')) edited++;
    });
    assert.ok(edited > 1000 && edited < 5000);
  });
});

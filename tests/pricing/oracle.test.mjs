// The oracle against hand-checked vectors, and against itself on generated requests.
// Run: node --test tests/pricing

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { is_valid_kind, KINDS, make_generator } from './generate.mjs';
import { allocate } from './numbers.mjs';
import { quote, without_fingerprint } from './oracle.mjs';

const SEED = Number(process.env.PRICING_SEED ?? 20251);
const COUNTS = {
  small: 600,
  picks: 400,
  uncounted: 200,
  adversarial: 500,
  spelling: 200,
  best_small: 60,
  best_twins: 60,
  max: 1,
};
const INVALID_COUNT = 1500;

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'));
const sum = (values) => values.reduce((total, value) => total + BigInt(value), 0n);

/** Quotes of one kind that did not fail, with their requests. */
function answers_of(kind) {
  const generator = make_generator(SEED);
  const pairs = Array.from({ length: COUNTS[kind] }, () => {
    const text = generator.next_request({ kind });
    return { text, answer: JSON.parse(quote(text)) };
  });
  return pairs.filter(({ answer }) => answer.error?.code !== 'amount_overflow');
}

console.log(`seed ${SEED}`);

describe('the oracle answers the hand-checked vectors', () => {
  for (const { name, request, answer } of vectors) {
    it(name, () => assert.equal(without_fingerprint(quote(request)), answer));
  }
});

describe('numbers', () => {
  it('allocate spends the total exactly, and equal remainders go to the earlier index', () => {
    assert.deepEqual(allocate(100n, [1n, 1n, 1n]), [34n, 33n, 33n]);
    assert.deepEqual(allocate(101n, [3n, 7n]), [30n, 71n]);
    assert.deepEqual(allocate(5n, [0n, 7n, 3n]), [0n, 4n, 1n]);
    assert.deepEqual(allocate(7000000000000000n, [1n, 2n]), [2333333333333333n, 4666666666666667n]);
    assert.deepEqual(allocate(9n, [0n, 0n]), [0n, 0n]);
  });

  it('without_fingerprint blanks the fingerprint and nothing else', () => {
    const answer = quote(vectors[0].request);
    const hashed = answer.replace('0000000000000000', '0123456789abcdef');
    assert.notEqual(hashed, answer);
    assert.equal(without_fingerprint(hashed), answer);
    assert.equal(
      without_fingerprint('{"error":{"code":"amount_overflow"}}'),
      '{"error":{"code":"amount_overflow"}}',
    );
  });
});

describe('every answer to a valid generated request', () => {
  for (const kind of Object.keys(COUNTS)) {
    it(`adds up (${kind})`, () => {
      const pairs = answers_of(kind);
      assert.ok(pairs.length > 0);
      for (const { text, answer } of pairs) {
        assert.equal(answer.error, undefined, text);
        assert_adds_up(answer, JSON.parse(text), text);
      }
    });
  }
});

function assert_adds_up(answer, request, text) {
  for (const line of answer.lines) {
    assert.ok(line.net >= 0 && line.discount >= 0 && line.tax >= 0, text);
    assert.equal(line.gross - line.net, line.discount, text);
    assert.equal(sum(line.discounts.map(({ amount }) => amount)), BigInt(line.discount), text);
    if (!line.counted)
      assert.deepEqual([line.gross, line.net, line.tax, line.discounts.length], [0, 0, 0, 0], text);
  }
  const applied_at = (...targets) =>
    sum(answer.applied.filter(({ target }) => targets.includes(target)).map(({ amount }) => amount));
  assert.equal(applied_at('item', 'line'), BigInt(answer.item_discount), text);
  assert.equal(applied_at('order'), BigInt(answer.order_discount), text);
  assert.equal(applied_at('shipping'), BigInt(answer.shipping_discount), text);
  assert.equal(answer.subtotal - answer.item_discount - answer.order_discount, answer.merchandise, text);
  assert.equal(sum(answer.lines.map(({ net }) => net)), BigInt(answer.merchandise), text);
  assert.ok(answer.shipping_discount <= answer.shipping_fee, text);
  const added_tax = request.shop.tax?.mode === 'exclusive' ? answer.tax : 0;
  const charge = answer.shipping_fee - answer.shipping_discount;
  assert.equal(BigInt(answer.merchandise) + BigInt(charge) + BigInt(added_tax), BigInt(answer.total), text);
  assert_sums_by_rule(answer, text);
  assert_every_coupon_is_accounted_for(answer, request, text);
}

/** What the lines say of a rule is what `applied` says of it. */
function assert_sums_by_rule(answer, text) {
  for (const { source, id, target, amount, variant_id } of answer.applied) {
    assert.ok(amount > 0, text);
    assert.equal(variant_id !== null, target === 'line', text);
    const mine = answer.lines
      .flatMap(({ discounts }) => discounts)
      .filter((d) => d.source === source && d.id === id);
    if (target !== 'shipping') assert.equal(sum(mine.map((d) => d.amount)), BigInt(amount), text);
    if (target === 'line')
      assert.equal(
        answer.lines
          .find((line) => line.variant_id === variant_id)
          .discounts.some((d) => d.source === source && d.id === id),
        true,
        text,
      );
  }
}

/** Each coupon of the wallet is either applied or rejected, in wallet order. */
function assert_every_coupon_is_accounted_for(answer, request, text) {
  const applied = new Set(answer.applied.filter(({ source }) => source === 'coupon').map(({ id }) => id));
  const wallet = (request.coupons ?? []).map(({ id }) => id);
  const expected = wallet.filter((id) => !applied.has(id));
  const known = answer.rejected.filter(({ code }) => code !== 'unknown_coupon').map(({ id }) => id);
  assert.deepEqual(known, expected, text);
}

describe('best', () => {
  const quote_with = (request, choice) => JSON.parse(quote(JSON.stringify({ ...request, choice })));

  it('is never dearer than no coupon, than each coupon alone, or than all picked in wallet order', () => {
    for (const kind of ['best_small', 'best_twins']) {
      for (const { text, answer } of answers_of(kind)) {
        const request = JSON.parse(text);
        const ids = request.coupons.map(({ id }) => ({ id }));
        const rivals = [[], ids, ...ids.map((pick) => [pick])];
        for (const coupons of rivals) {
          assert.ok(answer.total <= quote_with(request, { mode: 'listed', coupons }).total, text);
        }
      }
    }
  });

  it('is the quote of its own picks, each named with its line', () => {
    for (const { text, answer } of answers_of('best_small')) {
      const coupons = answer.applied
        .filter(({ source }) => source === 'coupon')
        .map(({ id, variant_id }) => ({ id, variant_id }));
      assert.deepEqual(quote_with(JSON.parse(text), { mode: 'listed', coupons }), answer, text);
    }
  });
});

describe('the generator', () => {
  const texts = (seed, kind) => {
    const generator = make_generator(seed);
    return Array.from({ length: kind === 'max' ? 1 : 20 }, () => generator.next_request({ kind }));
  };

  it('makes the same texts for the same seed, and others for another', () => {
    for (const kind of KINDS) {
      assert.deepEqual(texts(SEED, kind), texts(SEED, kind), kind);
      assert.notDeepEqual(texts(SEED, kind), texts(SEED + 1, kind), kind);
    }
  });

  it('has a count of properties for every valid kind', () => {
    assert.deepEqual(Object.keys(COUNTS).sort(), KINDS.filter(is_valid_kind).sort());
  });

  it('breaks requests in one place, at the path it says', () => {
    const generator = make_generator(SEED);
    for (let k = 0; k < INVALID_COUNT; k += 1) {
      const { text, path, breach } = generator.next_invalid();
      assert.equal(
        quote(text),
        JSON.stringify({ error: { code: 'invalid_request', path } }),
        `${breach}: ${text.slice(0, 5000)}`,
      );
    }
  });

  it('makes malformed texts that are refused at the root', () => {
    const generator = make_generator(SEED);
    for (let k = 0; k < INVALID_COUNT; k += 1) {
      const { text } = generator.next_malformed();
      assert.equal(quote(text), '{"error":{"code":"invalid_request","path":"$"}}', text);
    }
  });

  it('reaches every rejection, every problem and every target within the valid kinds', () => {
    const seen = new Set();
    for (const kind of ['small', 'picks', 'uncounted', 'adversarial']) {
      for (const { answer } of answers_of(kind)) {
        answer.rejected.forEach(({ code }) => seen.add(code));
        answer.lines.forEach(({ problems }) => problems.forEach(({ code }) => seen.add(code)));
        answer.applied.forEach(({ source, target }) => seen.add(`${source} ${target}`));
      }
    }
    const wanted = [
      'used',
      'expired',
      'not_started',
      'ended',
      'not_first_order',
      'no_eligible_items',
      'below_min_quantity',
      'below_min_amount',
      'cannot_combine',
      'no_effect',
      'not_selected',
      'unknown_coupon',
      'unknown_variant',
      'inactive',
      'insufficient_stock',
      'over_max_quantity',
      ...['item', 'line', 'order', 'shipping'].flatMap((target) => [
        `promotion ${target}`,
        `coupon ${target}`,
      ]),
    ];
    assert.deepEqual(
      wanted.filter((code) => !seen.has(code)),
      [],
    );
  });
});

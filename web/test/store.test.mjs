// The parts of src/store that decide something, without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'cartwright';
import { add_pick, MemoryStorage, open_cart } from 'cartwright/sync';
import { find_variant, first_choice, value_state } from '../src/store/options.ts';
import { quote_changes } from '../src/store/quote_changes.ts';
import { Rest } from '../src/store/rest.ts';

const shop = { currency: 'KRW', discount_multiple: 10, shipping: { fee: 3000, free_from: 50000, tax_class: 'standard' },
               tax: { mode: 'inclusive', rates: [] } };
const variant = (id, more = {}) => ({ id, product_id: id, unit_price: 10000, stock: 10, active: true, max_quantity: 0,
                                      category_ids: [], tax_class: 'standard', ...more });
const variants = [variant(1), variant(2, { max_quantity: 3 }), variant(3)];
const module = await load();
const pricing = module.open({ shop, variants, promotions: [] });
const line = (variant_id, quantity, selected = true) => ({ variant_id, quantity, selected });

const rule = (id, more) => ({ id, target: 'order', type: 'fixed', amount: 1000, ...more });
const coupon = (id, more) => ({ id, status: 'AVAILABLE', expires_at: null, rule: rule(id, more) });

test("a coupon that can't stand beside a picked one takes its place, and leaves the others", () => {
  const coupons = [coupon(1), coupon(2), coupon(3, { target: 'shipping', type: 'free', amount: 0 })];
  const quote_of = (picks) => pricing.quote({ now: 0, lines: [line(1, 1)], coupons, choice: { mode: 'listed', coupons: picks } });
  const picked = [{ id: 1, variant_id: null }, { id: 3, variant_id: null }];
  assert.deepEqual(add_pick(picked, 2, quote_of), { picks: [{ id: 3, variant_id: null }, { id: 2, variant_id: null }], replaced: [1] });
  assert.deepEqual(add_pick([picked[0]], 3, quote_of).replaced, []);
});

test('an exclusive coupon takes the place of all', () => {
  const coupons = [coupon(1), coupon(2, { exclusive: true }), coupon(3, { target: 'shipping', type: 'free', amount: 0 })];
  const quote_of = (picks) => pricing.quote({ now: 0, lines: [line(1, 1)], coupons, choice: { mode: 'listed', coupons: picks } });
  const result = add_pick([{ id: 1, variant_id: null }, { id: 3, variant_id: null }], 2, quote_of);
  assert.deepEqual(result, { picks: [{ id: 2, variant_id: null }], replaced: [1, 3] });
});

test('what changed between two quotes is told line by line, then the sums', () => {
  const quote = (price) => module.open({ shop, variants: [variant(1, { unit_price: price })], promotions: [] })
    .quote({ now: 0, lines: [line(1, 1)] });
  assert.deepEqual(quote_changes(quote(10000), quote(50000)), [
    { what: 'price', variant_id: 1, before: 10000, after: 50000 },
    { what: 'shipping', before: 3000, after: 0 },
    { what: 'total', before: 13000, after: 50000 },
  ]);
  assert.deepEqual(quote_changes(quote(10000), quote(10000)), []);
});

const product = {
  options: [{ values: [{}, {}] }, { values: [{}] }],
  variants: [{ id: 1, options: [0, 0], active: true, stock: 0 }, { id: 2, options: [1, 0], active: true, stock: 2 }],
};

test('options lead to a variant, and say which values are sold out', () => {
  assert.deepEqual(first_choice(product), [null, 0]);
  assert.equal(find_variant(product, [null, 0]), undefined);
  assert.equal(find_variant(product, [1, 0]).id, 2);
  assert.equal(value_state(product, [null, 0], 0, 0), 'sold_out');
  assert.equal(value_state(product, [null, 0], 0, 1), 'available');
  assert.equal(value_state({ ...product, variants: [] }, [null, 0], 0, 1), 'none');
});

/** Answers what `replies` says, one after the other; null is a connection that breaks. */
function stand_in(replies) {
  const sent = [];
  globalThis.fetch = async (url, init) => {
    sent.push({ url, key: init.headers['Idempotency-Key'], body: init.body });
    const reply = replies.shift();
    if (!reply) throw new TypeError('network');
    return new Response(JSON.stringify(reply.body), { status: reply.status });
  };
  return sent;
}
/** A client of requests alone: no module, no other tabs, nothing later. */
const rest_of = async () => {
  const clock = { now: Date.now, after: () => () => {} };
  return new Rest(await open_cart({ url: '/api/v1', module: async () => module, storage: new MemoryStorage(), channel: null, clock }));
};
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

test('a lost answer is asked again under the same key', async () => {
  const sent = stand_in([null, { status: 201, body: { number: 'A' } }]);
  const rest = await rest_of();
  const result = await rest.post_once('/orders', { total: 1 });
  assert.deepEqual(result, { ok: true, value: { number: 'A' } });
  assert.equal(sent.length, 2);
  assert.ok(sent[0].key);
  assert.equal(sent[0].key, sent[1].key);
  assert.deepEqual(await rest.pending('/orders'), []);
});

test('without a network the key is kept for the next try', async () => {
  navigator.onLine = false;
  const rest = await rest_of();
  const first = stand_in([null]);
  assert.equal((await rest.post_once('/orders', { total: 1 })).problem.code, 'offline');
  navigator.onLine = true;
  const second = stand_in([{ status: 201, body: {} }]);
  assert.ok((await rest.post_once('/orders', { total: 1 })).ok);
  assert.equal(second[0].key, first[0].key);
});

test('after a refusal the next try has a new key', async () => {
  const refused = { status: 409, body: { code: 'insufficient_balance', missing: 5 } };
  const sent = stand_in([refused, { status: 201, body: {} }]);
  const rest = await rest_of();
  const first = await rest.post_once('/orders/A/payment');
  assert.equal(first.problem.missing, 5);
  assert.ok((await rest.post_once('/orders/A/payment')).ok);
  assert.notEqual(sent[0].key, sent[1].key);
});

test('another body has another key', async () => {
  navigator.onLine = false;
  const sent = stand_in([null, null]);
  const rest = await rest_of();
  await rest.post_once('/orders', { total: 1 });
  await rest.post_once('/orders', { total: 2 });
  navigator.onLine = true;
  assert.notEqual(sent[0].key, sent[1].key);
  assert.equal((await rest.pending('/orders')).length, 2);
});

// The parts of src/store that decide something, without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'cartwright';
import { acknowledge, edit, empty_cart, restart, sign_in } from '../src/store/cart_record.ts';
import { Client } from '../src/store/client.ts';
import { Clock } from '../src/store/clock.ts';
import { MemoryDatabase } from '../src/store/database.ts';
import { find_variant, first_choice, value_state } from '../src/store/options.ts';
import { add_pick } from '../src/store/picks.ts';
import { quote_changes } from '../src/store/quote_changes.ts';
import { Rest } from '../src/store/rest.ts';
import { merge_snapshot, with_stock } from '../src/store/snapshot.ts';

const shop = { currency: 'KRW', discount_multiple: 10, shipping: { fee: 3000, free_from: 50000, tax_class: 'standard' },
               tax: { mode: 'inclusive', rates: [] } };
const variant = (id, more = {}) => ({ id, product_id: id, unit_price: 10000, stock: 10, active: true, max_quantity: 0,
                                      category_ids: [], tax_class: 'standard', ...more });
const variants = [variant(1), variant(2, { max_quantity: 3 }), variant(3)];
const module = await load();
const pricing = module.open({ shop, variants, promotions: [] });
const apply = (lines, mutation) => {
  const cart = pricing.apply({ lines }, mutation);
  return 'error' in cart ? lines : cart.lines;
};
const line = (variant_id, quantity, selected = true) => ({ variant_id, quantity, selected });
const answer = (last_mutation_id, lines) => ({ resync: false, last_mutation_id, changes: null, wallet: [], balance: 0,
  paid_orders: 0, cart: { version: 1, lines: lines.map((l) => ({ ...l, price_when_added: null })) } });

test('a guest edits without a queue', () => {
  const cart = edit(empty_cart(null, 'a'), { name: 'add', variant_id: 1, quantity: 2 }, apply);
  assert.deepEqual(cart.lines, [line(1, 2)]);
  assert.deepEqual(cart.queue, []);
});

test("an account's edits are queued as 1, 2, 3", () => {
  let cart = edit(empty_cart(7, 'a'), { name: 'add', variant_id: 1, quantity: 2 }, apply);
  cart = edit(cart, { name: 'select', variant_id: 1, selected: false }, apply);
  assert.deepEqual(cart.queue, [{ id: 1, name: 'add', args: { variant_id: 1, quantity: 2 } },
                                { id: 2, name: 'select', args: { variant_id: 1, selected: false } }]);
});

test('signing in turns a guest cart into one merge', () => {
  const guest = edit(empty_cart(null, 'a'), { name: 'add', variant_id: 1, quantity: 2 }, apply);
  const cart = sign_in(guest, 7, 'b', apply);
  assert.equal(cart.owner, 7);
  assert.deepEqual(cart.queue, [{ id: 1, name: 'merge', args: { lines: [line(1, 2)] } }]);
  assert.deepEqual(cart.lines, [line(1, 2)]);
});

test("signing in as someone else leaves nothing of the first account's cart", () => {
  const first = edit(empty_cart(7, 'a'), { name: 'add', variant_id: 1, quantity: 2 }, apply);
  assert.deepEqual(sign_in(first, 8, 'b', apply), empty_cart(8, 'b'));
});

test('signing in again takes the unsent edits up', () => {
  const mine = edit(empty_cart(7, 'a'), { name: 'add', variant_id: 1, quantity: 2 }, apply);
  assert.equal(sign_in(mine, 7, 'b', apply), mine);
});

test('an answer drops what it acknowledges and the rest is replayed on its cart', () => {
  let cart = edit(empty_cart(7, 'a'), { name: 'add', variant_id: 1, quantity: 1 }, apply);
  cart = edit(cart, { name: 'add', variant_id: 2, quantity: 2 }, apply);
  cart = acknowledge(cart, answer(1, [line(3, 4), line(2, 2), line(1, 1)]), apply);
  assert.deepEqual(cart.queue.map((queued) => queued.id), [2]);
  assert.deepEqual(cart.base, [line(3, 4), line(2, 2), line(1, 1)]);
  assert.deepEqual(cart.lines, [line(3, 4), line(2, 3), line(1, 1)]); // capped at max_quantity, as the server will
});

test('a restart numbers the unsent edits from 1', () => {
  let cart = edit(empty_cart(7, 'a'), { name: 'add', variant_id: 1, quantity: 1 }, apply);
  cart = edit(cart, { name: 'add', variant_id: 3, quantity: 1 }, apply);
  cart = restart(acknowledge(cart, answer(1, [line(1, 1)]), apply), 'b');
  assert.deepEqual(cart.queue, [{ id: 1, name: 'add', args: { variant_id: 3, quantity: 1 } }]);
  assert.equal(cart.next_id, 2);
  assert.equal(cart.client_id, 'b');
});

const snapshot = (more) => ({ cursor: '1', complete: true, rules_version: '1', now: 0, shop, variants, labels: [],
                              removed_variant_ids: [], promotions: [], promotion_names: [], ...more });

test('a delta changes, adds and removes variants; a complete snapshot replaces all', () => {
  const before = merge_snapshot(undefined, snapshot({}));
  const delta = snapshot({ cursor: '2', complete: false, variants: [variant(1, { unit_price: 1 }), variant(9)], removed_variant_ids: [3] });
  const after = merge_snapshot(before, delta);
  assert.deepEqual(after.variants.map((v) => [v.id, v.unit_price]), [[1, 1], [2, 10000], [9, 10000]]);
  assert.equal(after.cursor, '2');
  assert.deepEqual(merge_snapshot(after, snapshot({ variants: [variant(5)] })).variants.map((v) => v.id), [5]);
});

test('live stock changes only the variants it names', () => {
  const after = with_stock(merge_snapshot(undefined, snapshot({})), new Map([[2, 0]]));
  assert.deepEqual(after.variants.map((v) => v.stock), [10, 0, 10]);
  assert.equal(after.variants[0], variants[0]);
});

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

test('the fastest answer sets the clock', () => {
  const clock = new Clock();
  const now = Date.now();
  clock.learn(now + 5000, now - 50, now + 50);
  clock.learn(now + 9000, now - 500, now + 500);
  assert.ok(Math.abs(clock.now() - Date.now() - 5000) < 5);
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
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

test('a lost answer is asked again under the same key', async () => {
  const sent = stand_in([null, { status: 201, body: { number: 'A' } }]);
  const rest = new Rest('/api/v1', new MemoryDatabase());
  const result = await rest.post_once('/orders', { total: 1 });
  assert.deepEqual(result, { ok: true, value: { number: 'A' } });
  assert.equal(sent.length, 2);
  assert.ok(sent[0].key);
  assert.equal(sent[0].key, sent[1].key);
  assert.deepEqual(await rest.pending('/orders'), []);
});

test('without a network the key is kept for the next try', async () => {
  navigator.onLine = false;
  const rest = new Rest('/api/v1', new MemoryDatabase());
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
  const rest = new Rest('/api/v1', new MemoryDatabase());
  const first = await rest.post_once('/orders/A/payment');
  assert.equal(first.problem.missing, 5);
  assert.ok((await rest.post_once('/orders/A/payment')).ok);
  assert.notEqual(sent[0].key, sent[1].key);
});

test('another body has another key', async () => {
  navigator.onLine = false;
  const sent = stand_in([null, null]);
  const rest = new Rest('/api/v1', new MemoryDatabase());
  await rest.post_once('/orders', { total: 1 });
  await rest.post_once('/orders', { total: 2 });
  navigator.onLine = true;
  assert.notEqual(sent[0].key, sent[1].key);
  assert.equal((await rest.pending('/orders')).length, 2);
});

test('a server with other rules is noticed: prices still show, and a reload is asked for until the rules are the same', async () => {
  delete globalThis.BroadcastChannel; // no other tabs here
  const news = (rules_version) => ({ status: 200, body: snapshot({ rules_version }) });
  stand_in([news('another'), null, news(module.rules_version)]);
  const client = new Client(new MemoryDatabase(), '/api/v1', async () => module);
  await client.prepare_pricing();
  assert.deepEqual([client.state.priced, client.state.outdated], [true, true]);
  assert.equal(client.quote([], [line(1, 1)]).total, 13000);
  await client.sync(); // no answer: what was heard holds
  assert.equal(client.state.outdated, true);
  await client.sync();
  assert.equal(client.state.outdated, false);
});

test('a catalogue kept from before an update says nothing of the server', async () => {
  const db = new MemoryDatabase();
  await db.update('catalogue', () => merge_snapshot(undefined, snapshot({ rules_version: 'older' })));
  stand_in([null]);
  const client = new Client(db, '/api/v1', async () => module);
  await client.open();
  await client.prepare_pricing();
  assert.deepEqual([client.state.priced, client.state.outdated], [true, false]);
});

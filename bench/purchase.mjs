// Orders and payments, durable: how many a second, and how long one takes, beside Empty and Raw.

import assert from 'node:assert/strict';
import {
  buyers, copy_of, in_turn, load, make_shop, on_copy, only, quotes_of, raw, record, remove, sql, sync_us, token_of_shopper, with_shop, write,
} from './bench_shop.mjs';
import { empty, order, payment, purchase } from './flows.mjs';
import { count, duration, rate_of, ratio_of, times_of } from './report.mjs';

export const title = 'Purchases';
export const about = `
- Every answer is durable: SQLite's log, \`synchronous=FULL\`, one sync for all commands that wait. An order has one line.
- *Empty* is \`GET /empty\`: the same binary answers 40 bytes through the same router and pool, to as many clients.
- *Raw* is what the release binary itself said to SQLite for the same requests, recorded (\`bench/trace.cpp\`) and said
  again (\`bench/raw.cpp\`) to a copy of the database by one thread without a server: 100 commands in a transaction, a
  savepoint each, the same settings, the same disk.
- Limits and figures are measured in turn, three times; the best of each counts.
- One thread makes all clients, on the same two processors as the server. "Hot": all buy the same variant; else 1,000
  variants in turn, a shopper for each order.
`;

const empty_at = (db, clients) => with_shop(db, (shop) => load(shop, empty, { clients, seconds: 1 }));
const shoppers = 20_000;
const products = 1000;
const seconds = 1.5;
const rounds = 3;

export async function measure(add) {
  const base = make_shop('purchases', { products, shoppers });
  const quotes = await with_shop(base, (shop) => quotes_of(shop, Array.from({ length: products }, (_, i) => i + 1)));
  const spread = buyers('spread.tsv', quotes, shoppers);
  const hot = buyers('hot.tsv', quotes.slice(0, 1), shoppers);
  await measure_purchases(add, base, spread, hot);
  await measure_payments(add, base, spread);
  remove(base);
}

async function measure_purchases(add, base, spread, hot) {
  const trace = await record(base, 'purchase', purchase, { rows: spread });
  const buy = (clients, rows, audited) =>
    on_copy(base, async (shop) => only(await load(shop, purchase, { clients, seconds, rows, cycle: true }), '201'), { audited });
  const found = await in_turn(rounds, {
    empty: () => empty_at(base, 64),
    raw: () => raw(base, trace) / 2,
    64: () => buy(64, spread, true),
    hot: () => buy(64, hot, true),
  });
  add_limits(add, 'order + payment', found);
  row_of(add, 'order + payment, 64 clients, spread', found[64], found, true);
  row_of(add, 'order + payment, 64 clients, hot', found.hot, found, true);
  for (const clients of [1, 16, 512]) {
    row_of(add, `order + payment, ${clients} clients, spread`, await buy(clients, spread, true), found);
  }
}

async function measure_payments(add, base, spread) {
  const placed = copy_of(base, 'placed');
  await with_shop(placed, async (shop) => only(await load(shop, order, { clients: 64, seconds: 120, rows: spread }), '201'));
  const orders = sql(placed, 'SELECT number, user_id - 1000 AS shopper FROM orders ORDER BY id');
  assert.equal(orders.length, shoppers);
  const rows = write('orders.tsv', orders.map(({ number, shopper }) => `${token_of_shopper(shopper)}\t${number}`).join('\n'));
  const trace = await record(placed, 'payment', payment, { rows });
  const pay = (clients) =>
    on_copy(placed, async (shop) => only(await load(shop, payment, { clients, seconds, rows }), '201'), { audited: true });
  const found = await in_turn(rounds, {
    empty: () => empty_at(base, 64),
    raw: () => raw(placed, trace),
    64: () => pay(64),
    sync: () => -sync_us(),
    1: () => pay(1),
  });
  add_limits(add, 'payment', found);
  row_of(add, 'payment, 64 clients', found[64], found, true);
  for (const clients of [16, 512]) row_of(add, `payment, ${clients} clients`, await pay(clients), found);
  const sync = -found.sync.rate;
  const one = found[1].steps[0].p50;
  add({
    what: 'one payment, 1 client, p50',
    figure: duration(one * 1e3),
    limit: `fdatasync ${duration(sync * 1e3)}`,
    ratio: (one / sync).toFixed(2),
    target: '≤ 2 × fdatasync + 0.3 ms',
    met: one <= 2 * sync + 300,
  });
  remove(placed);
}

function add_limits(add, what, found) {
  add({ what: `Empty, 64 clients`, figure: rate_of(found.empty.rate) });
  add({ what: `Raw, ${what}`, figure: rate_of(found.raw.rate) });
}

function row_of(add, what, result, { raw: limit }, has_target = false) {
  add({
    what,
    figure: `${rate_of(result.rate)}; ${times_of(result)}`,
    limit: `Raw ${count(limit.rate)}`,
    ratio: ratio_of(result.rate, limit.rate),
    ...(has_target && { target: '≥ 0.5 of Raw', met: result.rate >= 0.5 * limit.rate }),
  });
}

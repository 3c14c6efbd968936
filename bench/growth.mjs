// The same questions to a shop with few orders and to one with many: what it costs must not grow with what has happened.

import assert from 'node:assert/strict';
import {
  audit, buyers, bytes_of, copy_of, load, make_shop, only, price, quotes_of, remove, serve, settle, sql, token_of_shopper, with_shop, write,
} from './bench_shop.mjs';
import { empty, get, own_orders, purchase } from './flows.mjs';
import { count, duration, rate_of, times_of } from './report.mjs';

const few = 10_000;
const many = Number(process.env.CARTWRIGHT_BENCH_ORDERS ?? 1_000_000);
const shoppers = 20_000;
const most_buyers = (orders) => Math.min(shoppers, orders / 20); // so that a list has a whole page in either shop
const products = 1000;
const rounds = 5;
const hours = 90 * 24;

export const title = 'Growth';
export const about = `
- A shop with 10,000 paid orders and one with ${count(many)}, open at once and asked in turn, five times; the median counts.
  ${count(shoppers)} shoppers, ${count(products)} products, 90 days. \`CARTWRIGHT_BENCH_ORDERS=10000000 bench/run growth\` takes
  more (4.5 kB of disk for each order).
- Before, every shopper buys once in either shop: what is measured is a shop at work, not its first minute. A list of orders
  has 20 in both.
- The orders are made by SQL through the own schema, each with all its rows: quote, item, payment, histories, stock movement, event,
  stored answers. The events have been told, and none is too old yet to be kept.
- How much longer the larger shop takes is the ratio of the rates.
`;

export async function measure(add) {
  const base = make_shop('growth', { products, shoppers });
  const template = await template_of(base);
  const small = copy_of(base, 'few');
  const large = copy_of(base, 'many');
  remove(base);
  fill(small, few, template);
  const began = performance.now();
  fill(large, many, template);
  const took = (performance.now() - began) / 1000;
  add({
    what: `file per order, ${count(many)} orders`,
    figure: `${count((bytes_of(large) - bytes_of(small)) / (many - few))} bytes`,
    limit: `${count(bytes_of(large) / 1e6)} MB, made in ${count(took)} s`,
  });
  if (many <= 1_000_000) audit(small);
  await compare(add, small, large);
  remove(small);
  remove(large);
}

// What one purchase leaves behind, to be said again for each order.
async function template_of(base) {
  const db = copy_of(base, 'template');
  const quotes = await with_shop(db, async (shop) => {
    const found = await quotes_of(shop, Array.from({ length: products }, (_, i) => i + 1));
    only(await load(shop, purchase, { clients: 1, seconds: 20, rows: buyers('one.tsv', found, 1) }), '201');
    return found;
  });
  const [row] = sql(db, `SELECT o.fingerprint, o.tax, q.request, q.answer, e.payload, i.names, i.options, i.tax_class,
    (SELECT answer FROM idempotency_keys WHERE endpoint NOT LIKE '%/payment') AS placed,
    (SELECT answer FROM idempotency_keys WHERE endpoint LIKE '%/payment') AS paid
    FROM orders o JOIN order_quotes q ON q.order_id = o.id JOIN outbox_events e ON e.order_id = o.id
    JOIN order_items i ON i.order_id = o.id`);
  remove(db);
  return { ...row, quotes };
}

const text = (value) => `'${value.replaceAll("'", "''")}'`;

function fill(db, orders, { fingerprint, tax, request, answer, payload, names, options, tax_class, placed, paid }) {
  const end = Date.now();
  const hour = 3_600_000;
  const step = Math.floor((hours * hour) / orders);
  const buyers = most_buyers(orders);
  sql(db, `
PRAGMA cache_size = -4000000; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY;
BEGIN;
CREATE TEMP VIEW o AS SELECT value AS id, 1000 + (value - 1) % ${buyers} AS user_id, 2 + (value - 1) / ${buyers} AS position,
  (value - 1) % ${products} + 1 AS product, ${end} - (${orders} - value) * ${step} AS at,
  substr(upper(hex(sha256(value))), 1, 16) AS number FROM generate_series(1, ${orders});
INSERT INTO orders (id, number, user_id, status, currency, tax_mode, subtotal, item_discount, order_discount, merchandise,
    shipping_fee, shipping_discount, tax, total, fingerprint, created_at, expires_at, paid_at)
  SELECT id, printf('%04X', at / ${hour} % 65536) || number, user_id, 'PAID', 'KRW', 'inclusive', ${price}, 0, 0, ${price}, 0, 0, ${tax},
    ${price}, ${text(fingerprint)}, at, at + 1800000, at FROM o;
INSERT INTO order_quotes
  SELECT id, ${text(request)}, replace(${text(answer)}, '"variant_id":1,', '"variant_id":' || product || ',') FROM o;
INSERT INTO order_items (order_id, position, variant_id, product_id, names, options, unit_price, quantity, discount, net, tax_class, tax)
  SELECT id, 1, product, product, ${text(names)}, ${text(options)}, ${price}, 1, 0, ${price}, ${text(tax_class)}, ${tax} FROM o;
INSERT INTO payments SELECT id, 1, 'BALANCE', ${price}, 'COMPLETED', at, at FROM o;
INSERT INTO payment_history SELECT id, 1, 1, 'COMPLETED', '', at FROM o;
INSERT INTO stock_movements (variant_id, delta, reason, order_id, created_at) SELECT product, -1, 'SOLD', id, at FROM o;
INSERT INTO balance_history (user_id, position, type, amount, balance_before, balance_after, order_id, created_at)
  SELECT user_id, position, 'USE', -${price}, b.balance - (position - 2) * ${price}, b.balance - (position - 1) * ${price}, id, at
  FROM o JOIN user_balances b USING (user_id) ORDER BY user_id, position;
INSERT INTO outbox_events (type, order_id, payload, created_at, position) SELECT 'order.paid', id, ${text(payload)}, at, id FROM o;
INSERT INTO idempotency_keys (user_id, endpoint, key, request_hash, status, answer, created_at)
  SELECT user_id, 'POST /api/v1/orders', lower(hex(sha256('o' || id))), sha256(id), 201, ${text(placed)}, at FROM o;
INSERT INTO idempotency_keys (user_id, endpoint, key, request_hash, status, answer, created_at)
  SELECT user_id, 'POST /api/v1/orders/' || number || '/payment', lower(hex(sha256('p' || id))), sha256(id), 201, ${text(paid)}, at FROM o;
INSERT INTO sales_buckets SELECT at / ${hour}, product, count(*), max(at) FROM o GROUP BY 1, 2;
INSERT INTO revenue_buckets (hour, charged, orders, units, paid, refunds, refunded_units, refunded, shipped, delivered, cancelled)
  SELECT at / ${hour}, 0, count(*), count(*), count(*) * ${price}, 0, 0, 0, 0, 0, 0 FROM o WHERE true GROUP BY 1
  ON CONFLICT (hour) DO UPDATE SET orders = excluded.orders, units = excluded.units, paid = excluded.paid;
CREATE TEMP TABLE sold AS SELECT product, count(*) AS units FROM o GROUP BY product;
UPDATE product_variants SET stock = stock - (SELECT units FROM sold WHERE product = id) WHERE id IN (SELECT product FROM sold);
CREATE TEMP TABLE bought AS SELECT user_id, count(*) AS orders FROM o GROUP BY user_id;
UPDATE user_balances SET (balance, history_count, paid_orders) =
  (SELECT balance - orders * ${price}, 1 + orders, orders FROM bought b WHERE b.user_id = user_balances.user_id)
  WHERE user_id IN (SELECT user_id FROM bought);
COMMIT;`);
  sql(db, 'PRAGMA journal_mode = WAL');
  settle(db);
}

async function compare(add, small, large) {
  const one = await serve(small);
  const two = await serve(large);
  add({
    what: `start, ${count(few)} orders`,
    figure: duration(one.start_ms * 1e6),
    target: '≤ 0.3 s',
    met: one.start_ms <= 300,
  });
  add({ what: `start, ${count(many)} orders`, figure: duration(two.start_ms * 1e6), target: '≤ 0.3 s', met: two.start_ms <= 300 });
  const idle = one.memory().now;
  add({ what: 'memory, idle', figure: `${(idle / 1024).toFixed(1)} MB`, target: '≤ 30 MB', met: idle <= 30 * 1024 });

  const quotes = await quotes_of(one, Array.from({ length: products }, (_, i) => i + 1));
  const rows = buyers('growth.tsv', quotes, shoppers);
  const people = write('people.tsv', Array.from({ length: most_buyers(few) }, (_, i) => token_of_shopper(i)).join('\n'));
  for (const shop of [one, two]) only(await load(shop, purchase, { clients: 64, rows, seconds: 300 }), '201');
  const cases = [
    { name: 'order + payment, 64 clients', flow: purchase, clients: 64, rows, status: '201', gated: true },
    { name: 'order list of one shopper, 16 clients', flow: own_orders, clients: 16, rows: people, status: '200', gated: true },
    { name: 'popular, 16 clients', flow: get('/api/v1/products/popular'), clients: 16, status: '200', gated: true },
    { name: 'Empty, 16 clients', flow: empty, clients: 16, status: '200' },
  ];
  for (const each of cases) await compare_case(add, one, two, each);
  add({ what: `memory after it, ${count(many)} orders`, figure: `${count(two.memory().now / 1024)} MB` });
  await one.stop();
  await two.stop();
}

async function compare_case(add, one, two, { name, flow, clients, rows, status, gated }) {
  const options = { clients, rows, cycle: rows !== undefined, seconds: 1 };
  const ratios = [];
  const results = [];
  for (let round = 0; round < rounds; ++round) {
    const less = only(await load(one, flow, options), status);
    const more = only(await load(two, flow, options), status);
    ratios.push(less.rate / more.rate);
    results.push([less, more]);
  }
  const median = [...ratios].sort((a, b) => a - b)[rounds >> 1];
  const [less, more] = results[ratios.indexOf(median)];
  assert.ok(median > 0);
  add({
    what: `${name}, ${count(many)} orders`,
    figure: `${rate_of(more.rate)}; ${times_of(more)}`,
    limit: `${count(few)} orders: ${rate_of(less.rate)}`,
    ratio: `takes ${median.toFixed(2)} times as long`,
    ...(gated && { target: '≤ 1.25 times', met: median <= 1.25 }),
  });
}

// A day in a few minutes: browsing, carts, sync, coupons, purchases, cancellations and refunds at once, with live streams
// open. Nothing may grow that should not, and the audit finds nothing.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { get as ask } from 'node:http';
import {
  audit, buyers, load, make_shop, only, quotes_of, remove, serve, sql, token_of_shopper, write,
} from './bench_shop.mjs';
import { cancel, empty, get, issue, own_orders, purchase, sync } from './flows.mjs';
import { count, rate_of, times_of } from './report.mjs';

const minutes = Number(process.env.CARTWRIGHT_BENCH_MINUTES ?? 2);
const shoppers = 20_000;
const products = 1000;
const streams = 90; // the server takes 100 of one address

export const title = 'Mixed day';
export const about = `
- ${minutes} minutes (\`CARTWRIGHT_BENCH_MINUTES=10 bench/run mixed\` for more): 64 clients look at products, lists, searches, popular
  ones and their orders, 32 buy, 8 order and cancel, 8 put things into their cart by sync, 8 take coupons, an admin gives
  money back, ${streams} live streams are open. Each rests between two deeds, so the server is busy and not full.
- Memory has a bound: nine page caches of SQLite's, 192 MB when all are full, are most of it.
`;

export async function measure(add) {
  const db = make_shop('mixed', { products, shoppers, coupons: 1_000_000 });
  sql(db, `INSERT INTO user_sessions (token_hash, user_id, created_at, expires_at)
    SELECT sha256(token_of_shopper(-1)), id, 0, ${Date.now() + 864e5} FROM users WHERE role = 'admin'`);
  const shop = await serve(db);
  const quotes = await quotes_of(shop, Array.from({ length: products }, (_, i) => i + 1));
  const heard = await listen(shop);
  const seconds = minutes * 60;
  const rows = buyers('mixed.tsv', quotes, shoppers);
  const person = (_, i) => `${token_of_shopper(i)}\t${(i % products) + 1}`;
  const people = write('mixed-people.tsv', Array.from({ length: shoppers }, person).join('\n'));
  const options = { seconds, cycle: true };
  const deeds = {
    'order + payment': load(shop, purchase, { ...options, clients: 32, pause: 100, rows }),
    'order and cancellation': load(shop, cancel, { ...options, clients: 8, pause: 100, rows }),
    product: load(shop, get('/api/v1/products/{2}'), { ...options, clients: 16, pause: 20, rows: people }),
    list: load(shop, get('/api/v1/products'), { ...options, clients: 16, pause: 20, rows: people }),
    search: load(shop, get('/api/v1/products?q=sturdy%20{2}'), { ...options, clients: 8, pause: 50, rows: people }),
    popular: load(shop, get('/api/v1/products/popular'), { ...options, clients: 16, pause: 20, rows: people }),
    'own orders': load(shop, own_orders, { ...options, clients: 8, pause: 20, rows: people }),
    sync: load(shop, sync, { ...options, clients: 8, pause: 50, rows: people }),
    coupon: load(shop, issue, { ...options, clients: 8, pause: 50, rows: people }),
  };
  const [samples, refunds] = await Promise.all([watch(shop, seconds), give_back(shop, db, seconds)]);
  for (const [name, running] of Object.entries(deeds)) {
    const result = only(await running, '200', '201', '409 already_issued');
    add({ what: name, figure: `${rate_of(result.rate)}; ${times_of(result)}` });
  }
  add({ what: 'refunds', figure: count(refunds) });
  add({
    what: 'live streams',
    figure: `${count(heard.open())} of ${streams} still open, ${count(heard.bytes())} bytes heard`,
    target: 'all open',
    met: heard.open() === streams,
  });
  add_growth(add, samples);
  heard.close();
  await load(shop, empty, { clients: 1, seconds: 0.1 });
  await shop.stop();
  audit(db);
  add({ what: 'audit', figure: 'clean', target: 'clean', met: true });
  remove(db);
}

// Streams as pages hold them.
async function listen(shop) {
  let bytes = 0;
  let open = 0;
  const requests = await Promise.all(
    Array.from({ length: streams }, (_, i) =>
      new Promise((done, failed) => {
        const headers = { Authorization: `Bearer ${token_of_shopper(i)}` };
        const request = ask(`${shop.url}/api/v1/stream`, { headers, agent: false }, (answer) => {
          assert.equal(answer.statusCode, 200);
          ++open;
          answer.on('data', (part) => (bytes += part.length));
          answer.on('close', () => --open);
          done(request);
        });
        request.on('error', failed);
      }),
    ),
  );
  return {
    open: () => open,
    bytes: () => bytes,
    close() {
      for (const request of requests) request.destroy();
    },
  };
}

const rest = (ms) => new Promise((done) => setTimeout(done, ms));

async function watch(shop, seconds) {
  const samples = [];
  const end = performance.now() + (seconds - 2) * 1000;
  while (performance.now() < end) {
    await rest(2000);
    const files = shop.files();
    samples.push({ memory: shop.memory().now, open_files: shop.open_files(), log: files['-wal'], db: files.db });
  }
  return samples;
}

// An admin who gives the money of paid orders back, whole or in part.
async function give_back(shop, db, seconds) {
  const end = performance.now() + (seconds - 3) * 1000;
  let given = 0;
  await rest(3000);
  while (performance.now() < end) {
    const found = sql(db, `SELECT number FROM orders WHERE paid_at IS NOT NULL AND refunded = 0
      AND id > (SELECT max(id) FROM orders) - 500 LIMIT 20`);
    for (const { number } of found) {
      const answer = await fetch(`${shop.url}/api/v1/admin/orders/${number}/refund`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token_of_shopper(-1)}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': randomUUID(),
        },
        body: JSON.stringify({ reason: 'changed their mind', restock: true }),
      });
      assert.equal(answer.status, 201, await answer.text());
      ++given;
    }
    await rest(1000);
  }
  return given;
}

function add_growth(add, samples) {
  const early = samples[Math.floor(samples.length / 3)];
  const late = samples.at(-1);
  const most = (name) => Math.max(...samples.map((sample) => sample[name]));
  const megabytes = (bytes) => `${count(bytes / 1e6)} MB`;
  add({
    what: 'memory, at the end',
    figure: megabytes(late.memory * 1024),
    limit: `after a third ${megabytes(early.memory * 1024)}`,
    ratio: (late.memory / early.memory).toFixed(2),
    target: '≤ 300 MB',
    met: late.memory <= 300 * 1024,
  });
  add({
    what: 'open files, at the end',
    figure: count(late.open_files),
    limit: `after a third ${count(early.open_files)}`,
    target: 'no more',
    met: late.open_files <= early.open_files,
  });
  add({ what: 'log of changes (WAL), most', figure: megabytes(most('log')), target: '≤ 128 MB', met: most('log') <= 128e6 });
  add({ what: 'database file', figure: megabytes(late.db) });
}

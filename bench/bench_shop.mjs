// Shops to measure: made by SQL through the own schema, copied, served, asked by many clients, and their writes said
// again to SQLite alone.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from './built.mjs';

const binary = `${build}/cartwright`;
const tool = (name) => `${build}/bench/${name}`;

export const price = 10_000;
const charged = 1_000_000_000; // what each shopper has to begin with
const first_user = 1000;

// Beside the build, on the disk that is to be measured; /tmp may lie in memory.
export const folder = mkdtempSync(join(build, 'bench-shops-'));
const children = new Set();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
process.once('SIGINT', () => process.exit(1));
process.once('SIGTERM', () => process.exit(1));

function run(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 30, ...options });
  assert.equal(done.status, 0, `${program} ${args.join(' ')}: ${done.error ?? done.stderr}`);
  return done.stdout;
}

export function sql(db, statements) {
  const out = run('sqlite3', ['-json', '-cmd', `.load ${tool('libsql_functions')}`, db], { input: statements });
  return out.trim() === '' ? [] : JSON.parse(out);
}

export const token_of_shopper = (number) => createHash('sha256').update(`shopper ${number}`).digest('base64url');

/** A shop with products of one variant each (their ids are 1, 2, 3, …) and signed-in shoppers, in one transaction. */
export function make_shop(name, { products = 100, shoppers = 0, coupons = 0 }) {
  const db = join(folder, `${name}.db`);
  run(binary, ['admin', 'add', '--db', db, 'admin@example.com']);
  const now = Date.now();
  sql(db, `
PRAGMA cache_size = -1000000; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
BEGIN;
UPDATE shop SET shipping_fee = 0;
INSERT INTO categories (id, slug, names)
  SELECT value, 'category-' || value, '{"ko":"분류 ' || value || '","en":"Category ' || value || '"}'
  FROM generate_series(1, 10);
INSERT INTO products (id, handle, base_price, created_at, updated_at)
  SELECT value, 'product-' || value, ${price}, ${now}, ${now} FROM generate_series(1, ${products});
INSERT INTO product_texts (product_id, language, name, description_html)
  SELECT value, language, names.name || value, '<p>' || names.name || value || '</p>'
  FROM generate_series(1, ${products}), (SELECT 'ko' AS language, '튼튼한 상품 ' AS name UNION ALL SELECT 'en', 'Sturdy product ') names;
INSERT INTO product_search
  SELECT value, '튼튼한 상품 ' || value || ' sturdy product ' || value FROM generate_series(1, ${products});
INSERT INTO product_categories SELECT value, value % 10 + 1 FROM generate_series(1, ${products});
INSERT INTO product_images (product_id, position, url)
  SELECT value, 1, '/media/picture-' || value FROM generate_series(1, ${products});
INSERT INTO product_variants (id, product_id, price, stock)
  SELECT value, value, ${price}, 1000000000 FROM generate_series(1, ${products});
INSERT INTO stock_movements (variant_id, delta, reason, created_at)
  SELECT value, 1000000000, 'RECEIVED', ${now} FROM generate_series(1, ${products});
${coupons === 0 ? '' : coupons_sql(coupons, now)}
${shoppers === 0 ? '' : shoppers_sql(shoppers, now)}
COMMIT;`);
  settle(db);
  return db;
}

const coupons_sql = (count, now) => `
INSERT INTO coupons (id, kind, rule, valid_days, created_at, updated_at) VALUES
  (1, 'coupon', '{"id":1,"name":"Rush","target":"order","type":"fixed","amount":1000}', 7, ${now}, ${now});
INSERT INTO coupon_texts (coupon_id, language, name) VALUES (1, 'ko', '선착순'), (1, 'en', 'Rush');
INSERT INTO fcfs_coupons (id, coupon_id, total_quantity, remaining_quantity, starts_at, ends_at, created_at)
  VALUES (1, 1, ${count}, ${count}, ${now - 1}, ${now + 864e5}, ${now});`;

// In the order of the keys where that isn't the numbers': pages are filled one after the other.
const shoppers_sql = (count, now) => `
INSERT INTO users (id, email, password_hash, name, created_at)
  SELECT ${first_user} + value, 'shopper' || value || '@example.com', '-', 'Shopper ' || value, ${now}
  FROM generate_series(0, ${count - 1});
INSERT INTO user_sessions (token_hash, user_id, created_at, expires_at)
  SELECT sha256(token_of_shopper(value)) AS hash, ${first_user} + value, ${now}, ${now + 30 * 864e5}
  FROM generate_series(0, ${count - 1}) ORDER BY hash;
INSERT INTO charge_requests (id, number, user_id, provider, amount, status, created_at, finished_at)
  SELECT value + 1, 'charge-' || value, ${first_user} + value, 'instant', ${charged}, 'COMPLETED', ${now}, ${now}
  FROM generate_series(0, ${count - 1});
INSERT INTO user_balances (user_id, balance, history_count)
  SELECT ${first_user} + value, ${charged}, 1 FROM generate_series(0, ${count - 1});
INSERT INTO balance_history (user_id, position, type, amount, balance_before, balance_after, charge_id, created_at)
  SELECT ${first_user} + value, 1, 'CHARGE', ${charged}, 0, ${charged}, value + 1, ${now}
  FROM generate_series(0, ${count - 1});
INSERT INTO revenue_buckets VALUES (${now} / 3600000, ${charged} * ${count}, 0, 0, 0, 0, 0, 0, 0, 0, 0);`;

/** Onto the disk now: else a server that is measured waits for what was written before it. */
export const settle = (db) => run('sync', ['-d', db]);

/** A copy of a shop that isn't being served. */
export function copy_of(db, name) {
  const copy = join(folder, `${name}.db`);
  remove(copy);
  copyFileSync(db, copy);
  settle(copy);
  return copy;
}

export function remove(db) {
  for (const end of ['', '-wal', '-shm']) rmSync(db + end, { force: true });
}

export const bytes_of = (file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Writes lines into a file of the bench's own. */
export function write(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A shop that is open. `trace`: a file for what it says to SQLite. */
export async function serve(db, { trace, more = [] } = {}) {
  const limits = ['order_user', 'payment_user', 'issue_user'].flatMap((name) => ['--limit', `${name}=off`]);
  const args = ['serve', '--db', db, '--port', '0', '--empty-route', '--charge-provider', 'instant'];
  args.push('--pending-minutes', '100000', ...limits, ...more);
  const env = trace ? { ...process.env, LD_PRELOAD: tool('libtrace.so'), CARTWRIGHT_TRACE: trace } : process.env;
  const begin = performance.now();
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  children.add(child);
  const exited = new Promise((done) => child.once('exit', (code) => (children.delete(child), done(code))));
  const url = await new Promise((found, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = line.match(/http:\/\/[^\s/]+/);
      if (address) found(address[0]);
    });
    exited.then((code) => failed(new Error(`serve ended with ${code}`)));
  });
  return {
    db,
    url,
    port: Number(new URL(url).port),
    start_ms: performance.now() - begin,
    /** Memory in KiB: now, and the most so far. */
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return { now: Number(status.match(/VmRSS:\s+(\d+)/)[1]), most: Number(status.match(/VmHWM:\s+(\d+)/)[1]) };
    },
    files: () => Object.fromEntries(['', '-wal'].map((end) => [end || 'db', bytes_of(db + end)])),
    open_files: () => Number(run('sh', ['-c', `ls /proc/${child.pid}/fd | wc -l`])),
    async get(path, headers = {}) {
      const answer = await fetch(url + path, { headers });
      assert.equal(answer.status, 200, path);
      return answer;
    },
    async stop() {
      child.kill('SIGTERM');
      assert.equal(await exited, 0);
    },
  };
}

export function audit(db) {
  run(binary, ['audit', '--db', db]);
}

/** So many clients ask the shop, flow after flow (load.cpp). Answers what load prints, and `rate`: whole flows a second. */
export async function load(shop, flow, { clients, seconds = 2, rows, cycle = false, ramp, flows, pause }) {
  const args = ['--port', `${shop.port}`, '--clients', `${clients}`, '--seconds', `${seconds}`];
  if (rows) args.push('--rows', rows);
  if (cycle) args.push('--cycle');
  if (ramp) args.push('--ramp', `${ramp}`);
  if (flows) args.push('--flows', `${flows}`);
  if (pause) args.push('--pause', `${pause}`);
  const child = spawn(tool('load'), [...args, flow], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  let out = '';
  child.stdout.on('data', (bytes) => (out += bytes));
  const ended = new Promise((done) => child.once('close', (code) => (children.delete(child), done(code))));
  assert.equal(await ended, 0, 'load failed');
  const result = JSON.parse(out);
  assert.equal(result.broken, 0, 'a connection broke');
  return { ...result, rate: result.steps.at(-1).count / result.seconds };
}

/** Nothing but these kinds of answers came. */
export function only(result, ...kinds) {
  for (const { answers } of result.steps) {
    for (const kind of Object.keys(answers)) assert.ok(kinds.includes(kind), `${kind}: ${answers[kind]}`);
  }
  return result;
}

/** Raw: what `trace` holds, said again on `db` as it was then. Commands a second. */
export function raw(db, trace) {
  const copy = copy_of(db, 'raw');
  const { commands, seconds } = JSON.parse(run(tool('raw'), [copy, trace]));
  remove(copy);
  assert.ok(commands > 0, 'nothing was written');
  return commands / seconds;
}

/** One fdatasync of a growing file, in microseconds. */
export const sync_us = () => Number(run(tool('raw'), ['--sync', join(folder, 'sync')]));

/** What orders of one unit are shown: [variant, total, fingerprint]. */
export async function quotes_of(shop, variants) {
  return Promise.all(
    variants.map(async (variant_id) => {
      const answer = await fetch(`${shop.url}/api/v1/quotes`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ lines: [{ variant_id, quantity: 1 }] }),
      });
      assert.equal(answer.status, 200, await answer.clone().text());
      const { total, fingerprint } = await answer.json();
      assert.equal(total, price);
      return [variant_id, total, fingerprint];
    }),
  );
}

/** Rows for the flows that buy: each shopper in turn. */
export function buyers(name, quotes, number) {
  const lines = Array.from({ length: number }, (_, i) => [token_of_shopper(i), ...quotes[i % quotes.length]].join('\t'));
  return write(name, lines.join('\n'));
}

export async function with_shop(db, body, options) {
  const shop = await serve(db, options);
  try {
    return await body(shop);
  } finally {
    await shop.stop();
  }
}

/** On a copy of the shop, which is audited afterwards when it matters. */
export async function on_copy(db, body, { audited = false, ...options } = {}) {
  const copy = copy_of(db, 'served');
  const result = await with_shop(copy, body, options);
  if (audited) audit(copy);
  remove(copy);
  return result;
}

/** What the shop says to SQLite for these requests: a file for raw(). */
export async function record(db, name, flow, { clients = 64, seconds = 1, ...options }) {
  const trace = join(folder, `${name}.trace`);
  await on_copy(db, async (shop) => only(await load(shop, flow, { clients, seconds, ...options }), '201'), { trace });
  return trace;
}

const best = (values) => Math.max(...values);

/** Measures the limits and what is held against them in turn, `rounds` times; the best of each counts. */
export async function in_turn(rounds, measures) {
  const found = {};
  for (let round = 0; round < rounds; ++round) {
    for (const [name, measure] of Object.entries(measures)) {
      const result = await measure();
      (found[name] ??= []).push(typeof result === 'number' ? { rate: result } : result);
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, results]) => {
      const rate = best(results.map((each) => each.rate));
      return [name, results.find((each) => each.rate === rate)];
    }),
  );
}

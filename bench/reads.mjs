// What shoppers look at, in small and large catalogues.

import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import {
  buyers, in_turn, load, make_shop, only, quotes_of, remove, serve, sql, write,
} from './bench_shop.mjs';
import { empty, get, purchase } from './flows.mjs';
import { count, duration, rate_of, ratio_of, times_of } from './report.mjs';

const sizes = [10, 10_000, 100_000]; // variants
const clients = 16;
const seconds = 0.7;
const rounds = 3;

export const title = 'Reads';
export const about = `
- 16 clients that take gzip, as browsers do. *Empty* is asked by as many clients of the same server, in turn with each
  figure, three times; the best of each counts.
- Products are drawn from all (at most 1,000 different ones). Lists have 24 products, popular ones 5. A search looks at
  every product's text for each request and is kept by nobody.
- Bodies are counted as they are sent, packed.
`;

export async function measure(add) {
  for (const size of sizes) await measure_catalogue(add, size);
}

async function measure_catalogue(add, size) {
  const db = make_shop('reads', { products: size, shoppers: 100 });
  const shop = await serve(db);
  const bought = Math.min(size, 10);
  const quotes = await quotes_of(shop, Array.from({ length: bought }, (_, i) => i + 1));
  only(await load(shop, purchase, { clients: 4, seconds: 20, rows: buyers('reads.tsv', quotes, 100) }), '201');
  const ids = write('ids.tsv', Array.from({ length: 1000 }, (_, i) => 1 + ((i * 7919) % size)).join('\n'));
  const first = await first_snapshot(add, shop, size);

  const tag_of = async (path) => (await shop.get(path)).headers.get('etag');
  const list = '/api/v1/products';
  const popular = '/api/v1/products/popular';
  const one = '/api/v1/products/1';
  const cases = [
    { name: 'product', flow: get('/api/v1/products/{1}'), rows: ids, target: 0.7 },
    { name: 'product, 304', flow: get(one, await tag_of(one)), status: '304', target: 0.9 },
    { name: 'list', flow: get(list), target: 0.7 },
    { name: 'list, 304', flow: get(list, await tag_of(list)), status: '304', target: 0.9 },
    { name: 'popular', flow: get(popular), target: 0.7 },
    { name: 'popular, 304', flow: get(popular, await tag_of(popular)), status: '304', target: 0.9 },
    { name: 'search', flow: get(`${list}?q=sturdy%20${size}`) },
    { name: 'snapshot', flow: get('/api/v1/snapshot') },
    { name: 'snapshot, 304', flow: get('/api/v1/snapshot', first.etag), status: '304' },
    { name: 'snapshot since, no news', flow: get(`/api/v1/snapshot?since=${encodeURIComponent(first.cursor)}`) },
  ];
  for (const each of cases) await measure_case(add, shop, size, each);
  const { now } = shop.memory();
  add({ what: `memory after it, ${count(size)} variants`, figure: `${count(now / 1024)} MB` });
  await shop.stop();
  remove(db);
}

async function first_snapshot(add, shop, size) {
  const began = performance.now();
  const answer = await shop.get('/api/v1/snapshot', { 'Accept-Encoding': 'identity' });
  const snapshot = await answer.json();
  const took = performance.now() - began;
  const packed = await raw_bytes(shop, '/api/v1/snapshot');
  assert.equal(JSON.parse(gunzipSync(packed)).variants.length, size);
  add({
    what: `snapshot, first, ${count(size)} variants`,
    figure: `${count(packed.length / 1000)} kB, ${duration(took * 1e6)} to make`,
    ...(size === 100_000 && { target: '≤ 2.5 MB', met: packed.length <= 2.5e6 }),
  });
  sql(shop.db, `INSERT INTO changes (kind, entity_id, created_at) VALUES ('variant', 1, ${Date.now()})`);
  const since = `/api/v1/snapshot?since=${encodeURIComponent(snapshot.cursor)}`;
  const changes = await shop.get(since, { 'Accept-Encoding': 'identity' });
  const bytes = (await changes.clone().text()).length;
  assert.equal((await changes.json()).variants.length, 1);
  add({
    what: `snapshot since, one variant changed of ${count(size)}`,
    figure: `${count(bytes)} bytes`,
    target: 'kB',
    met: bytes < 10_000,
  });
  return { etag: answer.headers.get('etag'), cursor: (await (await shop.get('/api/v1/snapshot')).json()).cursor };
}

async function raw_bytes(shop, path) {
  const { get: ask } = await import('node:http');
  return new Promise((done, failed) => {
    ask(shop.url + path, { headers: { 'Accept-Encoding': 'gzip' } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).on('end', () => done(Buffer.concat(parts)));
    }).on('error', failed);
  });
}

async function measure_case(add, shop, size, { name, flow, rows, status = '200', target }) {
  const found = await in_turn(rounds, {
    empty: () => load(shop, empty, { clients, seconds: seconds / 2 }),
    figure: () => load(shop, flow, { clients, seconds, rows, cycle: rows !== undefined }),
  });
  only(found.figure, status);
  add({
    what: `${name}, ${count(size)} variants`,
    figure: `${rate_of(found.figure.rate)}; ${times_of(found.figure)}`,
    limit: `Empty ${count(found.empty.rate)}`,
    ratio: ratio_of(found.figure.rate, found.empty.rate),
    ...(target && { target: `≥ ${target} of Empty`, met: found.figure.rate >= target * found.empty.rate }),
  });
}

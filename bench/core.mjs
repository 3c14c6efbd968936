// The pricing core: quotes and `best`, native and in Node, beside what else does such a job there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { best_bench, folder, package_url, quote_bench, run } from './built.mjs';
import { medusa_discount, medusa_for } from './medusa.mjs';
import { dinero_for, integers_for } from './money_libraries.mjs';
import { count, duration } from './report.mjs';
import { common_request, coupon_request, mixed_request } from './requests.mjs';

const { load } = await import(new URL('dist/index.js', package_url));

export const title = 'The pricing core';
export const about = `
- "20 × 10" is a cart of 20 lines with 10 rules. *Mixed* rules are of every target and most types, promotions and picked
  coupons in turn (\`bench/requests.mjs\`). *Common* rules are those that Medusa has too.
- Times are processor time, so that what else runs here counts little; the first quote's is by the clock.
- Native is \`quote()\` on a decoded request; "from JSON to JSON" adds reading the text and writing the answer. In Node a
  quote is \`shop.quote(cart)\`: a plain object in, a plain object out, every discount of every line in it.
- Medusa is \`@medusajs/promotion\`'s own \`computeActions\` in the same process, its promotions handed to it from memory
  instead of its database, same carts and rules. It computes adjustments only: no totals, tax, stock, rounding or
  rejections. The run asserts that both take off the same money, up to what ours rounds off (less than 1 won for each
  percentage on each line).
- dinero.js and plain integers do one coupon by hand (\`bench/money_libraries.mjs\`); their totals are asserted equal.
- Instructions are x86-64 ones, counted by callgrind; Shopify Functions count WebAssembly ones, so compare magnitudes.
- \`best\` in the module: of three rounds each wallet's fastest counts.
`;

const GRID = [[1, 1], [20, 10], [50, 20], [200, 1], [200, 50], [500, 200]];
const name_of = ([lines, rules]) => `${lines} × ${rules}`;
const same = (one, other) => name_of(one) === name_of(other);

export async function measure(add) {
  const native = measure_native(add);
  const cartwright = await load();
  await measure_node(add, cartwright, native);
  await measure_medusa(add, cartwright);
  await measure_one_coupon(add, cartwright);
  measure_best(add);
  measure_instructions(add);
  measure_module(add);
}

const texts_of = (requests) => requests.map((request) => `${JSON.stringify(request)}\n`).join('');

function measure_native(add) {
  const { stdout } = run(quote_bench, [], { input: texts_of(GRID.map((size) => mixed_request(...size))) });
  const times = stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  const targets = new Map([['20 × 10', 5], ['200 × 50', 150]]);
  GRID.forEach((size, i) => {
    const target = targets.get(name_of(size));
    add({
      what: `quote, native, ${name_of(size)} mixed`,
      figure: duration(times[i].quote),
      ...(target && { target: `≤ ${target} µs`, met: times[i].quote <= target * 1e3 }),
    });
  });
  GRID.forEach((size, i) => add({ what: `from JSON to JSON, native, ${name_of(size)} mixed`, figure: duration(times[i].text) }));
  return times.map(({ quote }) => quote);
}

/** Gives a function that prices the request's cart in a shop that has the rest of it. */
function quoter(cartwright, { shop, variants, promotions, ...cart }) {
  const opened = cartwright.open({ shop, variants, promotions });
  assert.ok('quote' in opened, JSON.stringify(opened));
  assert.ok('total' in opened.quote(cart));
  return () => opened.quote(cart);
}

// Of processor time, with that of the garbage collector's threads: others may run beside.
const now = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
};

/** Nanoseconds a call: the median of batches that are long enough for that clock, as in quote_bench. */
async function median(call) {
  const batch_ns = 5e6;
  const all_ns = 1.5e9;
  const begin = now();
  let warm = 0;
  for (; now() - begin < all_ns / 3; warm += 1) await call();
  const batch = Math.max(1, Math.round((warm * batch_ns) / (all_ns / 3)));
  const is_async = call() instanceof Promise;
  const times = [];
  while (now() - begin < all_ns) {
    const batch_begin = now();
    if (is_async) for (let i = 0; i < batch; i += 1) await call();
    else for (let i = 0; i < batch; i += 1) call();
    times.push((now() - batch_begin) / batch);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

async function measure_node(add, cartwright, native) {
  for (const [i, size] of GRID.entries()) {
    const ns = await median(quoter(cartwright, mixed_request(...size)));
    add({
      what: `quote, Node, ${name_of(size)} mixed`,
      figure: duration(ns),
      limit: `native ${duration(native[i])}`,
      ratio: (ns / native[i]).toFixed(1),
      ...(same(size, [20, 10]) && { target: '≤ 1.5 × native + 30 µs', met: ns <= 1.5 * native[i] + 30e3 }),
    });
  }
}

async function measure_medusa(add, cartwright) {
  for (const [size, target] of [[[20, 10], 25], [[200, 1]], [[200, 50], 200]]) {
    const request = common_request(...size);
    const ours = quoter(cartwright, request);
    const medusa = medusa_for(request);
    assert_same_money(request, ours(), await medusa());
    const our_ns = await median(ours);
    const medusa_ns = await median(medusa);
    const ratio = medusa_ns / our_ns;
    add({
      what: `quote, Node, ${name_of(size)} common`,
      figure: duration(our_ns),
      limit: `Medusa ${duration(medusa_ns)}`,
      ratio: `${ratio.toFixed(0)} times as fast`,
      ...(target && { target: `≥ ${target} times`, met: ratio >= target }),
    });
  }
}

function assert_same_money({ lines, promotions }, quote, actions) {
  const ours = quote.item_discount + quote.order_discount;
  const rounded = promotions.filter(({ type }) => type === 'percent').length * lines.length;
  const difference = Math.abs(ours - medusa_discount(actions));
  assert.ok(ours > 0 && difference <= rounded && difference < ours / 100, `${ours}, Medusa ${medusa_discount(actions)}`);
}

async function measure_one_coupon(add, cartwright) {
  const request = coupon_request(200);
  const ours = quoter(cartwright, request);
  const { total, shipping_fee } = ours();
  const our_ns = await median(ours);
  for (const [name, theirs] of [['dinero.js', dinero_for(request)], ['plain integers', integers_for(request)]]) {
    assert.equal(theirs().total, total - shipping_fee, name);
    const ns = await median(theirs);
    add({
      what: 'quote, Node, 200 lines, one coupon',
      figure: duration(our_ns),
      limit: `${name} ${duration(ns)}`,
      ratio: `${(ns / our_ns).toFixed(ns > 10 * our_ns ? 0 : 2)} times as fast`,
    });
  }
}

function measure_best(add) {
  const env = { CARTWRIGHT_BEST_BENCH: best_bench, CARTWRIGHT_PACKAGE: fileURLToPath(package_url).replace(/\/$/, '') };
  const wallets = 1000;
  const native = run(best_bench, [`${wallets}`]).stdout;
  for (const [, tax, p50, p99, most, bound] of native.matchAll(/^20x12 tax (\w+) .*us p50 +(\d+) +p99 +(\d+) +max +(\d+) +bound hit (\d+)$/gm)) {
    add({
      what: `best, native, 20 × 12 coupons, tax ${tax}, p99`,
      figure: duration(p99 * 1e3),
      limit: `p50 ${duration(p50 * 1e3)}, most ${duration(most * 1e3)}`,
      target: 'all proved optimal',
      met: bound === '0',
    });
  }
  const module = run(process.execPath, [`${folder}bench/best_wasm.mjs`, `${wallets}`], { env }).stdout;
  for (const [, tax, p50, p99, most, proved] of module.matchAll(/tax (\w+): .*p50 +([\d.]+) +p99 +([\d.]+) +max +([\d.]+) +proved optimal (\d+)$/gm)) {
    add({
      what: `best, Node, 20 × 12 coupons, tax ${tax}, p99`,
      figure: `${p99} ms`,
      limit: `p50 ${p50} ms, most ${most} ms`,
      target: '≤ 5 ms, all proved optimal',
      met: Number(p99) <= 5 && Number(proved) === wallets,
    });
  }
}

function measure_instructions(add) {
  const shopify = 11e6;
  for (const size of [[200, 1], [200, 50]]) {
    for (const [symbol, what] of [['quote_only', 'a quote'], ['quote_text', 'a quote from JSON to JSON']]) {
      const instructions = instructions_of(symbol, mixed_request(...size));
      add({
        what: `instructions of ${what}, ${name_of(size)} mixed`,
        figure: count(instructions),
        limit: `Shopify ${count(shopify)}`,
        ratio: (instructions / shopify).toFixed(3),
        ...(symbol === 'quote_only' && { target: '≤ 1,000,000', met: instructions <= 1e6 }),
      });
    }
  }
}

// Instructions of one call: `once` runs each of the two functions once.
function instructions_of(symbol, request) {
  const args = ['--tool=callgrind', '--callgrind-out-file=/dev/null', `--toggle-collect=${symbol}`, quote_bench, 'once'];
  return Number(run('valgrind', args, { input: texts_of([request]) }).stderr.match(/Collected : (\d+)/)[1]);
}

function measure_module(add) {
  const bytes = (name) => readFileSync(new URL(`dist/${name}`, package_url));
  const gzipped = (name) => gzipSync(bytes(name), { level: 9 }).length;
  const module = gzipped('cartwright.wasm') + gzipped('cartwright.js');
  add({ what: 'module and glue, gzip', figure: `${count(module)} bytes`, target: '≤ 40,000', met: module <= 40_000 });
  const size = bytes('cartwright.wasm').length;
  add({ what: 'module, as it is', figure: `${count(size)} bytes`, limit: 'Shopify 256 kB', ratio: (size / 256e3).toFixed(2) });

  const input = JSON.stringify(mixed_request(200, 50));
  const firsts = Array.from({ length: 11 }, () => JSON.parse(run(process.execPath, [`${folder}bench/first_quote.mjs`], { input }).stdout));
  const sorted = firsts.map((first) => first.ms).sort((a, b) => a - b);
  add({
    what: 'bytes to first quote, Node, 200 × 50 mixed, fastest of 11',
    figure: `${sorted[0].toFixed(1)} ms`,
    limit: `median ${sorted[sorted.length >> 1].toFixed(1)} ms`,
    target: '≤ 30 ms',
    met: sorted[0] <= 30,
  });
  add({ what: 'linear memory after it', figure: `${count(firsts[0].memory / 1024)} KiB` });
}

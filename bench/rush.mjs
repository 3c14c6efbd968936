// A campaign's rush: many more shoppers than coupons, all at once.

import assert from 'node:assert/strict';
import {
  audit, copy_of, in_turn, load, make_shop, on_copy, only, raw, record, remove, serve, sql, token_of_shopper, write,
} from './bench_shop.mjs';
import { empty, issue } from './flows.mjs';
import { count, duration, rate_of, ratio_of, times_of } from './report.mjs';

const shoppers = 1_000_000;
const asked = 150_000;
const coupons = 1000;
const rounds = 3;

export const title = 'Coupon rush';
export const about = `
- A million signed-in shoppers, drawn at random, over 3,000 kept connections; every tenth of them asks twice. Sessions are
  cold: the server sees almost every token for the first time.
- Checked in each rush: exactly 1,000 coupons issued, to 1,000 shoppers; no answer but \`201\`, \`409 campaign_exhausted\` and
  \`409 already_issued\`; nobody who asked after a first \`campaign_exhausted\` had come got a coupon; the audit is clean.
- Issues are measured in a campaign that does not run out, beside Raw of the same issues; refusals in one that has run
  out, beside Empty with as many clients.
`;

export async function measure(add) {
  const base = make_shop('rush', { products: 10, shoppers, coupons });
  const rows = crowd();
  const many = copy_of(base, 'many');
  sql(many, 'UPDATE fcfs_coupons SET total_quantity = 100000000, remaining_quantity = 100000000');
  await measure_rush(add, base, rows, 'all at once', { clients: 3000, seconds: 2 });
  await measure_rush(add, base, rows, 'from 0 over 500 to 1,000', { clients: 1000, seconds: 2, ramp: 1.5 });
  await measure_issues(add, many, rows);
  await measure_refusals(add, base, rows);
  remove(many);
  remove(base);
}

function crowd() {
  const tokens = [];
  for (let i = 0; i < asked; ++i) {
    const again = i % 10 === 9 && tokens[i - 1 - Math.floor(Math.random() * Math.min(i, 500))];
    tokens.push(again || token_of_shopper(Math.floor(Math.random() * shoppers)));
  }
  return write('crowd.tsv', tokens.join('\n'));
}

async function measure_rush(add, base, rows, how, options) {
  const db = copy_of(base, 'rushed');
  const shop = await serve(db);
  const result = await load(shop, issue, { rows, cycle: true, ...options });
  const memory = shop.memory().most;
  await shop.stop();
  only(result, '201', '409 campaign_exhausted', '409 already_issued');
  const { answers } = result.steps[0];
  const [found] = sql(db, 'SELECT count(*) AS issued, count(DISTINCT user_id) AS owners FROM user_coupons');
  assert.ok(answers[201].last_asked <= answers['409 campaign_exhausted'].first_came, 'a coupon was left after a refusal');
  audit(db);
  remove(db);
  const is_exact = found.issued === coupons && found.owners === coupons && answers[201].count === coupons;
  const clients = count(options.clients);
  add({
    what: `rush of ${clients} clients, ${how}: issued`,
    figure: `${count(found.issued)} to ${count(found.owners)} shoppers; ${count(result.steps[0].count)} requests`,
    target: 'exactly 1,000, no other failure',
    met: is_exact,
  });
  add({
    what: `rush of ${clients} clients, ${how}: answers`,
    figure: `${rate_of(result.rate)}; ${times_of(result)}`,
    target: 'p99 ≤ 0.5 s',
    met: result.steps[0].p99 <= 500_000,
  });
  if (options.ramp) return;
  add({
    what: 'memory under 3,000 clients, most',
    figure: `${count(memory / 1024)} MB`,
    target: '≤ 300 MB',
    met: memory <= 300 * 1024,
  });
}

async function measure_issues(add, many, rows) {
  const trace = await record(many, 'issue', issue, { clients: 500, seconds: 1, rows: once_each() });
  const found = await in_turn(rounds, {
    raw: () => raw(many, trace),
    issue: () => on_copy(many, (shop) => load(shop, issue, { clients: 3000, seconds: 2, rows })),
  });
  only(found.issue, '201', '409 already_issued');
  add({ what: 'Raw, issue', figure: rate_of(found.raw.rate) });
  add({
    what: 'issues, 3,000 clients',
    figure: `${rate_of(found.issue.rate)}; ${times_of(found.issue)}`,
    limit: `Raw ${count(found.raw.rate)}`,
    ratio: ratio_of(found.issue.rate, found.raw.rate),
    target: '≥ 0.5 of Raw',
    met: found.issue.rate >= 0.5 * found.raw.rate,
  });
}

// A trace is of what was done, and asking twice is refused.
const once_each = () => write('each.tsv', Array.from({ length: 20_000 }, (_, i) => token_of_shopper(i * 50)).join('\n'));

async function measure_refusals(add, base, rows) {
  const db = copy_of(base, 'exhausted');
  const few = write('few.tsv', Array.from({ length: coupons }, (_, i) => token_of_shopper(i)).join('\n'));
  const shop = await serve(db);
  only(await load(shop, issue, { clients: 64, seconds: 30, rows: few }), '201');
  const found = await in_turn(rounds, {
    empty: () => load(shop, empty, { clients: 3000, seconds: 1 }),
    refusal: () => load(shop, issue, { clients: 3000, seconds: 2, rows, cycle: true }),
  });
  only(found.refusal, '409 campaign_exhausted', '409 already_issued');
  await shop.stop();
  remove(db);
  add({ what: 'Empty, 3,000 clients', figure: `${rate_of(found.empty.rate)}; p99 ${duration(found.empty.steps[0].p99 * 1e3)}` });
  add({
    what: 'refusals, 3,000 clients',
    figure: `${rate_of(found.refusal.rate)}; ${times_of(found.refusal)}`,
    limit: `Empty ${count(found.empty.rate)}`,
    ratio: ratio_of(found.refusal.rate, found.empty.rate),
    target: '≥ 0.5 of Empty',
    met: found.refusal.rate >= 0.5 * found.empty.rate,
  });
}

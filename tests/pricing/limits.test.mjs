// Every limit of PRICING.md "Request" at once: a request as large as may be is priced the same by the native core, the
// module and (but for `best`, which it would try by brute force) the twin; one beyond is refused where it is read.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { quote, without_fingerprint } from './oracle.mjs';

const binary = process.env.CARTWRIGHT_BINARY ?? 'build/release/cartwright';
const module_file = new URL('../../wasm/dist/index.js', import.meta.url);

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const text_of_200 = (index) => `${'가'.repeat(48)}${'😀'.repeat(12)}${String(index).padStart(8, '0')}`;
assert.equal(Buffer.byteLength(text_of_200(7)), 200);

/** 200 rules: every target and type, filters of 1000 ids, 20 tiers, names of 200 bytes. */
function rule(index, id) {
  const kinds = [
    { target: 'item', type: 'percent', basis_points: 100 },
    { target: 'line', type: 'fixed', amount: 10 + index },
    { target: 'order', type: 'tiers', tiers: times(20, (k) => ({ from: k * 1000, basis_points: k + 1 })) },
    { target: 'item', type: 'buy_x_get_y', buy: 2, get: 1, basis_points: 5000, max_groups: 3 },
    { target: 'shipping', type: 'fixed', amount: 1 },
    { target: 'order', type: 'fixed', amount: 50 },
    { target: 'line', type: 'percent', basis_points: 300, max_discount: 70 },
  ];
  return {
    id,
    name: text_of_200(index),
    ...kinds[index % kinds.length],
    include: {
      product_ids: times(200, (k) => k + 1),
      category_ids: times(200, (k) => k + 1),
      variant_ids: times(200, (k) => k + 1),
    },
    exclude: {
      product_ids: times(200, (k) => 9000 + k),
      category_ids: times(100, (k) => 9000 + k),
      variant_ids: times(100, (k) => 4900 - k),
    },
    stack_group: text_of_200(index),
    priority: index % 3,
  };
}

/** Every list as long as it may be and every string as long as it may be, all in one request. */
function largest(mode) {
  return {
    now: 1,
    shop: {
      currency: 'KRW',
      shipping: { fee: 3000, free_from: null, tax_class: text_of_200(0) },
      tax: { mode: 'exclusive', rates: times(50, (k) => ({ class: text_of_200(k), basis_points: 100 * k })) },
    },
    variants: times(5000, (k) => ({
      id: k + 1,
      product_id: (k % 400) + 1,
      unit_price: 1000 + k,
      stock: 9,
      category_ids: [(k % 300) + 1],
      tax_class: text_of_200(k % 60),
    })),
    lines: times(500, (k) => ({ variant_id: k * 7 + 1, quantity: (k % 9) + 1 })),
    promotions: times(200, (k) => rule(k, k + 1)),
    coupons: times(200, (k) => ({ id: k + 1, rule: rule(k + 3, 1) })),
    choice: {
      mode,
      coupons: times(200, (k) => ({ id: 200 - k, variant_id: k % 2 === 0 ? null : ((k * 7) % 500) * 7 + 1 })),
    },
  };
}

/** name -> [what makes the largest request one larger, the path of the fault] */
const one_beyond = {
  'line 501': [(r) => r.lines.push({ variant_id: 4999, quantity: 1 }), '$.lines'],
  'variant 5001': [(r) => r.variants.push({ ...r.variants[0], id: 9999 }), '$.variants'],
  'coupon 201': [(r) => r.coupons.push({ ...r.coupons[0], id: 999 }), '$.coupons'],
  'promotion 201': [(r) => r.promotions.push({ ...r.promotions[0], id: 999 }), '$.promotions'],
  'pick 201': [(r) => r.choice.coupons.push({ id: 999 }), '$.choice.coupons'],
  'tier 21': [
    (r) => r.promotions[2].tiers.push({ from: 99_999, amount: 1 }),
    '$.promotions[2].tiers',
  ],
  'rate 51': [(r) => r.shop.tax.rates.push({ class: 'x', basis_points: 1 }), '$.shop.tax.rates'],
  'id 1001 of a promotion': [
    (r) => r.promotions[4].exclude.variant_ids.push(1),
    '$.promotions[4].exclude.variant_ids',
  ],
  'id 1001 of a coupon, in an earlier list': [
    (r) => r.coupons[4].rule.include.product_ids.push(...times(401, () => 1)),
    '$.coupons[4].rule.include.variant_ids',
  ],
  'byte 201 of a name': [(r) => (r.promotions[199].name += 'x'), '$.promotions[199].name'],
  'byte 201 of a group': [(r) => (r.coupons[199].rule.stack_group += 'x'), '$.coupons[199].rule.stack_group'],
  'byte 201 of a tax class': [(r) => (r.variants[4999].tax_class += 'x'), '$.variants[4999].tax_class'],
  'byte 201 of a rate': [(r) => (r.shop.tax.rates[49].class += 'x'), '$.shop.tax.rates[49].class'],
  'unit 1000001 of a line': [(r) => (r.lines[499].quantity = 1_000_001), '$.lines[499].quantity'],
  'several faults: the first of the page': [
    (r) => {
      r.choice.coupons.push({ id: 999 });
      r.coupons[0].rule.name += 'x';
      r.lines[3].quantity = 0;
      r.lines[2].selected = 1;
      r.variants[7].unit_price = -1;
      r.variants[7].stock = null;
    },
    '$.variants[7].unit_price',
  ],
};

function native(requests) {
  const input = requests.map((request) => JSON.stringify(request) + '\n').join('');
  const run = spawnSync(binary, ['quote'], { input, maxBuffer: 2 ** 30, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.split('\n').slice(0, -1);
}

describe('the limits of a request', () => {
  let module;
  before(async () => {
    assert.ok(existsSync(module_file), 'the module is not built');
    module = await (await import(module_file)).load();
  });

  for (const mode of ['none', 'listed', 'best']) {
    it(`a request as large as may be is priced the same everywhere, mode ${mode}`, () => {
      const request = largest(mode);
      const [answer] = native([request]);
      assert.equal(JSON.stringify(module.quote(request)), answer);
      const { error, lines, rejected, applied } = JSON.parse(answer);
      assert.equal(error, undefined);
      assert.equal(lines.length, 500);
      const coupons = applied.filter(({ source }) => source === 'coupon').length;
      assert.equal(coupons + rejected.length, 200);
      if (mode === 'best') return;
      assert.equal(without_fingerprint(answer), without_fingerprint(quote(JSON.stringify(request))));
    });
  }

  it('one beyond any of them is refused where it is read', () => {
    const cases = Object.entries(one_beyond).map(([name, [change, path]]) => {
      const request = largest('listed');
      change(request);
      return { name, request, refusal: JSON.stringify({ error: { code: 'invalid_request', path } }) };
    });
    const answers = native(cases.map(({ request }) => request));
    cases.forEach(({ name, request, refusal }, i) => {
      assert.equal(answers[i], refusal, name);
      assert.equal(JSON.stringify(module.quote(request)), refusal, name);
      assert.equal(quote(JSON.stringify(request)), refusal, name);
    });
  });
});

// The back office's parts that decide something: the rule editor's against the module itself, the issue curve, the log.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'cartwright';
import { money } from 'cartwright/explain';
import { issue_curve } from '../src/admin/campaigns/issue_curve.ts';
import { differences } from '../src/admin/differences.ts';
import { reading_en } from '../src/admin/rules/reading_en.ts';
import { reading_ko } from '../src/admin/rules/reading_ko.ts';
import { body_of, field_of, form_of, new_form, rule_of, TARGETS, with_type } from '../src/admin/rules/rule_form.ts';
import { read_rule } from '../src/admin/rules/rule_reading.ts';
import { preview, sample_for } from '../src/admin/rules/sample_cart.ts';

const module = await load();
const shop_rules = { currency: 'KRW', discount_multiple: 10, shipping: { fee: 3000, free_from: 50000, tax_class: 'standard' },
                     tax: { mode: 'inclusive', rates: [] } };
const variant = (id, unit_price, more = {}) => ({ id, product_id: id * 10, unit_price, stock: 100, active: true, max_quantity: 0,
                                                  category_ids: [], tax_class: 'standard', ...more });
const no_ids = { product_ids: [], category_ids: [], variant_ids: [] };
const rule = (more) => ({
  id: 0, name: '', target: 'order', type: 'fixed', amount: 0, basis_points: 0, max_discount: null, buy: 0, get: 0, max_groups: 0,
  tiers: [], include: no_ids, exclude: no_ids, min_amount: 0, min_quantity: 0, starts_at: null, ends_at: null,
  first_order_only: false, stack_group: '', exclusive: false, priority: 0, ...more,
});
const shop = { shop: shop_rules, variants: [variant(1, 10000), variant(2, 4000, { category_ids: [7] }), variant(3, 2000)], promotions: [] };
const speech = (locale) => ({
  money: (amount) => money(amount, 'KRW', locale), percent: (basis_points) => `${basis_points / 100}%`,
  moment: (ms) => `at ${ms}`, product: (id) => `P${id}`, category: (id) => `C${id}`, variant: (id) => `V${id}`,
});
const in_korean = (read, kind = 'coupon', valid_days = 30) => read_rule(read, kind, valid_days, reading_ko, speech('ko-KR'));
const in_english = (read, kind = 'coupon', valid_days = 30) => read_rule(read, kind, valid_days, reading_en, speech('en'));

test('a rule is read out whole, in both languages', () => {
  const read = rule({
    type: 'percent', target: 'order', basis_points: 1500, max_discount: 5000, min_amount: 30000, first_order_only: true,
    include: { product_ids: [10], category_ids: [7], variant_ids: [] }, exclude: { ...no_ids, variant_ids: [3] },
    starts_at: 100, ends_at: 200,
  });
  assert.deepEqual(in_korean(read), [
    '대상 상품의 합계를 15% 할인해요.', '할인은 모두 합해 5,000원까지예요.', '대상: 카테고리 ‘C7’, ‘P10’.', '제외: 옵션 ‘V3’.',
    '대상 상품을 할인 전 금액으로 30,000원 이상 담아야 해요.', '결제한 주문이 없는 고객의 첫 주문에만 적용돼요.',
    'at 100부터 at 200 전까지 적용돼요.', '받은 때부터 30일 동안 쓸 수 있어요.',
    '묶음 이름이 없는 다른 주문 쿠폰과는 함께 쓸 수 없어요.',
  ]);
  assert.deepEqual(in_english(read), [
    'Takes 15% off the sum of the products it covers.', 'It takes off ₩5,000 at most, all in all.',
    'Covers: category “C7”, “P10”.', 'Leaves out: variant “V3”.',
    'The products it covers must come to ₩30,000 or more before any discount.',
    'It is for the first order of shoppers who have not paid for one yet.',
    'It applies from at 100 until at 200.', 'It can be used for 30 days after it was taken.',
    'It can’t be used with another order coupon that has no group either.',
  ]);
});

test('every legal kind of benefit has a first sentence of its own, and nothing that was not filled in', () => {
  const legal = Object.entries(TARGETS).flatMap(([type, targets]) => targets.map((target) => rule({
    type, target, amount: 1000, basis_points: 1000, buy: 2, get: 1, tiers: [{ from: 10000, amount: 1000, basis_points: 0 }],
  })));
  for (const say of [in_korean, in_english]) {
    const all = legal.flatMap((read) => [say(read), say(read, 'promotion', null)]);
    for (const sentence of all.flat()) assert.doesNotMatch(sentence, /undefined|null|NaN/);
    assert.equal(new Set(legal.map((read) => say(read)[0])).size, legal.length);
  }
});

test('a promotion is not told as something to combine, to choose or to keep', () => {
  const read = rule({ target: 'line', amount: 1000, exclusive: true, stack_group: 'vip' });
  assert.deepEqual(in_english(read, 'promotion', null), [
    'Takes ₩1,000 off one line of the cart.', 'It goes by itself to the product where it takes off most.',
    'It covers all products.', 'It has no start and no end.',
  ]);
});

test('a form becomes the rule that it shows, and a saved rule the form it was made by', () => {
  const form = {
    ...with_type(new_form(), 'tiers'), name: { ko: '봄', en: '' }, starts_at: 12345, priority: -3, valid_days: null,
    tiers: [{ from: 30000, unit: 'amount', value: 3000 }, { from: 50000, unit: 'percent', value: 1250 }],
  };
  const read = rule_of(form, 0);
  assert.equal(read.fault, null);
  assert.deepEqual(read.rule, rule({
    type: 'tiers', priority: -3, starts_at: 12345,
    tiers: [{ from: 30000, amount: 3000, basis_points: 0 }, { from: 50000, amount: 0, basis_points: 1250 }],
  }));
  const body = body_of(form, 'coupon', read.rule);
  assert.deepEqual([body.name, body.valid_days, 'id' in body.rule], [{ ko: '봄', en: '' }, 0, false]);
  assert.equal('valid_days' in body_of(form, 'promotion', read.rule), false);
  const saved = { id: 5, kind: 'coupon', name: form.name, description: form.description, rule: { ...read.rule, id: 5 }, valid_days: null };
  assert.deepEqual(form_of(saved), { ...form, basis_points: 0, buy: 0, get: 0 });
  assert.deepEqual(rule_of(form_of(saved), 5).rule, saved.rule);
});

test('what a kind of benefit has no use for is not sent', () => {
  const form = { ...new_form(), type: 'free', target: 'shipping', amount: undefined };
  const { rule: read } = rule_of(form, 0);
  assert.deepEqual([read.amount, read.basis_points, read.buy, read.tiers], [0, 0, 0, []]);
});

test('what can’t be read is told at its field', () => {
  const fault = (more) => rule_of({ ...new_form(), ...more }, 0).fault;
  assert.equal(fault({}), null);
  for (const field of ['basis_points', 'min_amount', 'ends_at', 'priority', 'valid_days']) assert.equal(fault({ [field]: undefined }), field);
  assert.equal(fault({ type: 'tiers', tiers: [{ from: 1, unit: 'amount', value: 1 }, { from: 2, unit: 'percent', value: undefined }] }),
               'tiers.1.value');
});

test("the module's own refusals lead to their fields", () => {
  const place = (more, kind) => {
    const answer = preview(module, { ...shop, promotions: [rule({ id: 1, amount: 100 })] }, [{ variant_id: 1, quantity: 1 }], rule(more),
                           kind, { now: 0, others: true });
    return field_of(answer.error.path);
  };
  for (const kind of ['coupon', 'promotion']) {
    assert.equal(place({ type: 'percent', basis_points: 10001 }, kind), 'basis_points');
    assert.equal(place({ type: 'buy_x_get_y', target: 'item', buy: 0, get: 1 }, kind), 'buy');
    assert.equal(place({ type: 'tiers', tiers: [] }, kind), 'tiers');
    assert.equal(place({ stack_group: 'x'.repeat(201) }, kind), 'stack_group');
    assert.match(place({ type: 'tiers', tiers: [{ from: 5, amount: 1, basis_points: 0 }, { from: 5, amount: 1, basis_points: 0 }] }, kind),
                 /^tiers\.1\./);
  }
  assert.deepEqual(['/rule/ends_at', '/rule/tiers/2/from', '/name', '/valid_days', '/rule/include/product_ids/0', '/elsewhere'].map(field_of),
                   ['ends_at', 'tiers.2.from', 'name', 'valid_days', 'include', null]);
});

test('the sample cart holds what the rule covers, enough of it, and something else', () => {
  const covered = { ...no_ids, category_ids: [7] };
  assert.deepEqual(sample_for(rule({ include: covered, min_amount: 10000 }), shop), [
    { variant_id: 2, quantity: 3 }, { variant_id: 1, quantity: 1 },
  ]);
  const groups = sample_for(rule({ type: 'buy_x_get_y', target: 'item', buy: 3, get: 1, include: covered }), shop);
  assert.deepEqual(groups[0], { variant_id: 2, quantity: 4 });
  assert.deepEqual(sample_for(rule({}), { ...shop, variants: [variant(1, 10000, { stock: 0 })] }), []);
});

test('the preview says what the rule takes off, line by line, beside what else applies', () => {
  const lines = [{ variant_id: 1, quantity: 2 }, { variant_id: 3, quantity: 1 }];
  const others = { ...shop, promotions: [rule({ id: 9, target: 'item', type: 'percent', basis_points: 5000 })] };
  const shown = preview(module, others, lines, rule({ amount: 1100 }), 'coupon', { now: 5, others: true });
  assert.deepEqual([shown.amount, shown.quote.total, shown.without.total], [1100, 12900, 14000]);
  assert.deepEqual([...shown.by_line], [[1, 1000], [3, 100]]);
  assert.equal(shown.rejection, null);
  const alone = preview(module, others, lines, rule({ amount: 1100 }), 'promotion', { now: 5, others: false });
  assert.deepEqual([alone.amount, alone.without.total], [1100, 25000]);
  // A promotion that is being edited takes its own place instead of applying twice.
  const edited = preview(module, others, lines, { ...others.promotions[0], basis_points: 1000 }, 'promotion', { now: 5, others: true });
  assert.deepEqual([edited.amount, edited.without.total], [2200, 25000]);
});

test('the preview says why there is nothing off, of promotions too, and looks at a rule when it holds', () => {
  const lines = [{ variant_id: 1, quantity: 2 }];
  for (const kind of ['coupon', 'promotion']) {
    const short = preview(module, shop, lines, rule({ amount: 1000, min_amount: 21000 }), kind, { now: 5, others: true });
    assert.deepEqual([short.amount, short.rejection.code, short.rejection.missing], [0, 'below_min_amount', 1000]);
    const later = preview(module, shop, lines, rule({ amount: 1000, starts_at: 500, ends_at: 900 }), kind, { now: 5, others: true });
    assert.deepEqual([later.amount, later.at], [1000, 500]);
    const past = preview(module, shop, lines, rule({ amount: 1000, starts_at: 500, ends_at: 900 }), kind, { now: 5000, others: true });
    assert.deepEqual([past.amount, past.at], [1000, 899]);
  }
});

const report = (more) => ({ step_ms: 60_000, steps: [{ at: 60_000, issued: 3 }, { at: 180_000, issued: 2 }],
                            campaign: { issued: 5, total_quantity: 10, starts_at: 60_000, ends_at: 600_000, ...more } });

test('the issue curve adds up the steps, lies flat between them, and ends now', () => {
  const curve = issue_curve(report(), [], 300_000);
  assert.deepEqual(curve.points.map(({ at, issued }) => [at / 60_000, issued]), [[1, 0], [2, 3], [3, 3], [4, 5], [5, 5]]);
  assert.deepEqual([curve.from, curve.to, curve.total], [60_000, 300_000, 10]);
  assert.equal(issue_curve(report(), [], 900_000).to, 600_000, 'it ends with the campaign');
});

test('what the stream says goes on the curve at once, and what the report knows already doesn’t', () => {
  const live = [{ at: 290_000, issued: 4 }, { at: 300_000, issued: 6 }, { at: 310_000, issued: 8 }];
  const { points } = issue_curve(report(), live, 320_000);
  assert.deepEqual(points.slice(-3), [{ at: 300_000, issued: 6 }, { at: 310_000, issued: 8 }, { at: 320_000, issued: 8 }]);
  for (let i = 1; i < points.length; i++) assert.ok(points[i].at >= points[i - 1].at && points[i].issued >= points[i - 1].issued);
});

test('an entry of the log tells the fields that differ', () => {
  assert.deepEqual(differences({ a: 1, b: { c: [1, 2], d: null }, gone: 'x' }, { a: 1, b: { c: [1], d: 'new' }, list: [{ e: true }] }), [
    { path: 'b.c', before: '1, 2', after: '1' }, { path: 'b.d', before: '', after: 'new' },
    { path: 'list[1].e', before: null, after: 'true' }, { path: 'gone', before: 'x', after: null },
  ]);
  assert.deepEqual(differences(null, { id: 4 }), [{ path: 'id', before: null, after: '4' }]);
});

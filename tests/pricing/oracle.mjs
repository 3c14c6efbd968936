// An independent twin of the quote function, written from PRICING.md alone: clarity before speed.
//
//   quote(text) -> string                      the exact bytes of the answer, but for the fingerprint
//   without_fingerprint(answer) -> string      the answer with its fingerprint blanked, for comparison
//
// Choices where the page is silent (those of validation stand in read_request.mjs):
// - amount_overflow carries no path. Lines that are not counted cannot overflow: their money is 0.
// - A picked line coupon with a named line is refused for the earliest accepted coupon that stands in its way
//   for any reason, be it exclusivity or the line. An accepted coupon without effect still keeps its place
//   against later ones.
// - Unknown picks are listed in the order of the picks.

import { apply_all, by_priority, Discounts, first_best } from './apply.mjs';
import { AmountOverflow, compare, sum } from './numbers.mjs';
import { InvalidRequest, read_request } from './read_request.mjs';

const BLANK_FINGERPRINT = '0000000000000000';

export function without_fingerprint(answer_text) {
  return answer_text.replace(/"fingerprint":"[0-9a-f]{16}"\}$/, `"fingerprint":"${BLANK_FINGERPRINT}"}`);
}

// ---- Lines ----

function problems_of(line, variant) {
  if (!line.selected) return [];
  if (variant === undefined) return [{ code: 'unknown_variant' }];
  const problems = [];
  if (!variant.active) problems.push({ code: 'inactive' });
  if (line.quantity > variant.stock) problems.push({ code: 'insufficient_stock', available: variant.stock });
  if (variant.max_quantity > 0n && line.quantity > variant.max_quantity) {
    problems.push({ code: 'over_max_quantity', max_quantity: variant.max_quantity });
  }
  return problems;
}

function build_lines(request) {
  const variants = new Map(request.variants.map((variant) => [variant.id, variant]));
  return request.lines.map((line) => {
    const variant = variants.get(line.variant_id);
    const counted = line.selected && variant !== undefined && variant.active;
    const unit_price = variant?.unit_price ?? 0n;
    return {
      ...line,
      product_id: variant?.product_id ?? 0n,
      unit_price,
      category_ids: variant?.category_ids ?? [],
      tax_class: variant?.tax_class ?? '',
      counted,
      gross: counted ? unit_price * line.quantity : 0n,
      problems: problems_of(line, variant),
    };
  });
}

// ---- Eligibility ----

const filter_sets = (filter) => ({
  products: new Set(filter.product_ids),
  categories: new Set(filter.category_ids),
  variants: new Set(filter.variant_ids),
  empty: filter.product_ids.length + filter.category_ids.length + filter.variant_ids.length === 0,
});
const matches_any = (sets, line) =>
  sets.products.has(line.product_id) ||
  sets.variants.has(line.variant_id) ||
  line.category_ids.some((category_id) => sets.categories.has(category_id));

/** The indexes of the lines in a rule's scope, in line order. */
function scope_of(rule, lines) {
  const include = filter_sets(rule.include);
  const exclude = filter_sets(rule.exclude);
  const indexes = [...lines.keys()];
  return indexes.filter((index) => {
    const line = lines[index];
    return line.counted && (include.empty || matches_any(include, line)) && !matches_any(exclude, line);
  });
}

/** Checks 3 to 7: null, or the rejection. */
function rule_rejection(rule, scope, request, lines) {
  if (rule.starts_at !== null && rule.starts_at > request.now) return { code: 'not_started' };
  if (rule.ends_at !== null && rule.ends_at <= request.now) return { code: 'ended' };
  if (rule.first_order_only && request.customer.paid_orders > 0n) return { code: 'not_first_order' };
  if (scope.length === 0) return { code: 'no_eligible_items' };
  const units = sum(scope.map((index) => lines[index].quantity));
  if (units < rule.min_quantity) return { code: 'below_min_quantity', missing: rule.min_quantity - units };
  const gross = sum(scope.map((index) => lines[index].gross));
  if (gross < rule.min_amount) return { code: 'below_min_amount', missing: rule.min_amount - gross };
  return null;
}

/** Checks 1 to 7: null when the coupon is usable, or the rejection. */
function coupon_rejection(coupon, scope, request, lines) {
  if (coupon.status === 'USED') return { code: 'used' };
  if (coupon.status === 'EXPIRED') return { code: 'expired' };
  if (coupon.expires_at !== null && coupon.expires_at <= request.now) return { code: 'expired' };
  return rule_rejection(coupon.rule, scope, request, lines);
}

/** Everything about a request that does not depend on which coupons are chosen. */
function prepare(request) {
  const lines = build_lines(request);
  const promotions = request.promotions
    .map((rule) => ({ source: 'promotion', id: rule.id, rule, scope: scope_of(rule, lines) }))
    .filter(({ rule, scope }) => rule_rejection(rule, scope, request, lines) === null)
    .sort(by_priority);
  const wallet = request.coupons.map((coupon) => {
    const scope = scope_of(coupon.rule, lines);
    const rejection = coupon_rejection(coupon, scope, request, lines);
    return { source: 'coupon', id: coupon.id, rule: coupon.rule, scope, rejection };
  });
  return { request, lines, promotions, wallet };
}

// ---- Stacking and choice ----

const exclusivity_blocks = (accepted, candidate) => accepted.rule.exclusive || candidate.rule.exclusive;
const place_blocks = (accepted, candidate, line) => {
  if (accepted.rule.target !== candidate.rule.target) return false;
  if (candidate.rule.target === 'line') return accepted.line === line;
  return accepted.rule.stack_group === candidate.rule.stack_group;
};
const blocks = (accepted, candidate, line) =>
  exclusivity_blocks(accepted, candidate) || place_blocks(accepted, candidate, line);

/** One pick against those already accepted: { line } or { rejection }. */
function admit(entry, named_variant, accepted, { request, lines }) {
  if (entry.rejection !== null) return { rejection: entry.rejection };
  const refuse = (blocker) => ({ rejection: { code: 'cannot_combine', with: blocker.id } });
  if (entry.rule.target !== 'line') {
    const blocker = accepted.find((other) => blocks(other, entry, null));
    return blocker === undefined ? { line: null } : refuse(blocker);
  }
  if (named_variant !== null) {
    const line = entry.scope.find((index) => lines[index].variant_id === named_variant);
    if (line === undefined) return { rejection: { code: 'no_eligible_items' } };
    const blocker = accepted.find((other) => blocks(other, entry, line));
    return blocker === undefined ? { line } : refuse(blocker);
  }
  const blocker = accepted.find((other) => exclusivity_blocks(other, entry));
  if (blocker !== undefined) return refuse(blocker);
  const holder = (index) => accepted.find((other) => other.rule.target === 'line' && other.line === index);
  const free = entry.scope.filter((index) => holder(index) === undefined);
  if (free.length === 0) return refuse(holder(entry.scope[0]));
  const discounts = new Discounts(request.shop.discount_multiple);
  return { line: first_best(free, (index) => discounts.line(entry.rule, lines[index].gross)) };
}

function choose_listed(prepared) {
  const accepted = [];
  const rejections = new Map();
  const unknown = [];
  const wallet = new Map(prepared.wallet.map((entry) => [entry.id, entry]));
  for (const pick of prepared.request.choice.coupons) {
    const entry = wallet.get(pick.id);
    if (entry === undefined) {
      unknown.push({ id: pick.id, code: 'unknown_coupon' });
      continue;
    }
    const { line, rejection } = admit(entry, pick.variant_id, accepted, prepared);
    if (rejection !== undefined) rejections.set(entry.id, rejection);
    else accepted.push({ ...entry, line });
  }
  return { chosen: accepted, rejections, unknown, result: apply_all(prepared, accepted) };
}

/** Every legal set of usable coupons with every assignment of line coupons to lines; coupons in id order. */
function* legal_sets(candidates, chosen = []) {
  yield chosen;
  for (const [k, entry] of candidates.entries()) {
    const places = entry.rule.target === 'line' ? entry.scope : [null];
    for (const line of places) {
      if (chosen.some((other) => blocks(other, entry, line))) continue;
      yield* legal_sets(candidates.slice(k + 1), [...chosen, { ...entry, line }]);
    }
  }
}

function compare_lists(a, b) {
  for (let k = 0; k < a.length; k += 1) if (a[k] !== b[k]) return a[k] < b[k] ? -1 : 1;
  return 0;
}

const compare_choices = (a, b) =>
  compare(a.result.money.total, b.result.money.total) ||
  a.chosen.length - b.chosen.length ||
  compare_lists(
    a.chosen.map(({ id }) => id),
    b.chosen.map(({ id }) => id),
  ) ||
  compare_lists(
    a.chosen.map(({ line }) => line ?? 0),
    b.chosen.map(({ line }) => line ?? 0),
  );

function choose_best(prepared) {
  const usable = prepared.wallet
    .filter((entry) => entry.rejection === null)
    .sort((a, b) => compare(a.id, b.id));
  let best = null;
  for (const chosen of legal_sets(usable)) {
    try {
      const candidate = { chosen, result: apply_all(prepared, chosen) };
      if (best === null || compare_choices(candidate, best) < 0) best = candidate;
    } catch (error) {
      if (!(error instanceof AmountOverflow)) throw error;
    }
  }
  if (best === null) throw new AmountOverflow();
  return { ...best, rejections: new Map(), unknown: [] };
}

function choose(prepared) {
  switch (prepared.request.choice.mode) {
    case 'none':
      return { chosen: [], rejections: new Map(), unknown: [], result: apply_all(prepared, []) };
    case 'listed':
      return choose_listed(prepared);
    case 'best':
      return choose_best(prepared);
  }
}

// ---- Answer ----

function rejected_list({ wallet }, { chosen, rejections, unknown, result }) {
  const accepted = new Set(chosen.map(({ id }) => id));
  const effective = new Set(result.applied.filter(({ source }) => source === 'coupon').map(({ id }) => id));
  const rejection_of = (entry) => {
    if (accepted.has(entry.id)) return effective.has(entry.id) ? null : { code: 'no_effect' };
    return rejections.get(entry.id) ?? entry.rejection ?? { code: 'not_selected' };
  };
  const known = wallet
    .map((entry) => ({ id: entry.id, rejection: rejection_of(entry) }))
    .filter(({ rejection }) => rejection !== null)
    .map(({ id, rejection }) => ({ id, ...rejection }));
  return [...known, ...unknown];
}

function answer_of(prepared, choice) {
  const { request, lines } = prepared;
  const { remaining, booked, applied, taxes, money } = choice.result;
  const selected = lines.filter((line) => line.selected);
  return {
    currency: request.shop.currency,
    orderable: lines.some((line) => line.counted) && selected.every((line) => line.problems.length === 0),
    optimal: true,
    lines: lines.map((line, index) => ({
      variant_id: line.variant_id,
      product_id: line.product_id,
      quantity: line.quantity,
      unit_price: line.unit_price,
      selected: line.selected,
      counted: line.counted,
      gross: line.gross,
      discount: line.gross - remaining[index],
      net: remaining[index],
      tax: taxes[index],
      problems: line.problems,
      discounts: booked[index],
    })),
    applied,
    rejected: rejected_list(prepared, choice),
    ...money,
    fingerprint: BLANK_FINGERPRINT,
  };
}

function write_json(value) {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(write_json).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `"${key}":${write_json(item)}`)
    .join(',')}}`;
}

export function quote(text) {
  try {
    const request = read_request(text);
    const prepared = prepare(request);
    return write_json(answer_of(prepared, choose(prepared)));
  } catch (error) {
    if (error instanceof InvalidRequest)
      return write_json({ error: { code: 'invalid_request', path: error.path } });
    if (error instanceof AmountOverflow) return write_json({ error: { code: 'amount_overflow' } });
    throw error;
  }
}

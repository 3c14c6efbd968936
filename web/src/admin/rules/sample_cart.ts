// The editor's sample cart: what a rule takes off from it, priced by the module as a shopper's cart is.

import type { Quote, Rejection, Rule, RuleKind, ShopRules, Variant } from '../../api_types';
import type { Cartwright, Failure, QuoteRequest } from 'cartwright';

export interface SampleLine { variant_id: number; quantity: number }

export interface SampleShop { shop: ShopRules; variants: Variant[]; promotions: Rule[] }

export interface Preview {
  /** With the rule, and the same cart without it. */
  quote: Quote;
  without: Quote;
  /** What the rule takes off, by itself and from each line. */
  amount: number;
  by_line: Map<number, number>;
  /** Why it takes off nothing. */
  rejection: Rejection | null;
  /** The moment it was priced at: now, or the nearest one at which the rule holds. */
  at: number;
}

const PREVIEW_COUPON = 1;
/** A new promotion comes after those there are: it will have the largest id. */
const NEW_PROMOTION = Number.MAX_SAFE_INTEGER;
const UNITS_MOST = 20;

/** A cart on which a rule can be seen: two things that it covers, enough of them, and one that it doesn't. */
export function sample_for(rule: Rule, { variants }: SampleShop): SampleLine[] {
  const sold = variants.filter((variant) => variant.active && variant.stock > 0 && variant.unit_price > 0);
  const covered: Variant[] = [];
  let other: Variant | undefined;
  for (const variant of sold) {
    if (!covers(rule, variant)) other ??= variant;
    else if (covered.length < 2
      && !covered.some(({ product_id }) => product_id === variant.product_id)) covered.push(variant);
    if (covered.length === 2 && other) break;
  }
  const wanted = Math.max(rule.type === 'buy_x_get_y' ? rule.buy + rule.get : 1, rule.min_quantity, 1);
  const top_tier = Math.max(0, ...rule.tiers.map((tier) => tier.from));
  const amount = Math.max(rule.min_amount, top_tier);
  const each = covered.reduce((sum, variant) => sum + variant.unit_price, 0);
  const quantity = Math.max(Math.ceil(wanted / Math.max(1, covered.length)), each > 0 ? Math.ceil(amount / each) : 1);
  const most = (variant: Variant): number => Math.min(variant.stock, variant.max_quantity || variant.stock, UNITS_MOST);
  return [
    ...covered.map((variant) => ({ variant_id: variant.id, quantity: Math.min(quantity, most(variant)) })),
    ...(other ? [{ variant_id: other.id, quantity: 1 }] : []),
  ];
}

function covers({ include, exclude }: Rule, variant: Variant): boolean {
  const matches = ({ product_ids, category_ids, variant_ids }: Rule['include']): boolean =>
    variant_ids.includes(variant.id) || product_ids.includes(variant.product_id)
    || variant.category_ids.some((id) => category_ids.includes(id));
  const any = include.product_ids.length + include.category_ids.length + include.variant_ids.length;
  return (any === 0 || matches(include)) && !matches(exclude);
}

/** `others`: whether the shop's promotions apply too, as they will. */
export function preview(module: Cartwright, shop: SampleShop, lines: SampleLine[], rule: Rule, kind: RuleKind,
                        { now, others }: { now: number; others: boolean }): Preview | { error: Failure } {
  const at = Math.max(Math.min(now, (rule.ends_at ?? Infinity) - 1), rule.starts_at ?? 0, 0);
  const own_id = rule.id || NEW_PROMOTION;
  const wanted = new Set(lines.map((line) => line.variant_id));
  const promotions = others ? shop.promotions.filter(({ id }) => id !== own_id) : [];
  const base: QuoteRequest = {
    now: at, shop: shop.shop, variants: shop.variants.filter(({ id }) => wanted.has(id)), lines, promotions,
  };
  const as_coupon: QuoteRequest = {
    ...base, coupons: [{ id: PREVIEW_COUPON, rule: { ...rule, id: own_id } }],
    choice: { mode: 'listed', coupons: [{ id: PREVIEW_COUPON }] },
  };
  const request = kind === 'coupon' ? as_coupon : { ...base, promotions: [...promotions, { ...rule, id: own_id }] };
  const quote = module.quote(request);
  if ('error' in quote) return quote;
  const without = module.quote(base);
  if ('error' in without) return without;
  const id = kind === 'coupon' ? PREVIEW_COUPON : own_id;
  const is_own = (entry: { source: string; id: number }): boolean => entry.source === kind && entry.id === id;
  const by_line = new Map(quote.lines.map((line) => [
    line.variant_id, line.discounts.filter(is_own).reduce((sum, { amount }) => sum + amount, 0),
  ]));
  const amount = quote.applied.filter(is_own).reduce((sum, applied) => sum + applied.amount, 0);
  return { quote, without, amount, by_line, rejection: amount > 0 ? null : why_not(module, as_coupon), at };
}

/** Promotions that take off nothing don't say why; as a coupon the same rule does. */
function why_not(module: Cartwright, as_coupon: QuoteRequest): Rejection | null {
  const answer = module.quote(as_coupon);
  if ('error' in answer) return null;
  return answer.rejected[0] ?? { id: PREVIEW_COUPON, code: 'no_effect' };
}

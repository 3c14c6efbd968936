// What comes back when units of a paid order do: the rule of core/refund.h, so that the shopper sees the amount before
// asking. Every unit's share is fixed when the order is made: floor(whole * units / quantity), one less the other. The
// server computes it again; what it answers is what is shown afterwards. That both are the same is tested against a real
// server: tests/integration/refund_shown.test.mjs.

import type { Order } from '../api_types';

/** Units to refund by variant. */
export type Units = ReadonlyMap<number, number>;

export interface RefundPlan {
  amount: number;
  /** The shipping charge with its tax, once no unit is left. */
  shipping: number;
  /** No unit is left after it. */
  whole: boolean;
  /** What each line's chosen units are worth, by variant. */
  parts: Map<number, number>;
}

// The product may be larger than a double holds exactly.
const cumulative_share = (whole: number, units: number, quantity: number): number =>
  Number((BigInt(whole) * BigInt(units)) / BigInt(quantity));
const refund_share = (whole: number, quantity: number, refunded: number, units: number): number =>
  cumulative_share(whole, refunded + units, quantity) - cumulative_share(whole, refunded, quantity);

/** Tax that comes on top is a part of the total beside the prices. */
const has_added_tax = (order: Order): boolean =>
  order.total > order.merchandise + order.shipping_fee - order.shipping_discount;

export function plan_refund(order: Order, units: Units): RefundPlan {
  const added = has_added_tax(order) ? 1 : 0;
  const plan: RefundPlan = { amount: 0, shipping: order.total, whole: true, parts: new Map() };
  for (const item of order.items) {
    const wanted = units.get(item.variant_id) ?? 0;
    const share = (whole: number): number => refund_share(whole, item.quantity, item.refunded_quantity, wanted);
    const worth = share(item.net) + added * share(item.tax);
    plan.parts.set(item.variant_id, worth);
    plan.amount += worth;
    plan.shipping -= item.net + added * item.tax; // what isn't the lines' is the shipping's
    plan.whole &&= item.refunded_quantity + wanted === item.quantity;
  }
  if (plan.whole) plan.amount += plan.shipping;
  else plan.shipping = 0;
  return plan;
}

export const units_left = (order: Order): number =>
  order.items.reduce((sum, item) => sum + item.quantity - item.refunded_quantity, 0);

/** Until when an order may be returned: null for ever (it hasn't left, or is on its way), 0 not at all. */
export function return_deadline(order: Order, return_days: number): number | null {
  if (order.status === 'PAID') return null;
  if (order.status === 'SHIPPING') return return_days === 0 ? 0 : null;
  const delivered = order.shipments.at(-1)?.delivered_at;
  return order.status === 'DELIVERED' && delivered ? delivered + return_days * 86_400_000 : 0;
}

// The carts and rules that are priced: the same lines and rules for whoever is measured. KRW, prices in steps of 100.

const NOW = 1_760_000_000_000;
const CATEGORIES = 4;

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const category_of = (index) => (index % CATEGORIES) + 1;
const one_category = (index) => ({ category_ids: [category_of(index)] });

function cart(line_count) {
  return {
    now: NOW,
    shop: {
      currency: 'KRW',
      shipping: { fee: 3000, free_from: 50_000 },
      tax: { rates: [{ class: 'standard', basis_points: 1000 }] },
    },
    customer: { paid_orders: 3 },
    variants: times(line_count, (index) => ({
      id: index + 1,
      product_id: index + 1,
      unit_price: 5000 + ((index * 7919) % 300) * 100,
      stock: 1000,
      category_ids: [category_of(index)],
    })),
    lines: times(line_count, (index) => ({ variant_id: index + 1, quantity: (index % 3) + 1 })),
  };
}

/** Ten kinds of rule in turn: promotions and coupons, each target, most types, half of them for a part of the cart. */
const MIXED = [
  (index) => ({ promotion: { target: 'item', type: 'percent', basis_points: 300, include: one_category(index) } }),
  () => ({ coupon: { target: 'order', type: 'percent', basis_points: 200, max_discount: 5000 } }),
  () => ({ promotion: { target: 'item', type: 'fixed', amount: 50 } }),
  (index) => ({ coupon: { target: 'line', type: 'percent', basis_points: 1000, include: one_category(index) } }),
  () => ({ promotion: { target: 'item', type: 'buy_x_get_y', buy: 4, get: 1, basis_points: 1000 } }),
  () => ({ coupon: { target: 'item', type: 'percent', basis_points: 200, max_discount: 3000 } }),
  (index) => ({ promotion: { target: 'line', type: 'fixed', amount: 1000, include: one_category(index) } }),
  () => ({ coupon: { target: 'order', type: 'fixed', amount: 1000, min_amount: 20_000 } }),
  () => ({ promotion: { target: 'order', type: 'tiers', tiers: [{ from: 0, amount: 100 }, { from: 90_000, basis_points: 100 }] } }),
  () => ({ coupon: { target: 'shipping', type: 'free' } }),
];

/** A cart with rules of all kinds, its coupons picked one by one. */
export function mixed_request(line_count, rule_count) {
  const request = { ...cart(line_count), promotions: [], coupons: [] };
  for (let index = 0; index < rule_count; index += 1) {
    const { promotion, coupon } = MIXED[index % MIXED.length](index);
    const id = index + 1;
    if (promotion) request.promotions.push({ id, ...promotion });
    else request.coupons.push({ id, rule: { id, stack_group: `group ${id}`, ...coupon } });
  }
  request.choice = { mode: 'listed', coupons: request.coupons.map(({ id }) => ({ id })) };
  return request;
}

/**
 * A cart with the rules that Medusa has too, in the order in which it applies them: amounts off items, percentages off
 * items (every other one for a part of the cart), percentages off the order.
 */
export function common_request(line_count, rule_count) {
  const promotions = times(rule_count, (index) => {
    const id = index + 1;
    if (id > rule_count * 0.8) return { id, target: 'order', type: 'percent', basis_points: 200 };
    const include = index % 2 === 1 ? one_category(index >> 1) : {};
    if (id > rule_count * 0.4) return { id, target: 'item', type: 'percent', basis_points: 300, include };
    return { id, target: 'item', type: 'fixed', amount: 50, include };
  });
  return { ...cart(line_count), promotions };
}

/** A cart with one coupon of 10 % off the order. */
export function coupon_request(line_count) {
  const rule = { id: 1, target: 'order', type: 'percent', basis_points: 1000 };
  return { ...cart(line_count), coupons: [{ id: 1, rule }], choice: { mode: 'listed', coupons: [{ id: 1 }] } };
}

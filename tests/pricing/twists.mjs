// Changes that push a valid request to its limits: extreme amounts, equal remainders, huge groups.

const MAX_AMOUNT = Number.MAX_SAFE_INTEGER;
const MILLION = 1_000_000;

/** name -> (request) -> void. The request stays valid; its quote may overflow. */
export function make_twists({ between, chance, pick, times }) {
  const rules_of = (request) => [...request.promotions, ...request.coupons.map(({ rule }) => rule)];
  const extreme = () =>
    pick([
      MAX_AMOUNT,
      MAX_AMOUNT - 1,
      2 ** 52,
      2 ** 50 + 1,
      7_000_000_000_000_000,
      between(0, MAX_AMOUNT),
      0,
      1,
    ]);
  const extreme_count = () => pick([1, 2, 3, MILLION, MILLION - 1, between(1, MILLION)]);
  /** Two amounts that add up to the largest legal one, or one more. */
  const split_of_limit = () => {
    const first = between(0, MAX_AMOUNT);
    return [first, Math.min(MAX_AMOUNT, MAX_AMOUNT - first + between(0, 1))];
  };

  return {
    prices(request) {
      for (const variant of request.variants) {
        if (chance(60)) variant.unit_price = chance(50) ? extreme() : between(0, 2 ** 40);
      }
    },
    quantities(request) {
      for (const line of request.lines) line.quantity = extreme_count();
      for (const variant of request.variants)
        variant.unit_price = between(0, pick([3, 90_000, 9_000_000_000]));
    },
    sum_at_the_limit(request) {
      const [first, second] = split_of_limit();
      request.variants = [first, second].map((unit_price, k) => ({
        id: k + 1,
        product_id: 1,
        unit_price,
        stock: 9,
      }));
      request.lines = [
        { variant_id: 1, quantity: 1 },
        { variant_id: 2, quantity: 1 },
      ];
    },
    fee_at_the_limit(request) {
      const [first, fee] = split_of_limit();
      request.variants = [{ id: 1, product_id: 1, unit_price: first, stock: 9 }];
      request.lines = [{ variant_id: 1, quantity: 1 }];
      request.shop.shipping = { fee };
    },
    tax_at_the_limit(request) {
      const basis_points = pick([1, 5000, 10_000, 90_000, 100_000]);
      const net = Math.floor((MAX_AMOUNT / (10_000 + (basis_points === 1 ? 0 : basis_points))) * 10_000);
      request.variants = [
        { id: 1, product_id: 1, unit_price: Math.min(MAX_AMOUNT, net + between(-2, 2)), stock: 9 },
      ];
      request.lines = [{ variant_id: 1, quantity: 1 }];
      request.shop.tax = {
        mode: pick(['inclusive', 'exclusive']),
        rates: [{ class: 'standard', basis_points }],
      };
    },
    zero_prices(request) {
      for (const variant of request.variants) if (chance(70)) variant.unit_price = 0;
    },
    equal_remainders(request) {
      const unit_price = pick([1, 2, 3, 7, 100, 333, 2 ** 40]);
      for (const variant of request.variants) variant.unit_price = unit_price;
      for (const line of request.lines) line.quantity = 1;
      request.shop.discount_multiple = 1;
    },
    equal_priorities(request) {
      for (const rule of rules_of(request)) rule.priority = pick([-MILLION, 0, 0, MILLION]);
    },
    huge_rules(request) {
      for (const rule of rules_of(request)) {
        if (rule.type === 'fixed') rule.amount = extreme();
        if (chance(50)) rule.max_discount = extreme();
        if (rule.type === 'buy_x_get_y') {
          Object.assign(rule, {
            buy: extreme_count(),
            get: extreme_count(),
            max_groups: pick([0, 1, MILLION]),
          });
        }
        if (chance(20)) rule.min_amount = extreme();
        if (chance(20)) rule.min_quantity = between(0, MILLION);
        if (chance(10)) rule.starts_at = pick([-MAX_AMOUNT, MAX_AMOUNT]);
        if (chance(10)) rule.ends_at = pick([-MAX_AMOUNT, MAX_AMOUNT]);
      }
    },
    odd_steps(request) {
      request.shop.discount_multiple = pick([7, 99, 999_983, MILLION]);
    },
    large_ids(request) {
      const move = (id) => MAX_AMOUNT - id;
      for (const variant of request.variants) variant.id = move(variant.id);
      for (const line of request.lines) line.variant_id = move(line.variant_id);
      for (const pick_ of request.choice.coupons)
        if (pick_.variant_id) pick_.variant_id = move(pick_.variant_id);
    },
    many_tax_classes(request) {
      request.shop.tax = {
        mode: 'exclusive',
        rates: times(50, (k) => ({ class: `c${k}`, basis_points: k * 7 + 1 })),
      };
      for (const variant of request.variants) variant.tax_class = `c${between(0, 55)}`;
    },
    early(request) {
      request.now = pick([0, -1, -MAX_AMOUNT, MAX_AMOUNT]);
    },
  };
}

// Applies promotions and chosen coupons to the lines: PRICING.md "Applying", and the sums of "Answer".

import { allocate, cap, check_range, compare, floor_to, max, min, round_half_up, sum } from './numbers.mjs';

/** The order inside a level: priority, then id. */
export const by_priority = (a, b) => compare(a.rule.priority, b.rule.priority) || compare(a.id, b.id);

/** The discounts of one rule at each level; apply_all books them. */
export class Discounts {
  constructor(step) {
    this.step = step;
  }

  fixed(amount) {
    return floor_to(amount, this.step);
  }

  percent(base, basis_points) {
    return floor_to((base * basis_points) / 10_000n, this.step);
  }

  /** Per line in scope. */
  item(rule, lines, remaining) {
    const discounts = this.item_before_cap(rule, lines, remaining);
    if (rule.max_discount === null || sum(discounts) <= rule.max_discount) return discounts;
    return allocate(rule.max_discount, discounts);
  }

  item_before_cap(rule, lines, remaining) {
    if (rule.type === 'buy_x_get_y') return this.buy_x_get_y(rule, lines, remaining);
    return lines.map((line, k) =>
      rule.type === 'percent'
        ? this.percent(remaining[k], rule.basis_points)
        : min(this.fixed(rule.amount) * line.quantity, remaining[k]),
    );
  }

  buy_x_get_y(rule, lines, remaining) {
    const size = rule.buy + rule.get;
    const complete = sum(lines.map((line) => line.quantity)) / size;
    const groups = rule.max_groups === 0n ? complete : min(complete, rule.max_groups);
    // How many of the first n units of the row are discounted.
    const discounted_before = (n) => {
      const in_groups = min(n, groups * size);
      return (in_groups / size) * rule.get + max(0n, (in_groups % size) - rule.buy);
    };
    const row = [...lines.keys()].sort((a, b) => compare(lines[b].unit_price, lines[a].unit_price) || a - b);
    const discounts = lines.map(() => 0n);
    let position = 0n;
    for (const k of row) {
      const { quantity, unit_price } = lines[k];
      const units = discounted_before(position + quantity) - discounted_before(position);
      discounts[k] = min(units * this.percent(unit_price, rule.basis_points), remaining[k]);
      position += quantity;
    }
    return discounts;
  }

  /** Off one line that is worth `base`. */
  line(rule, base) {
    const discount =
      rule.type === 'percent' ? this.percent(base, rule.basis_points) : this.fixed(rule.amount);
    return cap(min(discount, base), rule.max_discount);
  }

  /** Off the order. */
  order(rule, gross, base) {
    const discount =
      rule.type === 'tiers'
        ? this.tier(rule.tiers, gross, base)
        : rule.type === 'percent'
          ? this.percent(base, rule.basis_points)
          : this.fixed(rule.amount);
    return min(cap(discount, rule.max_discount), base);
  }

  tier(tiers, gross, base) {
    const tier = tiers.findLast(({ from }) => from <= gross);
    if (tier === undefined) return 0n;
    return tier.amount > 0n ? this.fixed(tier.amount) : this.percent(base, tier.basis_points);
  }

  /** Off what is left of the shipping fee. */
  shipping(rule, rest) {
    const discount =
      rule.type === 'free'
        ? rest
        : rule.type === 'percent'
          ? this.percent(rest, rule.basis_points)
          : this.fixed(rule.amount);
    return min(cap(discount, rule.max_discount), rest);
  }
}

export function first_best(indexes, worth) {
  let best = indexes[0];
  for (const index of indexes) if (worth(index) > worth(best)) best = index;
  return best;
}

/** Applies promotions and the chosen coupons ({ ...wallet entry, line: index or null }). */
export function apply_all({ request, lines, promotions }, chosen) {
  const { shop } = request;
  const discounts = new Discounts(shop.discount_multiple);
  const remaining = lines.map((line) => line.gross);
  const booked = lines.map(() => []);
  const applied = [];
  let shipping_fee = 0n;
  let shipping_rest = 0n;

  const book = (entry, scope, amounts) => {
    scope.forEach((index, k) => {
      if (amounts[k] === 0n) return;
      remaining[index] -= amounts[k];
      booked[index].push({ source: entry.source, id: entry.id, amount: amounts[k] });
    });
  };
  const apply = {
    item(entry) {
      const in_scope = entry.scope.map((index) => lines[index]);
      const amounts = discounts.item(
        entry.rule,
        in_scope,
        entry.scope.map((index) => remaining[index]),
      );
      book(entry, entry.scope, amounts);
      return sum(amounts);
    },
    line(entry) {
      const index = target_line(entry);
      const amount = discounts.line(entry.rule, remaining[index]);
      book(entry, [index], [amount]);
      return amount;
    },
    order(entry) {
      const weights = entry.scope.map((index) => remaining[index]);
      const gross = sum(entry.scope.map((index) => lines[index].gross));
      const amount = discounts.order(entry.rule, gross, sum(weights));
      book(entry, entry.scope, allocate(amount, weights));
      return amount;
    },
    shipping(entry) {
      const amount = discounts.shipping(entry.rule, shipping_rest);
      shipping_rest -= amount;
      return amount;
    },
  };
  const target_line = (entry) =>
    entry.source === 'coupon'
      ? entry.line
      : first_best(entry.scope, (index) => discounts.line(entry.rule, remaining[index]));

  const coupons = [...chosen].sort(by_priority);
  for (const target of ['item', 'line', 'order', 'shipping']) {
    if (target === 'shipping') shipping_fee = shipping_rest = fee_of(shop.shipping, lines, remaining);
    for (const entry of [...promotions, ...coupons]) {
      if (entry.rule.target !== target) continue;
      const variant_id = target === 'line' ? lines[target_line(entry)].variant_id : null;
      const amount = apply[target](entry);
      if (amount === 0n) continue;
      applied.push({
        source: entry.source,
        id: entry.id,
        rule_id: entry.rule.id,
        target,
        amount,
        variant_id,
      });
    }
  }
  return totals(request, lines, { remaining, booked, applied, shipping_fee, shipping_rest });
}

function fee_of(shipping, lines, remaining) {
  if (!lines.some((line) => line.counted)) return 0n;
  if (shipping.free_from !== null && sum(remaining) >= shipping.free_from) return 0n;
  return shipping.fee;
}

/** The money of the answer, every amount range-checked. */
function totals(request, lines, { remaining, booked, applied, shipping_fee, shipping_rest }) {
  const { mode, rates } = request.shop.tax;
  const rate_of = new Map(rates.map((rate) => [rate.class, rate.basis_points]));
  const tax_on = (net, tax_class) => {
    const basis_points = rate_of.get(tax_class) ?? 0n;
    return round_half_up(net * basis_points, mode === 'inclusive' ? 10_000n + basis_points : 10_000n);
  };
  const taxes = lines.map((line, index) => tax_on(remaining[index], line.tax_class));
  const discount_at = (targets) =>
    sum(applied.filter(({ target }) => targets.includes(target)).map(({ amount }) => amount));
  const money = {
    subtotal: sum(lines.map((line) => line.gross)),
    item_discount: discount_at(['item', 'line']),
    order_discount: discount_at(['order']),
    merchandise: sum(remaining),
    shipping_fee,
    shipping_discount: shipping_fee - shipping_rest,
    tax: sum(taxes) + tax_on(shipping_rest, request.shop.shipping.tax_class),
  };
  money.total = money.merchandise + shipping_rest + (mode === 'exclusive' ? money.tax : 0n);
  [...lines.map((line) => line.gross), ...taxes, ...Object.values(money)].forEach(check_range);
  return { remaining, booked, applied, taxes, money };
}

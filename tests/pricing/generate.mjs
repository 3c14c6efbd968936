// Makes requests for comparing implementations of PRICING.md: the same seed gives the same texts.
//
//   const generator = make_generator(42);
//   generator.next_request({ kind: 'small' })  -> JSON text
//   generator.next_invalid()                   -> { text, path, breach }
//
// Kinds: see KINDS. Only `best_small` and `best_twins` use choice.mode `best`.
// From a shell, one request a line: node generate.mjs SEED COUNT [KIND]

import { fileURLToPath } from 'node:url';
import { break_request, malformed_text } from './breaches.mjs';
import { make_random, Raw, write_json } from './random.mjs';
import { make_twists } from './twists.mjs';

const MAX_AMOUNT = Number.MAX_SAFE_INTEGER;
const NOW = 1_760_000_000_000;

const VALID_KINDS = [
  'small',
  'picks',
  'uncounted',
  'adversarial',
  'spelling',
  'best_small',
  'best_twins',
  'max',
];
export const KINDS = [...VALID_KINDS, 'invalid', 'malformed'];
export const is_valid_kind = (kind) => VALID_KINDS.includes(kind);

/** Currencies with their exponent and a plausible price step in minor units. */
const CURRENCIES = [
  ['KRW', 100, 900],
  ['KRW', 10, 5000],
  ['JPY', 1, 9000],
  ['USD', 5, 4000],
  ['EUR', 1, 9999],
  ['BHD', 25, 900],
];

/** Rules share tiers and filters; what is to be broken in one place must stand in one place. */
const without_sharing = (value) => JSON.parse(JSON.stringify(value));

export function make_generator(seed) {
  const random = make_random(seed);
  const { between, chance, pick, shuffle, some, times } = random;
  const twists = make_twists(random);

  // ---- shop, variants, lines ----

  const make_shop = (currency) => ({
    currency,
    discount_multiple: pick([1, 1, 10, 100, 1000]),
    shipping: pick([
      {},
      { fee: 3000, free_from: null },
      { fee: pick([1, 500, 2999, 3000]), free_from: between(0, 100_000) },
      { fee: 2500, tax_class: pick(['standard', 'reduced', 'none']) },
    ]),
    tax: pick([
      {},
      { rates: [{ class: 'standard', basis_points: 1000 }] },
      { mode: 'exclusive', rates: [{ class: 'standard', basis_points: pick([1, 825, 1000, 1900, 3333]) }] },
      {
        mode: pick(['inclusive', 'exclusive']),
        rates: [
          { class: 'reduced', basis_points: 500 },
          { class: 'standard', basis_points: between(0, 100_000) },
        ],
      },
    ]),
  });

  const make_variant = (id, [, step, steps]) => {
    const variant = {
      id,
      product_id: 100 + Math.ceil(id / 2),
      unit_price: between(0, steps) * step,
      stock: 1000,
    };
    if (chance(10)) variant.stock = between(0, 4);
    if (chance(10)) variant.max_quantity = between(0, 4);
    if (chance(60)) variant.category_ids = some([1, 2, 3, 4], between(0, 3));
    if (chance(15)) variant.tax_class = pick(['reduced', 'none', 'standard', '']);
    return variant;
  };

  /** A cart without rules. `odd` is the percentage of lines that may not count. */
  const make_cart = ({ most_lines = 8, odd = 6 }) => {
    const currency = pick(CURRENCIES);
    const shop = make_shop(currency[0]);
    const variants = times(between(1, most_lines + 2), (index) => make_variant(index + 1, currency));
    for (const variant of variants) if (chance(odd)) variant.active = false;
    const picked = some(variants, between(1, Math.min(most_lines, variants.length)));
    const lines = picked.map(({ id }) => ({ variant_id: id, quantity: between(1, pick([1, 3, 6])) }));
    for (const line of lines) {
      if (chance(odd)) line.variant_id += 1000;
      if (chance(odd)) line.selected = false;
    }
    const request = { now: NOW, shop, customer: { paid_orders: pick([0, 0, 1, 7]) }, variants, lines };
    if (chance(30)) delete request.customer;
    put_free_from_near_gross(request);
    return request;
  };

  const counted_gross = ({ variants, lines }) => {
    const by_id = new Map(variants.map((variant) => [variant.id, variant]));
    return lines.reduce((sum, { variant_id, quantity, selected = true }) => {
      const variant = by_id.get(variant_id);
      const counted = selected && variant !== undefined && variant.active !== false;
      return counted ? sum + variant.unit_price * quantity : sum;
    }, 0);
  };

  const near = (value) =>
    Math.min(
      MAX_AMOUNT,
      Math.max(
        0,
        pick([
          value,
          value,
          value - 1,
          value + 1,
          Math.floor(value / 2),
          Math.floor(value * 0.9),
          value - 1000,
          value + 1000,
        ]),
      ),
    );

  const put_free_from_near_gross = (request) => {
    if ((request.shop.shipping.free_from ?? null) !== null)
      request.shop.shipping.free_from = near(counted_gross(request));
  };

  // ---- rules ----

  const make_filter = ({ variants }) => {
    const filter = {};
    if (chance(50)) filter.category_ids = some([1, 2, 3, 4, 9], between(0, 2));
    if (chance(30)) filter.product_ids = some(variants, between(0, 2)).map(({ product_id }) => product_id);
    if (chance(30)) filter.variant_ids = some(variants, between(0, 2)).map(({ id }) => id);
    return filter;
  };

  const any_rate = () =>
    pick([1000, 1000, 500, 1500, 2000, 3000, 5000, 333, 1, 9999, 10_000, 0, between(0, 10_000)]);
  const any_amount = (gross) => pick([1000, 2000, 3000, 5000, 0, 1, 999, 12_345, gross, between(0, 30_000)]);

  const make_tiers = (gross) => {
    let from = pick([0, Math.floor(gross / 3)]);
    return times(between(1, 4), () => {
      const tier = chance(50)
        ? { from, amount: between(1, 20_000) }
        : { from, basis_points: between(1, 10_000) };
      if (chance(10)) Object.assign(tier, { amount: tier.amount ?? 0, basis_points: tier.basis_points ?? 0 });
      from = chance(40) ? Math.max(from + 1, near(gross)) : from + between(1, 20_000);
      return tier;
    });
  };

  const make_discount = (gross) => {
    const [target, type] = pick([
      ['item', 'percent'],
      ['item', 'fixed'],
      ['item', 'buy_x_get_y'],
      ['line', 'percent'],
      ['line', 'fixed'],
      ['order', 'percent'],
      ['order', 'fixed'],
      ['order', 'tiers'],
      ['shipping', 'percent'],
      ['shipping', 'fixed'],
      ['shipping', 'free'],
    ]);
    const discount = { target, type };
    if (type === 'fixed') discount.amount = any_amount(gross);
    if (type === 'percent') discount.basis_points = any_rate();
    if (type === 'tiers') discount.tiers = make_tiers(gross);
    if (type === 'buy_x_get_y') {
      Object.assign(discount, {
        buy: between(1, 3),
        get: between(1, 2),
        basis_points: pick([10_000, 10_000, any_rate()]),
      });
      if (chance(40)) discount.max_groups = between(0, 2);
    }
    if (chance(3)) Object.assign(discount, { amount: any_amount(gross), basis_points: any_rate() });
    return discount;
  };

  const make_rule = (id, request) => {
    const gross = counted_gross(request);
    const rule = { id, ...make_discount(gross) };
    if (chance(30)) rule.name = pick(['', 'Welcome', '봄맞이 할인', 'a "quoted" name', '😀']);
    if (chance(35)) rule.max_discount = pick([null, 0, 1, 999, 1000, 5000, between(0, 20_000)]);
    if (chance(40)) rule.include = make_filter(request);
    if (chance(15)) rule.exclude = make_filter(request);
    if (chance(25)) rule.min_amount = near(gross);
    if (chance(15)) rule.min_quantity = between(0, 8);
    if (chance(12)) rule.starts_at = NOW + pick([-1, 0, 1, -86_400_000]);
    if (chance(12)) rule.ends_at = NOW + pick([-1, 0, 1, 86_400_000]);
    if (chance(10)) rule.first_order_only = true;
    if (chance(40)) rule.priority = between(-2, 2);
    return rule;
  };

  const make_coupon = (id, request) => {
    const rule = make_rule(between(1, 20), request);
    if (chance(35)) rule.stack_group = pick(['', 'a', 'b']);
    if (chance(12)) rule.exclusive = true;
    const coupon = { id, rule };
    if (chance(12)) coupon.status = pick(['USED', 'EXPIRED', 'AVAILABLE']);
    if (chance(12)) coupon.expires_at = NOW + pick([-1, 0, 1, 86_400_000]);
    return coupon;
  };

  const add_rules = (request, { most_promotions = 6, most_coupons = 6 } = {}) => {
    const promotion_ids = some(
      times(20, (index) => index + 1),
      between(0, most_promotions),
    );
    const coupon_ids = some(
      times(20, (index) => index + 1),
      between(0, most_coupons),
    );
    request.promotions = promotion_ids.map((id) => make_rule(id, request));
    request.coupons = coupon_ids.map((id) => make_coupon(id, request));
    return request;
  };

  const add_picks = (request, { named = 30, unknown = 8 } = {}) => {
    const ids = shuffle(request.coupons.map(({ id }) => id)).filter(() => chance(75));
    if (chance(unknown)) ids.splice(between(0, ids.length), 0, 900 + between(0, 9));
    if (chance(unknown / 2)) ids.push(800 + between(0, 9));
    request.choice = {
      mode: 'listed',
      coupons: ids.map((id) => {
        if (!chance(named)) return { id };
        return { id, variant_id: chance(8) ? between(1, 2000) : pick(request.lines).variant_id };
      }),
    };
    if (chance(12)) request.choice.mode = 'none';
    return request;
  };

  // ---- kinds ----

  const small = () => add_picks(add_rules(make_cart({})));
  const uncounted = () => add_picks(add_rules(make_cart({ odd: 40 })));

  /** Many line coupons over few lines, named and not: stacking and its refusals. */
  const picks = () => {
    const request = add_rules(make_cart({ most_lines: 4, odd: 3 }), { most_promotions: 2, most_coupons: 12 });
    for (const { rule } of request.coupons) {
      if (chance(50)) Object.assign(rule, { target: 'line', type: pick(['fixed', 'percent']), tiers: [] });
      if (rule.target === 'line') Object.assign(rule, { amount: any_amount(5000), basis_points: any_rate() });
      if (chance(50)) rule.include = {};
      rule.min_amount = 0;
    }
    return add_picks(request, { named: 45, unknown: 25 });
  };

  const adversarial = () => {
    const request = small();
    for (const name of some(Object.keys(twists), pick([1, 1, 2]))) twists[name](request);
    return request;
  };

  /** Few lines and coupons, arranged so that taking the best coupon first often goes wrong. */
  const best_small = () => {
    const request = add_rules(make_cart({ most_lines: 5, odd: 3 }), { most_promotions: 2, most_coupons: 5 });
    if (chance(75))
      request.coupons = some(
        times(9, (index) => index + 1),
        between(2, 5),
      ).map((id) => tempting_coupon(id, request));
    if (chance(50)) {
      const free_from = Math.max(0, counted_gross(request) - pick([0, 0, 500, 1000, 2000, 5000]));
      request.shop.shipping = { fee: pick([1000, 3000, 5000]), free_from };
    }
    request.choice = { mode: 'best' };
    return request;
  };

  /** Usable and worth something, but capped, exclusive, free of shipping or in one group with its rivals. */
  const tempting_coupon = (id, request) => {
    const gross = counted_gross(request);
    const part = () => Math.ceil((gross * pick([5, 10, 15, 20, 30])) / 100);
    const rate = () => pick([1000, 1500, 2000, 3000, 5000]);
    const discount = pick([
      () => ({ target: 'order', type: 'fixed', amount: part(), stack_group: pick(['', '', 'a']) }),
      () => ({ target: 'order', type: 'percent', basis_points: rate(), stack_group: pick(['', '', 'a']) }),
      () => ({ target: 'item', type: 'percent', basis_points: rate(), include: make_filter(request) }),
      () => ({
        target: 'line',
        type: 'percent',
        basis_points: rate(),
        max_discount: chance(60) ? part() : null,
      }),
      () => ({ target: 'line', type: 'fixed', amount: part() }),
      () => ({ target: 'line', type: 'percent', basis_points: rate(), include: make_filter(request) }),
      () => ({ target: 'shipping', type: 'free' }),
      () => ({ target: 'order', type: 'fixed', amount: part() + part(), exclusive: true }),
    ])();
    return {
      id,
      rule: {
        id: id + 50,
        ...discount,
        priority: between(-1, 1),
        ...(chance(25) ? { min_amount: near(gross) } : {}),
      },
    };
  };

  /** `best` with many equal totals: twins of coupons and of lines, so that only the tie rules decide. */
  const best_twins = () => {
    const request = best_small();
    for (const variant of request.variants) variant.unit_price = pick([1000, 1000, 2000]);
    for (const line of request.lines) line.quantity = 1;
    const [first] = request.coupons;
    if (first !== undefined) {
      for (const coupon of request.coupons)
        if (chance(50)) coupon.rule = { ...first.rule, id: coupon.rule.id };
    }
    return request;
  };

  /** Every list as long as it may be. */
  const largest = () => {
    const variants = times(5000, (index) => make_variant(index + 1, CURRENCIES[0]));
    const lines = some(variants, 500).map(({ id }) => ({ variant_id: id, quantity: between(1, 3) }));
    const request = { now: NOW, shop: make_shop('KRW'), variants, lines };
    request.shop.tax = {
      rates: times(50, (index) => ({ class: index === 0 ? '가'.repeat(66) : `c${index}`, basis_points: 1 })),
    };
    request.promotions = times(200, (index) => make_rule(index + 1, request));
    request.coupons = times(200, (index) => make_coupon(index + 1, request));
    const [first] = request.promotions;
    Object.assign(first, {
      name: '가나'.repeat(33) + 'ab',
      include: { variant_ids: times(600, (index) => index + 1) },
    });
    first.exclude = {
      category_ids: times(200, (index) => index + 50),
      product_ids: times(200, (index) => index + 7000),
    };
    const { id } = request.promotions[1];
    const tiers = times(20, (index) => ({ from: index * 1000, basis_points: index + 1 }));
    request.promotions[1] = { id, target: 'order', type: 'tiers', tiers };
    request.choice = {
      mode: 'listed',
      coupons: shuffle(request.coupons).map((coupon) => ({
        id: coupon.id,
        variant_id: pick([null, pick(lines).variant_id]),
      })),
    };
    return request;
  };

  /** Legal, but unusual to read: shuffled keys, white space, escapes, -0. */
  const spelling = () => {
    const request = pick([small, uncounted])();
    if (chance(20)) request.now = new Raw('-0');
    if (chance(30)) request.variants[0].tax_class = '😀"\\\n\u007f';
    return write_json(request, {
      shuffle_keys: shuffle,
      space: () => pick(['', '', ' ', '\n', '\t\r\n ']),
      write_string: (text) => (chance(20) ? escape_all(text) : JSON.stringify(text)),
    });
  };
  const escape_all = (text) => {
    const units = times(text.length, (index) => text.charCodeAt(index).toString(16).padStart(4, '0'));
    return `"${units.map((unit) => `\\u${chance(50) ? unit.toUpperCase() : unit}`).join('')}"`;
  };

  /** A valid request with something in every list, for breaking. */
  const full = () => {
    const request = add_rules(make_cart({ most_lines: 4 }));
    request.shop.tax = {
      mode: 'exclusive',
      rates: times(3, (index) => ({ class: `c${index}`, basis_points: 1000 })),
    };
    request.shop.shipping = { fee: 3000, free_from: null, tax_class: 'c1' };
    request.customer = { paid_orders: 1 };
    request.variants.push(...times(2, (index) => make_variant(500 + index, CURRENCIES[0])));
    request.variants[0].category_ids = [1, 2];
    request.lines.push({ variant_id: 500, quantity: 1, selected: true }, { variant_id: 501, quantity: 2 });
    const filter = () => ({ product_ids: [1], category_ids: [1, 2], variant_ids: [3] });
    const every_type = [
      {
        target: 'order',
        type: 'tiers',
        tiers: [
          { from: 0, amount: 5 },
          { from: 100, basis_points: 5 },
        ],
      },
      { target: 'item', type: 'buy_x_get_y', buy: 1, get: 1, basis_points: 10_000 },
      { target: 'line', type: 'percent', basis_points: 100, include: filter(), exclude: filter() },
      { target: 'shipping', type: 'free', max_discount: null, starts_at: null, ends_at: null },
    ];
    request.promotions.push(...every_type.map((rule, index) => ({ id: 700 + index, ...rule })));
    request.coupons.push(...every_type.map((rule, index) => ({ id: 700 + index, rule: { id: 1, ...rule } })));
    request.choice = {
      mode: 'listed',
      coupons: [
        { id: 700, variant_id: null },
        { id: 702, variant_id: 500 },
      ],
    };
    return request;
  };

  const next_invalid = () => break_request(without_sharing(full()), random);
  const next_malformed = () => ({
    text: malformed_text(write_json(small()), random),
    path: '$',
    breach: 'malformed',
  });

  const makers = {
    small: () => write_json(small()),
    picks: () => write_json(picks()),
    uncounted: () => write_json(uncounted()),
    adversarial: () => write_json(adversarial()),
    spelling,
    best_small: () => write_json(best_small()),
    best_twins: () => write_json(best_twins()),
    max: () => write_json(largest()),
    invalid: () => next_invalid().text,
    malformed: () => next_malformed().text,
  };

  return { seed, next_request: ({ kind }) => makers[kind](), next_invalid, next_malformed };
}

function main([seed, count, kind]) {
  const usual = [
    'small',
    'small',
    'picks',
    'uncounted',
    'adversarial',
    'spelling',
    'best_small',
    'best_twins',
    'invalid',
  ];
  const generator = make_generator(Number(seed));
  process.stderr.write(`seed ${seed}\n`);
  for (let k = 0; k < Number(count); k += 1) {
    // Only `spelling` and `malformed` texts hold line ends; between tokens a space says the same.
    const text = generator.next_request({ kind: kind ?? usual[k % usual.length] });
    process.stdout.write(`${text.replaceAll(/[\r\n]/g, ' ')}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));

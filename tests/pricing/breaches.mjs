// Breaks a valid request in exactly one place, and knows which path PRICING.md demands for it.

import { Entries, Raw, write_json } from './random.mjs';

// ---- where the values of a request are ----

const AMOUNT = { kind: 'integer', low: 0 };
const ID = { kind: 'integer', low: 1 };
const ANY = { kind: 'integer', low: -Number.MAX_SAFE_INTEGER };
const between = (low, high) => ({ kind: 'integer', low, high });
const COUNT = between(0, 1_000_000);
const RATE = between(0, 10_000);
const TEXT = { kind: 'text' };
const FLAG = { kind: 'boolean' };
const WORD = { kind: 'word' };
const or_null = (shape) => ({ ...shape, nullable: true });
const list = (of) => ({ kind: 'list', of });
const object = (keys, required) => ({ kind: 'object', keys, required: required.split(' ').filter(Boolean) });

const IDS = list(ID);
const FILTER = object({ product_ids: IDS, category_ids: IDS, variant_ids: IDS }, '');
const RULE = object(
  {
    id: ID,
    name: TEXT,
    target: WORD,
    type: WORD,
    amount: AMOUNT,
    basis_points: RATE,
    max_discount: or_null(AMOUNT),
    buy: COUNT,
    get: COUNT,
    max_groups: COUNT,
    tiers: list(object({ from: AMOUNT, amount: AMOUNT, basis_points: RATE }, 'from')),
    include: FILTER,
    exclude: FILTER,
    min_amount: AMOUNT,
    min_quantity: COUNT,
    starts_at: or_null(ANY),
    ends_at: or_null(ANY),
    first_order_only: FLAG,
    stack_group: TEXT,
    exclusive: FLAG,
    priority: between(-1_000_000, 1_000_000),
  },
  'id target type',
);
const REQUEST = object(
  {
    now: ANY,
    shop: object(
      {
        currency: WORD,
        discount_multiple: between(1, 1_000_000),
        shipping: object({ fee: AMOUNT, free_from: or_null(AMOUNT), tax_class: TEXT }, ''),
        tax: object(
          {
            mode: WORD,
            rates: list(object({ class: TEXT, basis_points: between(0, 100_000) }, 'class basis_points')),
          },
          '',
        ),
      },
      'currency',
    ),
    customer: object({ paid_orders: COUNT }, ''),
    variants: list(
      object(
        {
          id: ID,
          product_id: ID,
          unit_price: AMOUNT,
          stock: AMOUNT,
          active: FLAG,
          max_quantity: COUNT,
          category_ids: IDS,
          tax_class: TEXT,
        },
        'id product_id unit_price stock',
      ),
    ),
    lines: list(
      object({ variant_id: ID, quantity: between(1, 1_000_000), selected: FLAG }, 'variant_id quantity'),
    ),
    promotions: list(RULE),
    coupons: list(object({ id: ID, status: WORD, expires_at: or_null(ANY), rule: RULE }, 'id rule')),
    choice: object({ mode: WORD, coupons: list(object({ id: ID, variant_id: or_null(ID) }, 'id')) }, ''),
  },
  'now shop variants lines',
);

/** Every value that stands in the request, and every optional key that could: { path, shape, get, set }. */
function places_of(request) {
  const places = [];
  const visit = (shape, value, path, set) => {
    places.push({ path, shape, value, set });
    if (value === undefined || value === null) return;
    if (shape.kind === 'object') {
      for (const [key, child] of Object.entries(shape.keys)) {
        visit(child, value[key], `${path}.${key}`, (other) => {
          value[key] = other;
        });
      }
    }
    if (shape.kind === 'list') {
      value.forEach((item, index) =>
        visit(shape.of, item, `${path}[${index}]`, (other) => {
          value[index] = other;
        }),
      );
    }
  };
  const root = { request };
  visit(REQUEST, request, '$', (other) => {
    root.request = other;
  });
  return { root, places };
}

// ---- wrong values ----

const TOO_LARGE = new Raw('9007199254740992');
const TOO_SMALL = new Raw('-9007199254740992');
const SPELLINGS = [
  '1.0',
  '1e3',
  '1E0',
  '1.5',
  '0.0',
  '-0.5',
  '1e-3',
  '10e-1',
  '123456789012345678901234567890',
  '9223372036854775808',
  '18446744073709551616',
  '-9223372036854775809',
  '1e400',
  '9007199254740993',
].map((text) => new Raw(text));
const LONE_SURROGATES = ['"\\ud800"', '"a\\udc00b"', '"\\udbffx"', '"\\udc00\\ud800"', '"\\uD83D"'].map(
  (text) => new Raw(text),
);

function wrong_values(shape) {
  const values = [{ extra: 1 }, [[]], ...LONE_SURROGATES];
  if (!shape.nullable) values.push(null);
  if (shape.kind !== 'boolean') values.push(true, false);
  switch (shape.kind) {
    case 'integer':
      values.push('1', '', ...SPELLINGS, TOO_LARGE, TOO_SMALL);
      if (shape.low > -Number.MAX_SAFE_INTEGER) values.push(shape.low - 1);
      if (shape.high !== undefined) values.push(shape.high + 1);
      break;
    case 'text':
      values.push(1, 'x'.repeat(201), '가'.repeat(67), new Raw(`"${'\\u0001'.repeat(201)}"`));
      break;
    case 'boolean':
      values.push(0, 1, 'true', '');
      break;
    case 'word':
      values.push(
        0,
        '',
        'nothing',
        'Item',
        'used',
        ' none',
        'krw',
        'KR',
        'KRWX',
        'AAA',
        'ZZZ',
        'x'.repeat(201),
      );
      break;
    case 'list':
      values.push(0, '', 'x');
      break;
    case 'object':
      values.push(0, '', 'x', [], [1]);
      break;
  }
  return values
    .filter((value) => !(shape.kind === 'object' && !Array.isArray(value) && value?.extra === 1))
    .filter((value) => !(shape.kind === 'list' && Array.isArray(value)));
}

// ---- breaches: (request, random) -> path, changing the request; or { path, request } for a new root ----

const UNKNOWN_KEYS = [
  'unknown',
  'Id',
  'quantityy',
  '',
  ' ',
  'a.b',
  'a"b',
  'back\\slash',
  'tab\t',
  'line\nend',
  '수량',
  '😀',
  '__proto__',
  'constructor',
  'x'.repeat(300),
  '\u0001',
  '\u007f',
  '/',
];

const all_rules = (request) => [
  ...request.promotions.map((rule, index) => ({ rule, path: `$.promotions[${index}]` })),
  ...request.coupons.map(({ rule }, index) => ({ rule, path: `$.coupons[${index}].rule` })),
];
const rule_of_type = (type) => (request, random) =>
  random.pick(all_rules(request).filter(({ rule }) => rule.type === type));
const any_rule = (request, random) => random.pick(all_rules(request));

const in_rule = (choose, change) => (request, random) => {
  const { rule, path } = choose(request, random);
  return `${path}${change(rule, random)}`;
};

const repeat = (get_list, key, path) => (request, random) => {
  const items = get_list(request);
  const index = random.between(1, items.length - 1);
  items[index][key] = items[random.between(0, index - 1)][key];
  return `${path}[${index}].${key}`;
};

const too_long = (path, get_owner, key, limit, item) => (request) => {
  get_owner(request)[key] = Array.from({ length: limit + 1 }, (_, index) => item(index));
  return path;
};

/** Replaces one object of the request by `change(entries)`, which answers what to append to its path. */
function in_object(request, random, change) {
  const { root, places } = places_of(request);
  const place = random.pick(
    places.filter(({ shape, value }) => shape.kind === 'object' && value !== undefined),
  );
  const entries = Object.entries(place.value);
  const key = change(entries, place.shape);
  if (key === null) return null;
  place.set(new Entries(entries));
  return { path: `${place.path}.${key}`, request: root.request };
}

const simple_rule = (index) => ({ id: index + 10_000, target: 'item', type: 'fixed' });

const BREACHES = {
  wrong_value(request, random) {
    const { root, places } = places_of(request);
    const place = random.pick(places);
    place.set(random.pick(wrong_values(place.shape)));
    return { path: place.path, request: root.request };
  },
  missing_key(request, random) {
    const required = places_of(request).places.filter(
      ({ value, shape }) => shape.kind === 'object' && value !== undefined && shape.required.length > 0,
    );
    const place = random.pick(required);
    const key = random.pick(place.shape.required);
    delete place.value[key];
    return `${place.path}.${key}`;
  },
  unknown_key: (request, random) =>
    in_object(request, random, (entries) => {
      const key = random.pick(UNKNOWN_KEYS);
      entries.splice(random.between(0, entries.length), 0, [key, random.pick([0, null, 'x', {}])]);
      return key;
    }),
  duplicate_key: (request, random) =>
    in_object(request, random, (entries) => {
      if (entries.length === 0) return null;
      const [key, value] = random.pick(entries);
      entries.splice(random.between(0, entries.length), 0, [key, value]);
      return key;
    }),
  not_an_object: (request, random) => ({
    path: '$',
    request: random.pick([[], [request], 1, 'x', null, true]),
  }),

  illegal_pair: in_rule(any_rule, (rule, random) => {
    const [target, type] = random.pick([
      ['item', 'free'],
      ['line', 'free'],
      ['order', 'free'],
      ['line', 'buy_x_get_y'],
      ['order', 'buy_x_get_y'],
      ['shipping', 'buy_x_get_y'],
      ['item', 'tiers'],
      ['line', 'tiers'],
      ['shipping', 'tiers'],
    ]);
    Object.assign(rule, { target, type });
    return '.type';
  }),
  no_buy: in_rule(rule_of_type('buy_x_get_y'), (rule, random) => {
    if (random.chance(50)) delete rule.buy;
    else rule.buy = 0;
    return '.buy';
  }),
  no_get: in_rule(rule_of_type('buy_x_get_y'), (rule, random) => {
    if (random.chance(50)) delete rule.get;
    else rule.get = 0;
    return '.get';
  }),
  no_tiers: in_rule(rule_of_type('tiers'), (rule, random) => {
    if (random.chance(50)) delete rule.tiers;
    else rule.tiers = [];
    return '.tiers';
  }),
  tiers_elsewhere: in_rule(
    (request, random) => random.pick(all_rules(request).filter(({ rule }) => rule.type !== 'tiers')),
    (rule) => {
      rule.tiers = [{ from: 0, amount: 1 }];
      return '.tiers';
    },
  ),
  tiers_not_rising: in_rule(rule_of_type('tiers'), (rule, random) => {
    rule.tiers = [
      { from: 5, amount: 1 },
      { from: random.pick([5, 4, 0]), amount: 2 },
      { from: 9, amount: 3 },
    ];
    return '.tiers[1].from';
  }),
  tier_of_two_kinds: in_rule(rule_of_type('tiers'), (rule, random) => {
    const amounts = random.pick([{}, { amount: 0 }, { basis_points: 0 }, { amount: 1, basis_points: 1 }]);
    rule.tiers = [
      { from: 0, amount: 1 },
      { from: 9, ...amounts },
    ];
    return '.tiers[1]';
  }),

  repeated_variant: repeat(({ variants }) => variants, 'id', '$.variants'),
  repeated_line: repeat(({ lines }) => lines, 'variant_id', '$.lines'),
  repeated_promotion: repeat(({ promotions }) => promotions, 'id', '$.promotions'),
  repeated_coupon: repeat(({ coupons }) => coupons, 'id', '$.coupons'),
  repeated_pick: repeat(({ choice }) => choice.coupons, 'id', '$.choice.coupons'),
  repeated_tax_class: repeat(({ shop }) => shop.tax.rates, 'class', '$.shop.tax.rates'),

  lines_too_many: too_long(
    '$.lines',
    (r) => r,
    'lines',
    500,
    (index) => ({ variant_id: index + 1, quantity: 1 }),
  ),
  variants_too_many: too_long(
    '$.variants',
    (r) => r,
    'variants',
    5000,
    (index) => ({ id: index + 1, product_id: 1, unit_price: 1, stock: 1 }),
  ),
  coupons_too_many: too_long(
    '$.coupons',
    (r) => r,
    'coupons',
    200,
    (index) => ({ id: index + 1, rule: simple_rule(0) }),
  ),
  promotions_too_many: too_long('$.promotions', (r) => r, 'promotions', 200, simple_rule),
  picks_too_many: too_long(
    '$.choice.coupons',
    (r) => r.choice,
    'coupons',
    200,
    (index) => ({ id: index + 1 }),
  ),
  rates_too_many: too_long(
    '$.shop.tax.rates',
    (r) => r.shop.tax,
    'rates',
    50,
    (index) => ({ class: `${index}`, basis_points: 1 }),
  ),
  tiers_too_many: in_rule(rule_of_type('tiers'), (rule) => {
    rule.tiers = Array.from({ length: 21 }, (_, index) => ({ from: index, amount: 1 }));
    return '.tiers';
  }),
  ids_too_many: in_rule(any_rule, (rule, random) => {
    const lists = ['product_ids', 'category_ids', 'variant_ids'];
    const owner = random.pick(['include', 'exclude']);
    const key = random.pick(lists);
    const ids = (count) => Array.from({ length: count }, (_, index) => index + 1);
    rule.include = {};
    rule.exclude = {};
    if (owner === 'exclude')
      rule.include = { [random.pick(lists)]: ids(400), [random.pick(lists)]: ids(400) };
    const before = Object.values(rule.include).reduce((sum, list_) => sum + list_.length, 0);
    rule[owner][key] = ids(1001 - before);
    return `.${owner}.${key}`;
  }),
};

/** One breach in a random place of a valid request: { text, path, breach }. */
export function break_request(request, random) {
  for (;;) {
    // Most breaches are wrong values: there are the most places for them.
    const breach = random.chance(45) ? 'wrong_value' : random.pick(Object.keys(BREACHES));
    const result = BREACHES[breach](request, random);
    if (result === null) continue;
    const { path, request: root } = typeof result === 'string' ? { path: result, request } : result;
    return { text: write_json(root), path, breach };
  }
}

/** Text that is not JSON, made from the text of a valid request without white space. */
export function malformed_text(text, random) {
  const inside = text.slice(0, -1);
  const number = /:\d+/;
  return random.pick([
    () => text.slice(0, random.between(0, text.length - 1)),
    () => `${text}${random.pick(['}', ']', ',', ' x', text, 'null'])}`,
    () => `${inside},}`,
    () => `${inside},"x"}`,
    () => `${inside},"x":}`,
    () => `${inside},x:1}`,
    () => `${inside}, // comment\n}`,
    () => `${inside}, /* comment */ }`,
    () => text.replaceAll('"', "'"),
    () => text.replace('"now":', '"now"'),
    () => text.replace('"now":', '"now"='),
    () => text.replace(',', ';'),
    () => text.replace(',', ',,'),
    () => text.replace('[', '[,'),
    () => text.replace(']', ',]'),
    () =>
      text.replace(
        number,
        `:${random.pick(['01', '-', '+1', '.5', '1.', '1e', '1e+', '0x10', '1_000', '--1', '-01'])}`,
      ),
    () =>
      text.replace(
        number,
        `:${random.pick(['NaN', 'Infinity', '-Infinity', 'undefined', 'True', 'nul', 'truee'])}`,
      ),
    () =>
      text.replace(
        number,
        `:"${random.pick(['\\x', '\\u12G4', '\\u123', '\\', 'a\nb', 'a\tb', '\u0000', '\\U0041'])}"`,
      ),
    () => `(${text})`,
    () => random.pick(['', ' ', '\n', '{', '[', '"', '"x', '{"', '{]', '[}', '}']),
  ])();
}

// Reads and validates the text of a quote request. Source: PRICING.md "Request".
// Every integer becomes a BigInt; every optional key gets its default.
//
// Choices where the page is silent:
// - Malformed JSON text and a request that is not an object: path `$`.
// - A value of the wrong type, out of range, a missing required key, an unknown enum word, a lone surrogate:
//   the path of that key (or element).
// - Unknown and duplicate keys of an object are found when the object is entered, in the order in which they
//   stand in the input, before its known keys are read. Known keys are then read in the order of the page. The
//   key is appended to the path raw. A key with a lone surrogate cannot be written: there the path is the
//   object's.
// - A check over several keys happens when the last key it needs has been read: an illegal type/target pair is
//   `.type`; buy and get below 1 of buy_x_get_y are `.buy` and `.get`; tiers missing, or given to another
//   type, are `.tiers` (after its elements); an empty `tiers` on another type equals the default and is legal; a
//   tier's `from` that does not rise is `.tiers[i].from`; not exactly one of amount and basis_points is
//   `.tiers[i]`.
// - Uniqueness is found right after the second one's key is read (`$.variants[3].id`).
// - A list that is too long is found before its elements; the limit of 1000 ids names the list that passes it.
// - `null` is legal only where the default is null. `-0` is the integer 0.
// - `choice.coupons` is validated in every mode, although only `listed` uses it. `category_ids` has no limit.
// - Currencies are the codes in force (ISO 4217 list one), upper case, with the funds, metals and test codes.

import { MalformedJson, parse_json } from './strict_json.mjs';

export class InvalidRequest extends Error {
  constructor(path) {
    super(`invalid at ${path}`);
    this.path = path;
  }
}

export const MAX_AMOUNT = 2n ** 53n - 1n;
const MILLION = 1_000_000n;

const CURRENCIES = new Set(
  `
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN
  BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP
  GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF
  KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
  MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK
  SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU
  UYW UZS VED VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX
  YER ZAR ZMW ZWG`
    .trim()
    .split(/\s+/),
);

// ---- readers: (node, path) -> value, or InvalidRequest ----

const integer =
  (min, max = MAX_AMOUNT) =>
  (node, path) => {
    if (node.kind !== 'number' || !/^-?[0-9]+$/.test(node.token)) throw new InvalidRequest(path);
    const value = BigInt(node.token);
    if (value < min || value > max) throw new InvalidRequest(path);
    return value;
  };

const id = integer(1n);
const amount = integer(0n);
const whole = integer(-MAX_AMOUNT);
const count = integer(0n, MILLION);
const discount_rate = integer(0n, 10_000n);
const tax_rate = integer(0n, 100_000n);

const boolean = (node, path) => {
  if (node.kind !== 'boolean') throw new InvalidRequest(path);
  return node.value;
};

const text = (node, path) => {
  if (node.kind !== 'string' || !node.value.isWellFormed()) throw new InvalidRequest(path);
  if (Buffer.byteLength(node.value, 'utf8') > 200) throw new InvalidRequest(path);
  return node.value;
};

const word =
  (...words) =>
  (node, path) => {
    if (node.kind !== 'string' || !words.includes(node.value)) throw new InvalidRequest(path);
    return node.value;
  };

const currency = (node, path) => {
  if (node.kind !== 'string' || !CURRENCIES.has(node.value)) throw new InvalidRequest(path);
  return node.value;
};

const nullable = (reader) => (node, path) => (node.kind === 'null' ? null : reader(node, path));

const unique = (reader, seen) => (node, path) => {
  const value = reader(node, path);
  if (seen.has(value)) throw new InvalidRequest(path);
  seen.add(value);
  return value;
};

const list =
  (reader, limit = Infinity) =>
  (node, path) => {
    if (node.kind !== 'array' || node.items.length > limit) throw new InvalidRequest(path);
    return node.items.map((item, index) => reader(item, `${path}[${index}]`));
  };

/** Enters an object: refuses unknown and duplicate keys, and gives readers for the known ones. */
function enter(node, path, known_keys) {
  if (node.kind !== 'object') throw new InvalidRequest(path);
  const found = new Map();
  for (const { key, node: child } of node.entries) {
    if (!key.isWellFormed()) throw new InvalidRequest(path);
    if (!known_keys.has(key) || found.has(key)) throw new InvalidRequest(`${path}.${key}`);
    found.set(key, child);
  }
  const read = (key, reader) => reader(found.get(key), `${path}.${key}`);
  return {
    required(key, reader) {
      if (!found.has(key)) throw new InvalidRequest(`${path}.${key}`);
      return read(key, reader);
    },
    optional: (key, reader, fallback) => (found.has(key) ? read(key, reader) : fallback),
  };
}

const keys = (names) => new Set(names.split(' '));
const EMPTY = { kind: 'object', entries: [] };

// ---- the shapes of the page, in its order ----

const SHIPPING_KEYS = keys('fee free_from tax_class');
function read_shipping(node, path) {
  const o = enter(node, path, SHIPPING_KEYS);
  return {
    fee: o.optional('fee', amount, 0n),
    free_from: o.optional('free_from', nullable(amount), null),
    tax_class: o.optional('tax_class', text, 'standard'),
  };
}

const RATE_KEYS = keys('class basis_points');
const read_rate = (seen) => (node, path) => {
  const o = enter(node, path, RATE_KEYS);
  return {
    class: o.required('class', unique(text, seen)),
    basis_points: o.required('basis_points', tax_rate),
  };
};

const TAX_KEYS = keys('mode rates');
function read_tax(node, path) {
  const o = enter(node, path, TAX_KEYS);
  return {
    mode: o.optional('mode', word('inclusive', 'exclusive'), 'inclusive'),
    rates: o.optional('rates', list(read_rate(new Set()), 50), []),
  };
}

const SHOP_KEYS = keys('currency discount_multiple shipping tax');
function read_shop(node, path) {
  const o = enter(node, path, SHOP_KEYS);
  return {
    currency: o.required('currency', currency),
    discount_multiple: o.optional('discount_multiple', integer(1n, MILLION), 1n),
    shipping: o.optional('shipping', read_shipping, read_shipping(EMPTY, path)),
    tax: o.optional('tax', read_tax, read_tax(EMPTY, path)),
  };
}

const CUSTOMER_KEYS = keys('paid_orders');
function read_customer(node, path) {
  return { paid_orders: enter(node, path, CUSTOMER_KEYS).optional('paid_orders', count, 0n) };
}

const VARIANT_KEYS = keys('id product_id unit_price stock active max_quantity category_ids tax_class');
const read_variant = (seen) => (node, path) => {
  const o = enter(node, path, VARIANT_KEYS);
  return {
    id: o.required('id', unique(id, seen)),
    product_id: o.required('product_id', id),
    unit_price: o.required('unit_price', amount),
    stock: o.required('stock', amount),
    active: o.optional('active', boolean, true),
    max_quantity: o.optional('max_quantity', count, 0n),
    category_ids: o.optional('category_ids', list(id), []),
    tax_class: o.optional('tax_class', text, 'standard'),
  };
};

const LINE_KEYS = keys('variant_id quantity selected');
const read_line = (seen) => (node, path) => {
  const o = enter(node, path, LINE_KEYS);
  return {
    variant_id: o.required('variant_id', unique(id, seen)),
    quantity: o.required('quantity', integer(1n, MILLION)),
    selected: o.optional('selected', boolean, true),
  };
};

const TIER_KEYS = keys('from amount basis_points');
const read_tier = () => {
  let last_from = -1n;
  return (node, path) => {
    const o = enter(node, path, TIER_KEYS);
    const from = o.required('from', amount);
    if (from <= last_from) throw new InvalidRequest(`${path}.from`);
    last_from = from;
    const tier = {
      from,
      amount: o.optional('amount', amount, 0n),
      basis_points: o.optional('basis_points', discount_rate, 0n),
    };
    if (tier.amount > 0n === tier.basis_points > 0n) throw new InvalidRequest(path);
    return tier;
  };
};

/** `budget.left` ids may still come in this rule's include and exclude together. */
const limited_ids = (budget) => (node, path) => {
  const ids = list(id, budget.left)(node, path);
  budget.left -= ids.length;
  return ids;
};

const FILTER_KEYS = keys('product_ids category_ids variant_ids');
const read_filter = (budget) => (node, path) => {
  const o = enter(node, path, FILTER_KEYS);
  return {
    product_ids: o.optional('product_ids', limited_ids(budget), []),
    category_ids: o.optional('category_ids', limited_ids(budget), []),
    variant_ids: o.optional('variant_ids', limited_ids(budget), []),
  };
};

const LEGAL_TARGETS = {
  fixed: ['item', 'line', 'order', 'shipping'],
  percent: ['item', 'line', 'order', 'shipping'],
  free: ['shipping'],
  buy_x_get_y: ['item'],
  tiers: ['order'],
};

const RULE_KEYS = keys(
  'id name target type amount basis_points max_discount buy get max_groups tiers include exclude ' +
    'min_amount min_quantity starts_at ends_at first_order_only stack_group exclusive priority',
);
/** `rule_id` reads the id: promotions' ids are unique, coupons may share a rule's id. */
const read_rule = (rule_id) => (node, path) => {
  const o = enter(node, path, RULE_KEYS);
  const refuse_if = (wrong, key) => {
    if (wrong) throw new InvalidRequest(`${path}.${key}`);
  };
  const rule = {};
  rule.id = o.required('id', rule_id);
  rule.name = o.optional('name', text, '');
  rule.target = o.required('target', word('item', 'line', 'order', 'shipping'));
  rule.type = o.required('type', word('fixed', 'percent', 'free', 'buy_x_get_y', 'tiers'));
  refuse_if(!LEGAL_TARGETS[rule.type].includes(rule.target), 'type');
  rule.amount = o.optional('amount', amount, 0n);
  rule.basis_points = o.optional('basis_points', discount_rate, 0n);
  rule.max_discount = o.optional('max_discount', nullable(amount), null);
  rule.buy = o.optional('buy', count, 0n);
  refuse_if(rule.type === 'buy_x_get_y' && rule.buy < 1n, 'buy');
  rule.get = o.optional('get', count, 0n);
  refuse_if(rule.type === 'buy_x_get_y' && rule.get < 1n, 'get');
  rule.max_groups = o.optional('max_groups', count, 0n);
  rule.tiers = o.optional('tiers', list(read_tier(), 20), []);
  refuse_if((rule.type === 'tiers') !== rule.tiers.length > 0, 'tiers');
  const budget = { left: 1000 };
  rule.include = o.optional('include', read_filter(budget), read_filter(budget)(EMPTY, path));
  rule.exclude = o.optional('exclude', read_filter(budget), read_filter(budget)(EMPTY, path));
  rule.min_amount = o.optional('min_amount', amount, 0n);
  rule.min_quantity = o.optional('min_quantity', count, 0n);
  rule.starts_at = o.optional('starts_at', nullable(whole), null);
  rule.ends_at = o.optional('ends_at', nullable(whole), null);
  rule.first_order_only = o.optional('first_order_only', boolean, false);
  rule.stack_group = o.optional('stack_group', text, '');
  rule.exclusive = o.optional('exclusive', boolean, false);
  rule.priority = o.optional('priority', integer(-MILLION, MILLION), 0n);
  return rule;
};

const COUPON_KEYS = keys('id status expires_at rule');
const read_coupon = (seen) => (node, path) => {
  const o = enter(node, path, COUPON_KEYS);
  return {
    id: o.required('id', unique(id, seen)),
    status: o.optional('status', word('AVAILABLE', 'USED', 'EXPIRED'), 'AVAILABLE'),
    expires_at: o.optional('expires_at', nullable(whole), null),
    rule: o.required('rule', read_rule(id)),
  };
};

const PICK_KEYS = keys('id variant_id');
const read_pick = (seen) => (node, path) => {
  const o = enter(node, path, PICK_KEYS);
  return { id: o.required('id', unique(id, seen)), variant_id: o.optional('variant_id', nullable(id), null) };
};

const CHOICE_KEYS = keys('mode coupons');
function read_choice(node, path) {
  const o = enter(node, path, CHOICE_KEYS);
  return {
    mode: o.optional('mode', word('none', 'listed', 'best'), 'none'),
    coupons: o.optional('coupons', list(read_pick(new Set()), 200), []),
  };
}

const REQUEST_KEYS = keys('now shop customer variants lines promotions coupons choice');
export function read_request(json_text) {
  let root;
  try {
    root = parse_json(json_text);
  } catch (error) {
    if (error instanceof MalformedJson) throw new InvalidRequest('$');
    throw error;
  }
  const o = enter(root, '$', REQUEST_KEYS);
  return {
    now: o.required('now', whole),
    shop: o.required('shop', read_shop),
    customer: o.optional('customer', read_customer, { paid_orders: 0n }),
    variants: o.required('variants', list(read_variant(new Set()), 5000)),
    lines: o.required('lines', list(read_line(new Set()), 500)),
    promotions: o.optional('promotions', list(read_rule(unique(id, new Set())), 200), []),
    coupons: o.optional('coupons', list(read_coupon(new Set()), 200), []),
    choice: o.optional('choice', read_choice, { mode: 'none', coupons: [] }),
  };
}

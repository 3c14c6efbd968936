// A shop with few things whose numbers a test can say by heart, written straight into a fresh database. KRW, 3000 for
// shipping, free from 50000; 10 % tax inside the prices.
import { createHash } from "node:crypto";

// Variants. 12 and 13 are of one product with an option; 16 has 50 units and 17 a single one.
export const mug = 11; //     10000, 100 units, 20 a line at most
export const tee_small = 12; // 25000, 5 units
export const tee_large = 13; // 25000, 5 units
export const sticker = 14; //     0, 1000 units
export const hidden = 15; //   7000, 10 units, not for sale any more
export const rush = 16; //     1000, 50 units
export const last = 17; //     5000, 1 unit
export const plenty = 18; //   2000, 1000000 units

// Campaigns.
export const fifty = 1; //       50 coupons of 1000 off the order, for 7 days
export const coming = 2;
export const ended = 3;
export const free_shipping = 4; // plenty of coupons for the shipping fee
export const tee_tenth = 5; //     plenty of coupons of 10 % off tees
export const newcomer = 6; //      plenty of coupons of 2000 off the first order

const day = 86400000;

const rules = [
  {
    id: 1,
    kind: "coupon",
    valid_days: 7,
    name: "1000",
    rule: { target: "order", type: "fixed", amount: 1000 },
  },
  { id: 2, kind: "coupon", valid_days: 30, name: "Shipping", rule: { target: "shipping", type: "free" } },
  {
    id: 3,
    kind: "coupon",
    valid_days: 30,
    name: "Tees",
    rule: { target: "item", type: "percent", basis_points: 1000, include: { product_ids: [2] } },
  },
  {
    id: 4,
    kind: "coupon",
    valid_days: 30,
    name: "First",
    rule: { target: "order", type: "fixed", amount: 2000, first_order_only: true },
  },
  {
    id: 5,
    kind: "promotion",
    name: "Ten mugs",
    rule: {
      target: "line",
      type: "percent",
      basis_points: 500,
      min_quantity: 10,
      include: { variant_ids: [mug] },
    },
  },
];

const products = [
  { id: 1, handle: "mug", ko: "머그잔", en: "Mug", max_quantity: 20, variants: [[mug, 10000, 100]] },
  {
    id: 2,
    handle: "tee",
    ko: "티셔츠",
    en: "Tee",
    variants: [
      [tee_small, 25000, 5],
      [tee_large, 25000, 5],
    ],
  },
  { id: 3, handle: "sticker", ko: "스티커", en: "Sticker", variants: [[sticker, 0, 1000]] },
  { id: 4, handle: "hidden", ko: "숨김", en: "Hidden", active: 0, variants: [[hidden, 7000, 10]] },
  { id: 5, handle: "rush", ko: "한정판", en: "Rush", variants: [[rush, 1000, 50]] },
  { id: 6, handle: "last", ko: "마지막", en: "Last", variants: [[last, 5000, 1]] },
  { id: 7, handle: "plenty", ko: "넉넉", en: "Plenty", variants: [[plenty, 2000, 1000000]] },
];

const json = (value) => `'${JSON.stringify(value)}'`;

function product_sql({ id, handle, ko, en, max_quantity = 0, active = 1, variants }, now) {
  const has_options = variants.length > 1;
  const rows = variants.map(
    ([variant, price, stock], index) => `
INSERT INTO product_variants (id, product_id, combination, price, stock, active, position)
  VALUES (${variant}, ${id}, '${has_options ? index + 1 : ""}', ${price}, ${stock}, ${active}, ${index + 1});
INSERT INTO stock_movements (variant_id, delta, reason, created_at) VALUES (${variant}, ${stock}, 'RECEIVED', ${now});`,
  );
  const options = `
INSERT INTO product_options VALUES (${id}, 1, '{"ko":"크기","en":"Size"}');
INSERT INTO product_option_values VALUES (${id}, 1, 1, '{"ko":"S","en":"S"}'), (${id}, 1, 2, '{"ko":"L","en":"L"}');`;
  return `
INSERT INTO products (id, handle, base_price, active, max_quantity, created_at, updated_at)
  VALUES (${id}, '${handle}', ${variants[0][1]}, ${active}, ${max_quantity}, ${now}, ${now});
INSERT INTO product_texts (product_id, language, name) VALUES (${id}, 'ko', '${ko}'), (${id}, 'en', '${en}');
INSERT INTO product_search VALUES (${id}, '${ko} ${en.toLowerCase()}');
INSERT INTO product_categories VALUES (${id}, ${id === 1 ? 2 : 1});
${has_options ? options : ""}${rows.join("")}`;
}

function rule_sql({ id, kind, name, rule, valid_days = "NULL" }, now) {
  return `
INSERT INTO coupons (id, kind, rule, valid_days, created_at, updated_at)
  VALUES (${id}, '${kind}', ${json({ id, name, ...rule })}, ${valid_days}, ${now}, ${now});
INSERT INTO coupon_texts (coupon_id, language, name) VALUES (${id}, 'ko', '${name}');`;
}

function campaign_sql(id, coupon, total, starts_at, ends_at) {
  return `
INSERT INTO fcfs_coupons (id, coupon_id, total_quantity, remaining_quantity, starts_at, ends_at, created_at)
  VALUES (${id}, ${coupon}, ${total}, ${total}, ${starts_at}, ${ends_at}, ${starts_at});`;
}

/** For a database that has its tables and its `shop` row, and nothing for sale. */
export function small_shop_sql(now) {
  return `
PRAGMA foreign_keys = ON;
BEGIN;
UPDATE shop SET shipping_fee = 3000, shipping_free_from = 50000;
INSERT INTO categories (id, parent_id, slug, names) VALUES (1, NULL, 'things', '{"ko":"물건","en":"Things"}'),
  (2, 1, 'mugs', '{"ko":"잔","en":"Mugs"}');
${products.map((product) => product_sql(product, now)).join("")}
${rules.map((rule) => rule_sql(rule, now)).join("")}
${campaign_sql(fifty, 1, 50, now - day, now + day)}
${campaign_sql(coming, 1, 50, now + day, now + 2 * day)}
${campaign_sql(ended, 1, 50, now - 2 * day, now - day)}
${campaign_sql(free_shipping, 2, 100000, now - day, now + day)}
${campaign_sql(tee_tenth, 3, 100000, now - day, now + day)}
${campaign_sql(newcomer, 4, 100000, now - day, now + day)}
COMMIT;
`;
}

/** The session token of shopper 0, 1, 2, …; the shop keeps its hash only. */
export function token_of_shopper(number) {
  return createHash("sha256").update(`shopper ${number}`).digest("base64url");
}

/** Accounts that are signed in already: 200 real passwords would take longer to hash than the race they run. */
export function shoppers_sql(count, now) {
  let statements = "BEGIN;\n";
  for (let number = 0; number < count; ++number) {
    const id = 1000 + number;
    const hash = createHash("sha256").update(token_of_shopper(number)).digest("hex");
    statements += `
INSERT INTO users (id, email, password_hash, name, created_at)
  VALUES (${id}, 'shopper${number}@example.com', '-', 'Shopper ${number}', ${now});
INSERT INTO user_balances (user_id) VALUES (${id});
INSERT INTO user_sessions (token_hash, user_id, created_at, expires_at) VALUES (x'${hash}', ${id}, ${now}, ${now + 30 * day});`;
  }
  return statements + "\nCOMMIT;\n";
}

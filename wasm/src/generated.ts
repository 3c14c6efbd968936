// Printed by `print_types package` from core/fields.h. Don't edit: change the field lists and print again.
import type { Reader, Writer } from "./flat.js";

export type ProblemCode =
  | "unknown_variant"
  | "inactive"
  | "insufficient_stock"
  | "over_max_quantity";

export interface LineProblem {
  code: ProblemCode;
  available?: number;
  max_quantity?: number;
}

export type DiscountSource =
  | "promotion"
  | "coupon";

export interface LineDiscount {
  source: DiscountSource;
  id: number;
  amount: number;
}

export interface QuoteLine {
  variant_id: number;
  product_id: number;
  quantity: number;
  unit_price: number;
  selected: boolean;
  counted: boolean;
  gross: number;
  discount: number;
  net: number;
  tax: number;
  problems: LineProblem[];
  discounts: LineDiscount[];
}

export type Target =
  | "item"
  | "line"
  | "order"
  | "shipping";

export interface Applied {
  source: DiscountSource;
  id: number;
  rule_id: number;
  target: Target;
  amount: number;
  variant_id: number | null;
}

export type RejectionCode =
  | "used"
  | "expired"
  | "not_started"
  | "ended"
  | "not_first_order"
  | "no_eligible_items"
  | "below_min_quantity"
  | "below_min_amount"
  | "cannot_combine"
  | "no_effect"
  | "not_selected"
  | "unknown_coupon";

export interface Rejection {
  id: number;
  code: RejectionCode;
  missing?: number;
  with?: number;
}

export interface Quote {
  currency: string;
  orderable: boolean;
  optimal: boolean;
  lines: QuoteLine[];
  applied: Applied[];
  rejected: Rejection[];
  subtotal: number;
  item_discount: number;
  order_discount: number;
  merchandise: number;
  shipping_fee: number;
  shipping_discount: number;
  tax: number;
  total: number;
  fingerprint: string;
}

export interface CartLine {
  variant_id: number;
  quantity: number;
  selected: boolean;
}

export interface Cart {
  lines: CartLine[];
}

export type ErrorCode =
  | "invalid_request"
  | "malformed_json"
  | "payload_too_large"
  | "unsupported_media_type"
  | "method_not_allowed"
  | "not_found"
  | "amount_overflow"
  | "unauthenticated"
  | "forbidden"
  | "invalid_credentials"
  | "email_taken"
  | "weak_password"
  | "reset_link_invalid"
  | "account_has_open_orders"
  | "cross_origin_refused"
  | "cart_full"
  | "cart_changed"
  | "already_exists"
  | "still_in_use"
  | "changed_meanwhile"
  | "limit_reached"
  | "target_refused"
  | "campaign_not_started"
  | "campaign_ended"
  | "campaign_exhausted"
  | "already_issued"
  | "coupon_not_usable"
  | "coupon_code_unknown"
  | "coupon_code_exhausted"
  | "quote_changed"
  | "not_orderable"
  | "insufficient_stock"
  | "insufficient_balance"
  | "order_not_pending"
  | "order_expired"
  | "order_not_refundable"
  | "refund_exceeds_order"
  | "order_not_shippable"
  | "order_not_deliverable"
  | "not_first_order"
  | "address_required"
  | "charge_limit"
  | "charge_not_pending"
  | "charge_not_reversible"
  | "charge_differs"
  | "charge_failed"
  | "receivable_outstanding"
  | "provider_unavailable"
  | "idempotency_key_required"
  | "idempotency_key_reused"
  | "idempotency_in_flight"
  | "precondition_required"
  | "rate_limited"
  | "overloaded"
  | "storage_failed"
  | "outcome_unknown"
  | "internal";

export interface Failure {
  code: ErrorCode;
  path?: string;
}

export interface Shipping {
  fee: number;
  free_from: number | null;
  tax_class: string;
}

export type TaxMode =
  | "inclusive"
  | "exclusive";

export interface TaxRate {
  class: string;
  basis_points: number;
}

export interface Tax {
  mode: TaxMode;
  rates: TaxRate[];
}

export interface ShopRules {
  currency: string;
  discount_multiple: number;
  shipping: Shipping;
  tax: Tax;
}

export interface Variant {
  id: number;
  product_id: number;
  unit_price: number;
  stock: number;
  active: boolean;
  max_quantity: number;
  category_ids: number[];
  tax_class: string;
}

export type RuleType =
  | "fixed"
  | "percent"
  | "free"
  | "buy_x_get_y"
  | "tiers";

export interface Tier {
  from: number;
  amount: number;
  basis_points: number;
}

export interface IdFilter {
  product_ids: number[];
  category_ids: number[];
  variant_ids: number[];
}

export interface Rule {
  id: number;
  name: string;
  target: Target;
  type: RuleType;
  amount: number;
  basis_points: number;
  max_discount: number | null;
  buy: number;
  get: number;
  max_groups: number;
  tiers: Tier[];
  include: IdFilter;
  exclude: IdFilter;
  min_amount: number;
  min_quantity: number;
  starts_at: number | null;
  ends_at: number | null;
  first_order_only: boolean;
  stack_group: string;
  exclusive: boolean;
  priority: number;
}

export interface ShippingInput {
  fee?: number;
  free_from?: number | null;
  tax_class?: string;
}

export interface TaxInput {
  mode?: TaxMode;
  rates?: TaxRate[];
}

export interface ShopRulesInput {
  currency: string;
  discount_multiple?: number;
  shipping?: ShippingInput;
  tax?: TaxInput;
}

export interface Customer {
  paid_orders?: number;
}

export interface VariantInput {
  id: number;
  product_id: number;
  unit_price: number;
  stock: number;
  active?: boolean;
  max_quantity?: number;
  category_ids?: number[];
  tax_class?: string;
}

export interface CartLineInput {
  variant_id: number;
  quantity: number;
  selected?: boolean;
}

export interface TierInput {
  from: number;
  amount?: number;
  basis_points?: number;
}

export interface IdFilterInput {
  product_ids?: number[];
  category_ids?: number[];
  variant_ids?: number[];
}

export interface RuleInput {
  id: number;
  name?: string;
  target: Target;
  type: RuleType;
  amount?: number;
  basis_points?: number;
  max_discount?: number | null;
  buy?: number;
  get?: number;
  max_groups?: number;
  tiers?: TierInput[];
  include?: IdFilterInput;
  exclude?: IdFilterInput;
  min_amount?: number;
  min_quantity?: number;
  starts_at?: number | null;
  ends_at?: number | null;
  first_order_only?: boolean;
  stack_group?: string;
  exclusive?: boolean;
  priority?: number;
}

export type CouponStatus =
  | "AVAILABLE"
  | "USED"
  | "EXPIRED";

export interface Coupon {
  id: number;
  status?: CouponStatus;
  expires_at?: number | null;
  rule: RuleInput;
}

export type ChoiceMode =
  | "none"
  | "listed"
  | "best";

export interface CouponPick {
  id: number;
  variant_id?: number | null;
}

export interface Choice {
  mode?: ChoiceMode;
  coupons?: CouponPick[];
}

export interface QuoteRequest {
  now: number;
  shop: ShopRulesInput;
  customer?: Customer;
  variants: VariantInput[];
  lines: CartLineInput[];
  promotions?: RuleInput[];
  coupons?: Coupon[];
  choice?: Choice;
}

export interface ShopData {
  shop: ShopRulesInput;
  variants: VariantInput[];
  promotions?: RuleInput[];
}

export interface CartQuoteRequest {
  now: number;
  customer?: Customer;
  lines: CartLineInput[];
  coupons?: Coupon[];
  choice?: Choice;
}

export type MutationName =
  | "add"
  | "set_quantity"
  | "remove"
  | "select"
  | "clear"
  | "merge";

export interface Mutation {
  name: MutationName;
  variant_id?: number;
  quantity?: number;
  selected?: boolean;
  lines?: CartLineInput[];
}

export interface CartEdit {
  lines: CartLineInput[];
  mutation: Mutation;
  variants?: VariantInput[];
}

const shipping_keys = new Set(["fee", "free_from", "tax_class"]);

export function write_shipping(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!shipping_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.fee);
  w.integer(value.free_from);
  w.text(value.tax_class, 200);
}

const tax_mode_words: readonly TaxMode[] = ["inclusive", "exclusive"];

const tax_rate_keys = new Set(["class", "basis_points"]);

export function write_tax_rate(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!tax_rate_keys.has(key)) w.unknown(value, key);
  w.open();
  w.text(value.class, 200);
  w.integer(value.basis_points);
}

const tax_keys = new Set(["mode", "rates"]);

export function write_tax(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!tax_keys.has(key)) w.unknown(value, key);
  w.open();
  w.word(value.mode, tax_mode_words);
  {
    const list = value.rates;
    for (let i = 0, size = w.list(list, 50); i < size; i++) write_tax_rate(w, (list as unknown[])[i]);
  }
}

const shop_rules_keys = new Set(["currency", "discount_multiple", "shipping", "tax"]);

export function write_shop_rules(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!shop_rules_keys.has(key)) w.unknown(value, key);
  w.open();
  w.text(value.currency, 200);
  w.integer(value.discount_multiple);
  write_shipping(w, value.shipping);
  write_tax(w, value.tax);
}

const customer_keys = new Set(["paid_orders"]);

export function write_customer(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!customer_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.paid_orders);
}

const variant_keys = new Set(["id", "product_id", "unit_price", "stock", "active", "max_quantity", "category_ids", "tax_class"]);

export function write_variant(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!variant_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.id);
  w.integer(value.product_id);
  w.integer(value.unit_price);
  w.integer(value.stock);
  w.boolean(value.active);
  w.integer(value.max_quantity);
  {
    const list = value.category_ids;
    for (let i = 0, size = w.list(list, 18446744073709551615); i < size; i++) w.integer((list as unknown[])[i]);
  }
  w.text(value.tax_class, 200);
}

const cart_line_keys = new Set(["variant_id", "quantity", "selected"]);

export function write_cart_line(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!cart_line_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.variant_id);
  w.integer(value.quantity);
  w.boolean(value.selected);
}

const target_words: readonly Target[] = ["item", "line", "order", "shipping"];

const rule_type_words: readonly RuleType[] = ["fixed", "percent", "free", "buy_x_get_y", "tiers"];

const tier_keys = new Set(["from", "amount", "basis_points"]);

export function write_tier(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!tier_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.from);
  w.integer(value.amount);
  w.integer(value.basis_points);
}

const id_filter_keys = new Set(["product_ids", "category_ids", "variant_ids"]);

export function write_id_filter(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!id_filter_keys.has(key)) w.unknown(value, key);
  w.open();
  {
    const list = value.product_ids;
    for (let i = 0, size = w.list(list, 1000); i < size; i++) w.integer((list as unknown[])[i]);
  }
  {
    const list = value.category_ids;
    for (let i = 0, size = w.list(list, 1000); i < size; i++) w.integer((list as unknown[])[i]);
  }
  {
    const list = value.variant_ids;
    for (let i = 0, size = w.list(list, 1000); i < size; i++) w.integer((list as unknown[])[i]);
  }
}

const rule_keys = new Set(["id", "name", "target", "type", "amount", "basis_points", "max_discount", "buy", "get", "max_groups", "tiers", "include", "exclude", "min_amount", "min_quantity", "starts_at", "ends_at", "first_order_only", "stack_group", "exclusive", "priority"]);

export function write_rule(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!rule_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.id);
  w.text(value.name, 200);
  w.word(value.target, target_words);
  w.word(value.type, rule_type_words);
  w.integer(value.amount);
  w.integer(value.basis_points);
  w.integer(value.max_discount);
  w.integer(value.buy);
  w.integer(value.get);
  w.integer(value.max_groups);
  {
    const list = value.tiers;
    for (let i = 0, size = w.list(list, 20); i < size; i++) write_tier(w, (list as unknown[])[i]);
  }
  write_id_filter(w, value.include);
  write_id_filter(w, value.exclude);
  w.integer(value.min_amount);
  w.integer(value.min_quantity);
  w.integer(value.starts_at);
  w.integer(value.ends_at);
  w.boolean(value.first_order_only);
  w.text(value.stack_group, 200);
  w.boolean(value.exclusive);
  w.integer(value.priority);
}

const coupon_status_words: readonly CouponStatus[] = ["AVAILABLE", "USED", "EXPIRED"];

const coupon_keys = new Set(["id", "status", "expires_at", "rule"]);

export function write_coupon(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!coupon_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.id);
  w.word(value.status, coupon_status_words);
  w.integer(value.expires_at);
  write_rule(w, value.rule);
}

const choice_mode_words: readonly ChoiceMode[] = ["none", "listed", "best"];

const coupon_pick_keys = new Set(["id", "variant_id"]);

export function write_coupon_pick(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!coupon_pick_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.id);
  w.integer(value.variant_id);
}

const choice_keys = new Set(["mode", "coupons"]);

export function write_choice(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!choice_keys.has(key)) w.unknown(value, key);
  w.open();
  w.word(value.mode, choice_mode_words);
  {
    const list = value.coupons;
    for (let i = 0, size = w.list(list, 200); i < size; i++) write_coupon_pick(w, (list as unknown[])[i]);
  }
}

const quote_request_keys = new Set(["now", "shop", "customer", "variants", "lines", "promotions", "coupons", "choice"]);

export function write_quote_request(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!quote_request_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.now);
  write_shop_rules(w, value.shop);
  write_customer(w, value.customer);
  {
    const list = value.variants;
    for (let i = 0, size = w.list(list, 5000); i < size; i++) write_variant(w, (list as unknown[])[i]);
  }
  {
    const list = value.lines;
    for (let i = 0, size = w.list(list, 500); i < size; i++) write_cart_line(w, (list as unknown[])[i]);
  }
  {
    const list = value.promotions;
    for (let i = 0, size = w.list(list, 200); i < size; i++) write_rule(w, (list as unknown[])[i]);
  }
  {
    const list = value.coupons;
    for (let i = 0, size = w.list(list, 200); i < size; i++) write_coupon(w, (list as unknown[])[i]);
  }
  write_choice(w, value.choice);
}

const shop_data_keys = new Set(["shop", "variants", "promotions"]);

export function write_shop_data(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!shop_data_keys.has(key)) w.unknown(value, key);
  w.open();
  write_shop_rules(w, value.shop);
  {
    const list = value.variants;
    for (let i = 0, size = w.list(list, 1000000); i < size; i++) write_variant(w, (list as unknown[])[i]);
  }
  {
    const list = value.promotions;
    for (let i = 0, size = w.list(list, 200); i < size; i++) write_rule(w, (list as unknown[])[i]);
  }
}

const cart_quote_request_keys = new Set(["now", "customer", "lines", "coupons", "choice"]);

export function write_cart_quote_request(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!cart_quote_request_keys.has(key)) w.unknown(value, key);
  w.open();
  w.integer(value.now);
  write_customer(w, value.customer);
  {
    const list = value.lines;
    for (let i = 0, size = w.list(list, 500); i < size; i++) write_cart_line(w, (list as unknown[])[i]);
  }
  {
    const list = value.coupons;
    for (let i = 0, size = w.list(list, 200); i < size; i++) write_coupon(w, (list as unknown[])[i]);
  }
  write_choice(w, value.choice);
}

const mutation_name_words: readonly MutationName[] = ["add", "set_quantity", "remove", "select", "clear", "merge"];

const mutation_keys = new Set(["name", "variant_id", "quantity", "selected", "lines"]);

export function write_mutation(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!mutation_keys.has(key)) w.unknown(value, key);
  w.open();
  w.word(value.name, mutation_name_words);
  w.integer(value.variant_id);
  w.integer(value.quantity);
  w.boolean(value.selected);
  {
    const list = value.lines;
    for (let i = 0, size = w.list(list, 500); i < size; i++) write_cart_line(w, (list as unknown[])[i]);
  }
}

const cart_edit_keys = new Set(["lines", "mutation", "variants"]);

export function write_cart_edit(w: Writer, value: unknown): void {
  if (!w.is_struct(value)) return;
  for (const key in value) if (!cart_edit_keys.has(key)) w.unknown(value, key);
  w.open();
  {
    const list = value.lines;
    for (let i = 0, size = w.list(list, 500); i < size; i++) write_cart_line(w, (list as unknown[])[i]);
  }
  write_mutation(w, value.mutation);
  {
    const list = value.variants;
    for (let i = 0, size = w.list(list, 1000000); i < size; i++) write_variant(w, (list as unknown[])[i]);
  }
}

const problem_code_words: readonly ProblemCode[] = ["unknown_variant", "inactive", "insufficient_stock", "over_max_quantity"];

export function read_line_problem(r: Reader): LineProblem {
  const out: LineProblem = {
    code: r.word(problem_code_words),
  };
  if (r.has()) out.available = r.number();
  if (r.has()) out.max_quantity = r.number();
  return out;
}

const discount_source_words: readonly DiscountSource[] = ["promotion", "coupon"];

export function read_line_discount(r: Reader): LineDiscount {
  const out: LineDiscount = {
    source: r.word(discount_source_words),
    id: r.number(),
    amount: r.number(),
  };
  return out;
}

export function read_quote_line(r: Reader): QuoteLine {
  const out: QuoteLine = {
    variant_id: r.number(),
    product_id: r.number(),
    quantity: r.number(),
    unit_price: r.number(),
    selected: r.boolean(),
    counted: r.boolean(),
    gross: r.number(),
    discount: r.number(),
    net: r.number(),
    tax: r.number(),
    problems: r.list(read_line_problem),
    discounts: r.list(read_line_discount),
  };
  return out;
}

export function read_applied(r: Reader): Applied {
  const out: Applied = {
    source: r.word(discount_source_words),
    id: r.number(),
    rule_id: r.number(),
    target: r.word(target_words),
    amount: r.number(),
    variant_id: r.is_null() ? null : r.number(),
  };
  return out;
}

const rejection_code_words: readonly RejectionCode[] = ["used", "expired", "not_started", "ended", "not_first_order", "no_eligible_items", "below_min_quantity", "below_min_amount", "cannot_combine", "no_effect", "not_selected", "unknown_coupon"];

export function read_rejection(r: Reader): Rejection {
  const out: Rejection = {
    id: r.number(),
    code: r.word(rejection_code_words),
  };
  if (r.has()) out.missing = r.number();
  if (r.has()) out.with = r.number();
  return out;
}

export function read_quote(r: Reader): Quote {
  const out: Quote = {
    currency: r.text(),
    orderable: r.boolean(),
    optimal: r.boolean(),
    lines: r.list(read_quote_line),
    applied: r.list(read_applied),
    rejected: r.list(read_rejection),
    subtotal: r.number(),
    item_discount: r.number(),
    order_discount: r.number(),
    merchandise: r.number(),
    shipping_fee: r.number(),
    shipping_discount: r.number(),
    tax: r.number(),
    total: r.number(),
    fingerprint: r.text(),
  };
  return out;
}

export function read_cart_line(r: Reader): CartLine {
  const out: CartLine = {
    variant_id: r.number(),
    quantity: r.number(),
    selected: r.boolean(),
  };
  return out;
}

export function read_cart(r: Reader): Cart {
  const out: Cart = {
    lines: r.list(read_cart_line),
  };
  return out;
}

const error_code_words: readonly ErrorCode[] = ["invalid_request", "malformed_json", "payload_too_large", "unsupported_media_type", "method_not_allowed", "not_found", "amount_overflow", "unauthenticated", "forbidden", "invalid_credentials", "email_taken", "weak_password", "reset_link_invalid", "account_has_open_orders", "cross_origin_refused", "cart_full", "cart_changed", "already_exists", "still_in_use", "changed_meanwhile", "limit_reached", "target_refused", "campaign_not_started", "campaign_ended", "campaign_exhausted", "already_issued", "coupon_not_usable", "coupon_code_unknown", "coupon_code_exhausted", "quote_changed", "not_orderable", "insufficient_stock", "insufficient_balance", "order_not_pending", "order_expired", "order_not_refundable", "refund_exceeds_order", "order_not_shippable", "order_not_deliverable", "not_first_order", "address_required", "charge_limit", "charge_not_pending", "charge_not_reversible", "charge_differs", "charge_failed", "receivable_outstanding", "provider_unavailable", "idempotency_key_required", "idempotency_key_reused", "idempotency_in_flight", "precondition_required", "rate_limited", "overloaded", "storage_failed", "outcome_unknown", "internal"];

export function read_failure(r: Reader): Failure {
  const out: Failure = {
    code: r.word(error_code_words),
  };
  if (r.has()) out.path = r.text();
  return out;
}

// Printed by `print_types api` from server/wire_fields.h. Don't edit: change the field lists and print again.
export type * from "cartwright";

import type {
  CartLineInput,
  Choice,
  CouponStatus,
  IdFilterInput,
  MutationName,
  Rule,
  RuleType,
  Shipping,
  ShippingInput,
  ShopRules,
  Target,
  Tax,
  TaxInput,
  TierInput,
  Variant,
} from "cartwright";

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Text {
  ko: string;
  en: string;
}

export interface ShopInfo {
  name: Text;
  currency_exponent: number;
  time_zone: string;
  rules: ShopRules;
  rules_version: string;
  now: number;
  charge_provider: string;
  charge_max: number;
  balance_max: number;
  require_address: boolean;
  pending_minutes: number;
  return_days: number;
}

export interface Category {
  id: number;
  parent_id: number | null;
  slug: string;
  name: Text;
}

export interface CategoryList {
  items: Category[];
}

export interface Image {
  url: string;
  alt: Text;
}

export interface ProductCard {
  id: number;
  handle: string;
  name: Text;
  image: Image | null;
  price_min: number;
  price_max: number;
  compare_at: number | null;
  stock: number;
  category_ids: number[];
}

export interface ProductOption {
  name: Text;
  values: Text[];
}

export interface ProductVariant {
  id: number;
  sku: string;
  options: number[];
  unit_price: number;
  compare_at: number | null;
  stock: number;
  active: boolean;
  max_quantity: number;
}

export interface Product {
  id: number;
  handle: string;
  name: Text;
  description: Text;
  vendor: string;
  tags: string[];
  category_ids: number[];
  images: Image[];
  options: ProductOption[];
  variants: ProductVariant[];
}

export interface PopularProduct {
  rank: number;
  units: number;
  product: ProductCard;
}

export interface PopularList {
  days: number;
  items: PopularProduct[];
}

export interface VariantLabel {
  variant_id: number;
  handle: string;
  name: Text;
  options: Text;
  image: string;
}

export interface Snapshot {
  cursor: string;
  complete: boolean;
  rules_version: string;
  now: number;
  shop: ShopRules;
  variants: Variant[];
  labels: VariantLabel[];
  removed_variant_ids: number[];
  promotions: Rule[];
  promotion_names: Text[];
}

export type CampaignPhase =
  | "coming"
  | "open"
  | "exhausted"
  | "ended";

export interface Campaign {
  id: number;
  name: Text;
  description: Text;
  rule: Rule;
  total_quantity: number;
  remaining_quantity: number;
  starts_at: number;
  ends_at: number;
  phase: CampaignPhase;
  issued_to_me: boolean | null;
  now: number;
}

export interface CampaignList {
  items: Campaign[];
}

export type CouponOrigin =
  | "campaign"
  | "code"
  | "grant";

export interface WalletCoupon {
  id: number;
  name: Text;
  origin: CouponOrigin;
  status: CouponStatus;
  expires_at: number | null;
  issued_at: number;
  used_at: number | null;
  rule: Rule;
}

export type Role =
  | "shopper"
  | "admin";

export type Language =
  | "ko"
  | "en";

export interface Me {
  id: number;
  email: string;
  name: string;
  role: Role;
  language: Language;
  paid_orders: number;
  balance: number;
}

export interface Session {
  token?: string;
  expires_at: number;
  me: Me;
}

export interface Balance {
  balance: number;
  receivable: number;
  charge_max: number;
  balance_max: number;
  bank_account: string;
}

export type ChargeStatus =
  | "PENDING"
  | "COMPLETED"
  | "FAILED"
  | "REVERSED";

export interface Checkout {
  client_key: string;
  order_id: string;
  amount: string;
  currency: string;
  success_url: string;
  fail_url: string;
  url: string;
}

export interface Charge {
  id: number;
  number: string;
  provider: string;
  amount: number;
  status: ChargeStatus;
  reason: string;
  created_at: number;
  finished_at: number | null;
  checkout?: Checkout;
  balance?: number;
}

export interface OrderUser {
  id: number;
  name: string;
  email: string;
}

export interface AdminCharge {
  charge: Charge;
  user: OrderUser;
  provider_id: string;
  open: number;
}

export type BalanceEntry =
  | "CHARGE"
  | "USE"
  | "REFUND"
  | "REVERSAL";

export interface BalanceHistory {
  id: number;
  type: BalanceEntry;
  amount: number;
  balance_before: number;
  balance_after: number;
  reference: string;
  created_at: number;
}

export interface CartItem {
  variant_id: number;
  quantity: number;
  selected: boolean;
  price_when_added: number | null;
}

export interface CartState {
  version: number;
  lines: CartItem[];
}

export interface SyncAnswer {
  resync: boolean;
  last_mutation_id: number;
  cart: CartState;
  changes: Snapshot | null;
  wallet: WalletCoupon[];
  balance: number;
  paid_orders: number;
}

export type OrderStatus =
  | "PENDING"
  | "PAID"
  | "SHIPPING"
  | "DELIVERED"
  | "CANCELLED";

export interface OrderItem {
  variant_id: number;
  product_id: number;
  handle: string;
  name: Text;
  options: Text;
  image: string;
  unit_price: number;
  quantity: number;
  discount: number;
  net: number;
  tax: number;
  refunded_quantity: number;
}

export interface OrderCoupon {
  id: number;
  name: Text;
  amount: number;
}

export interface Address {
  name: string;
  phone: string;
  postcode: string;
  line1: string;
  line2: string;
  note: string;
}

export interface Shipment {
  carrier: string;
  tracking_number: string;
  shipped_at: number;
  delivered_at: number | null;
}

export interface RefundItem {
  variant_id: number;
  quantity: number;
  net: number;
  tax: number;
}

export interface RefundInfo {
  id: number;
  amount: number;
  shipping: number;
  restocked: boolean;
  by_shopper: boolean;
  reason: string;
  items: RefundItem[];
  created_at: number;
}

export interface Order {
  number: string;
  status: OrderStatus;
  created_at: number;
  expires_at: number;
  paid_at: number | null;
  cancelled_at: number | null;
  cancel_reason: string;
  currency: string;
  items: OrderItem[];
  coupons: OrderCoupon[];
  subtotal: number;
  item_discount: number;
  order_discount: number;
  merchandise: number;
  shipping_fee: number;
  shipping_discount: number;
  tax: number;
  total: number;
  refunded: number;
  address: Address | null;
  shipments: Shipment[];
  refunds: RefundInfo[];
}

export interface OrderSummary {
  number: string;
  status: OrderStatus;
  created_at: number;
  expires_at: number;
  total: number;
  refunded: number;
  items: number;
  units: number;
  first_item: Text;
  image: string;
}

export type PaymentStatus =
  | "PENDING"
  | "COMPLETED"
  | "FAILED"
  | "CANCELLED";

export interface PaymentInfo {
  id: number;
  amount: number;
  status: PaymentStatus;
  reason: string;
  created_at: number;
}

export interface PaymentList {
  items: PaymentInfo[];
}

export interface Paid {
  payment: PaymentInfo;
  balance: number;
  order: Order;
}

export interface SavedAddress {
  id: number;
  name: string;
  phone: string;
  postcode: string;
  line1: string;
  line2: string;
  note: string;
  is_default: boolean;
}

export interface SavedAddressList {
  items: SavedAddress[];
}

export interface PolicyText {
  ko: string;
  en: string;
}

export interface ShopPolicies {
  terms: PolicyText;
  privacy: PolicyText;
  returns: PolicyText;
  shipping: PolicyText;
}

export interface ShopSettings {
  name: Text;
  currency: string;
  currency_is_fixed: boolean;
  time_zone: string;
  discount_multiple: number;
  shipping: Shipping;
  tax: Tax;
  policies: ShopPolicies;
}

export interface ResetLink {
  link: string;
  expires_at: number;
}

export interface Refunded {
  refund: RefundInfo;
  balance: number;
  order: Order;
}

export interface AdminLogEntry {
  id: number;
  user_id: number;
  user_name: string;
  action: string;
  entity: string;
  entity_id: number | null;
  before: unknown;
  after: unknown;
  created_at: number;
}

export interface AdminOrderSummary {
  number: string;
  status: OrderStatus;
  created_at: number;
  paid_at: number | null;
  total: number;
  refunded: number;
  items: number;
  units: number;
  first_item: Text;
  user: OrderUser;
}

export interface PaymentChange {
  status: PaymentStatus;
  reason: string;
  created_at: number;
}

export interface AdminPayment {
  id: number;
  amount: number;
  status: PaymentStatus;
  history: PaymentChange[];
}

export interface AdminOrder {
  order: Order;
  user: OrderUser;
  payments: AdminPayment[];
  log: AdminLogEntry[];
}

export type WebhookState =
  | "active"
  | "paused"
  | "stopped"
  | "dead"
  | "removed";

export interface Webhook {
  id: number;
  url: string;
  event_types: string[];
  state: WebhookState;
  cursor: number;
  last_position: number;
  failures: number;
  failing_since: number | null;
  next_attempt_at: number | null;
  created_at: number;
  secret?: string;
}

export interface WebhookDelivery {
  position: number;
  event_id: string;
  type: string;
  attempts: number;
  attempted_at: number;
  delivered_at: number | null;
  outcome: string;
}

export type RuleKind =
  | "coupon"
  | "promotion";

export interface RuleText {
  ko: string;
  en: string;
}

export interface IssuedCode {
  code: string;
  total: number | null;
  issued: number;
}

export interface RuleUptake {
  issued: number;
  used: number;
  discount: number;
}

export interface AdminRule {
  id: number;
  kind: RuleKind;
  name: Text;
  description: RuleText;
  rule: Rule;
  valid_days: number | null;
  code: IssuedCode | null;
  active: boolean;
  uptake: RuleUptake;
  version: number;
  created_at: number;
  updated_at: number;
}

export interface IssuedCodeList {
  items: IssuedCode[];
}

export interface Grant {
  user_id: number;
  id: number;
}

export interface GrantList {
  items: Grant[];
}

export interface AdminCampaign {
  id: number;
  coupon_id: number;
  name: Text;
  total_quantity: number;
  remaining_quantity: number;
  issued: number;
  starts_at: number;
  ends_at: number;
  phase: CampaignPhase;
  version: number;
  created_at: number;
}

export interface IssueStep {
  at: number;
  issued: number;
}

export interface CampaignReport {
  campaign: AdminCampaign;
  step_ms: number;
  steps: IssueStep[];
}

export interface SalesFigures {
  orders: number;
  units: number;
  paid: number;
  refunds: number;
  refunded_units: number;
  refunded: number;
  net: number;
  charged: number;
}

export interface SalesHour {
  at: number;
  sales: SalesFigures;
}

export interface RuleFigures {
  id: number;
  kind: string;
  name: Text;
  issued: number;
  used: number;
  discount: number;
}

export interface LowStock {
  label: VariantLabel;
  stock: number;
}

export interface OpenOrders {
  pending: number;
  paid: number;
  shipping: number;
}

export interface PendingCharges {
  count: number;
  amount: number;
}

export interface Stats {
  now: number;
  time_zone: string;
  days: number;
  sales: SalesFigures;
  hours: SalesHour[];
  rules: RuleFigures[];
  popular: PopularProduct[];
  low_stock_count: number;
  low_stock: LowStock[];
  open_orders: OpenOrders;
  pending_charges: PendingCharges;
  balance_outstanding: number;
  receivable: number;
}

export interface AdminProductSummary {
  id: number;
  version: number;
  handle: string;
  active: boolean;
  name: Text;
  image: string;
  price_min: number;
  stock: number;
  variants: number;
  updated_at: number;
}

export interface Name {
  ko: string;
  en: string;
}

export interface Description {
  ko: string;
  en: string;
}

export interface ImageInput {
  url: string;
  alt: Name;
}

export interface OptionInput {
  name: Name;
  values: Name[];
}

export interface ProductVariantInput {
  options?: number;
  stock?: number;
  sku: string;
  barcode: string;
  unit_price: number;
  compare_at: number | null;
  active: boolean;
  grams: number;
  image: string;
}

export interface ProductInput {
  handle: string;
  active: boolean;
  name: Name;
  description: Description;
  vendor: string;
  tags: string[];
  category_ids: number[];
  tax_class: string;
  max_quantity: number;
  images: ImageInput[];
  options: OptionInput[];
  variants?: ProductVariantInput;
}

export interface AdminVariant {
  id: number;
  product_id: number;
  version: number;
  options: number[];
  sku: string;
  barcode: string;
  unit_price: number;
  compare_at: number | null;
  stock: number;
  active: boolean;
  grams: number;
  image: string;
}

export interface AdminProduct {
  id: number;
  version: number;
  product: ProductInput;
  variants: AdminVariant[];
  created_at: number;
  updated_at: number;
}

export type MovementReason =
  | "RECEIVED"
  | "ADJUSTED"
  | "SOLD"
  | "RETURNED";

export interface Movement {
  id: number;
  delta: number;
  reason: MovementReason;
  reference: string;
  order_number: string;
  created_at: number;
}

export interface Moved {
  movement: Movement;
  stock: number;
}

export interface AdminCategory {
  id: number;
  version: number;
  parent_id: number | null;
  slug: string;
  name: Name;
  position: number;
  products: number;
}

export interface AdminCategoryList {
  items: AdminCategory[];
}

export interface UploadedImage {
  url: string;
  content_type: string;
  width: number;
  height: number;
  bytes: number;
}

export type ImportState =
  | "running"
  | "done"
  | "refused"
  | "failed"
  | "interrupted";

export interface ImportCounts {
  rows: number;
  products: number;
  products_done: number;
  products_created: number;
  products_changed: number;
  variants: number;
  variants_created: number;
  variants_changed: number;
  categories_created: number;
  images: number;
  products_skipped: number;
  variants_skipped: number;
}

export interface ImportFault {
  line: number;
  column: number;
  header: string;
  code: string;
  detail: string;
}

export interface ImportIssues {
  fault_count: number;
  faults: ImportFault[];
  warning_count: number;
  warnings: ImportFault[];
}

export interface Import {
  id: number;
  state: ImportState;
  counts: ImportCounts;
  issues: ImportIssues;
  created_at: number;
  finished_at: number | null;
}

export interface ImportPreview {
  taken: boolean;
  counts: ImportCounts;
  issues: ImportIssues;
}

export type SessionKind =
  | "cookie"
  | "token";

export interface Registration {
  email: string;
  password: string;
  name: string;
  language?: Language;
  session?: SessionKind;
}

export interface Credentials {
  email: string;
  password: string;
  session?: SessionKind;
}

export interface ChargeRequest {
  amount: number;
}

export interface ChargeReversal {
  reason: string;
}

export interface NewCartLine {
  variant_id: number;
  quantity?: number;
}

export interface CartLineChange {
  quantity?: number | null;
  selected?: boolean | null;
}

export interface MutationArgs {
  variant_id?: number | null;
  quantity?: number | null;
  selected?: boolean | null;
  lines?: CartLineInput[];
}

export interface QueuedMutation {
  id: number;
  name: MutationName;
  args?: MutationArgs;
}

export interface SyncRequest {
  client_id: string;
  mutations?: QueuedMutation[];
  cursor?: string | null;
}

export interface AddressInput {
  name: string;
  phone: string;
  postcode: string;
  line1: string;
  line2?: string;
  note?: string;
}

export interface NewOrder {
  lines?: CartLineInput[];
  choice?: Choice;
  expected_total: number;
  fingerprint: string;
  address?: AddressInput | null;
}

export interface NewSavedAddress {
  name: string;
  phone: string;
  postcode: string;
  line1: string;
  line2?: string;
  note?: string;
  is_default?: boolean;
}

export interface SavedAddressChange {
  name?: string | null;
  phone?: string | null;
  postcode?: string | null;
  line1?: string | null;
  line2?: string | null;
  note?: string | null;
  is_default?: boolean | null;
}

export interface CouponCode {
  code: string;
}

export interface PasswordChange {
  password: string;
  new_password: string;
}

export interface Erasure {
  password: string;
  forfeit_balance?: boolean;
}

export interface ResetRequest {
  email: string;
}

export interface NewPassword {
  token: string;
  password: string;
}

export interface TextInput {
  ko?: string;
  en?: string;
}

export interface PolicyTextInput {
  ko?: string;
  en?: string;
}

export interface ShopPoliciesInput {
  terms?: PolicyTextInput;
  privacy?: PolicyTextInput;
  returns?: PolicyTextInput;
  shipping?: PolicyTextInput;
}

export interface ShopSettingsChange {
  name?: TextInput | null;
  currency?: string | null;
  time_zone?: string | null;
  discount_multiple?: number | null;
  shipping?: ShippingInput | null;
  tax?: TaxInput | null;
  policies?: ShopPoliciesInput | null;
}

export interface RefundLine {
  variant_id: number;
  quantity?: number;
}

export interface ReturnRequest {
  lines?: RefundLine[];
  reason?: string;
}

export interface RefundRequest {
  lines?: RefundLine[];
  restock: boolean;
  reason?: string;
}

export interface ShipRequest {
  carrier: string;
  tracking_number: string;
}

export interface NewWebhook {
  url: string;
  event_types?: string[];
  after?: number | null;
}

export interface WebhookChange {
  url?: string | null;
  event_types?: string[] | null;
  active?: boolean | null;
}

export interface WebhookReplay {
  after: number;
}

export interface RuleTextInput {
  ko?: string;
  en?: string;
}

export interface RuleTerms {
  id?: number;
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

export interface NewCode {
  code: string;
  total?: number | null;
}

export interface NewRule {
  name: TextInput;
  description?: RuleTextInput;
  rule: RuleTerms;
  valid_days?: number;
  code?: NewCode | null;
}

export interface RuleChange {
  name?: TextInput | null;
  description?: RuleTextInput | null;
  rule?: RuleTerms | null;
  valid_days?: number | null;
  active?: boolean | null;
}

export interface NewGrants {
  user_ids?: number[];
  emails?: string[];
  note?: string;
}

export interface NewCampaign {
  coupon_id: number;
  total_quantity: number;
  starts_at: number;
  ends_at: number;
}

export interface CampaignChange {
  total_quantity?: number | null;
  starts_at?: number | null;
  ends_at?: number | null;
}

export interface NameInput {
  ko?: string;
  en?: string;
}

export interface DescriptionInput {
  ko?: string;
  en?: string;
}

export interface ImageInputInput {
  url: string;
  alt?: NameInput;
}

export interface OptionInputInput {
  name: NameInput;
  values: NameInput[];
}

export interface ProductVariantInputInput {
  options?: number[] | null;
  stock?: number | null;
  sku?: string;
  barcode?: string;
  unit_price: number;
  compare_at?: number | null;
  active?: boolean;
  grams?: number;
  image?: string;
}

export interface ProductInputInput {
  handle?: string;
  active?: boolean;
  name: NameInput;
  description?: DescriptionInput;
  vendor?: string;
  tags?: string[];
  category_ids?: number[];
  tax_class?: string;
  max_quantity?: number;
  images?: ImageInputInput[];
  options?: OptionInputInput[];
  variants?: ProductVariantInputInput[] | null;
}

export interface MovementInput {
  delta: number;
  reason: MovementReason;
  reference?: string;
}

export interface CategoryInput {
  parent_id?: number | null;
  slug?: string;
  name: NameInput;
  position?: number;
}

// Printed by `print_types api` from server/wire_fields.h. Don't edit: change the field lists and print again.
export type * from "cartwright";

import type {
  CartLineInput,
  Choice,
  CouponStatus,
  MutationName,
  Rule,
  ShopRules,
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
  token: string;
  expires_at: number;
  me: Me;
}

export interface Balance {
  balance: number;
  charge_max: number;
  balance_max: number;
}

export type ChargeStatus =
  | "PENDING"
  | "COMPLETED"
  | "FAILED"
  | "REVERSED";

export interface Charge {
  id: number;
  provider: string;
  amount: number;
  status: ChargeStatus;
  created_at: number;
  balance: number;
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

export interface Order {
  number: string;
  status: OrderStatus;
  created_at: number;
  expires_at: number;
  paid_at: number | null;
  cancelled_at: number | null;
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
  address: Address | null;
}

export interface OrderSummary {
  number: string;
  status: OrderStatus;
  created_at: number;
  expires_at: number;
  total: number;
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

export interface Registration {
  email: string;
  password: string;
  name: string;
  language?: Language;
}

export interface Credentials {
  email: string;
  password: string;
}

export interface ChargeRequest {
  amount: number;
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

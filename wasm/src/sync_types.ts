// What `POST /sync` and `GET /snapshot` of a server say: each as `print_types api` prints it, which a test checks.
import type { CartLineInput, CouponStatus, MutationName, Rule, ShopRules, Variant } from "./generated.js";

export interface Text {
  ko: string;
  en: string;
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

// What a synced cart is opened with, and what it shows.
import type { CartLine, CouponPick } from "./generated.js";
import type { Cartwright } from "./index.js";
import type { Catalogue } from "./sync_catalogue.js";
import type { Clock } from "./sync_clock.js";
import type { CartStorage } from "./sync_storage.js";
import type { WalletCoupon } from "./sync_types.js";

/** What is used of `load()`'s answer. */
export type PricingModule = Pick<Cartwright, "rules_version" | "open">;

/** As the server tells it (`GET /me`, or the answer to signing in); whatever else it has is kept too. */
export interface Account {
  id: number;
  balance: number;
  paid_orders: number;
}

/** What passes between tabs; a BroadcastChannel. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

export interface CartOptions {
  /** Where the server's API is: `https://shop.example.com/api/v1`, or `/api/v1` on the shop's own pages. */
  url: string;
  /** `load` of the package `cartwright`: asked for when prices are first needed. */
  module: () => Promise<PricingModule>;
  /** Without it: the IndexedDB database `name`, or memory where there is none. */
  storage?: CartStorage;
  /** Of the database, and of the channel between tabs. */
  name?: string;
  /** One that adds `Authorization: Bearer …` lets a page of another site, or a program, be signed in. */
  fetch?: typeof fetch;
  channel?: Channel | null;
  clock?: Clock;
}

export interface CartState<A extends Account = Account> {
  lines: CartLine[];
  /** Picked coupons, in the shopper's order. */
  picks: CouponPick[];
  /** How many edits the server doesn't know of yet. */
  pending: number;
  /** Whose cart it is; null: a guest's. It waits for its owner when a session ends, `account` is null then. */
  owner: number | null;
  account: A | null;
  /** The account's coupons that can be used. */
  wallet: WalletCoupon[];
  catalogue: Catalogue | null;
  /** Prices can be computed: module and catalogue are here. */
  priced: boolean;
  /** The server answered the last time it was asked. */
  online: boolean;
  /** False when this device keeps nothing after the page is closed: tell the shopper. */
  durable: boolean;
  /** The server computes by other rules than this page: it must be loaded again. */
  outdated: boolean;
}

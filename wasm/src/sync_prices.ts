// What is sold and at which prices: the catalogue, kept fresh, and the module that computes by it.
import type { Cart, CartLine, CartQuoteRequest, Choice, CouponPick, Mutation, Quote } from "./generated.js";
import type { Result, Shop } from "./index.js";
import type { Answer } from "./sync_ask.js";
import { merge_snapshot, with_stock } from "./sync_catalogue.js";
import type { Catalogue } from "./sync_catalogue.js";
import type { ServerClock } from "./sync_clock.js";
import type { CartState, PricingModule } from "./sync_state.js";
import type { CartStorage } from "./sync_storage.js";
import type { Snapshot } from "./sync_types.js";

/** The cart that the prices are for. */
export interface PricesHome {
  readonly clock: ServerClock;
  readonly storage: CartStorage;
  ask<T>(method: string, path: string): Promise<Answer<T>>;
}

export type PricesState = Pick<CartState, "catalogue"> & Partial<Pick<CartState, "priced" | "outdated">>;

/** Many calls within it become one. */
export const SOON_MS = 250;

/** Nothing but these coupons, in this order. */
export function choice_of(picks: CouponPick[]): Choice {
  return picks.length > 0 ? { mode: "listed", coupons: picks } : { mode: "none", coupons: [] };
}

export class Prices {
  catalogue: Catalogue | null = null;
  readonly #load: () => Promise<PricingModule>;
  readonly #home: PricesHome;
  readonly #show: (news: PricesState) => void;
  #module: PricingModule | null = null;
  #shop: Shop | null = null;
  /** What the server last said of its rules; a catalogue kept from before may be older than both. */
  #server_rules: string | null = null;
  #preparing: Promise<boolean> | null = null;
  readonly #fresh_stock = new Map<number, number>();

  constructor(load: () => Promise<PricingModule>, home: PricesHome, show: (news: PricesState) => void) {
    this.#load = load;
    this.#home = home;
    this.#show = show;
  }

  /** undefined: nothing is known of the shop yet. */
  apply(lines: CartLine[], mutation: Mutation): Result<Cart> | undefined {
    return this.#shop?.apply({ lines }, mutation);
  }

  quote(request: CartQuoteRequest): Quote | null {
    const result = this.#shop?.quote(request);
    return result && !("error" in result) ? result : null;
  }

  /** Loads the module, and the catalogue where there is none. True if it was fetched now. */
  async prepare(): Promise<boolean> {
    if (this.#module && this.catalogue) return false;
    this.#preparing ??= (async () => {
      const fetching = this.catalogue === null;
      [this.#module] = await Promise.all([this.#load(), fetching ? this.fetch() : null]);
      this.take(this.catalogue);
      return fetching;
    })().catch(() => false).finally(() => (this.#preparing = null)); // no network yet: the next one tries again
    return this.#preparing;
  }

  /** What changed since the catalogue of now, or all of it. */
  async fetch(all = false): Promise<void> {
    const since = all || !this.catalogue ? "" : `?since=${encodeURIComponent(this.catalogue.cursor)}`;
    const { clock } = this.#home;
    const sent_at = clock.device.now();
    const answer = await this.#home.ask<Snapshot>("GET", `/snapshot${since}`);
    if (!answer.ok) return;
    clock.learn(answer.value.now, sent_at, clock.device.now());
    this.learn(answer.value);
  }

  /** News of the server, whichever way they came. */
  learn(news: Snapshot): void {
    this.#server_rules = news.rules_version;
    const catalogue = merge_snapshot(this.catalogue ?? undefined, news);
    this.take(catalogue);
    void this.#home.storage.update("catalogue", () => catalogue);
  }

  /** Stock that was heard of by other ways, such as the server's stream. It comes in bursts: all is shown together. */
  learn_stock(variant_id: number, stock: number): void {
    this.#fresh_stock.set(variant_id, stock);
    if (this.#fresh_stock.size > 1) return;
    this.#home.clock.device.after(SOON_MS, () => {
      if (this.catalogue) this.take(with_stock(this.catalogue, this.#fresh_stock));
      this.#fresh_stock.clear();
    });
  }

  /** From now on it counts. */
  take(catalogue: Catalogue | null): void {
    this.catalogue = catalogue;
    const news: PricesState = { catalogue };
    if (this.#module && catalogue) {
      const { shop, variants, promotions } = catalogue;
      const opened = this.#module.open({ shop, variants, promotions });
      if ("error" in opened) {
        news.outdated = true; // rules that this page's module doesn't know
      } else {
        this.#shop = opened;
        news.priced = true;
        news.outdated = this.#server_rules !== null && this.#server_rules !== this.#module.rules_version;
      }
    }
    this.#show(news);
  }
}

// What a <cartwright-cart> shows: the catalogue of one shop and the cart that this browser keeps for it. Edits are
// applied by the module at once and kept in IndexedDB, where other tabs of the page's site find them; without storage
// they live as long as the page.
import { is_error, load } from "./index.js";
import type { CartLine, Cartwright, Mutation, Quote, Shop, ShopRulesInput, VariantInput, RuleInput } from "./index.js";
import type { WasmSource } from "./index.js";

interface Text {
  ko: string;
  en: string;
}

/** The part of a server's GET /snapshot that is used here. */
export interface Catalogue {
  rules_version: string;
  now: number;
  shop: ShopRulesInput;
  variants: VariantInput[];
  labels: { variant_id: number; name: Text; options: Text; image: string }[];
  promotions: RuleInput[];
}

export interface CartState {
  catalogue: Catalogue | null;
  lines: CartLine[];
  /** There are prices: module and catalogue are here. */
  ready: boolean;
  /** The shop was asked and didn't answer. */
  unreachable: boolean;
  /** False when the cart is gone with the page. */
  kept: boolean;
  /** The server computes by other rules than this page's module. */
  outdated: boolean;
}

let module: Promise<Cartwright> | undefined;
const sources = new Map<string, CartSource>();

/** The cart of the shop at this address; all elements of a page that name the same one share it. */
export function source_of(shop_url: string, wasm: WasmSource | undefined): CartSource {
  let source = sources.get(shop_url);
  if (!source) sources.set(shop_url, (source = new CartSource(shop_url, wasm)));
  return source;
}

export class CartSource {
  state: CartState = {
    catalogue: null, lines: [], ready: false, unreachable: false, kept: true, outdated: false,
  };

  readonly #url: string;
  readonly #wasm: WasmSource | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #channel: BroadcastChannel;
  readonly #opened: Promise<void>;
  #records: IDBDatabase | null = null;
  #shop: Shop | null = null;
  #ahead_ms = 0; // the server's clock, seen from this device's
  #fetching: Promise<void> | null = null;

  constructor(url: string, wasm: WasmSource | undefined) {
    this.#url = url;
    this.#wasm = wasm;
    this.#channel = new BroadcastChannel(`cartwright-cart ${url}`);
    this.#channel.onmessage = () => void this.#read_lines();
    this.#opened = this.#open();
    addEventListener("online", () => void this.refresh());
    addEventListener("offline", () => this.#set({ unreachable: true }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.refresh();
    });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** False while there is no catalogue: the first visit, without a network. */
  async edit(mutation: Mutation): Promise<boolean> {
    await this.#opened;
    if (!this.#shop) await this.refresh();
    const shop = this.#shop;
    if (!shop) return false;
    const apply = (lines: CartLine[]): CartLine[] => {
      const cart = shop.apply({ lines }, mutation);
      return is_error(cart) ? lines : cart.lines;
    };
    this.#set({ lines: apply(this.state.lines) });
    await this.#change_lines(apply);
    return true;
  }

  quote(): Quote | null {
    const quote = this.#shop?.quote({ now: Date.now() + this.#ahead_ms, lines: this.state.lines });
    return quote && !is_error(quote) ? quote : null;
  }

  /** Asks for the catalogue of now; what is here already goes on when there is no answer. */
  refresh(): Promise<void> {
    this.#fetching ??= this.#fetch().finally(() => (this.#fetching = null));
    return this.#fetching;
  }

  async #open(): Promise<void> {
    this.#records = await open_records(`cartwright-cart ${this.#url}`).catch(() => null);
    this.#set({ kept: this.#records !== null });
    const catalogue = await this.#read<Catalogue>("catalogue");
    await this.#read_lines();
    if (catalogue) await this.#take(catalogue).catch(() => {}); // a module that isn't here comes with `refresh`
    await this.refresh();
  }

  async #fetch(): Promise<void> {
    try {
      const asked_at = Date.now();
      const response = await fetch(`${this.#url}/api/v1/snapshot`, { credentials: "omit" });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const catalogue = (await response.json()) as Catalogue;
      this.#ahead_ms = catalogue.now - Math.round((asked_at + Date.now()) / 2);
      await this.#take(catalogue);
      this.#set({ unreachable: false });
      await this.#write("catalogue", () => catalogue);
    } catch {
      this.#set({ unreachable: true });
    }
  }

  async #take(catalogue: Catalogue): Promise<void> {
    module ??= load(this.#wasm === undefined ? {} : { wasm: this.#wasm });
    const cartwright = await module.catch((error: unknown) => {
      module = undefined; // to be tried again
      throw error;
    });
    const { shop, variants, promotions } = catalogue;
    const opened = cartwright.open({ shop, variants, promotions });
    if (is_error(opened)) return this.#set({ outdated: true });
    this.#shop = opened;
    this.#set({ catalogue, ready: true, outdated: catalogue.rules_version !== cartwright.rules_version });
  }

  async #read_lines(): Promise<void> {
    const lines = await this.#read<CartLine[]>("lines");
    if (lines) this.#set({ lines });
  }

  // The change is made once more to what is stored, in one transaction: two tabs lose nothing of each other.
  async #change_lines(apply: (lines: CartLine[]) => CartLine[]): Promise<void> {
    const stored = await this.#write<CartLine[]>("lines", (lines = []) => apply(lines));
    if (!stored) return;
    this.#set({ lines: stored });
    this.#channel.postMessage("changed");
  }

  #read<T>(name: string): Promise<T | undefined> {
    const records = this.#records;
    if (!records) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const reading = records.transaction("records").objectStore("records").get(name);
      reading.onsuccess = () => resolve(reading.result as T | undefined);
      reading.onerror = () => resolve(undefined);
    });
  }

  #write<T>(name: string, change: (before: T | undefined) => T): Promise<T | undefined> {
    const records = this.#records;
    if (!records) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const transaction = records.transaction("records", "readwrite");
      const store = transaction.objectStore("records");
      const reading = store.get(name);
      let after: T;
      reading.onsuccess = () => store.put((after = change(reading.result as T | undefined)), name);
      transaction.oncomplete = () => resolve(after);
      transaction.onabort = () => {
        this.#set({ kept: false });
        resolve(undefined);
      };
    });
  }

  #set(news: Partial<CartState>): void {
    this.state = { ...this.state, ...news };
    for (const listener of this.#listeners) listener();
  }
}

function open_records(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("records");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error("no storage"));
  });
}

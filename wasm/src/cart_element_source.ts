// The synced cart behind a <cartwright-cart>: one for each shop that a page names, shared by its elements. On the shop's
// own site it is the cart of the shop's own pages; elsewhere it is the site's, and an account's once it has a token.
import { load } from "./index.js";
import type { Cartwright, WasmSource } from "./index.js";
import { open_cart } from "./sync.js";
import type { Account, Answer, SyncedCart } from "./sync.js";

const sources = new Map<string, CartSource>();
let module: Promise<Cartwright> | undefined;

/** `shop_url`: without a slash at its end. */
export function source_of(shop_url: string, wasm: WasmSource | undefined): CartSource {
  let source = sources.get(shop_url);
  if (!source) sources.set(shop_url, (source = new CartSource(shop_url, wasm)));
  return source;
}

function load_once(wasm: WasmSource | undefined): Promise<Cartwright> {
  module ??= load(wasm === undefined ? {} : { wasm }).catch((error: unknown) => {
    module = undefined; // to be tried again
    throw error;
  });
  return module;
}

export class CartSource {
  /** null until what this browser remembers is read. */
  cart: SyncedCart | null = null;
  readonly opened: Promise<SyncedCart>;
  readonly #listeners = new Set<() => void>();
  #token = "";

  constructor(shop_url: string, wasm: WasmSource | undefined) {
    const is_own = new URL(shop_url).origin === location.origin;
    this.opened = open_cart({
      url: `${shop_url}/api/v1`,
      module: () => load_once(wasm),
      ...(is_own ? {} : { name: `cartwright ${shop_url}` }),
      fetch: (url, request) => fetch(url, { ...request, headers: this.#with_token(request?.headers) }),
    }).then((cart) => {
      this.cart = cart;
      cart.subscribe(() => this.#tell());
      this.#tell();
      void cart.sync();
      return cart;
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.cart?.sync_soon();
    });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** With a token of the shop's: the cart becomes the account's, with what is in it already on top. */
  async sign_in(token: string): Promise<Answer<Account>> {
    const cart = await this.opened;
    this.#token = token;
    const me = await cart.ask<Account>("GET", "/me");
    if (me.ok) {
      await cart.sign_in(me.value);
      await cart.sync();
    } else {
      this.#token = "";
    }
    return me;
  }

  /** Ends the session, and forgets here what was the account's. */
  async sign_out(): Promise<void> {
    const cart = await this.opened;
    await cart.ask("POST", "/auth/logout");
    this.#token = "";
    await cart.sign_out();
  }

  #with_token(headers: HeadersInit | undefined): Headers {
    const all = new Headers(headers);
    if (this.#token) all.set("Authorization", `Bearer ${this.#token}`);
    return all;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

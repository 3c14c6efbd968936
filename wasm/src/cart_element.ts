// <cartwright-cart>: the cart of a Cartwright shop in any page. Importing this file defines the element.
//
//   <cartwright-cart shop="https://shop.example.com" checkout="https://shop.example.com/cart"></cartwright-cart>
//   <button data-cartwright-add="11">Add to cart</button>
//
// Things are added by `cart.add(11, 2)`, by a click on what has `data-cartwright-add` (and maybe `data-quantity`), or by
// an event `cartwright-add` with {variant_id, quantity} as its detail, anywhere in the page. It tells the page by
// `cartwright-change` and `cartwright-checkout`, with {lines, picks, quote}; the second can be prevented.
import { explain } from "./explain.js";
import type { Explain } from "./explain.js";
import type { CartLine, CouponPick, Mutation, Quote, WasmSource } from "./index.js";
import { add_pick, choice_of, offers_of, picks_of, remove_pick } from "./sync.js";
import type { Account, Answer, Problem, SyncedCart } from "./sync.js";
import { wallet_model } from "./cart_element_coupons.js";
import type { WalletModel } from "./cart_element_coupons.js";
import { source_of } from "./cart_element_source.js";
import type { CartSource } from "./cart_element_source.js";
import { CartView } from "./cart_element_view.js";
import type { CartModel, LineModel, SumModel } from "./cart_element_view.js";
import { language_of, words } from "./cart_element_words.js";
import type { CartLanguage, CartWords } from "./cart_element_words.js";

export interface CartChange {
  lines: CartLine[];
  /** The coupons that the shopper has picked, in that order: what an order names as its choice. */
  picks: CouponPick[];
  /** Of these lines with these picks. */
  quote: Quote | null;
}

// Where pages are rendered without a browser the file can be imported, too.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;
const TAG = "cartwright-cart";

export class CartwrightCart extends Base {
  static readonly observedAttributes = ["shop", "lang", "checkout"];
  /** For bundlers that move the module: what `load({ wasm })` takes. Set it before the first cart is in the page. */
  static wasm: WasmSource | undefined;

  #source: CartSource | null = null;
  #view: CartView | null = null;
  #leave = new AbortController();
  #done: CartModel["done"] = null;
  #removed: { variant_id: number; quantity: number } | null = null;
  #refused: Problem | null = null; // of the last edit
  #told = ""; // of the last `cartwright-change`

  /** Adds to the cart. False when it can't be; the cart says why. */
  async add(variant_id: number, quantity = 1): Promise<boolean> {
    const done = await this.#edit({ name: "add", variant_id, quantity });
    if (done) this.#say(this.#words.added(this.#name_of(variant_id)));
    return done;
  }

  set_quantity(variant_id: number, quantity: number): Promise<boolean> {
    return this.#edit({ name: "set_quantity", variant_id, quantity });
  }

  async remove_line(variant_id: number): Promise<boolean> {
    const line = this.lines.find((one) => one.variant_id === variant_id);
    const done = await this.#edit({ name: "remove", variant_id });
    if (done && line) {
      this.#removed = { variant_id, quantity: line.quantity };
      this.#say(this.#words.removed(this.#name_of(variant_id)), this.#words.undo);
    }
    return done;
  }

  clear(): Promise<boolean> {
    return this.#edit({ name: "clear" });
  }

  /**
   * With a token that the shop gave (`POST /auth/login` with `"session": "token"`): the cart becomes the account's, on
   * all its devices, with what is in it already on top. The token is the page's to keep.
   */
  async sign_in(token: string): Promise<Answer<Account>> {
    return this.#source!.sign_in(token);
  }

  /** Ends the session; what was the account's is forgotten here. */
  async sign_out(): Promise<void> {
    return this.#source?.sign_out();
  }

  get lines(): CartLine[] {
    return this.#source?.cart?.state.lines ?? [];
  }

  /** Coupons of the wallet that are picked. What another device has used up meanwhile is none. */
  get picks(): CouponPick[] {
    const { picks = [], wallet = [] } = this.#source?.cart?.state ?? {};
    return picks.filter((pick) => wallet.some((coupon) => coupon.id === pick.id));
  }

  /** What the lines cost now with the picks; null until module and catalogue are here. */
  get quote(): Quote | null {
    return this.#quote_of(this.picks);
  }

  /** Picks a coupon of the wallet; what can't stand beside it makes room. False: there is no such coupon. */
  async add_coupon(id: number): Promise<boolean> {
    if (!this.#source?.cart?.state.wallet.some((coupon) => coupon.id === id)) return false;
    const { picks, replaced } = add_pick(this.picks, id, this.#quote_of);
    await this.#pick(picks);
    const applied = this.quote?.applied.find((one) => one.source === "coupon" && one.id === id);
    const [instead_of] = replaced;
    if (instead_of !== undefined) {
      this.#say(this.#words.used_instead(this.#coupon_name(id), this.#coupon_name(instead_of)));
    } else if (applied) {
      this.#say(this.#explain().applied(applied));
    }
    return true;
  }

  /** False: it wasn't picked. */
  async remove_coupon(id: number): Promise<boolean> {
    const was_picked = this.picks.some((pick) => pick.id === id);
    if (was_picked) await this.#pick(remove_pick(this.picks, id));
    return was_picked;
  }

  /** Picks the set that makes the lines cheapest. False: there are no prices yet. */
  async best_coupons(): Promise<boolean> {
    const { quote: before } = this;
    const best = this.#source?.cart?.quote({ mode: "best", coupons: [] });
    if (!before || !best) return false;
    await this.#pick(picks_of(best));
    const saved = before.total - best.total;
    const say = this.#words;
    this.#say(saved > 0 ? say.best_saved(this.#explain().money(saved)) : say.best_already);
    return true;
  }

  connectedCallback(): void {
    this.#view ??= new CartView(this.shadowRoot ?? this.attachShadow({ mode: "open" }), {
      set_quantity: (id, quantity) => void this.set_quantity(id, quantity),
      remove: (id) => void this.remove_line(id),
      undo: () => void this.#undo(),
      coupons: {
        pick: (id, picked) => void (picked ? this.add_coupon(id) : this.remove_coupon(id)),
        best: () => void this.best_coupons(),
      },
      checkout: () => this.#tell("cartwright-checkout", true),
    });
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    document.addEventListener("click", (event) => this.#on_click(event), { signal });
    document.addEventListener("cartwright-add", (event) => this.#on_add(event), { signal });
    const language = new MutationObserver(() => this.#draw());
    language.observe(document.documentElement, { attributeFilter: ["lang"] });
    signal.addEventListener("abort", () => language.disconnect());
    this.#connect();
  }

  disconnectedCallback(): void {
    this.#leave.abort();
    this.#source = null;
  }

  attributeChangedCallback(name: string): void {
    if (!this.isConnected || !this.#view) return;
    if (name === "shop") this.#connect();
    else this.#draw();
  }

  // The page's own site, where no shop is named.
  #connect(): void {
    const url = new URL(this.getAttribute("shop") ?? "/", document.baseURI).href.replace(/\/$/, "");
    const source = source_of(url, CartwrightCart.wasm);
    if (source === this.#source) return;
    this.#source = source;
    const forget = source.subscribe(() => {
      if (this.#source === source) this.#draw();
      else forget();
    });
    this.#leave.signal.addEventListener("abort", forget);
    this.#draw();
  }

  get #language(): CartLanguage {
    const said = this.closest<HTMLElement>("[lang]")?.lang;
    return language_of(said || navigator.language);
  }

  get #words(): CartWords {
    return words[this.#language];
  }

  #on_click(event: MouseEvent): void {
    const trigger = (event.target as Element | null)?.closest?.<HTMLElement>("[data-cartwright-add]");
    if (!trigger || !this.#is_meant(trigger.dataset["cartwrightCart"])) return;
    const { cartwrightAdd, quantity } = trigger.dataset;
    void this.add(Number(cartwrightAdd), Number(quantity ?? 1));
  }

  #on_add(event: Event): void {
    const { variant_id, quantity, cart } = (event as CustomEvent).detail ?? {};
    if (this.#is_meant(cart)) void this.add(Number(variant_id), Number(quantity ?? 1));
  }

  // The cart of that id; without one the first of the page.
  #is_meant(id: string | undefined): boolean {
    return id === undefined ? document.querySelector(TAG) === this : this.id === id;
  }

  async #edit(mutation: Mutation): Promise<boolean> {
    this.#done = null;
    this.#removed = null;
    const cart = await this.#source?.opened;
    const answer = await cart?.edit(mutation);
    this.#refused = answer && !answer.ok ? answer.problem : null;
    if (this.#refused) this.#draw();
    return answer?.ok ?? false;
  }

  readonly #quote_of = (picks: CouponPick[]): Quote | null => this.#source?.cart?.quote(choice_of(picks)) ?? null;

  async #pick(picks: CouponPick[]): Promise<void> {
    this.#done = null;
    await this.#source?.cart?.set_picks(picks);
  }

  async #undo(): Promise<void> {
    const removed = this.#removed;
    if (removed) await this.#edit({ name: "add", ...removed });
    this.#draw();
  }

  #say(text: string, undo = ""): void {
    this.#done = { text, undo };
    this.#draw();
  }

  #detail(quote: Quote | null): CartChange {
    return { lines: this.lines, picks: this.picks, quote };
  }

  /** True: a listener has prevented it. */
  #tell(name: string, cancelable = false, detail = this.#detail(this.quote)): boolean {
    return !this.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: true, composed: true }));
  }

  #label_of(variant_id: number): { name: string; options: string; picture: string } {
    const label = this.#source?.cart?.state.catalogue?.labels.find((one) => one.variant_id === variant_id);
    if (!label) return { name: this.#words.unknown_product, options: "", picture: "" };
    const language = this.#language;
    const shop = new URL(this.getAttribute("shop") ?? "/", document.baseURI);
    return {
      name: label.name[language] || label.name.ko,
      options: label.options[language] || label.options.ko,
      picture: label.image && new URL(label.image, shop).href,
    };
  }

  #name_of(variant_id: number): string {
    const { name, options } = this.#label_of(variant_id);
    return options ? `${name} (${options})` : name;
  }

  #coupon_name(id: number): string {
    const coupon = this.#source?.cart?.state.wallet.find((one) => one.id === id);
    return coupon ? coupon.name[this.#language] || coupon.name.ko : "";
  }

  /** In words that know the names of this shopper's coupons and this shop's promotions. */
  #explain(): Explain {
    const cart = this.#source?.cart;
    const { wallet = [], catalogue } = cart?.state ?? {};
    const language = this.#language;
    return explain(this.#words.sentences, {
      shop: { currency: catalogue?.shop.currency ?? "" },
      now: cart?.clock.now() ?? Date.now(),
      coupons: wallet.map(({ id, rule }) => ({ id, rule: { name: this.#coupon_name(id), starts_at: rule.starts_at } })),
      promotions: (catalogue?.promotions ?? []).map(({ id, name }, at) => {
        const names = catalogue?.promotion_names[at];
        return { id, name: names?.[language] || names?.ko || name };
      }),
    });
  }

  #draw(): void {
    if (!this.#source || !this.#view) return;
    const quote = this.quote;
    this.#view.show(this.#source.cart ? this.#model(this.#source.cart, quote) : this.#nothing_yet());
    const detail = this.#detail(quote);
    const told = JSON.stringify([detail.lines, detail.picks, quote?.fingerprint]);
    if (!quote || told === this.#told) return;
    this.#told = told;
    this.#tell("cartwright-change", false, detail);
  }

  #nothing_yet(): CartModel {
    const { title, loading: message } = this.#words;
    const nothing = { units: "", lines: [], sums: [], notices: [], wallet: null, promotions: [] };
    return { language: this.#language, title, message, ...nothing, done: null, checkout: null };
  }

  #model({ state }: SyncedCart, quote: Quote | null): CartModel {
    const say = this.#words;
    const { lines, catalogue } = state;
    const tell = this.#explain();
    const units = lines.reduce((sum, line) => sum + line.quantity, 0);
    const notices = [
      state.outdated ? say.outdated : "",
      state.online ? "" : state.priced ? say.offline : say.unreachable,
      state.durable ? "" : say.not_kept,
      this.#refused && this.#refused.code !== "offline" ? tell.error({ ...this.#refused, code: this.#refused.code }) : "",
    ];
    const address = this.getAttribute("checkout");
    const checkout = address === null
      ? null
      : { label: say.checkout, address, enabled: quote?.orderable === true && !state.outdated };
    return {
      language: this.#language,
      title: say.title,
      units: units > 0 ? say.units(units) : "",
      message: units > 0 ? "" : state.priced || !state.online ? say.empty : say.loading,
      lines: lines.map((line) => this.#line(line, quote, tell)),
      wallet: quote && units > 0 ? this.#wallet(quote, tell) : null,
      promotions: (quote?.applied ?? []).filter(({ source }) => source === "promotion").map(tell.applied),
      sums: quote && catalogue && units > 0 ? sums_of(quote, catalogue.shop.tax?.mode === "exclusive", say, tell) : [],
      notices: notices.filter(Boolean),
      done: this.#done,
      checkout,
    };
  }

  #wallet(quote: Quote, tell: Explain): WalletModel | null {
    const { wallet } = this.#source!.cart!.state;
    if (wallet.length === 0) return null;
    const bare = explain(this.#words.sentences, { shop: { currency: quote.currency } });
    const offers = offers_of(wallet, this.picks, quote, this.#quote_of);
    return wallet_model(offers, this.#words, tell, bare, (id) => this.#coupon_name(id));
  }

  #line({ variant_id, quantity }: CartLine, quote: Quote | null, tell: Explain): LineModel {
    const say = this.#words;
    const priced = quote?.lines.find((line) => line.variant_id === variant_id);
    const name = this.#name_of(variant_id);
    return {
      ...this.#label_of(variant_id),
      id: variant_id,
      quantity,
      before: priced && priced.net !== priced.gross ? tell.money(priced.gross) : "",
      price: priced ? tell.money(priced.net) : "",
      problems: (priced?.problems ?? []).map(tell.problem),
      remove: say.remove,
      labels: {
        group: say.quantity(name),
        less: say.one_less(name),
        more: say.one_more(name),
        remove: say.remove_line(name),
      },
    };
  }
}

function sums_of(quote: Quote, tax_is_added: boolean, say: CartWords, { money }: Explain): SumModel[] {
  const discount = quote.item_discount + quote.order_discount;
  const shipping = quote.shipping_fee - quote.shipping_discount;
  const rows: SumModel[] = [{ name: "subtotal", label: say.subtotal, amount: money(quote.subtotal) }];
  if (discount > 0) rows.push({ name: "discount", label: say.discount, amount: money(-discount) });
  rows.push({ name: "shipping", label: say.shipping, amount: shipping > 0 ? money(shipping) : say.free });
  if (tax_is_added) rows.push({ name: "tax", label: say.tax, amount: money(quote.tax) });
  rows.push({ name: "total", label: say.total, amount: money(quote.total) });
  if (!tax_is_added && quote.tax > 0) rows.push({ name: "included", label: say.included_tax, amount: money(quote.tax) });
  return rows;
}

if (globalThis.customElements && !customElements.get(TAG)) customElements.define(TAG, CartwrightCart);

declare global {
  interface HTMLElementTagNameMap {
    "cartwright-cart": CartwrightCart;
  }
}

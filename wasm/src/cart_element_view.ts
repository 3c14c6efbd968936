// What <cartwright-cart> draws in its shadow. Elements stay where they are while their texts change, so focus and what a
// screen reader reads stay too.
import { WalletView } from "./cart_element_coupons.js";
import type { CouponActions, WalletModel } from "./cart_element_coupons.js";
import { make, Rows, set_text } from "./cart_element_parts.js";
import type { RowView } from "./cart_element_parts.js";
import { style } from "./cart_element_style.js";

export interface LineModel {
  /** The variant's. */
  id: number;
  name: string;
  options: string;
  /** An address; empty: no picture. */
  picture: string;
  quantity: number;
  /** Of all units, before and after discounts; empty while there are no prices. */
  before: string;
  price: string;
  problems: string[];
  remove: string;
  labels: { group: string; less: string; more: string; remove: string };
}

export interface SumModel {
  name: "subtotal" | "discount" | "shipping" | "tax" | "included" | "total";
  label: string;
  amount: string;
}

export interface CartModel {
  language: string;
  title: string;
  units: string;
  /** Instead of lines. */
  message: string;
  lines: LineModel[];
  sums: SumModel[];
  notices: string[];
  /** What was done last, and how to take it back. */
  done: { text: string; undo: string } | null;
  /** null: there are no coupons, or nothing to use them on. */
  wallet: WalletModel | null;
  /** What the shop takes off by itself, in words. */
  promotions: string[];
  /** null: no button. An empty address: a button that only tells the page. */
  checkout: { label: string; address: string; enabled: boolean } | null;
}

export interface CartActions {
  set_quantity(variant_id: number, quantity: number): void;
  remove(variant_id: number): void;
  undo(): void;
  coupons: CouponActions;
  /** True: the page does it itself. */
  checkout(): boolean;
}

let shared: CSSStyleSheet | undefined;

// Made by script and adopted, so a policy without 'unsafe-inline' has nothing to forbid. One for all carts of a page.
function sheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(style);
  }
  return shared;
}

class LineView implements RowView<LineModel> {
  readonly row: HTMLLIElement;
  readonly #picture = make("img", "picture");
  readonly #name = make("span", "name");
  readonly #options = make("span", "options");
  readonly #problems = make("span", "problem");
  readonly #less = make("button", "less", new Text("−"));
  readonly #input = make("input", "quantity");
  readonly #more = make("button", "more", new Text("+"));
  readonly #stepper = make("div", "stepper", this.#less, this.#input, this.#more);
  readonly #before = make("s", "before");
  readonly #price = make("span", "");
  readonly #remove = make("button", "remove");
  #quantity = 0;

  constructor(variant_id: number, actions: CartActions) {
    const what = make("div", "what", this.#name, this.#options, this.#problems);
    const price = make("div", "price", this.#before, this.#price);
    this.row = make("li", "line", this.#picture, what, this.#stepper, price, this.#remove);
    this.#picture.alt = "";
    this.#picture.loading = "lazy";
    this.#stepper.setAttribute("role", "group");
    this.#input.inputMode = "numeric";
    this.#input.autocomplete = "off";
    for (const button of [this.#less, this.#more, this.#remove]) button.type = "button";
    this.#less.addEventListener("click", () => actions.set_quantity(variant_id, this.#quantity - 1));
    this.#more.addEventListener("click", () => actions.set_quantity(variant_id, this.#quantity + 1));
    this.#remove.addEventListener("click", () => actions.remove(variant_id));
    this.#input.addEventListener("change", () => {
      const typed = Number(this.#input.value);
      if (Number.isSafeInteger(typed) && typed > 0) actions.set_quantity(variant_id, typed);
      this.#input.value = String(this.#quantity); // until it is so
    });
  }

  show(line: LineModel): void {
    this.#quantity = line.quantity;
    this.#picture.hidden = line.picture === "";
    if (line.picture && this.#picture.getAttribute("src") !== line.picture) this.#picture.src = line.picture;
    set_text(this.#name, line.name);
    set_text(this.#options, line.options);
    set_text(this.#problems, line.problems.join(" "));
    set_text(this.#before, line.before);
    set_text(this.#price, line.price);
    set_text(this.#remove, line.remove);
    this.#less.disabled = line.quantity <= 1;
    this.#input.value = String(line.quantity);
    this.#stepper.setAttribute("aria-label", line.labels.group);
    this.#input.setAttribute("aria-label", line.labels.group);
    this.#less.setAttribute("aria-label", line.labels.less);
    this.#more.setAttribute("aria-label", line.labels.more);
    this.#remove.setAttribute("aria-label", line.labels.remove);
  }
}

export class CartView {
  readonly #actions: CartActions;
  readonly #title = make("h2", "title");
  readonly #units = make("span", "units");
  readonly #message = make("p", "message");
  readonly #lines: Rows<LineModel>;
  readonly #wallet: WalletView;
  readonly #promotions = make("ul", "promotions");
  readonly #sums = make("dl", "sums");
  readonly #notices = make("div", "notices");
  readonly #status = make("span", "");
  readonly #undo = make("button", "undo");
  readonly #done = make("div", "done", this.#status, this.#undo);
  readonly #foot = make("div", "");
  readonly #cart: HTMLElement;

  constructor(root: ShadowRoot, actions: CartActions) {
    this.#actions = actions;
    root.adoptedStyleSheets = [sheet()];
    this.#lines = new Rows("lines", (id) => new LineView(id, actions));
    this.#wallet = new WalletView(actions.coupons);
    this.#title.tabIndex = -1; // focus comes here when what had it is gone
    this.#title.id = "title";
    const head = make("header", "header", this.#title, this.#units);
    const live = make("div", "", this.#done);
    this.#cart = make(
      "section", "cart",
      head, this.#message, this.#lines.list, this.#notices, this.#wallet.section, live, this.#promotions, this.#sums, this.#foot,
    );
    this.#cart.setAttribute("aria-labelledby", "title");
    this.#promotions.setAttribute("role", "list");
    live.setAttribute("role", "status");
    live.className = "notices";
    this.#undo.type = "button";
    this.#undo.addEventListener("click", () => actions.undo());
    root.append(this.#cart);
  }

  show(model: CartModel): void {
    this.#cart.lang = model.language;
    set_text(this.#title, model.title);
    set_text(this.#units, model.units);
    set_text(this.#message, model.message);
    const lost_line = this.#lines.show(model.lines);
    const lost_coupon = this.#wallet.show(model.wallet);
    if (lost_line || lost_coupon) this.#title.focus();
    show_texts(this.#promotions, "li", "promotion", model.promotions);
    this.#sums.hidden = model.sums.length === 0;
    this.#sums.replaceChildren(...model.sums.map(sum_row));
    show_texts(this.#notices, "p", "notice", model.notices);
    this.#done.hidden = model.done === null;
    set_text(this.#status, model.done?.text ?? "");
    set_text(this.#undo, model.done?.undo ?? "");
    this.#show_checkout(model.checkout);
  }

  #show_checkout(checkout: CartModel["checkout"]): void {
    if (!checkout) return this.#foot.replaceChildren();
    const is_link = checkout.enabled && checkout.address !== "";
    let button = this.#foot.firstElementChild as HTMLElement | null;
    if (button?.localName !== (is_link ? "a" : "button")) {
      button = make(is_link ? "a" : "button", "checkout");
      button.addEventListener("click", (event) => {
        if (this.#actions.checkout()) event.preventDefault();
      });
      this.#foot.replaceChildren(button);
    }
    set_text(button, checkout.label);
    if (button instanceof HTMLAnchorElement) button.href = checkout.address;
    else if (button instanceof HTMLButtonElement) button.disabled = !checkout.enabled;
  }
}

function show_texts(parent: HTMLElement, tag: "li" | "p", name: string, texts: string[]): void {
  const shown = Array.from(parent.children, (child) => child.textContent).join();
  if (shown !== texts.join()) parent.replaceChildren(...texts.map((text) => make(tag, name, new Text(text))));
  parent.hidden = texts.length === 0;
}

function sum_row({ name, label, amount }: SumModel): HTMLElement {
  const row = make("div", name);
  if (name === "discount") row.classList.add("off");
  const term = document.createElement("dt");
  const value = document.createElement("dd");
  term.textContent = label;
  value.textContent = amount;
  row.append(term, value);
  return row;
}

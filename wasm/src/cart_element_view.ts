// What <cartwright-cart> draws in its shadow. Elements stay where they are while their texts change, so focus and what a
// screen reader reads stay too.
import { style } from "./cart_element_style.js";

export interface LineModel {
  variant_id: number;
  name: string;
  options: string;
  /** An address; empty: no picture. */
  picture: string;
  quantity: number;
  /** Of all units, before and after discounts; empty while there are no prices. */
  before: string;
  price: string;
  problems: string[];
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
  remove: string;
  /** null: no button. An empty address: a button that only tells the page. */
  checkout: { label: string; address: string; enabled: boolean } | null;
}

export interface CartActions {
  set_quantity(variant_id: number, quantity: number): void;
  remove(variant_id: number): void;
  undo(): void;
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

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name: string,
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (name) {
    element.className = name;
    element.setAttribute("part", name);
  }
  element.append(...children);
  return element;
}

function set_text(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}

class LineView {
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

  show(line: LineModel, remove: string): void {
    this.#quantity = line.quantity;
    this.#picture.hidden = line.picture === "";
    if (line.picture && this.#picture.getAttribute("src") !== line.picture) this.#picture.src = line.picture;
    set_text(this.#name, line.name);
    set_text(this.#options, line.options);
    set_text(this.#problems, line.problems.join(" "));
    set_text(this.#before, line.before);
    set_text(this.#price, line.price);
    set_text(this.#remove, remove);
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
  readonly #list = make("ul", "lines");
  readonly #sums = make("dl", "sums");
  readonly #notices = make("div", "notices");
  readonly #status = make("span", "");
  readonly #undo = make("button", "undo");
  readonly #done = make("div", "done", this.#status, this.#undo);
  readonly #foot = make("div", "");
  readonly #cart: HTMLElement;
  readonly #lines = new Map<number, LineView>();

  constructor(root: ShadowRoot, actions: CartActions) {
    this.#actions = actions;
    root.adoptedStyleSheets = [sheet()];
    this.#title.tabIndex = -1; // focus comes here when the line that had it is gone
    this.#title.id = "title";
    const head = make("header", "header", this.#title, this.#units);
    const live = make("div", "", this.#done);
    this.#cart = make("section", "cart", head, this.#message, this.#list, this.#notices, live, this.#sums, this.#foot);
    this.#cart.setAttribute("aria-labelledby", "title");
    this.#list.setAttribute("role", "list"); // Safari takes it from lists without markers
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
    this.#show_lines(model);
    this.#sums.hidden = model.sums.length === 0;
    this.#sums.replaceChildren(...model.sums.map(sum_row));
    const notices = model.notices.map((text) => make("p", "notice", new Text(text)));
    const shown = Array.from(this.#notices.children, (child) => child.textContent).join();
    if (shown !== model.notices.join()) this.#notices.replaceChildren(...notices);
    this.#done.hidden = model.done === null;
    set_text(this.#status, model.done?.text ?? "");
    set_text(this.#undo, model.done?.undo ?? "");
    this.#show_checkout(model.checkout);
  }

  #show_lines({ lines, remove }: CartModel): void {
    const wanted = new Set(lines.map((line) => line.variant_id));
    let lost_focus = false;
    for (const [id, view] of this.#lines) {
      if (wanted.has(id)) continue;
      lost_focus ||= view.row.contains((view.row.getRootNode() as ShadowRoot).activeElement);
      view.row.remove();
      this.#lines.delete(id);
    }
    lines.forEach((line, at) => {
      let view = this.#lines.get(line.variant_id);
      if (!view) this.#lines.set(line.variant_id, (view = new LineView(line.variant_id, this.#actions)));
      if (this.#list.children[at] !== view.row) this.#list.insertBefore(view.row, this.#list.children[at] ?? null);
      view.show(line, remove);
    });
    this.#list.hidden = lines.length === 0;
    if (lost_focus) this.#title.focus();
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

// The wallet in a <cartwright-cart>: each coupon with what it takes off, would take off, or why not.
import type { Explain } from "./explain.js";
import type { CouponOffer } from "./sync_coupons.js";
import { make, Rows, set_text } from "./cart_element_parts.js";
import type { RowView } from "./cart_element_parts.js";
import type { CartWords } from "./cart_element_words.js";

export interface CouponModel {
  id: number;
  name: string;
  /** How long it lasts; empty: it doesn't end. */
  until: string;
  picked: boolean;
  usable: boolean;
  /** In words; `state` tells of what kind it is, for its looks. */
  text: string;
  state: "applied" | "saves" | "refused";
}

export interface WalletModel {
  title: string;
  best: string;
  coupons: CouponModel[];
}

export interface CouponActions {
  pick(id: number, picked: boolean): void;
  best(): void;
}

/** `tell` knows the coupons' names; `bare` doesn't, for beside a name. */
export function wallet_model(
  offers: CouponOffer[],
  say: CartWords,
  tell: Explain,
  bare: Explain,
  name_of: (id: number) => string,
): WalletModel {
  const coupons = offers.map(({ coupon, picked, usable, applied, saves, rejection }): CouponModel => {
    const ends = [coupon.expires_at, coupon.rule.ends_at].filter((end) => end !== null);
    const until = ends.length > 0 ? tell.until(Math.min(...ends)) : "";
    const about = { id: coupon.id, name: name_of(coupon.id), until, picked, usable };
    if (applied) return { ...about, text: bare.applied(applied), state: "applied" };
    if (saves > 0) return { ...about, text: say.would_save(tell.money(saves)), state: "saves" };
    return { ...about, text: rejection ? tell.rejection(rejection) : "", state: "refused" };
  });
  return { title: say.coupons, best: say.best, coupons };
}

class CouponView implements RowView<CouponModel> {
  readonly row: HTMLLIElement;
  readonly #box = make("input", "coupon-box");
  readonly #name = make("span", "coupon-name");
  readonly #state = make("span", "coupon-state");
  readonly #until = make("span", "coupon-until");
  readonly #label: HTMLLabelElement;
  #picked = false;

  constructor(id: number, actions: CouponActions) {
    const text = make("span", "coupon-text", this.#name, this.#state, this.#until);
    this.#label = make("label", "coupon", this.#box, text);
    this.row = make("li", "", this.#label);
    this.#box.type = "checkbox";
    this.#name.id = `coupon-${id}`;
    this.#state.id = `coupon-${id}-state`;
    this.#until.id = `coupon-${id}-until`;
    this.#box.setAttribute("aria-labelledby", this.#name.id); // the rest of the label is told after it
    this.#box.setAttribute("aria-describedby", `${this.#state.id} ${this.#until.id}`);
    this.#box.addEventListener("change", () => {
      const wanted = this.#box.checked;
      this.#box.checked = this.#picked; // until it is so
      actions.pick(id, wanted);
    });
  }

  show({ name, until, picked, usable, text, state }: CouponModel): void {
    this.#picked = picked;
    this.#box.checked = picked;
    this.#box.disabled = !usable;
    this.#label.classList.toggle("picked", picked);
    this.#label.classList.toggle("unusable", !usable);
    this.#state.dataset["state"] = state;
    set_text(this.#name, name);
    set_text(this.#state, text);
    set_text(this.#until, until);
  }
}

export class WalletView {
  readonly section: HTMLElement;
  readonly #title = make("h3", "coupons-title");
  readonly #best = make("button", "best");
  readonly #rows: Rows<CouponModel>;

  constructor(actions: CouponActions) {
    this.#rows = new Rows("coupon-list", (id) => new CouponView(id, actions));
    this.#title.id = "coupons-title";
    this.#best.type = "button";
    this.#best.addEventListener("click", () => actions.best());
    this.section = make("div", "coupons", make("div", "coupons-head", this.#title, this.#best), this.#rows.list);
    this.section.setAttribute("role", "group");
    this.section.setAttribute("aria-labelledby", this.#title.id);
  }

  /** null: there is nothing to choose. True: what had the focus is gone. */
  show(wallet: WalletModel | null): boolean {
    const root = this.section.getRootNode();
    const had_focus = root instanceof ShadowRoot && root.activeElement === this.#best;
    this.section.hidden = wallet === null;
    const lost_row = this.#rows.show(wallet?.coupons ?? []);
    set_text(this.#title, wallet?.title ?? "");
    set_text(this.#best, wallet?.best ?? "");
    this.#best.disabled = wallet?.coupons.some((coupon) => coupon.usable) !== true;
    return lost_row || (had_focus && this.#best.disabled);
  }
}

// A wallet beside a cart: what each coupon does now or would do, and how one is picked by hand.
import type { Applied, CouponPick, Quote, Rejection } from "./generated.js";
import type { WalletCoupon } from "./sync_types.js";

/** Prices the cart with these picks; null while prices are not known. */
export type QuoteOf = (picks: CouponPick[]) => Quote | null;

export interface PickResult {
  picks: CouponPick[];
  /** What had to make room. */
  replaced: number[];
}

/** What can't stand beside the coupon makes room for it. */
export function add_pick(picks: CouponPick[], id: number, quote_of: QuoteOf): PickResult {
  let rest = remove_pick(picks, id);
  const replaced: number[] = [];
  for (;;) {
    const next = [...rest, { id, variant_id: null }];
    const refusal = quote_of(next)?.rejected.find((rejection) => rejection.id === id);
    const other = refusal?.code === "cannot_combine" ? refusal.with : undefined;
    if (other === undefined || !rest.some((pick) => pick.id === other)) return { picks: next, replaced };
    replaced.push(other);
    rest = remove_pick(rest, other);
  }
}

export function remove_pick(picks: CouponPick[], id: number): CouponPick[] {
  return picks.filter((pick) => pick.id !== id);
}

/** The coupons that a quote uses, line coupons with their lines: of a quote of mode `best`, the picks that are best. */
export function picks_of(quote: Quote | null): CouponPick[] {
  const used = quote?.applied.filter((applied) => applied.source === "coupon") ?? [];
  return used.map(({ id, variant_id }) => ({ id, variant_id }));
}

export interface CouponOffer {
  coupon: WalletCoupon;
  picked: boolean;
  /** It can be picked, or is and can be let go. */
  usable: boolean;
  /** What it takes off now. */
  applied: Applied | null;
  /** What picking it would take off the total. */
  saves: number;
  /** Why it takes nothing off, or wouldn't. */
  rejection: Rejection | null;
}

/** All of the wallet in its own order, so that nothing moves while the cart changes. `quote`: of these picks. */
export function offers_of(wallet: WalletCoupon[], picks: CouponPick[], quote: Quote, quote_of: QuoteOf): CouponOffer[] {
  return wallet.map((coupon) => {
    const { id } = coupon;
    const picked = picks.some((pick) => pick.id === id);
    const applied = quote.applied.find((one) => one.source === "coupon" && one.id === id) ?? null;
    const rejection = quote.rejected.find((one) => one.id === id) ?? null;
    const usable = picked || rejection?.code === "not_selected";
    if (picked || !usable) return { coupon, picked, usable, applied, saves: 0, rejection };
    const trial = add_pick(picks, id, quote_of);
    const saves = quote.total - (quote_of(trial.picks)?.total ?? quote.total);
    const other = trial.replaced[0];
    const in_vain: Rejection = other === undefined ? { id, code: "no_effect" } : { id, code: "cannot_combine", with: other };
    return { coupon, picked, usable, applied, saves, rejection: saves > 0 ? null : in_vain };
  });
}

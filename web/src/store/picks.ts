// Choosing coupons by hand: picking one that can't stand beside another takes the other's place.

import type { CouponPick, Quote } from '../api_types';

export interface PickResult { picks: CouponPick[]; replaced: number[] }

/** `quote_of` prices the cart with the given picks. */
export function add_pick(picks: CouponPick[], id: number, quote_of: (picks: CouponPick[]) => Quote | null): PickResult {
  let rest = picks.filter((pick) => pick.id !== id);
  const replaced: number[] = [];
  for (;;) {
    const next = [...rest, { id, variant_id: null }];
    const refusal = quote_of(next)?.rejected.find((rejection) => rejection.id === id);
    const other = refusal?.code === 'cannot_combine' ? refusal.with : undefined;
    if (other === undefined || !rest.some((pick) => pick.id === other)) return { picks: next, replaced };
    replaced.push(other);
    rest = rest.filter((pick) => pick.id !== other);
  }
}

export function remove_pick(picks: CouponPick[], id: number): CouponPick[] {
  return picks.filter((pick) => pick.id !== id);
}

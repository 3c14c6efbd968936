// Mode best: the coupons, and for line coupons the lines, with the lowest total; then the fewest coupons; then the
// smallest sorted list of ids; then, for those in id order, the earliest lines (PRICING.md "Choice"). Exact.
//
// How. Whether a coupon is usable never depends on others, so the usable ones are known from the start; an exclusive
// one is a wallet of its own. The rest is cut where the levels are:
//  - A plan is one set of item coupons and one set of order coupons (at most one of each stack group): all are made.
//    The item set decides what is left of each line when the line coupons come, and, as a line takes only one, what
//    each of them would take off each line (its gain), whatever the others do. Of shipping coupons only the set with
//    the least charge can be in the lowest total.
//  - Within a plan line coupons are placed one by one, the rest being bounded from below (branch and bound).
//  - The lowest total known, all sets of coupons whose bound reaches it are tried in the order of the tie rules, and
//    lines from the first to the last: the first choice that comes to it is the answer.
// No answer may overflow; as nothing in a total is negative, and tax included is never above the net it is in, an
// answer overflows just when its total does. So the lowest total overflows only if all do, and quote() then says so.
//
// The bound (OrderStage::lower), with x a placing and y any that places further coupons beside it, which lowers what
// is left of line i before the order level by d_i:
//  1. Let g(b) be what an order rule leaves of its base b. A percentage r below its cap takes at most r*b off any b,
//     and took r*b - f here, f being what rounding ate; a fixed amount, or a cap that is reached, never takes more
//     than now. So g(b - d) >= g(b) - s*d - f with s = 1 - r, or s = 1 and f = 0.
//  2. Scopes nested (each inside, equal to or beside every later one): a base is a sum of lines minus earlier
//     discounts that fall wholly inside. Merchandise is then a composition of such g, and for y it is at least that
//     of x minus sum(d_i * product of s over the rules that hold line i) - sum(f). Nothing depends on how discounts
//     are shared out.
//  3. Scopes that overlap: taking from one line never leaves another with more, as a discount's share of its base
//     only grows when the base shrinks. So of what line i lost, at least 1 - D/B is still missing behind a rule with
//     discount D on base B, and a percentage r after it takes at least r * (1 - D/B) * d_i less (`keeps`, with the
//     least B that can come). Largest remainders move a line by less than 1, n lines together up by n/4 at most in x and as much
//     down in y: n/2, besides a discount_multiple for a percentage; a later rule passes that on, at most with the
//     share D/B on top (`rounding`).
//  4. Tax that is added: the same with each line weighted by 1 + its rate (the highest, where a fixed discount may
//     move the loss to other lines), minus the most that rounding half up can take off each line's tax. Without
//     order rules it is a part of the gain, to the unit.
//  5. So every placing has a price that doesn't depend on the others, and what the rest takes off at most is a
//     matching of coupons and lines of greatest weight. That minus f is the slope's bound; it is exact where nothing
//     rounds.
//  6. Where roundings alone tell placings apart (tax added behind order rules, or scopes that overlap), 1. to 5. leave
//     thousands that may still win. Before one is priced, the last row's placings are bounded together per kind
//     (OrderStage::least): lines in the same scopes on which it takes off the same. For all of a kind the sums are the
//     same, so each rule's base and discount, and the floors of the shares of all lines but one, the guest. The floors
//     leave `units` over, the same for all of the kind but for one, and they go to the largest remainders; the guest's
//     can stand anywhere among them, so whoever is before the units-th of the others for sure, or behind the one after
//     it, is settled (Roundings). The few others, and all where a base is only known to lie between two values, count
//     as if they got a unit: nets and so taxes are never lower. Tests compare it with what is allocated.
//  7. The fee: merchandise of y lies between that bound and that of x, but for what rounding may lift it. Either it
//     is below free_from and the charge is due, or it is free_from at least: the smaller of both is the bound. There
//     and only there a coupon that takes off less may win.
//
// Lines that are alike to the order rules and to every coupon still to come may change places without changing any
// sum, so only the first free one of a kind is tried; the tie rule wants that one too. Where the total depends on
// how a discount is shared out (3., or 4. with order rules) that could move a unit, and no two lines count as alike.
//
// The limit of steps: a step is one look at one line or one rule, counted by the same additions on every target; no
// clock is read. Six line coupons have 13,327 choices on six lines, no other wallet of six has more; each is a leaf
// at most once in the search and once among the ties and, with its share of the inner nodes (two matchings and two
// prices of six lines and ten promotions, and 6.'s), costs below 1,000 steps: 27 million, so such requests always
// finish. The most that was seen for such requests is 0.7 million. Of 20 lines with 12 coupons
// (tests/unit/best_wallets.h, 1,500 wallets each), all proved:
//   tax included   50 %: 18 thousand, 99 %: 0.12 million, most 2.6 million
//   tax added      50 %: 32 thousand, 99 %: 0.56 million, most 9.2 million
// bench/best_bench.cpp makes the figures again, bench/best_wasm.mjs tells what they take in the module: 99 % in 0.6 and
// 3.0 ms. A million steps are 3 ms natively and 6 in the module. Hard are wallets with fixed amounts where scopes
// overlap and many placings differ by roundings only.
//
// When the limit is reached, or a level has more than 4096 sets of coupons, `optimal` is false and the choice is the
// best that was found. Each plan's best matching is tried before the search begins, so that is a good one.
#pragma once

#include "core/choice.h"

namespace cartwright {

inline constexpr std::int64_t best_step_limit = std::int64_t{1} << 25;

// Chosen coupons and the reasons of the others. `steps` is what it took, `optimal` whether that was enough.
Chosen choose_best(const Pricer& pricer, std::int64_t step_limit = best_step_limit);

}  // namespace cartwright

// Which coupons of the wallet are applied, and why the others are not (PRICING.md "Stacking" and "Choice").
#pragma once

#include <vector>

#include "core/pricer.h"

namespace cartwright {

struct Chosen {
  std::vector<Selection> selected = {};   // usable, and none in another's way
  std::vector<Rejection> rejected = {};   // wallet order, then unknown ids; `no_effect` shows only after pricing
  bool optimal = true;
  std::int64_t steps = 0;  // mode best: how much looking it took (best.h)
};

// Why a coupon that was not chosen is not there: its own reason, or `not_selected`.
Rejection not_selected(const Candidate& coupon);

// Mode none: nothing is selected.
Chosen choose_none(const Pricer& pricer);

// Mode listed: the shopper's picks, in the order given.
Chosen choose_listed(const Pricer& pricer, const Choice& choice);

}  // namespace cartwright

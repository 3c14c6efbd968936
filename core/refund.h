// What each unit of a line is worth when it comes back (COMMERCE.md "Payment", refund). The shares are fixed when the
// order is made: unit k of n gets the difference of two cumulative slices, so that the parts add up to the whole and
// no order of refunds changes anything.
#pragma once

#include "core/money.h"

namespace cartwright {

// What the first `units` of `quantity` units of `whole` are worth: floor(whole * units / quantity).
// whole >= 0, 0 <= units <= quantity, quantity >= 1.
constexpr Amount cumulative_share(Amount whole, std::int64_t units, std::int64_t quantity) {
  return static_cast<Amount>(Wide{whole} * units / quantity);
}

// What units [refunded, refunded + units) are worth.
constexpr Amount refund_share(Amount whole, std::int64_t quantity, std::int64_t refunded, std::int64_t units) {
  return cumulative_share(whole, refunded + units, quantity) - cumulative_share(whole, refunded, quantity);
}

}  // namespace cartwright

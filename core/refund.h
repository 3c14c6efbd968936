// What comes back when units of a paid order do (COMMERCE.md "Payment", refund). Every unit's share of its line's net and
// tax is fixed when the order is made: unit k of n gets the difference of two cumulative slices. So no order of refunds
// changes anything, no discount moves to the lines that stay, and the parts add up to the whole.
#pragma once

#include <vector>

#include "core/id.h"
#include "core/money.h"
#include "core/quote.h"
#include "core/result.h"

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

// A line of a paid order as it was bought, and how many of its units came back already (0..quantity).
struct PaidLine {
  VariantId variant_id;
  std::int64_t quantity = 1;
  std::int64_t refunded = 0;
  Amount net = 0;
  Amount tax = 0;
};

struct PaidOrder {
  Amount total = 0;  // what was paid: the lines, the shipping charge, and in `exclusive` the tax of both
  TaxMode tax_mode = TaxMode::inclusive;
  std::vector<PaidLine> lines = {};
};

struct RefundUnits {
  VariantId variant_id;
  std::int64_t quantity = 1;
};

struct RefundPart {
  std::size_t line = 0;  // index into the order's lines
  std::int64_t quantity = 0;
  Amount net = 0;
  Amount tax = 0;
};

struct Refund {
  Amount amount = 0;    // the parts' money and the shipping
  Amount shipping = 0;  // the shipping charge with its tax, once no unit is left
  bool whole = false;   // no unit is left after it
  std::vector<RefundPart> parts = {};
};

// Nothing wanted means all that is left. `wanted` names each variant once, with quantity >= 1. Errors:
// `order_not_refundable` (nothing is left), `invalid_request` (a variant that isn't in the order), `refund_exceeds_order`
// with the variant and how many units of it are left.
Result<Refund> plan_refund(const PaidOrder& order, const std::vector<RefundUnits>& wanted);

}  // namespace cartwright

// POST /quotes for clients without the module. Two forms; a body with a key `variants` or `shop` is the first.
//
//  1. A whole request of PRICING.md, answered as `cartwright quote` answers it, byte for byte. All its inputs are the
//     caller's: nothing of this shop is in it.
//  2. A cart of ids (QuoteCart), priced with this shop's variants, promotions and rules, by its clock, with the
//     caller's wallet and paid orders; a guest has no coupons.
//       {"lines":[{"variant_id":11,"quantity":2,"selected"=true}],
//        "choice"={"mode"="none"|"listed"|"best","coupons"=[{"id":7,"variant_id"=null}]}}
//
// Both are answered with PRICING.md's answer. What is no legal body is 400 (no JSON) or 422 with a pointer
// ("/lines/0/quantity"), `amount_overflow` is 422.
#pragma once

#include "server/wire_fields.h"

namespace cartwright {

namespace wire {

struct QuoteCart {
  std::vector<CartLine> lines = {};
  Choice choice = {};
};

}  // namespace wire

template <>
struct Fields<wire::QuoteCart> {
  using S = wire::QuoteCart;
  static constexpr auto list =
      std::tuple{field("lines", &S::lines).required().most(max_cart_lines), field("choice", &S::choice)};
};
static_assert(lists_every_member<wire::QuoteCart>);

}  // namespace cartwright

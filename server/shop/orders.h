// Placing an order (COMMERCE.md "Order"): what the shopper was shown is quoted again, by the shop's own data and clock,
// and only what is equal becomes an order.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/quote.h"
#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// Why there is no order, with what helps to mend it.
struct OrderRefusal {
  Error error;
  std::optional<Quote> quote = {};          // the fresh one, where the price is in question
  std::optional<Rejection> rejection = {};  // of the picked coupon that stands in the way
};

// Whether the order says enough to be sent. Errors: `address_required`, `invalid_request` (an empty part).
Status check_address(const Settings& settings, const std::optional<wire::Address>& address);

// Turns `best` into the picks that it finds: a search that may take a tenth of a second, which neither the writer nor a
// read connection can spare. place_order() quotes those picks anew, so what has changed meanwhile is told as ever.
// Error: `overloaded` (find_quote).
Status settle_choice(Services& shop, UserId user, wire::NewOrder& wanted, TimeMs now);

// `wanted` has its choice settled. Without lines the selected lines of the cart are ordered and leave
// it; with lines (a product bought directly) the cart stays as it is. `number` is the order's public one (numbers.h).
//
// Refusals, in this order, and then nothing of the order is written: `not_orderable` (nothing selected), those of the
// quote (`amount_overflow`), the first line's problem (`insufficient_stock` with what is there, else `not_orderable`),
// and when total or fingerprint differ from what was shown: `not_first_order` or `coupon_not_usable` when a picked coupon
// was rejected, else `quote_changed`.
//
// A picked coupon that was rejected is not used: a shopper who was shown this very price with the coupon rejected gets
// the order, and keeps the coupon. Only coupons that took something off become USED.
//
// The user's own orders whose time is over are ended first, so that their coupons count, and that stays in any case.
std::variant<wire::Order, OrderRefusal> place_order(store::Transaction& tx, const Settings& settings, UserId user,
                                                    const wire::NewOrder& wanted, const std::string& number,
                                                    TimeMs now);

}  // namespace cartwright::shop

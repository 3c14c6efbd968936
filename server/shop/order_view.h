// Orders as their shopper sees them. An order that is not the user's doesn't exist.
#pragma once

#include <optional>
#include <string_view>

#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// An order with what its shopper is not shown.
struct LoadedOrder {
  OrderId id;
  UserId user;
  wire::Order order = {};
};

std::optional<OrderId> find_order(store::Reader& reader, UserId user, std::string_view number);

// The order as the tables have it. It must be there.
LoadedOrder load_order(store::Reader& reader, OrderId id);

// The same for its shopper: one whose time to pay is over is CANCELLED, whether or not the sweep has seen it. Error:
// `not_found`.
Result<wire::Order> show_order(store::Reader& reader, UserId user, std::string_view number, TimeMs now);

// Newest first. Error: `invalid_request` (cursor).
Result<wire::Page<wire::OrderSummary>> list_orders(store::Reader& reader, UserId user, const PageRequest& page,
                                                   TimeMs now);

// The attempts to pay it, in their order. Error: `not_found`.
Result<wire::PaymentList> list_payments(store::Reader& reader, UserId user, std::string_view number);

}  // namespace cartwright::shop

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
  TaxMode tax_mode = TaxMode::inclusive;
  wire::Order order = {};
};

// `not_found`
Error no_such_order();

// A pending order whose time to pay is over is CANCELLED, whether or not the sweep has seen it.
OrderStatus status_at(OrderStatus status, TimeMs expires_at, TimeMs now);
wire::Order order_at(wire::Order order, TimeMs now);

std::optional<OrderId> find_order(store::Reader& reader, UserId user, std::string_view number);

// The order as the tables have it. It must be there.
LoadedOrder load_order(store::Reader& reader, OrderId id);

// The same for its shopper, as it is now. Error: `not_found`.
Result<wire::Order> show_order(store::Reader& reader, UserId user, std::string_view number, TimeMs now);

// Newest first. Error: `invalid_request` (cursor).
Result<wire::Page<wire::OrderSummary>> list_orders(store::Reader& reader, UserId user, const PageRequest& page,
                                                   TimeMs now);

// The attempts to pay it, in their order. Error: `not_found`.
Result<wire::PaymentList> list_payments(store::Reader& reader, UserId user, std::string_view number);

}  // namespace cartwright::shop

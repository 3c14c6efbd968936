// Orders as admins see them and bring them on their way: PAID -> SHIPPING -> DELIVERED (COMMERCE.md "Order"). What an
// admin does to an order stands in the admins' log.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire_admin_order.h"

namespace cartwright::shop {

struct OrderFilter {
  std::optional<OrderStatus> status = {};
  std::string text = {};  // begins the number, or is part of the shopper's name or e-mail; empty: all
};

// Newest first; a pending order whose time is over is CANCELLED here, swept or not. Error: `invalid_request` (cursor).
Result<wire::Page<wire::AdminOrderSummary>> list_all_orders(store::Reader& reader, const OrderFilter& filter,
                                                            const PageRequest& page, TimeMs now);

// Error: `not_found`.
Result<wire::AdminOrder> show_any_order(store::Reader& reader, std::string_view number, TimeMs now);

// One parcel per order. Errors: `not_found`, `order_not_shippable`. [베타락 on the order]
Result<wire::Order> ship_order(store::Transaction& tx, UserId admin, std::string_view number,
                               const wire::ShipRequest& parcel, TimeMs now);

// Errors: `not_found`, `order_not_deliverable`. [베타락 on the order]
Result<wire::Order> deliver_order(store::Transaction& tx, UserId admin, std::string_view number, TimeMs now);

// Whoever's it is. [베타락]
std::optional<OrderId> lock_order(store::Transaction& tx, std::string_view number);

struct OrderDeed {
  UserId admin;
  std::string_view action;
  OrderId id;
};

// The order before and after it, as far as a deed may change it.
void log_order(store::Transaction& tx, const OrderDeed& deed, const wire::Order& before, const wire::Order& after,
               TimeMs now);

}  // namespace cartwright::shop

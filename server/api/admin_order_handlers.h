// Orders as admins bring them on their way (COMMERCE.md "Order"; API.md "admin").
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

// GET /admin/orders?status=&q=&cursor=&limit= -> 200 Page<AdminOrderSummary>
http::Response list_all_orders(const Call& call);
http::Response show_any_order(const Call& call);  // GET /admin/orders/{number} -> 200 AdminOrder
http::Response ship_order(const Call& call);      // POST /admin/orders/{number}/ship (ShipRequest) -> 200 Order; key welcome
http::Response deliver_order(const Call& call);   // POST /admin/orders/{number}/deliver -> 200 Order; key welcome
http::Response refund_order(const Call& call);    // POST /admin/orders/{number}/refund (RefundRequest) -> 201 Refunded; key required

}  // namespace cartwright::api

// Orders and their payment (COMMERCE.md "Order", "Payment").
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response place_order(const Call& call);          // POST /orders (NewOrder) -> 201 Order; key required
http::Response list_orders(const Call& call);          // GET /orders?cursor=&limit= -> 200 Page<OrderSummary>
http::Response show_order(const Call& call);           // GET /orders/{number} -> 200 Order
http::Response cancel_order(const Call& call);         // POST /orders/{number}/cancel -> 200 Order; key welcome
http::Response pay_order(const Call& call);            // POST /orders/{number}/payment -> 201 Paid; key required
http::Response list_order_payments(const Call& call);  // GET /orders/{number}/payments -> 200 PaymentList
http::Response return_order(const Call& call);         // POST /orders/{number}/returns (ReturnRequest) -> 201 Refunded; key required

}  // namespace cartwright::api

// What the data platform learns (COMMERCE.md "Data platform"): one event for each thing that ends an order's way, written
// in the transaction that it tells of. The payload is the `data` of a CloudEvent; id, type, time and position stand in
// the row. It holds no name, phone or address.
#pragma once

#include <string>
#include <vector>

#include "core/order.h"
#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::wire {

struct EventItem {
  VariantId variant_id;
  ProductId product_id;
  std::int64_t quantity = 0;
  Amount unit_price = 0;
  Amount discount = 0;
  Amount net = 0;
  Amount tax = 0;
};

struct EventCoupon {
  CouponId id;
  Amount amount = 0;
};

struct OrderEventData {
  std::string number = {};
  UserId user_id;
  OrderStatus status = OrderStatus::PENDING;
  std::string reason = {};  // of a cancellation
  std::string currency = {};
  std::vector<EventItem> items = {};
  std::vector<EventCoupon> coupons = {};
  Amount subtotal = 0;
  Amount item_discount = 0;
  Amount order_discount = 0;
  Amount merchandise = 0;
  Amount shipping_fee = 0;
  Amount shipping_discount = 0;
  Amount tax = 0;
  Amount total = 0;
  TimeMs created_at;
  std::optional<TimeMs> paid_at = {};
  std::optional<TimeMs> cancelled_at = {};
};

}  // namespace cartwright::wire

namespace cartwright::shop {

// `order` as it is after the change; `reason` only where something was cancelled.
struct OrderNews {
  std::string_view type;  // order.paid, order.cancelled
  OrderId id;
  UserId user;
  const wire::Order& order;
  std::string_view reason = {};
};

void tell(store::Transaction& tx, const OrderNews& news, TimeMs now);

}  // namespace cartwright::shop

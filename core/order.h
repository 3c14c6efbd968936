// An order's life (COMMERCE.md "Order"). What has been refunded is kept beside the status, not in it.
#pragma once

#include "core/result.h"
#include "core/time.h"

namespace cartwright {

enum class OrderStatus : std::uint8_t { PENDING, PAID, SHIPPING, DELIVERED, CANCELLED };

enum class OrderEvent : std::uint8_t {
  pay,           // the payment completed
  fail,          // the payment failed for good (stock gone)
  cancel,        // by the shopper
  expire,        // its time to pay is over
  refund_units,  // some units came back, others are left
  refund_whole,  // no unit is left
  ship,
  deliver,
};

// The status after the event, or why it can't happen: `order_not_pending` for pay, fail, cancel and expire,
// `order_not_refundable`, `order_not_shippable`, `order_not_deliverable` for the others. A whole refund ends a PAID order;
// later it leaves the status as it is, as a refund of units always does.
Result<OrderStatus> transition(OrderStatus status, OrderEvent event);

// A pending order whose time is over can't be paid any more, whether or not anyone has noticed yet.
constexpr bool is_expired(TimeMs expires_at, TimeMs now) { return expires_at <= now; }

}  // namespace cartwright

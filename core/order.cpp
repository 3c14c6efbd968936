#include "core/order.h"

namespace cartwright {

namespace {

Error not_pending() {
  return {.code = ErrorCode::order_not_pending, .detail = "This order is not waiting for a payment any more."};
}

Error not_refundable() {
  return {.code = ErrorCode::order_not_refundable, .detail = "Only an order that was paid can be refunded."};
}

bool was_paid(OrderStatus status) {
  return status == OrderStatus::PAID || status == OrderStatus::SHIPPING || status == OrderStatus::DELIVERED;
}

}  // namespace

Result<OrderStatus> transition(OrderStatus status, OrderEvent event) {
  switch (event) {
    case OrderEvent::pay:
      if (status == OrderStatus::PENDING) return OrderStatus::PAID;
      return not_pending();
    case OrderEvent::fail:
    case OrderEvent::cancel:
    case OrderEvent::expire:
      if (status == OrderStatus::PENDING) return OrderStatus::CANCELLED;
      return not_pending();
    case OrderEvent::refund_units:
      if (was_paid(status)) return status;
      return not_refundable();
    case OrderEvent::refund_whole:
      if (status == OrderStatus::PAID) return OrderStatus::CANCELLED;
      if (was_paid(status)) return status;
      return not_refundable();
    case OrderEvent::ship:
      if (status == OrderStatus::PAID) return OrderStatus::SHIPPING;
      return Error{.code = ErrorCode::order_not_shippable, .detail = "Only a paid order can be shipped, once."};
    case OrderEvent::deliver:
      if (status == OrderStatus::SHIPPING) return OrderStatus::DELIVERED;
      return Error{.code = ErrorCode::order_not_deliverable, .detail = "Only an order on its way can be delivered."};
  }
  CARTWRIGHT_ASSERT(false);
  return not_pending();
}

}  // namespace cartwright

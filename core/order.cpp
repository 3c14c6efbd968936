#include "core/order.h"

namespace cartwright {

namespace {

Error not_pending() {
  return {.code = ErrorCode::order_not_pending, .detail = "This order is not waiting for a payment any more."};
}

Error not_possible() {
  return {.code = ErrorCode::order_not_cancellable, .detail = "The order's status doesn't allow this."};
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
    case OrderEvent::refund_whole:
      if (status == OrderStatus::PAID) return OrderStatus::CANCELLED;
      if (status == OrderStatus::SHIPPING || status == OrderStatus::DELIVERED) return status;
      return not_possible();
    case OrderEvent::ship:
      if (status == OrderStatus::PAID) return OrderStatus::SHIPPING;
      return not_possible();
    case OrderEvent::deliver:
      if (status == OrderStatus::SHIPPING) return OrderStatus::DELIVERED;
      return not_possible();
  }
  CARTWRIGHT_ASSERT(false);
  return not_possible();
}

}  // namespace cartwright

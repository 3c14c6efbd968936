// What the data platform learns (COMMERCE.md "Data platform"): one event for each step of an order from its payment on, written in
// the transaction that it tells of. The payload is the `data` of a CloudEvent; id, type, time and position stand in
// the row (relay/).
#pragma once

#include <string>

#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::wire {

struct OrderEventData {
  UserId user_id = {};
  std::string reason = {};  // of a cancellation: cancel_reason
  Order order = {};         // without its address and what people wrote: no name, phone or address leaves the shop
};

}  // namespace cartwright::wire

namespace cartwright::shop {

// `order` as it is after the change; `reason` only where something was cancelled.
struct OrderNews {
  std::string_view type;  // order.paid, order.cancelled, order.shipped, order.delivered, order.refunded (its last refund)
  OrderId id;
  UserId user;
  const wire::Order& order;
  std::string_view reason = {};
};

void tell(store::Transaction& tx, const OrderNews& news, TimeMs now);

}  // namespace cartwright::shop

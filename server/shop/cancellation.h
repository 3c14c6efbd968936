// The end of an order that isn't paid: by its shopper, by its time, or by a payment that failed for good. Its coupons
// return, and the data platform learns of it.
#pragma once

#include "core/order.h"
#include "server/shop/order_view.h"

namespace cartwright::shop {

enum class CancelReason : std::uint8_t { shopper, expired, payment_failed };

// The order must be PENDING; `loaded` becomes what it is now. [베타락 on the order, its coupons and payments]
void cancel_order(store::Transaction& tx, LoadedOrder& loaded, CancelReason reason, TimeMs now);

// The order's payment that was begun and has not come to its end, or was completed: CANCELLED, if there is one.
// [베타락]
void cancel_payment(store::Transaction& tx, OrderId order, std::string_view reason, TimeMs now);

// By its shopper. An order whose time is over is cancelled for that, and that stays: `order_expired`. Other errors:
// `not_found`, `order_not_pending`.
Result<wire::Order> cancel_by_shopper(store::Transaction& tx, UserId user, std::string_view number, TimeMs now);

// For the sweep: nothing when it was paid or cancelled meanwhile. Returns whether it did something.
bool expire_order(store::Transaction& tx, OrderId id, TimeMs now);

// The user's own, so that what they held is free again at once.
void expire_orders_of(store::Transaction& tx, UserId user, TimeMs now);

}  // namespace cartwright::shop

#include "server/shop/cancellation.h"

#include "core/payment.h"
#include "server/shop/coupons.h"
#include "server/shop/outbox.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Transaction;

std::string_view word_of(CancelReason reason) {
  switch (reason) {
    case CancelReason::shopper:
      return "shopper";
    case CancelReason::expired:
      return "expired";
    case CancelReason::payment_failed:
      return "payment_failed";
  }
  CARTWRIGHT_ASSERT(false);
  return {};
}

OrderEvent event_of(CancelReason reason) {
  switch (reason) {
    case CancelReason::shopper:
      return OrderEvent::cancel;
    case CancelReason::expired:
      return OrderEvent::expire;
    case CancelReason::payment_failed:
      return OrderEvent::fail;
  }
  CARTWRIGHT_ASSERT(false);
  return OrderEvent::cancel;
}

}  // namespace

void cancel_payment(Transaction& tx, OrderId order, std::string_view reason, TimeMs now) {
  std::int64_t attempt = 0;
  std::string was;
  {
    const auto row = tx.first(Lock::exclusive,
                              "SELECT attempt, status FROM payments"
                              " WHERE order_id = $1 AND status IN ('PENDING', 'COMPLETED')",
                              order);
    if (!row) return;
    row->into(attempt, was);
  }
  const PaymentStatus status = transition(read_word<PaymentStatus>(was), PaymentEvent::cancel).value();
  tx.execute("UPDATE payments SET status = $3, updated_at = $4 WHERE order_id = $1 AND attempt = $2", order, attempt,
             name_of(status), now);
  tx.execute("INSERT INTO payment_history (order_id, attempt, position, status, reason, created_at)"
             " SELECT $1, $2, 1 + max(position), $3, $4, $5 FROM payment_history"
             " WHERE order_id = $1 AND attempt = $2",
             order, attempt, name_of(status), reason, now);
}

void cancel_order(Transaction& tx, LoadedOrder& loaded, CancelReason reason, TimeMs now) {
  wire::Order& order = loaded.order;
  order.status = transition(order.status, event_of(reason)).value();
  order.cancelled_at = reason == CancelReason::expired ? order.expires_at : now;  // however late the sweep comes
  order.cancel_reason = word_of(reason);
  const std::int64_t changed =
      tx.execute("UPDATE orders SET status = $2, cancelled_at = $3, cancel_reason = $4"
                 " WHERE id = $1 AND status = 'PENDING'",
                 loaded.id, name_of(order.status), order.cancelled_at, word_of(reason));
  CARTWRIGHT_ASSERT(changed == 1);
  cancel_payment(tx, loaded.id, word_of(reason), now);
  restore_coupons(tx, loaded.id, loaded.user, now);
  tell(tx,
       {.type = "order.cancelled",
        .id = loaded.id,
        .user = loaded.user,
        .order = order,
        .reason = word_of(reason)},
       now);
  tx.touch(Topic::order, loaded.user.value);
}

Result<wire::Order> cancel_by_shopper(Transaction& tx, UserId user, std::string_view number, TimeMs now) {
  const auto id = tx.value<OrderId>(
      Lock::exclusive, "SELECT id FROM orders WHERE number = $1 AND user_id = $2", number, user);
  if (!id) return no_such_order();
  LoadedOrder loaded = load_order(tx, *id);
  if (const auto next = transition(loaded.order.status, OrderEvent::cancel); !next) return next.error();
  if (is_expired(loaded.order.expires_at, now)) {
    cancel_order(tx, loaded, CancelReason::expired, now);
    return Error{.code = ErrorCode::order_expired, .detail = "This order was cancelled when its time was over."};
  }
  cancel_order(tx, loaded, CancelReason::shopper, now);
  return std::move(loaded.order);
}

bool expire_order(Transaction& tx, OrderId id, TimeMs now) {
  const auto due = tx.value<OrderId>(
      Lock::exclusive, "SELECT id FROM orders WHERE id = $1 AND status = 'PENDING' AND expires_at <= $2", id, now);
  if (!due) return false;
  LoadedOrder loaded = load_order(tx, id);
  cancel_order(tx, loaded, CancelReason::expired, now);
  return true;
}

void expire_orders_of(Transaction& tx, UserId user, TimeMs now) {
  std::vector<OrderId> due;
  for (const auto row : tx.query("SELECT id FROM orders WHERE user_id = $1 AND status = 'PENDING' AND expires_at <= $2",
                                 user, now)) {
    due.push_back(row.get<OrderId>(0));
  }
  for (const OrderId id : due) (void)expire_order(tx, id, now);
}

}  // namespace cartwright::shop

#include "server/shop/payments.h"

#include <algorithm>
#include <map>

#include "core/payment.h"
#include "core/popularity.h"
#include "core/quote.h"
#include "server/json.h"
#include "server/shop/balance.h"
#include "server/shop/cancellation.h"
#include "server/shop/figures.h"
#include "server/shop/order_view.h"
#include "server/shop/outbox.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Transaction;

// The core computes the stored request again; the answer must be the stored one, to the byte. Empty: it is not.
std::optional<Quote> quote_again(Transaction& tx, const LoadedOrder& loaded) {
  std::string request;
  std::string answer;
  {
    const auto row = tx.first("SELECT request, answer FROM order_quotes WHERE order_id = $1", loaded.id);
    if (!row) return std::nullopt;
    row->into(request, answer);
  }
  const auto decoded = json::decode<QuoteRequest>(request);
  if (!decoded) return std::nullopt;
  auto again = quote(*decoded);
  if (!again || again->total != loaded.order.total || json::encode(*again) != answer) return std::nullopt;
  return again.take();
}

// [공유락] Every coupon that took something off is held by this order and no other.
bool holds_its_coupons(Transaction& tx, const LoadedOrder& loaded) {
  for (const wire::OrderCoupon& coupon : loaded.order.coupons) {
    const auto holder = tx.value<std::optional<OrderId>>(
        Lock::shared, "SELECT order_id FROM user_coupons WHERE id = $1 AND status = 'USED'", coupon.id);
    if (!holder || *holder != loaded.id) return false;
  }
  return true;
}

// [베타락] Read before anything is written, as a payment that fails leaves no half of it.
std::optional<Error> lacking_stock(Transaction& tx, const wire::Order& order) {
  for (const wire::OrderItem& item : order.items) {
    const auto stock = tx.value<std::int64_t>(Lock::exclusive, "SELECT stock FROM product_variants WHERE id = $1",
                                              item.variant_id);
    if (stock && *stock >= item.quantity) continue;
    return Error{.code = ErrorCode::insufficient_stock,
                 .detail = "Someone else was faster: there are not enough units left.",
                 .available = stock.value_or(0),
                 .variant_id = item.variant_id.value};
  }
  return std::nullopt;
}

wire::PaymentInfo write_payment(Transaction& tx, const LoadedOrder& loaded, PaymentEvent event,
                                std::string_view reason, TimeMs now) {
  wire::PaymentInfo payment{.amount = loaded.order.total,
                            .status = transition(PaymentStatus::PENDING, event).value(),
                            .reason = std::string(reason),
                            .created_at = now};
  payment.id = 1 + tx.value<std::int64_t>(Lock::none,
                                          "SELECT COALESCE(max(attempt), 0) FROM payments WHERE order_id = $1",
                                          loaded.id)
                       .value_or(0);
  // Paying from the balance begins and ends in one transaction, so PENDING is never stored.
  tx.execute("INSERT INTO payments (order_id, attempt, method, amount, status, created_at, updated_at)"
             " VALUES ($1, $2, 'BALANCE', $3, $4, $5, $5)",
             loaded.id, payment.id, payment.amount, name_of(payment.status), now);
  tx.execute("INSERT INTO payment_history (order_id, attempt, position, status, reason, created_at)"
             " VALUES ($1, $2, 1, $3, $4, $5)",
             loaded.id, payment.id, name_of(payment.status), reason, now);
  return payment;
}

// FAILED, and the order with it: there is nothing that the shopper could mend.
Error fail_for_good(Transaction& tx, LoadedOrder& loaded, Error error, TimeMs now) {
  (void)write_payment(tx, loaded, PaymentEvent::fail, name_of(error.code), now);
  cancel_order(tx, loaded, CancelReason::payment_failed, now);
  return error;
}

// [베타락]
void take_stock(Transaction& tx, const LoadedOrder& loaded, TimeMs now) {
  std::int64_t units_of_order = 0;
  std::map<std::int64_t, std::int64_t> units_of_product;
  for (const wire::OrderItem& item : loaded.order.items) {
    tx.execute("UPDATE product_variants SET stock = stock - $2 WHERE id = $1", item.variant_id, item.quantity);
    tx.execute("INSERT INTO stock_movements (variant_id, delta, reason, order_id, created_at)"
               " VALUES ($1, $2, 'SOLD', $3, $4)",
               item.variant_id, -item.quantity, loaded.id, now);
    tx.touch(Topic::stock, item.variant_id.value);
    units_of_product[item.product_id.value] += item.quantity;
    units_of_order += item.quantity;
  }
  for (const auto& [product, units] : units_of_product) {
    tx.execute("INSERT INTO sales_buckets (hour, product_id, units, last_sale_at) VALUES ($1, $2, $3, $4)"
               " ON CONFLICT (hour, product_id) DO UPDATE SET units = sales_buckets.units + excluded.units,"
               " last_sale_at = CASE WHEN excluded.last_sale_at > sales_buckets.last_sale_at"
               "   THEN excluded.last_sale_at ELSE sales_buckets.last_sale_at END",
               hour_of(now), product, units, now);
  }
  count(tx, {.orders = 1, .units = units_of_order, .paid = loaded.order.total}, now);
  tx.touch(Topic::popular);
}

wire::Paid complete(Transaction& tx, LoadedOrder& loaded, const Quote& bought, TimeMs now) {
  wire::Order& order = loaded.order;
  wire::Paid paid;
  paid.balance = change_balance(tx, loaded.user, BalanceEntry::USE, -order.total, {.order = loaded.id}, now);
  take_stock(tx, loaded, now);
  count_uses(tx, uses_of(bought), now);
  paid.payment = write_payment(tx, loaded, PaymentEvent::complete, {}, now);
  order.status = transition(order.status, OrderEvent::pay).value();
  order.paid_at = now;
  const std::int64_t changed = tx.execute("UPDATE orders SET status = $2, paid_at = $3"
                                          " WHERE id = $1 AND status = 'PENDING'",
                                          loaded.id, name_of(order.status), now);
  CARTWRIGHT_ASSERT(changed == 1);
  tell(tx, {.type = "order.paid", .id = loaded.id, .user = loaded.user, .order = order}, now);
  tx.touch(Topic::order, loaded.user.value);
  paid.order = std::move(order);
  return paid;
}

}  // namespace

Result<wire::Paid> pay_order(Transaction& tx, UserId user, std::string_view number, TimeMs now) {
  const auto id = tx.value<OrderId>(Lock::exclusive, "SELECT id FROM orders WHERE number = $1 AND user_id = $2",
                                    number, user);
  if (!id) return no_such_order();
  LoadedOrder loaded = load_order(tx, *id);
  const wire::Order& order = loaded.order;
  if (const auto next = transition(order.status, OrderEvent::pay); !next) return next.error();
  if (is_expired(order.expires_at, now)) {
    cancel_order(tx, loaded, CancelReason::expired, now);
    return Error{.code = ErrorCode::order_expired, .detail = "The time to pay this order is over."};
  }
  const auto bought = quote_again(tx, loaded);
  if (!bought || !holds_its_coupons(tx, loaded)) {
    return fail_for_good(
        tx, loaded, {.code = ErrorCode::quote_changed, .detail = "This order's price can't be confirmed any more."},
        now);
  }
  if (const auto left = spend(lock_balance(tx, user), order.total); !left) {
    (void)write_payment(tx, loaded, PaymentEvent::fail, name_of(left.error().code), now);
    tx.touch(Topic::order, user.value);
    return left.error();
  }
  if (auto error = lacking_stock(tx, order)) return fail_for_good(tx, loaded, std::move(*error), now);
  return complete(tx, loaded, *bought, now);
}

}  // namespace cartwright::shop

#include "server/shop/refunds.h"

#include <map>

#include "core/popularity.h"
#include "core/refund.h"
#include "server/shop/admin_orders.h"
#include "server/shop/balance.h"
#include "server/shop/cancellation.h"
#include "server/shop/coupons.h"
#include "server/shop/figures.h"
#include "server/shop/order_view.h"
#include "server/shop/outbox.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Transaction;

struct Wanted {
  const std::vector<wire::RefundLine>& lines;
  bool restock = false;
  std::string_view reason;
  UserId by;
};

Result<Refund> plan(const LoadedOrder& loaded, const std::vector<wire::RefundLine>& lines) {
  if (const auto next = transition(loaded.order.status, OrderEvent::refund_units); !next) return next.error();
  PaidOrder paid{.total = loaded.order.total, .tax_mode = loaded.tax_mode};
  for (const wire::OrderItem& item : loaded.order.items) {
    paid.lines.push_back({.variant_id = item.variant_id,
                          .quantity = item.quantity,
                          .refunded = item.refunded_quantity,
                          .net = item.net,
                          .tax = item.tax});
  }
  std::vector<RefundUnits> units;
  for (const wire::RefundLine& line : lines) {
    units.push_back({.variant_id = line.variant_id, .quantity = line.quantity});
  }
  return plan_refund(paid, units);
}

void write_refund(Transaction& tx, const LoadedOrder& loaded, const Refund& refund, const Wanted& wanted, TimeMs now) {
  const auto id = tx.insert<Id<struct RefundTag>>(
      "INSERT INTO refunds (order_id, amount, shipping, restocked, reason, requested_by, created_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
      loaded.id, refund.amount, refund.shipping, wanted.restock, wanted.reason, wanted.by, now);
  for (const RefundPart& part : refund.parts) {
    const std::int64_t position = static_cast<std::int64_t>(part.line) + 1;
    tx.execute("INSERT INTO refund_items (refund_id, order_id, position, quantity, net, tax)"
               " VALUES ($1, $2, $3, $4, $5, $6)",
               id, loaded.id, position, part.quantity, part.net, part.tax);
    tx.execute("UPDATE order_items SET refunded_quantity = refunded_quantity + $3"
               " WHERE order_id = $1 AND position = $2",
               loaded.id, position, part.quantity);
  }
}

// [베타락]
void give_stock_back(Transaction& tx, const LoadedOrder& loaded, const Refund& refund, TimeMs now) {
  for (const RefundPart& part : refund.parts) {
    const VariantId variant = loaded.order.items[part.line].variant_id;
    tx.execute("UPDATE product_variants SET stock = stock + $2 WHERE id = $1", variant, part.quantity);
    tx.execute("INSERT INTO stock_movements (variant_id, delta, reason, order_id, created_at)"
               " VALUES ($1, $2, 'RETURNED', $3, $4)",
               variant, part.quantity, loaded.id, now);
    tx.touch(Topic::stock, variant.value);
  }
}

// From the hour in which they were sold, so that popular products forget the sale and not another one.
void take_sales_back(Transaction& tx, const LoadedOrder& loaded, const Refund& refund, TimeMs now) {
  std::int64_t units_of_refund = 0;
  std::map<std::int64_t, std::int64_t> units_of_product;
  for (const RefundPart& part : refund.parts) {
    units_of_product[loaded.order.items[part.line].product_id.value] += part.quantity;
    units_of_refund += part.quantity;
  }
  for (const auto& [product, units] : units_of_product) {
    const std::int64_t changed =
        tx.execute("UPDATE sales_buckets SET units = units - $3 WHERE hour = $1 AND product_id = $2",
                   hour_of(*loaded.order.paid_at), product, units);
    CARTWRIGHT_ASSERT(changed == 1);  // its payment has put them there
  }
  count(tx, {.refunds = 1, .refunded_units = units_of_refund, .refunded = refund.amount}, now);
  tx.touch(Topic::popular);
}

// No unit is left: the coupons return, and the shopper has bought nothing. A PAID order is over, and its payment with it.
void end_order(Transaction& tx, const LoadedOrder& loaded, TimeMs now) {
  restore_coupons(tx, loaded.id, loaded.user, now);
  take_uses_back(tx, loaded.id, *loaded.order.paid_at);
  tx.execute("UPDATE user_balances SET paid_orders = paid_orders - 1 WHERE user_id = $1", loaded.user);
  const OrderStatus status = transition(loaded.order.status, OrderEvent::refund_whole).value();
  if (status == loaded.order.status) return;
  tx.execute("UPDATE orders SET status = $2, cancelled_at = $3, cancel_reason = 'refunded' WHERE id = $1", loaded.id,
             name_of(status), now);
  cancel_payment(tx, loaded.id, "refunded", now);
  count(tx, {.cancelled = 1}, now);
}

// The order's row is locked. Asks everything before its first write.
Result<wire::Refunded> refund_order(Transaction& tx, const LoadedOrder& loaded, const Wanted& wanted, TimeMs now) {
  const auto refund = plan(loaded, wanted.lines);
  if (!refund) return refund.error();
  const auto balance = credit(tx, loaded.user, refund->amount, {.order = loaded.id}, now);
  if (!balance) return balance.error();
  write_refund(tx, loaded, *refund, wanted, now);
  tx.execute("UPDATE orders SET refunded = refunded + $2 WHERE id = $1", loaded.id, refund->amount);
  take_sales_back(tx, loaded, *refund, now);
  if (wanted.restock) give_stock_back(tx, loaded, *refund, now);
  if (refund->whole) end_order(tx, loaded, now);

  wire::Refunded refunded{.balance = *balance, .order = load_order(tx, loaded.id).order};
  refunded.refund = refunded.order.refunds.back();
  tell(tx,
       {.type = "order.refunded",
        .id = loaded.id,
        .user = loaded.user,
        .order = refunded.order,
        .reason = refunded.order.cancel_reason},
       now);
  tx.touch(Topic::order, loaded.user.value);
  return refunded;
}

Status may_return(const Settings& settings, const wire::Order& order, TimeMs now) {
  const auto refuse = [](const char* why) -> Status {
    return Error{.code = ErrorCode::order_not_refundable, .detail = why};
  };
  if (order.status == OrderStatus::SHIPPING && settings.return_days == 0) {
    return refuse("This order is on its way already.");
  }
  if (order.status != OrderStatus::DELIVERED) return {};
  const auto delivered = order.shipments.empty() ? std::nullopt : order.shipments.back().delivered_at;
  if (delivered && now < after(*delivered, settings.return_days * day_ms)) return {};
  return refuse("The time to return this order is over.");
}

}  // namespace

Result<wire::Refunded> return_by_shopper(Transaction& tx, const Settings& settings, UserId user,
                                         std::string_view number, const wire::ReturnRequest& wanted, TimeMs now) {
  const auto id = tx.value<OrderId>(Lock::exclusive, "SELECT id FROM orders WHERE number = $1 AND user_id = $2",
                                    number, user);
  if (!id) return no_such_order();
  const LoadedOrder loaded = load_order(tx, *id);
  if (const Status status = may_return(settings, loaded.order, now); !status) return status.error();
  const bool never_left = loaded.order.status == OrderStatus::PAID;
  return refund_order(tx, loaded,
                      {.lines = wanted.lines,
                       .restock = never_left || settings.restock_returns,
                       .reason = wanted.reason,
                       .by = user},
                      now);
}

Result<wire::Refunded> refund_by_admin(Transaction& tx, UserId admin, std::string_view number,
                                       const wire::RefundRequest& wanted, TimeMs now) {
  const auto id = lock_order(tx, number);
  if (!id) return no_such_order();
  const LoadedOrder loaded = load_order(tx, *id);
  auto refunded = refund_order(
      tx, loaded, {.lines = wanted.lines, .restock = wanted.restock, .reason = wanted.reason, .by = admin}, now);
  if (refunded) {
    log_order(tx, {.admin = admin, .action = "order.refund", .id = *id}, loaded.order, refunded->order, now);
  }
  return refunded;
}

}  // namespace cartwright::shop

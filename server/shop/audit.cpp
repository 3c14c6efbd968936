#include "server/shop/audit.h"

#include <array>
#include <string_view>

#include "server/json.h"

namespace cartwright::shop {

namespace {

using store::Reader;
using store::Sql;

// Each statement gives a row for each breach: id, expected, found.
struct Check {
  std::string_view rule;
  Sql breaches;
};

constexpr auto money_checks = std::to_array<Check>({
    {"a balance is the sum of its history",
     "SELECT b.user_id, COALESCE(sum(h.amount), 0), b.balance FROM user_balances b"
     " LEFT JOIN balance_history h ON h.user_id = b.user_id GROUP BY b.user_id, b.balance"
     " HAVING b.balance <> COALESCE(sum(h.amount), 0)"},
    {"a balance's history has no hole",
     "SELECT b.user_id, b.history_count, count(h.position) FROM user_balances b"
     " LEFT JOIN balance_history h ON h.user_id = b.user_id GROUP BY b.user_id, b.history_count"
     " HAVING b.history_count <> count(h.position) OR b.history_count <> COALESCE(max(h.position), 0)"},
    {"each change of a balance begins where the one before ended",
     "SELECT h.user_id, COALESCE(p.balance_after, 0), h.balance_before FROM balance_history h"
     " LEFT JOIN balance_history p ON p.user_id = h.user_id AND p.position = h.position - 1"
     " WHERE h.balance_before <> COALESCE(p.balance_after, 0)"},
    {"a completed charge is credited once",
     "SELECT c.id, CASE WHEN c.status IN ('COMPLETED', 'REVERSED') THEN c.amount ELSE 0 END,"
     " COALESCE(sum(h.amount), 0) FROM charge_requests c"
     " LEFT JOIN balance_history h ON h.charge_id = c.id AND h.type = 'CHARGE' GROUP BY c.id, c.status, c.amount"
     " HAVING COALESCE(sum(h.amount), 0) <> CASE WHEN c.status IN ('COMPLETED', 'REVERSED') THEN c.amount ELSE 0 END"},
    {"a user has paid as many orders as the balance says",
     "SELECT b.user_id, count(o.id), b.paid_orders FROM user_balances b"
     " LEFT JOIN orders o ON o.user_id = b.user_id AND o.paid_at IS NOT NULL GROUP BY b.user_id, b.paid_orders"
     " HAVING count(o.id) <> b.paid_orders"},
    {"a paid order took its total from the balance, once",
     "SELECT o.id, o.total, COALESCE(-sum(h.amount), -1) FROM orders o"
     " LEFT JOIN balance_history h ON h.order_id = o.id AND h.user_id = o.user_id AND h.type = 'USE'"
     " WHERE o.paid_at IS NOT NULL GROUP BY o.id, o.total"
     " HAVING COALESCE(-sum(h.amount), -1) <> o.total OR count(*) <> 1"},
    {"what was used from a balance was for a paid order",
     "SELECT h.order_id, 0, -h.amount FROM balance_history h JOIN orders o ON o.id = h.order_id"
     " WHERE h.type = 'USE' AND (o.paid_at IS NULL OR o.user_id <> h.user_id)"},
});

constexpr auto stock_checks = std::to_array<Check>({
    {"a variant's stock is the sum of its movements",
     "SELECT v.id, COALESCE(sum(m.delta), 0), v.stock FROM product_variants v"
     " LEFT JOIN stock_movements m ON m.variant_id = v.id GROUP BY v.id, v.stock"
     " HAVING v.stock <> COALESCE(sum(m.delta), 0)"},
    {"a paid order's units left the stock, and no others did",
     "SELECT order_id, 0, sum(units) FROM ("
     " SELECT order_id, variant_id, -delta AS units FROM stock_movements WHERE reason = 'SOLD'"
     " UNION ALL SELECT i.order_id, i.variant_id, -i.quantity FROM order_items i JOIN orders o ON o.id = i.order_id"
     "   WHERE o.paid_at IS NOT NULL) AS moved GROUP BY order_id, variant_id HAVING sum(units) <> 0"},
    {"sales buckets are the paid items less the refunded ones",
     "SELECT product_id, 0, sum(units) FROM (SELECT hour, product_id, units FROM sales_buckets"
     " UNION ALL SELECT o.paid_at / 3600000, i.product_id, i.refunded_quantity - i.quantity FROM order_items i"
     "   JOIN orders o ON o.id = i.order_id WHERE o.paid_at IS NOT NULL) AS sold"
     " GROUP BY hour, product_id HAVING sum(units) <> 0"},
});

constexpr auto coupon_checks = std::to_array<Check>({
    {"a campaign has left what it has not issued",
     "SELECT f.id, f.total_quantity - count(u.id), f.remaining_quantity FROM fcfs_coupons f"
     " LEFT JOIN user_coupons u ON u.campaign_id = f.id GROUP BY f.id, f.total_quantity, f.remaining_quantity"
     " HAVING f.remaining_quantity <> f.total_quantity - count(u.id)"},
    {"a used coupon is held by a live order of its owner",
     "SELECT u.id, u.order_id, COALESCE(c.order_id, 0) FROM user_coupons u"
     " LEFT JOIN order_coupons c ON c.user_coupon_id = u.id AND c.released_at IS NULL"
     " LEFT JOIN orders o ON o.id = c.order_id"
     " WHERE u.status = 'USED' AND (c.order_id IS NULL OR c.order_id <> u.order_id OR o.status = 'CANCELLED'"
     "   OR o.user_id <> u.user_id)"},
    {"a coupon that an order holds is used",
     "SELECT c.user_coupon_id, c.order_id, COALESCE(u.order_id, 0) FROM order_coupons c"
     " JOIN user_coupons u ON u.id = c.user_coupon_id"
     " WHERE c.released_at IS NULL AND (u.status <> 'USED' OR u.order_id <> c.order_id)"},
    {"a coupon's history leads to its status",
     "SELECT u.id, 0, h.id FROM user_coupons u JOIN user_coupon_history h ON h.user_coupon_id = u.id"
     " WHERE h.id = (SELECT max(id) FROM user_coupon_history WHERE user_coupon_id = u.id)"
     " AND u.status <> CASE h.event WHEN 'USED' THEN 'USED' WHEN 'EXPIRED' THEN 'EXPIRED' ELSE 'AVAILABLE' END"},
    {"a coupon is issued once",
     "SELECT u.id, 1, count(h.id) FROM user_coupons u"
     " LEFT JOIN user_coupon_history h ON h.user_coupon_id = u.id AND h.event = 'ISSUED' GROUP BY u.id"
     " HAVING count(h.id) <> 1"},
});

constexpr auto order_checks = std::to_array<Check>({
    {"a paid order has one completed payment of its total, and no other order has one",
     "SELECT o.id, CASE WHEN o.status IN ('PAID', 'SHIPPING', 'DELIVERED') THEN 1 ELSE 0 END, count(p.attempt)"
     " FROM orders o LEFT JOIN payments p ON p.order_id = o.id AND p.status = 'COMPLETED' AND p.amount = o.total"
     " GROUP BY o.id, o.status"
     " HAVING count(p.attempt) <> CASE WHEN o.status IN ('PAID', 'SHIPPING', 'DELIVERED') THEN 1 ELSE 0 END"},
    {"a payment is what its history says last",
     "SELECT p.order_id, p.attempt, COALESCE(h.position, 0) FROM payments p LEFT JOIN payment_history h"
     " ON h.order_id = p.order_id AND h.attempt = p.attempt AND h.position = (SELECT max(position)"
     "   FROM payment_history WHERE order_id = p.order_id AND attempt = p.attempt)"
     " WHERE h.status IS NULL OR h.status <> p.status"},
    {"an order's items add up to its merchandise",
     "SELECT o.id, o.merchandise, COALESCE(sum(i.net), -1) FROM orders o"
     " LEFT JOIN order_items i ON i.order_id = o.id GROUP BY o.id, o.merchandise, o.subtotal"
     " HAVING COALESCE(sum(i.net), -1) <> o.merchandise"
     " OR COALESCE(sum(i.unit_price * i.quantity), -1) <> o.subtotal"},
    {"refunded units are the sum of the refunds",
     "SELECT i.order_id, COALESCE(sum(r.quantity), 0), i.refunded_quantity FROM order_items i"
     " LEFT JOIN refund_items r ON r.order_id = i.order_id AND r.position = i.position"
     " GROUP BY i.order_id, i.position, i.refunded_quantity, i.quantity"
     " HAVING COALESCE(sum(r.quantity), 0) <> i.refunded_quantity OR i.refunded_quantity > i.quantity"},
    {"refunded money is the sum of the refunds, and not more than was paid",
     "SELECT o.id, COALESCE(sum(r.amount), 0), o.refunded FROM orders o LEFT JOIN refunds r ON r.order_id = o.id"
     " GROUP BY o.id, o.refunded, o.total HAVING COALESCE(sum(r.amount), 0) <> o.refunded OR o.refunded > o.total"},
    {"a refund of items is the sum of what its units are worth",
     "SELECT r.id, r.amount - r.shipping, COALESCE(sum(i.net + CASE o.tax_mode WHEN 'exclusive' THEN i.tax ELSE 0 END),"
     " 0) FROM refunds r JOIN orders o ON o.id = r.order_id LEFT JOIN refund_items i ON i.refund_id = r.id"
     " GROUP BY r.id, r.amount, r.shipping HAVING r.amount - r.shipping <>"
     " COALESCE(sum(i.net + CASE o.tax_mode WHEN 'exclusive' THEN i.tax ELSE 0 END), 0)"},
    {"an order that was paid has one event that says so",
     "SELECT o.id, CASE WHEN o.paid_at IS NULL THEN 0 ELSE 1 END, count(e.id) FROM orders o"
     " LEFT JOIN outbox_events e ON e.order_id = o.id AND e.type = 'order.paid' GROUP BY o.id, o.paid_at"
     " HAVING count(e.id) <> CASE WHEN o.paid_at IS NULL THEN 0 ELSE 1 END"},
    {"an order that was cancelled unpaid has one event that says so",
     "SELECT o.id, CASE WHEN o.status = 'CANCELLED' AND o.paid_at IS NULL THEN 1 ELSE 0 END, count(e.id) FROM orders o"
     " LEFT JOIN outbox_events e ON e.order_id = o.id AND e.type = 'order.cancelled'"
     " GROUP BY o.id, o.status, o.paid_at"
     " HAVING count(e.id) <> CASE WHEN o.status = 'CANCELLED' AND o.paid_at IS NULL THEN 1 ELSE 0 END"},
    {"an order that was refunded has events that say so",
     "SELECT r.order_id, count(DISTINCT r.id), count(DISTINCT e.id) FROM refunds r"
     " LEFT JOIN outbox_events e ON e.order_id = r.order_id AND e.type = 'order.refunded' GROUP BY r.order_id"
     " HAVING count(DISTINCT r.id) <> count(DISTINCT e.id)"},
    {"events' positions have no hole",
     "SELECT 0, COALESCE(max(position), 0) - COALESCE(min(position), 1) + 1, count(position) FROM outbox_events"
     " HAVING COALESCE(max(position), 0) - COALESCE(min(position), 1) + 1 <> count(position)"},
});

template <std::size_t N>
void run(Reader& reader, const std::array<Check, N>& checks, std::vector<Breach>& breaches) {
  for (const Check& check : checks) {
    for (const auto row : reader.query(check.breaches)) {
      breaches.push_back({.rule = std::string(check.rule),
                          .id = row.get<std::int64_t>(0),
                          .expected = row.get<std::int64_t>(1),
                          .found = row.get<std::int64_t>(2)});
    }
  }
}

// The integer member of a stored answer; -1 when it has none.
std::int64_t member_of(const json::Node& object, std::string_view name) {
  for (const json::Node* node = object.first; node != nullptr; node = node->next) {
    if (node->key == name && node->kind == json::Node::Kind::integer) return node->integer;
  }
  return -1;
}

// The order's money is that of the quote it was made from. (Not quoted again: an order outlives its rulebook.)
void check_quotes(Reader& reader, std::vector<Breach>& breaches) {
  for (const auto row : reader.query("SELECT o.id, o.total, o.tax, COALESCE(q.answer, '') FROM orders o"
                                     " LEFT JOIN order_quotes q ON q.order_id = o.id")) {
    const auto answer = json::Document::parse(row.get<std::string_view>(3));
    const std::int64_t total = answer ? member_of(answer->root(), "total") : -1;
    const std::int64_t tax = answer ? member_of(answer->root(), "tax") : -1;
    if (total == row.get<std::int64_t>(1) && tax == row.get<std::int64_t>(2)) continue;
    breaches.push_back({.rule = "an order's total and tax are those of its quote",
                        .id = row.get<std::int64_t>(0),
                        .expected = total,
                        .found = row.get<std::int64_t>(1)});
  }
}

}  // namespace

std::vector<Breach> audit(Reader& reader) {
  std::vector<Breach> breaches;
  run(reader, money_checks, breaches);
  run(reader, stock_checks, breaches);
  run(reader, coupon_checks, breaches);
  run(reader, order_checks, breaches);
  check_quotes(reader, breaches);
  return breaches;
}

std::string describe(const Breach& breach) {
  return breach.rule + ": id " + std::to_string(breach.id) + ", expected " + std::to_string(breach.expected) +
         ", found " + std::to_string(breach.found);
}

}  // namespace cartwright::shop

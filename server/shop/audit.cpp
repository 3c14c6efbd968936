#include "server/shop/audit.h"

#include <array>
#include <map>
#include <string_view>

#include "core/fields.h"
#include "core/popularity.h"
#include "server/json.h"
#include "server/shop/figures.h"

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
    {"a charge is credited once, to whose it is, when it was completed, and no other is",
     "SELECT c.id, CASE WHEN c.status IN ('COMPLETED', 'REVERSED') THEN c.amount ELSE 0 END,"
     " COALESCE(sum(h.amount), 0) FROM charge_requests c"
     " LEFT JOIN balance_history h ON h.charge_id = c.id AND h.type = 'CHARGE'"
     " GROUP BY c.id, c.status, c.amount, c.user_id"
     " HAVING COALESCE(sum(h.amount), 0) <> CASE WHEN c.status IN ('COMPLETED', 'REVERSED') THEN c.amount ELSE 0 END"
     " OR count(h.charge_id) <> CASE WHEN c.status IN ('COMPLETED', 'REVERSED') THEN 1 ELSE 0 END"
     " OR COALESCE(min(h.user_id), c.user_id) <> c.user_id"},
    {"a charge is taken back when it was reversed, never above its amount, and no other is",
     "SELECT c.id, CASE c.status WHEN 'REVERSED' THEN c.amount ELSE 0 END, COALESCE(-sum(h.amount), 0)"
     " FROM charge_requests c LEFT JOIN balance_history h ON h.charge_id = c.id AND h.type = 'REVERSAL'"
     " GROUP BY c.id, c.status, c.amount, c.user_id"
     " HAVING (count(h.charge_id) > 0) <> (c.status = 'REVERSED') OR COALESCE(-sum(h.amount), 0) > c.amount"
     " OR COALESCE(min(h.user_id), c.user_id) <> c.user_id OR COALESCE(max(h.user_id), c.user_id) <> c.user_id"},
    {"a user owes what reversed charges left open",
     "SELECT b.user_id, COALESCE(sum(c.amount), 0) + COALESCE((SELECT sum(h.amount) FROM balance_history h"
     "   WHERE h.user_id = b.user_id AND h.type = 'REVERSAL'), 0), b.receivable FROM user_balances b"
     " LEFT JOIN charge_requests c ON c.user_id = b.user_id AND c.status = 'REVERSED'"
     " GROUP BY b.user_id, b.receivable"
     " HAVING b.receivable <> COALESCE(sum(c.amount), 0) + COALESCE((SELECT sum(h.amount) FROM balance_history h"
     "   WHERE h.user_id = b.user_id AND h.type = 'REVERSAL'), 0)"},
    {"who owes has nothing left",
     "SELECT user_id, 0, balance FROM user_balances WHERE receivable > 0 AND balance > 0"},
    {"a user has paid as many orders, not refunded whole, as the balance says",
     "SELECT b.user_id, count(o.id), b.paid_orders FROM user_balances b"
     " LEFT JOIN orders o ON o.user_id = b.user_id AND o.paid_at IS NOT NULL AND EXISTS ("
     "   SELECT 1 FROM order_items WHERE order_id = o.id AND refunded_quantity < quantity)"
     " GROUP BY b.user_id, b.paid_orders"
     " HAVING count(o.id) <> b.paid_orders"},
    {"a paid order took its total from the balance, once",
     "SELECT o.id, o.total, COALESCE(-sum(h.amount), -1) FROM orders o"
     " LEFT JOIN balance_history h ON h.order_id = o.id AND h.user_id = o.user_id AND h.type = 'USE'"
     " WHERE o.paid_at IS NOT NULL GROUP BY o.id, o.total"
     " HAVING COALESCE(-sum(h.amount), -1) <> o.total OR count(*) <> 1"},
    {"what was used from a balance was for a paid order",
     "SELECT h.order_id, 0, -h.amount FROM balance_history h JOIN orders o ON o.id = h.order_id"
     " WHERE h.type = 'USE' AND (o.paid_at IS NULL OR o.user_id <> h.user_id)"},
    {"what an order's refunds say went back to its shopper's balance",
     "SELECT o.id, o.refunded, COALESCE(sum(h.amount), 0) FROM orders o"
     " LEFT JOIN balance_history h ON h.order_id = o.id AND h.user_id = o.user_id AND h.type = 'REFUND'"
     " GROUP BY o.id, o.refunded HAVING COALESCE(sum(h.amount), 0) <> o.refunded"},
    {"what went back to a balance was its own order's",
     "SELECT h.order_id, o.user_id, h.user_id FROM balance_history h JOIN orders o ON o.id = h.order_id"
     " WHERE h.type = 'REFUND' AND o.user_id <> h.user_id"},
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
    {"units that a refund restocked came back to the stock, and no others did",
     "SELECT order_id, 0, sum(units) FROM ("
     " SELECT order_id, variant_id, delta AS units FROM stock_movements WHERE reason = 'RETURNED'"
     " UNION ALL SELECT i.order_id, i.variant_id, -f.quantity FROM refund_items f"
     "   JOIN refunds r ON r.id = f.refund_id AND r.restocked = 1"
     "   JOIN order_items i ON i.order_id = f.order_id AND i.position = f.position"
     ") AS moved GROUP BY order_id, variant_id HAVING sum(units) <> 0"},
    {"sales buckets are the paid items less the refunded ones",
     "SELECT product_id, 0, sum(units) FROM (SELECT hour, product_id, units FROM sales_buckets"
     " UNION ALL SELECT o.paid_at / 3600000, i.product_id, i.refunded_quantity - i.quantity FROM order_items i"
     "   JOIN orders o ON o.id = i.order_id WHERE o.paid_at IS NOT NULL) AS sold"
     " GROUP BY hour, product_id HAVING sum(units) <> 0"},
    {"what an hour earned is what was charged, paid and refunded in it",
     "SELECT hour, 0, sum(charged) + sum(paid) + sum(refunded) FROM ("
     " SELECT hour, charged, paid, refunded FROM revenue_buckets"
     " UNION ALL SELECT created_at / 3600000, -amount, 0, 0 FROM balance_history WHERE type IN ('CHARGE', 'REVERSAL')"
     " UNION ALL SELECT paid_at / 3600000, 0, -total, 0 FROM orders WHERE paid_at IS NOT NULL"
     " UNION ALL SELECT created_at / 3600000, 0, 0, -amount FROM refunds) AS money"
     " GROUP BY hour HAVING sum(charged) <> 0 OR sum(paid) <> 0 OR sum(refunded) <> 0"},
    {"what an hour sold and sent is its orders, refunds and parcels",
     "SELECT hour, 0, sum(orders) + sum(units) + sum(refunds) + sum(back) + sum(shipped) + sum(delivered)"
     "   + sum(cancelled) FROM ("
     " SELECT hour, orders, units, refunds, refunded_units AS back, shipped, delivered, cancelled FROM revenue_buckets"
     " UNION ALL SELECT paid_at / 3600000, -1, 0, 0, 0, 0, 0, 0 FROM orders WHERE paid_at IS NOT NULL"
     " UNION ALL SELECT o.paid_at / 3600000, 0, -i.quantity, 0, 0, 0, 0, 0 FROM orders o"
     "   JOIN order_items i ON i.order_id = o.id WHERE o.paid_at IS NOT NULL"
     " UNION ALL SELECT created_at / 3600000, 0, 0, -1, 0, 0, 0, 0 FROM refunds"
     " UNION ALL SELECT r.created_at / 3600000, 0, 0, 0, -i.quantity, 0, 0, 0 FROM refunds r"
     "   JOIN refund_items i ON i.refund_id = r.id"
     " UNION ALL SELECT shipped_at / 3600000, 0, 0, 0, 0, -1, 0, 0 FROM shipments"
     " UNION ALL SELECT delivered_at / 3600000, 0, 0, 0, 0, 0, -1, 0 FROM shipments WHERE delivered_at IS NOT NULL"
     " UNION ALL SELECT cancelled_at / 3600000, 0, 0, 0, 0, 0, 0, -1 FROM orders"
     "   WHERE status = 'CANCELLED' AND paid_at IS NOT NULL) AS deeds"
     " GROUP BY hour HAVING sum(orders) <> 0 OR sum(units) <> 0 OR sum(refunds) <> 0 OR sum(back) <> 0"
     " OR sum(shipped) <> 0 OR sum(delivered) <> 0 OR sum(cancelled) <> 0"},
});

constexpr auto coupon_checks = std::to_array<Check>({
    {"a campaign has left what it has not issued",
     "SELECT f.id, f.total_quantity - count(u.id), f.remaining_quantity FROM fcfs_coupons f"
     " LEFT JOIN user_coupons u ON u.campaign_id = f.id GROUP BY f.id, f.total_quantity, f.remaining_quantity"
     " HAVING f.remaining_quantity <> f.total_quantity - count(u.id)"},
    {"a code has given out what was issued by it",
     "SELECT c.id, count(u.id), c.code_issued FROM coupons c"
     " LEFT JOIN user_coupons u ON u.coupon_id = c.id AND u.origin = 'code' GROUP BY c.id, c.code_issued"
     " HAVING c.code_issued <> count(u.id)"},
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
    {"an order holds its coupons until it is cancelled or its last unit came back, and no longer",
     "SELECT c.user_coupon_id, c.order_id, COALESCE(c.released_at, 0) FROM order_coupons c"
     " JOIN orders o ON o.id = c.order_id"
     " WHERE (c.released_at IS NULL) <> (o.status <> 'CANCELLED' AND EXISTS ("
     "   SELECT 1 FROM order_items WHERE order_id = o.id AND refunded_quantity < quantity))"},
    {"a coupon's history leads to its status",
     "SELECT u.id, 0, h.id FROM user_coupons u JOIN user_coupon_history h ON h.user_coupon_id = u.id"
     " WHERE h.id = (SELECT max(id) FROM user_coupon_history WHERE user_coupon_id = u.id)"
     " AND u.status <> CASE h.event WHEN 'USED' THEN 'USED' WHEN 'EXPIRED' THEN 'EXPIRED' ELSE 'AVAILABLE' END"},
    {"a coupon is issued once",
     "SELECT u.id, 1, count(h.id) FROM user_coupons u"
     " LEFT JOIN user_coupon_history h ON h.user_coupon_id = u.id AND h.event = 'ISSUED' GROUP BY u.id"
     " HAVING count(h.id) <> 1"},
    {"coupons were issued in the minutes that say so",
     "SELECT coupon_id, 0, sum(issued) FROM (SELECT coupon_id, campaign_id, minute, issued FROM coupon_issues"
     " UNION ALL SELECT coupon_id, COALESCE(campaign_id, 0), issued_at / 60000, -1 FROM user_coupons) AS given"
     " GROUP BY coupon_id, campaign_id, minute HAVING sum(issued) <> 0"},
});

constexpr auto order_checks = std::to_array<Check>({
    {"a paid order has one completed payment of its total, and no other order has one",
     "SELECT o.id, CASE WHEN o.status IN ('PAID', 'SHIPPING', 'DELIVERED') THEN 1 ELSE 0 END, count(p.attempt)"
     " FROM orders o LEFT JOIN payments p ON p.order_id = o.id AND p.status = 'COMPLETED'"
     " GROUP BY o.id, o.status, o.total"
     " HAVING count(p.attempt) <> CASE WHEN o.status IN ('PAID', 'SHIPPING', 'DELIVERED') THEN 1 ELSE 0 END"
     " OR COALESCE(max(p.amount), o.total) <> o.total"},
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
    // floor(net * units / quantity), in steps that no 64 bits overflow.
    {"each refund's units came back with the shares that were next, of the line's net and of its tax",
     "SELECT order_id, net / quantity * until + net % quantity * until / quantity, net_until FROM ("
     "   SELECT i.order_id, i.net, i.tax, i.quantity, sum(f.quantity) OVER so_far AS until,"
     "     sum(f.net) OVER so_far AS net_until, sum(f.tax) OVER so_far AS tax_until FROM refund_items f"
     "   JOIN order_items i ON i.order_id = f.order_id AND i.position = f.position"
     "   WINDOW so_far AS (PARTITION BY f.order_id, f.position ORDER BY f.refund_id)) AS steps"
     " WHERE net_until <> net / quantity * until + net % quantity * until / quantity"
     " OR tax_until <> tax / quantity * until + tax % quantity * until / quantity"},
    {"refunded units came back with their share of the line's net, and of its tax",
     "SELECT i.order_id, i.net / i.quantity * i.refunded_quantity + i.net % i.quantity * i.refunded_quantity"
     "   / i.quantity, COALESCE(sum(f.net), 0) FROM order_items i"
     " LEFT JOIN refund_items f ON f.order_id = i.order_id AND f.position = i.position"
     " GROUP BY i.order_id, i.position, i.net, i.tax, i.quantity, i.refunded_quantity"
     " HAVING COALESCE(sum(f.net), 0) <> i.net / i.quantity * i.refunded_quantity"
     "   + i.net % i.quantity * i.refunded_quantity / i.quantity"
     " OR COALESCE(sum(f.tax), 0) <> i.tax / i.quantity * i.refunded_quantity"
     "   + i.tax % i.quantity * i.refunded_quantity / i.quantity"},
    {"all that was paid is refunded when all units are, and the shipping charge only then",
     "SELECT o.id, o.total, o.refunded FROM orders o WHERE o.paid_at IS NOT NULL AND CASE WHEN EXISTS ("
     "   SELECT 1 FROM order_items WHERE order_id = o.id AND refunded_quantity < quantity)"
     " THEN EXISTS (SELECT 1 FROM refunds WHERE order_id = o.id AND shipping > 0) ELSE o.refunded <> o.total END"},
    {"a paid order is cancelled when it was refunded whole before shipping, and for nothing else",
     "SELECT o.id, 0, o.refunded FROM orders o WHERE o.paid_at IS NOT NULL AND CASE o.status"
     " WHEN 'CANCELLED' THEN o.cancel_reason <> 'refunded' OR EXISTS ("
     "   SELECT 1 FROM order_items WHERE order_id = o.id AND refunded_quantity < quantity)"
     " WHEN 'PAID' THEN NOT EXISTS (SELECT 1 FROM order_items WHERE order_id = o.id AND refunded_quantity < quantity)"
     " ELSE 1 = 0 END"},
    {"an order has a parcel once it is shipped, and that has arrived when the order is delivered",
     "SELECT o.id, CASE WHEN o.status IN ('SHIPPING', 'DELIVERED') THEN 1 ELSE 0 END, count(s.id) FROM orders o"
     " LEFT JOIN shipments s ON s.order_id = o.id GROUP BY o.id, o.status"
     " HAVING count(s.id) <> CASE WHEN o.status IN ('SHIPPING', 'DELIVERED') THEN 1 ELSE 0 END"
     " OR count(s.delivered_at) <> CASE WHEN o.status = 'DELIVERED' THEN 1 ELSE 0 END"},
    {"an order that was shipped or delivered has one event that says so",
     "SELECT order_id, sum(steps), sum(events) FROM ("
     " SELECT order_id, CASE WHEN shipped_at > since THEN 1 ELSE 0 END"
     "   + CASE WHEN delivered_at > since THEN 1 ELSE 0 END AS steps, 0 AS events FROM shipments, outbox_kept"
     " UNION ALL SELECT order_id, 0, 1 FROM outbox_events, outbox_kept"
     "   WHERE created_at > since AND type IN ('order.shipped', 'order.delivered')) AS told"
     " GROUP BY order_id HAVING sum(steps) <> sum(events)"},
    {"an order that was paid has one event that says so",
     "SELECT o.id, CASE WHEN o.paid_at IS NULL THEN 0 ELSE 1 END, count(e.id) FROM orders o"
     " LEFT JOIN outbox_events e ON e.order_id = o.id AND e.type = 'order.paid' GROUP BY o.id, o.paid_at"
     " HAVING count(e.id) <> CASE WHEN o.paid_at IS NULL THEN 0 ELSE 1 END"
     " AND (count(e.id) > 0 OR o.paid_at > (SELECT since FROM outbox_kept))"},
    {"an order that was cancelled unpaid has one event that says so",
     "SELECT o.id, CASE WHEN o.status = 'CANCELLED' AND o.paid_at IS NULL THEN 1 ELSE 0 END, count(e.id) FROM orders o"
     " LEFT JOIN outbox_events e ON e.order_id = o.id AND e.type = 'order.cancelled'"
     " GROUP BY o.id, o.status, o.paid_at, o.cancelled_at"
     " HAVING count(e.id) <> CASE WHEN o.status = 'CANCELLED' AND o.paid_at IS NULL THEN 1 ELSE 0 END"
     " AND (count(e.id) > 0 OR o.cancelled_at > (SELECT since FROM outbox_kept))"},
    {"an order that was refunded has events that say so",
     "SELECT order_id, sum(refunds), sum(events) FROM ("
     " SELECT order_id, 1 AS refunds, 0 AS events FROM refunds, outbox_kept WHERE created_at > since"
     " UNION ALL SELECT order_id, 0, 1 FROM outbox_events, outbox_kept"
     "   WHERE created_at > since AND type = 'order.refunded') AS told"
     " GROUP BY order_id HAVING sum(refunds) <> sum(events)"},
    {"an erased account has left nothing of the person",
     "SELECT u.id, 0, 1 FROM users u WHERE u.erased_at IS NOT NULL AND (u.name <> ''"
     " OR EXISTS (SELECT 1 FROM user_sessions s WHERE s.user_id = u.id)"
     " OR EXISTS (SELECT 1 FROM addresses a WHERE a.user_id = u.id)"
     " OR EXISTS (SELECT 1 FROM carts c WHERE c.user_id = u.id)"
     " OR EXISTS (SELECT 1 FROM sync_clients y WHERE y.user_id = u.id)"
     " OR EXISTS (SELECT 1 FROM password_resets p WHERE p.user_id = u.id)"
     " OR EXISTS (SELECT 1 FROM idempotency_keys k WHERE k.user_id = u.id)"
     " OR EXISTS (SELECT 1 FROM orders o WHERE o.user_id = u.id AND o.ship_name IS NOT NULL))"},
    {"events' positions have no hole",
     "SELECT 0, COALESCE(max(position), 0) - COALESCE(min(position), 1) + 1, count(position) FROM outbox_events"
     " HAVING COALESCE(max(position), 0) - COALESCE(min(position), 1) + 1 <> count(position)"},
    {"a webhook has not been told what has not happened",
     "SELECT w.id, COALESCE((SELECT max(position) FROM outbox_events), 0), w.cursor FROM webhook_endpoints w"
     " WHERE w.cursor > COALESCE((SELECT max(position) FROM outbox_events), 0)"},
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
std::int64_t integer_of(const json::Node& object, std::string_view name) {
  const json::Node* node = object.member(name);
  return node != nullptr && node->kind == json::Node::Kind::integer ? node->integer : -1;
}

struct UsesOfHour {
  std::int64_t uses = 0;
  Amount discount = 0;
};
using Uses = std::map<std::pair<std::int64_t, std::int64_t>, UsesOfHour>;  // by rule and hour

// What the rows of an order repeat of its quote, by the quote's names.
constexpr std::array<std::string_view, 8> amounts_of_quote = {
    "total", "tax", "subtotal", "item_discount", "order_discount", "merchandise", "shipping_fee", "shipping_discount"};
constexpr std::array<std::string_view, 6> numbers_of_line = {"variant_id", "unit_price", "quantity",
                                                             "discount",   "net",        "tax"};

// Items are written in the order of the quote's lines.
void check_items(Reader& reader, std::int64_t order, const json::Node& quote, std::vector<Breach>& breaches) {
  const auto differ = [&](std::int64_t expected, std::int64_t found) {
    breaches.push_back(
        {.rule = "an order's items are the lines of its quote", .id = order, .expected = expected, .found = found});
  };
  const json::Node* lines = quote.member("lines");
  const json::Node* line = lines != nullptr ? lines->first : nullptr;
  for (const auto row : reader.query("SELECT variant_id, unit_price, quantity, discount, net, tax FROM order_items"
                                     " WHERE order_id = $1 ORDER BY position",
                                     order)) {
    for (std::size_t i = 0; i < numbers_of_line.size(); ++i) {
      const std::int64_t expected = line != nullptr ? integer_of(*line, numbers_of_line[i]) : -1;
      if (const auto found = row.get<std::int64_t>(static_cast<int>(i)); found != expected) {
        return differ(expected, found);
      }
    }
    line = line->next;
  }
  if (line != nullptr) differ(integer_of(*line, "net"), -1);
}

void check_coupons(Reader& reader, std::int64_t order, const json::Node& quote, std::vector<Breach>& breaches) {
  for (const auto row : reader.query("SELECT user_coupon_id, amount FROM order_coupons WHERE order_id = $1", order)) {
    std::int64_t expected = 0;
    const json::Node* applied = quote.member("applied");
    for (const json::Node* each = applied != nullptr ? applied->first : nullptr; each != nullptr; each = each->next) {
      const json::Node* source = each->member("source");
      const bool is_coupon = source != nullptr && source->text == name_of(DiscountSource::coupon);
      if (is_coupon && integer_of(*each, "id") == row.get<std::int64_t>(0)) expected += integer_of(*each, "amount");
    }
    if (const auto found = row.get<std::int64_t>(1); found != expected) {
      breaches.push_back({.rule = "an order's coupons took off what its quote says",
                          .id = order,
                          .expected = expected,
                          .found = found});
    }
  }
}

// An order is the quote it was made from. (Not quoted again: an order outlives its rulebook.)
Uses check_quotes(Reader& reader, std::vector<Breach>& breaches) {
  Uses uses;
  for (const auto row :
       reader.query("SELECT o.id, o.total, o.tax, o.subtotal, o.item_discount, o.order_discount, o.merchandise,"
                    " o.shipping_fee, o.shipping_discount, o.fingerprint, COALESCE(q.answer, ''), o.paid_at, EXISTS ("
                    "   SELECT 1 FROM order_items WHERE order_id = o.id AND refunded_quantity < quantity)"
                    " FROM orders o LEFT JOIN order_quotes q ON q.order_id = o.id")) {
    const auto id = row.get<std::int64_t>(0);
    const auto answer = json::Document::parse(row.get<std::string_view>(10));
    if (!answer) {
      breaches.push_back({.rule = "an order has the quote it was made from", .id = id, .expected = 1});
      continue;
    }
    const json::Node& quote = answer->root();
    const auto paid_at = row.get<std::optional<TimeMs>>(11);
    if (paid_at && row.get<bool>(12)) {
      for (const RuleUse& use : uses_of(quote)) {
        UsesOfHour& hour = uses[{use.rule.value, hour_of(*paid_at)}];
        ++hour.uses;
        hour.discount += use.amount;
      }
    }
    for (std::size_t i = 0; i < amounts_of_quote.size(); ++i) {
      const std::int64_t expected = integer_of(quote, amounts_of_quote[i]);
      const auto found = row.get<std::int64_t>(static_cast<int>(i) + 1);
      if (found == expected) continue;
      breaches.push_back(
          {.rule = "an order's amounts are those of its quote", .id = id, .expected = expected, .found = found});
    }
    const json::Node* fingerprint = quote.member("fingerprint");
    if (fingerprint == nullptr || fingerprint->text != row.get<std::string_view>(9)) {
      breaches.push_back({.rule = "an order's fingerprint is that of its quote", .id = id, .expected = 1});
    }
    check_items(reader, id, quote, breaches);
    check_coupons(reader, id, quote, breaches);
  }
  return uses;
}

void check_uses(Reader& reader, Uses expected, std::vector<Breach>& breaches) {
  const auto differ = [&](std::int64_t rule, Amount wanted, Amount found) {
    breaches.push_back({.rule = "a rule has taken off what the paid orders say",
                        .id = rule,
                        .expected = wanted,
                        .found = found});
  };
  for (const auto row : reader.query("SELECT coupon_id, hour, uses, discount FROM coupon_uses")) {
    const UsesOfHour found{.uses = row.get<std::int64_t>(2), .discount = row.get<std::int64_t>(3)};
    const auto rule = row.get<std::int64_t>(0);
    const auto at = expected.find({rule, row.get<std::int64_t>(1)});
    const UsesOfHour wanted = at == expected.end() ? UsesOfHour() : at->second;
    if (wanted.uses != found.uses || wanted.discount != found.discount) differ(rule, wanted.discount, found.discount);
    if (at != expected.end()) expected.erase(at);
  }
  for (const auto& [key, missing] : expected) differ(key.first, missing.discount, 0);
}

}  // namespace

std::vector<Breach> audit(Reader& reader) {
  std::vector<Breach> breaches;
  run(reader, money_checks, breaches);
  run(reader, stock_checks, breaches);
  run(reader, coupon_checks, breaches);
  run(reader, order_checks, breaches);
  check_uses(reader, check_quotes(reader, breaches), breaches);
  return breaches;
}

std::string describe(const Breach& breach) {
  return breach.rule + ": id " + std::to_string(breach.id) + ", expected " + std::to_string(breach.expected) +
         ", found " + std::to_string(breach.found);
}

}  // namespace cartwright::shop

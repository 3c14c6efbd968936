#include "server/shop/admin_orders.h"

#include "core/order.h"
#include "server/json.h"
#include "server/shop/admin_log.h"
#include "server/shop/figures.h"
#include "server/shop/order_view.h"
#include "server/shop/outbox.h"
#include "server/shop/texts.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;

constexpr std::int64_t shown_deeds = 100;

// The text as a part of a LIKE pattern with ESCAPE '!'.
std::string like_part(std::string_view text) {
  std::string part;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '!') part += '!';
    part += c;
  }
  return part;
}

std::string with_letters(std::string text, char first, char to) {
  for (char& c : text) {
    if (c >= first && c <= first + 25) c = static_cast<char>(c - first + to);
  }
  return text;
}

wire::OrderUser load_user(Reader& reader, UserId id) {
  wire::OrderUser user{.id = id};
  if (const auto row = reader.first("SELECT name, COALESCE(email, '') FROM users WHERE id = $1", id)) {
    row->into(user.name, user.email);
  }
  return user;
}

std::vector<wire::AdminPayment> load_payments(Reader& reader, OrderId order) {
  std::vector<wire::AdminPayment> payments;
  for (const auto row :
       reader.query("SELECT p.attempt, p.amount, p.status, h.status, h.reason, h.created_at FROM payments p"
                    " JOIN payment_history h ON h.order_id = p.order_id AND h.attempt = p.attempt"
                    " WHERE p.order_id = $1 ORDER BY p.attempt, h.position",
                    order)) {
    const auto attempt = row.get<std::int64_t>(0);
    if (payments.empty() || payments.back().id != attempt) {
      payments.push_back({.id = attempt,
                          .amount = row.get<Amount>(1),
                          .status = read_word<PaymentStatus>(row.get<std::string_view>(2))});
    }
    payments.back().history.push_back({.status = read_word<PaymentStatus>(row.get<std::string_view>(3)),
                                       .reason = row.get<std::string>(4),
                                       .created_at = row.get<TimeMs>(5)});
  }
  return payments;
}

wire::OrderTrace trace_of(const wire::Order& order) {
  return {.status = order.status,
          .refunded = order.refunded,
          .shipments = order.shipments,
          .refunds = order.refunds};
}

// The last part of each step: the row is written, the view is loaded anew, told and logged.
Result<wire::Order> moved(Transaction& tx, const OrderDeed& deed, const LoadedOrder& before, std::string_view type,
                          TimeMs now) {
  LoadedOrder loaded = load_order(tx, deed.id);
  log_order(tx, deed, before.order, loaded.order, now);
  tell(tx, {.type = type, .id = deed.id, .user = loaded.user, .order = loaded.order}, now);
  tx.touch(Topic::order, loaded.user.value);
  return std::move(loaded.order);
}

}  // namespace

Result<wire::Page<wire::AdminOrderSummary>> list_all_orders(Reader& reader, const OrderFilter& filter,
                                                            const PageRequest& request, TimeMs now) {
  const std::string_view status = filter.status ? name_of(*filter.status) : std::string_view();
  const std::string context = "admin_orders " + std::string(status) + ' ' + filter.text;
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  const std::string part = like_part(filter.text);
  wire::Page<wire::AdminOrderSummary> page;
  std::vector<OrderId> ids;  // beside the page: the id stays inside
  for (const auto row :
       reader.query("SELECT o.id, o.number, o.status, o.expires_at, o.created_at, o.paid_at, o.total, o.refunded,"
                    " (SELECT sum(quantity) FROM order_items WHERE order_id = o.id), i.names, o.user_id, u.name,"
                    " COALESCE(u.email, ''), (SELECT max(position) FROM order_items WHERE order_id = o.id) FROM orders o"
                    " JOIN order_items i ON i.order_id = o.id AND i.position = 1"
                    " JOIN users u ON u.id = o.user_id"
                    " WHERE o.id < $1 AND ($2 = '' OR $2 = CASE WHEN o.status = 'PENDING' AND o.expires_at <= $3"
                    "   THEN 'CANCELLED' ELSE o.status END)"
                    " AND ($4 = '' OR o.number LIKE $5 ESCAPE '!' OR u.email LIKE $6 ESCAPE '!'"
                    "   OR u.name LIKE $7 ESCAPE '!')"
                    " ORDER BY o.id DESC LIMIT $8",
                    *below, status, now, filter.text, with_letters(part, 'a', 'A') + '%',
                    '%' + with_letters(part, 'A', 'a') + '%', '%' + part + '%', request.limit + 1)) {
    ids.push_back(row.get<OrderId>(0));
    wire::AdminOrderSummary& order = page.items.emplace_back();
    order.number = row.get<std::string>(1);
    order.status = status_at(read_word<OrderStatus>(row.get<std::string_view>(2)), row.get<TimeMs>(3), now);
    order.created_at = row.get<TimeMs>(4);
    order.paid_at = row.get<std::optional<TimeMs>>(5);
    order.total = row.get<Amount>(6);
    order.refunded = row.get<Amount>(7);
    order.items = row.get<std::int64_t>(13);
    order.units = row.get<std::int64_t>(8);
    order.first_item = read_names(row.get<std::string_view>(9));
    order.user = {.id = row.get<UserId>(10), .name = row.get<std::string>(11), .email = row.get<std::string>(12)};
  }
  end_page(page, context, request,
           [&](const wire::AdminOrderSummary&) { return ids[page.items.size() - 1].value; });
  return page;
}

Result<wire::AdminOrder> show_any_order(Reader& reader, std::string_view number, TimeMs now) {
  const auto id = reader.value<OrderId>("SELECT id FROM orders WHERE number = $1", number);
  if (!id) return no_such_order();
  const LoadedOrder loaded = load_order(reader, *id);
  return wire::AdminOrder{.order = order_at(loaded.order, now),
                          .user = load_user(reader, loaded.user),
                          .payments = load_payments(reader, *id),
                          .log = list_admin_log(reader, {.entity = "order", .entity_id = id->value},
                                                {.limit = shown_deeds})
                                     ->items};
}

std::optional<OrderId> lock_order(Transaction& tx, std::string_view number) {
  return tx.value<OrderId>(Lock::exclusive, "SELECT id FROM orders WHERE number = $1", number);
}

void log_order(Transaction& tx, const OrderDeed& deed, const wire::Order& before, const wire::Order& after,
               TimeMs now) {
  log_admin(tx,
            {.admin = deed.admin,
             .action = deed.action,
             .entity = "order",
             .entity_id = deed.id.value,
             .before = json::encode(trace_of(before)),
             .after = json::encode(trace_of(after))},
            now);
}

Result<wire::Order> ship_order(Transaction& tx, UserId admin, std::string_view number,
                               const wire::ShipRequest& parcel, TimeMs now) {
  const auto id = lock_order(tx, number);
  if (!id) return no_such_order();
  const LoadedOrder before = load_order(tx, *id);
  const auto status = transition(before.order.status, OrderEvent::ship);
  if (!status) return status.error();
  tx.execute("UPDATE orders SET status = $2 WHERE id = $1", *id, name_of(*status));
  tx.execute("INSERT INTO shipments (order_id, carrier, tracking_number, shipped_at) VALUES ($1, $2, $3, $4)", *id,
             parcel.carrier, parcel.tracking_number, now);
  count(tx, {.shipped = 1}, now);
  return moved(tx, {.admin = admin, .action = "order.ship", .id = *id}, before, "order.shipped", now);
}

Result<wire::Order> deliver_order(Transaction& tx, UserId admin, std::string_view number, TimeMs now) {
  const auto id = lock_order(tx, number);
  if (!id) return no_such_order();
  const LoadedOrder before = load_order(tx, *id);
  const auto status = transition(before.order.status, OrderEvent::deliver);
  if (!status) return status.error();
  tx.execute("UPDATE orders SET status = $2 WHERE id = $1", *id, name_of(*status));
  tx.execute("UPDATE shipments SET delivered_at = $2 WHERE order_id = $1 AND delivered_at IS NULL", *id, now);
  count(tx, {.delivered = 1}, now);
  return moved(tx, {.admin = admin, .action = "order.deliver", .id = *id}, before, "order.delivered", now);
}

}  // namespace cartwright::shop

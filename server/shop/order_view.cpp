#include "server/shop/order_view.h"

#include "core/order.h"
#include "server/json.h"
#include "server/shop/texts.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Reader;

std::optional<wire::Address> read_address(const store::Row& row, int column) {
  auto name = row.get<std::optional<std::string>>(column);
  if (!name) return std::nullopt;
  return wire::Address{.name = std::move(*name),
                       .phone = row.get<std::optional<std::string>>(column + 1).value_or(""),
                       .postcode = row.get<std::optional<std::string>>(column + 2).value_or(""),
                       .line1 = row.get<std::optional<std::string>>(column + 3).value_or(""),
                       .line2 = row.get<std::optional<std::string>>(column + 4).value_or(""),
                       .note = row.get<std::optional<std::string>>(column + 5).value_or("")};
}

void load_items(Reader& reader, OrderId id, wire::Order& order) {
  for (const auto row :
       reader.query("SELECT i.variant_id, i.product_id, p.handle, i.names, i.options, i.image_url, i.unit_price,"
                    " i.quantity, i.discount, i.net, i.tax, i.refunded_quantity FROM order_items i"
                    " JOIN products p ON p.id = i.product_id WHERE i.order_id = $1 ORDER BY i.position",
                    id)) {
    wire::OrderItem& item = order.items.emplace_back();
    item.variant_id = row.get<VariantId>(0);
    item.product_id = row.get<ProductId>(1);
    item.handle = row.get<std::string>(2);
    item.name = read_names(row.get<std::string_view>(3));
    item.options = read_names(row.get<std::string_view>(4));
    item.image = row.get<std::string>(5);
    item.unit_price = row.get<Amount>(6);
    item.quantity = row.get<std::int64_t>(7);
    item.discount = row.get<Amount>(8);
    item.net = row.get<Amount>(9);
    item.tax = row.get<Amount>(10);
    item.refunded_quantity = row.get<std::int64_t>(11);
  }
}

void load_order_coupons(Reader& reader, OrderId id, wire::Order& order) {
  for (const auto row :
       reader.query("SELECT o.user_coupon_id, o.amount, ko.name, en.name FROM order_coupons o"
                    " LEFT JOIN coupon_texts ko ON ko.coupon_id = o.coupon_id AND ko.language = 'ko'"
                    " LEFT JOIN coupon_texts en ON en.coupon_id = o.coupon_id AND en.language = 'en'"
                    " WHERE o.order_id = $1 ORDER BY o.user_coupon_id",
                    id)) {
    wire::OrderCoupon& coupon = order.coupons.emplace_back();
    coupon.id = row.get<CouponId>(0);
    coupon.amount = row.get<Amount>(1);
    coupon.name.ko = row.get<std::optional<std::string>>(2).value_or("");
    coupon.name.en = row.get<std::optional<std::string>>(3).value_or("");
    fill_missing(coupon.name);
  }
}

void load_shipments(Reader& reader, OrderId id, wire::Order& order) {
  for (const auto row : reader.query("SELECT carrier, tracking_number, shipped_at, delivered_at FROM shipments"
                                     " WHERE order_id = $1 ORDER BY id",
                                     id)) {
    wire::Shipment& parcel = order.shipments.emplace_back();
    row.into(parcel.carrier, parcel.tracking_number, parcel.shipped_at, parcel.delivered_at);
  }
}

void load_refunds(Reader& reader, OrderId id, UserId shopper, wire::Order& order) {
  std::int64_t last = 0;
  for (const auto row :
       reader.query("SELECT r.id, r.amount, r.shipping, r.restocked, r.requested_by, r.reason, r.created_at,"
                    " o.variant_id, i.quantity, i.net, i.tax FROM refunds r"
                    " JOIN refund_items i ON i.refund_id = r.id"
                    " JOIN order_items o ON o.order_id = i.order_id AND o.position = i.position"
                    " WHERE r.order_id = $1 ORDER BY r.id, i.position",
                    id)) {
    if (row.get<std::int64_t>(0) != last) {
      last = row.get<std::int64_t>(0);
      const auto number = static_cast<std::int64_t>(order.refunds.size()) + 1;
      order.refunds.push_back({.id = number,
                               .amount = row.get<Amount>(1),
                               .shipping = row.get<Amount>(2),
                               .restocked = row.get<bool>(3),
                               .by_shopper = row.get<UserId>(4) == shopper,
                               .reason = row.get<std::string>(5),
                               .created_at = row.get<TimeMs>(6)});
    }
    order.refunds.back().items.push_back({.variant_id = row.get<VariantId>(7),
                                          .quantity = row.get<std::int64_t>(8),
                                          .net = row.get<Amount>(9),
                                          .tax = row.get<Amount>(10)});
  }
}

}  // namespace

Error no_such_order() { return {.code = ErrorCode::not_found, .detail = "There is no such order."}; }

OrderStatus status_at(OrderStatus status, TimeMs expires_at, TimeMs now) {
  return status == OrderStatus::PENDING && is_expired(expires_at, now) ? OrderStatus::CANCELLED : status;
}

wire::Order order_at(wire::Order order, TimeMs now) {
  const OrderStatus status = status_at(order.status, order.expires_at, now);
  if (status == order.status) return order;
  order.status = status;
  order.cancelled_at = order.expires_at;
  order.cancel_reason = "expired";
  return order;
}

std::optional<OrderId> find_order(Reader& reader, UserId user, std::string_view number) {
  return reader.value<OrderId>("SELECT id FROM orders WHERE number = $1 AND user_id = $2", number, user);
}

LoadedOrder load_order(Reader& reader, OrderId id) {
  LoadedOrder loaded{.id = id, .user = {}};
  wire::Order& order = loaded.order;
  {
    const auto row = reader.first(
        "SELECT user_id, number, status, created_at, expires_at, paid_at, cancelled_at, currency, subtotal,"
        " item_discount, order_discount, merchandise, shipping_fee, shipping_discount, tax, total, ship_name,"
        " ship_phone, ship_postcode, ship_line1, ship_line2, ship_note, refunded, COALESCE(cancel_reason, ''), tax_mode"
        " FROM orders WHERE id = $1",
        id);
    CARTWRIGHT_ASSERT(row);
    std::string status;
    row->into(loaded.user, order.number, status, order.created_at, order.expires_at, order.paid_at,
              order.cancelled_at, order.currency, order.subtotal, order.item_discount, order.order_discount,
              order.merchandise, order.shipping_fee, order.shipping_discount, order.tax, order.total);
    order.status = read_word<OrderStatus>(status);
    order.address = read_address(*row, 16);
    order.refunded = row->get<Amount>(22);
    order.cancel_reason = row->get<std::string>(23);
    loaded.tax_mode = read_word<TaxMode>(row->get<std::string_view>(24));
  }
  load_items(reader, id, order);
  load_order_coupons(reader, id, order);
  if (!order.paid_at) return loaded;  // a payment needn't look for what can't be there
  load_shipments(reader, id, order);
  load_refunds(reader, id, loaded.user, order);
  return loaded;
}

Result<wire::Order> show_order(Reader& reader, UserId user, std::string_view number, TimeMs now) {
  const auto id = find_order(reader, user, number);
  if (!id) return no_such_order();
  return order_at(load_order(reader, *id).order, now);
}

Result<wire::Page<wire::OrderSummary>> list_orders(Reader& reader, UserId user, const PageRequest& request,
                                                   TimeMs now) {
  constexpr std::string_view context = "orders";
  OrderId below{max_id};  // the id stays inside: a cursor names an order by its number
  if (request.cursor) {
    const auto number = open_cursor(context, *request.cursor);
    const auto last = number ? find_order(reader, user, *number) : std::nullopt;
    if (!last) return bad_cursor();
    below = *last;
  }
  wire::Page<wire::OrderSummary> page;
  for (const auto row :
       reader.query("SELECT o.number, o.status, o.created_at, o.expires_at, o.total,"
                    " (SELECT sum(quantity) FROM order_items WHERE order_id = o.id), i.names, i.image_url, o.refunded,"
                    " (SELECT max(position) FROM order_items WHERE order_id = o.id)"
                    " FROM orders o"
                    " JOIN order_items i ON i.order_id = o.id AND i.position = 1"
                    " WHERE o.user_id = $1 AND o.id < $2 ORDER BY o.id DESC LIMIT $3",
                    user, below, request.limit + 1)) {
    wire::OrderSummary& order = page.items.emplace_back();
    order.number = row.get<std::string>(0);
    order.created_at = row.get<TimeMs>(2);
    order.expires_at = row.get<TimeMs>(3);
    order.status = status_at(read_word<OrderStatus>(row.get<std::string_view>(1)), order.expires_at, now);
    order.total = row.get<Amount>(4);
    order.units = row.get<std::int64_t>(5);
    order.first_item = read_names(row.get<std::string_view>(6));
    order.image = row.get<std::string>(7);
    order.refunded = row.get<Amount>(8);
    order.items = row.get<std::int64_t>(9);
  }
  if (static_cast<std::int64_t>(page.items.size()) > request.limit) {
    page.items.pop_back();
    page.next_cursor = seal_cursor(context, page.items.back().number);
  }
  return page;
}

Result<wire::PaymentList> list_payments(Reader& reader, UserId user, std::string_view number) {
  const auto id = find_order(reader, user, number);
  if (!id) return no_such_order();
  wire::PaymentList list;
  for (const auto row :
       reader.query("SELECT p.attempt, p.amount, p.status, p.created_at, h.reason FROM payments p"
                    " JOIN payment_history h ON h.order_id = p.order_id AND h.attempt = p.attempt"
                    " AND h.position = (SELECT max(position) FROM payment_history"
                    "   WHERE order_id = p.order_id AND attempt = p.attempt)"
                    " WHERE p.order_id = $1 ORDER BY p.attempt",
                    *id)) {
    list.items.push_back({.id = row.get<std::int64_t>(0),
                          .amount = row.get<Amount>(1),
                          .status = read_word<PaymentStatus>(row.get<std::string_view>(2)),
                          .reason = row.get<std::string>(4),
                          .created_at = row.get<TimeMs>(3)});
  }
  return list;
}

}  // namespace cartwright::shop

#include "server/shop/outbox.h"

#include "server/json.h"
#include "server/wire_fields.h"

namespace cartwright {

template <>
struct Fields<wire::EventItem> {
  using S = wire::EventItem;
  static constexpr auto list = std::tuple{
      field("variant_id", &S::variant_id), field("product_id", &S::product_id), field("quantity", &S::quantity),
      field("unit_price", &S::unit_price), field("discount", &S::discount),     field("net", &S::net),
      field("tax", &S::tax)};
};
template <>
struct Fields<wire::EventCoupon> {
  using S = wire::EventCoupon;
  static constexpr auto list = std::tuple{field("id", &S::id), field("amount", &S::amount)};
};
template <>
struct Fields<wire::OrderEventData> {
  using S = wire::OrderEventData;
  static constexpr auto list = std::tuple{field("number", &S::number),
                                          field("user_id", &S::user_id),
                                          field("status", &S::status),
                                          field("reason", &S::reason),
                                          field("currency", &S::currency),
                                          field("items", &S::items),
                                          field("coupons", &S::coupons),
                                          field("subtotal", &S::subtotal),
                                          field("item_discount", &S::item_discount),
                                          field("order_discount", &S::order_discount),
                                          field("merchandise", &S::merchandise),
                                          field("shipping_fee", &S::shipping_fee),
                                          field("shipping_discount", &S::shipping_discount),
                                          field("tax", &S::tax),
                                          field("total", &S::total),
                                          field("created_at", &S::created_at),
                                          field("paid_at", &S::paid_at),
                                          field("cancelled_at", &S::cancelled_at)};
};
static_assert(lists_every_member<wire::EventItem> && lists_every_member<wire::EventCoupon> &&
              lists_every_member<wire::OrderEventData>);

namespace shop {

void tell(store::Transaction& tx, const OrderNews& news, TimeMs now) {
  const wire::Order& order = news.order;
  wire::OrderEventData data{.number = order.number,
                            .user_id = news.user,
                            .status = order.status,
                            .reason = std::string(news.reason),
                            .currency = order.currency,
                            .subtotal = order.subtotal,
                            .item_discount = order.item_discount,
                            .order_discount = order.order_discount,
                            .merchandise = order.merchandise,
                            .shipping_fee = order.shipping_fee,
                            .shipping_discount = order.shipping_discount,
                            .tax = order.tax,
                            .total = order.total,
                            .created_at = order.created_at,
                            .paid_at = order.paid_at,
                            .cancelled_at = order.cancelled_at};
  for (const wire::OrderItem& item : order.items) {
    data.items.push_back({.variant_id = item.variant_id,
                          .product_id = item.product_id,
                          .quantity = item.quantity,
                          .unit_price = item.unit_price,
                          .discount = item.discount,
                          .net = item.net,
                          .tax = item.tax});
  }
  for (const wire::OrderCoupon& coupon : order.coupons) {
    data.coupons.push_back({.id = coupon.id, .amount = coupon.amount});
  }
  tx.execute("INSERT INTO outbox_events (type, order_id, payload, created_at) VALUES ($1, $2, $3, $4)", news.type,
             news.id, json::encode(data), now);
}

}  // namespace shop
}  // namespace cartwright

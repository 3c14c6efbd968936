#include "server/shop/outbox.h"

#include "server/json.h"
#include "server/wire_fields.h"

namespace cartwright {

template <>
struct Fields<wire::OrderEventData> {
  using S = wire::OrderEventData;
  static constexpr auto list =
      std::tuple{field("user_id", &S::user_id), field("reason", &S::reason), field("order", &S::order)};
};
static_assert(lists_every_member<wire::OrderEventData>);

namespace shop {

void tell(store::Transaction& tx, const OrderNews& news, TimeMs now) {
  wire::OrderEventData data{.user_id = news.user, .reason = std::string(news.reason), .order = news.order};
  data.order.address.reset();
  for (wire::RefundInfo& refund : data.order.refunds) refund.reason.clear();
  tx.execute("INSERT INTO outbox_events (type, order_id, payload, created_at) VALUES ($1, $2, $3, $4)", news.type,
             news.id, json::encode(data), now);
  tx.touch(Topic::outbox);
}

}  // namespace shop
}  // namespace cartwright

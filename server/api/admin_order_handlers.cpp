#include "server/api/admin_order_handlers.h"

#include "server/api/once.h"
#include "server/shop/admin_orders.h"
#include "server/shop/refunds.h"

namespace cartwright::api {

namespace {

Result<shop::OrderFilter> filter_of(const Call& call) {
  shop::OrderFilter filter;
  if (const std::string* text = call.request.find("q")) filter.text = *text;
  const std::string* word = call.request.find("status");
  if (word == nullptr || word->empty()) return filter;
  for (std::size_t i = 0; i < Names<OrderStatus>::list.size(); ++i) {
    if (Names<OrderStatus>::list[i] == *word) filter.status = static_cast<OrderStatus>(i);
  }
  if (!filter.status) {
    return Error{.code = ErrorCode::invalid_request, .path = "$.status", .detail = "is no status of an order"};
  }
  return filter;
}

}  // namespace

http::Response list_all_orders(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto filter = filter_of(call);
  if (!filter) return refuse(call, filter.error());
  const auto read = call.shop.readers.begin();
  const auto orders = shop::list_all_orders(*read, *filter, *page, call.now);
  if (!orders) return refuse(call, orders.error());
  return answer_personal(call, json::encode(*orders));
}

http::Response show_any_order(const Call& call) {
  const auto read = call.shop.readers.begin();
  const auto order = shop::show_any_order(*read, call.request.param("number"), call.now);
  if (!order) return refuse(call, order.error());
  return answer_personal(call, json::encode(*order));
}

http::Response ship_order(const Call& call) {
  const auto parcel = body_of<wire::ShipRequest>(call);
  if (!parcel) return refuse(call, parcel.error());
  const auto empty = [&](std::string_view name) {
    return refuse(call, {.code = ErrorCode::invalid_request,
                         .path = "$." + std::string(name),
                         .detail = "must not be empty"});
  };
  if (parcel->carrier.empty()) return empty("carrier");
  if (parcel->tracking_number.empty()) return empty("tracking_number");
  return run_once(call, Key::welcome, shop::Keep::one_day, [&](store::Transaction& tx) {
    return answered(call, shop::ship_order(tx, call.user(), call.request.param("number"), *parcel, call.now), 200);
  });
}

http::Response deliver_order(const Call& call) {
  if (const Status status = check_empty_body(call); !status) return refuse(call, status.error());
  return run_once(call, Key::welcome, shop::Keep::one_day, [&](store::Transaction& tx) {
    return answered(call, shop::deliver_order(tx, call.user(), call.request.param("number"), call.now), 200);
  });
}

http::Response refund_order(const Call& call) {
  const auto request = once_request(call, Key::required, shop::Keep::for_ever);
  if (!request) return refuse(call, request.error());
  const auto wanted = body_of<wire::RefundRequest>(call);
  if (!wanted) return refuse(call, wanted.error());
  return run_once(call, *request, [&](store::Transaction& tx) {
    return answered(call, shop::refund_by_admin(tx, call.user(), call.request.param("number"), *wanted, call.now),
                    201);
  });
}

}  // namespace cartwright::api

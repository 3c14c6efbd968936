#include "server/api/order_handlers.h"

#include <variant>

#include "server/api/once.h"
#include "server/shop/cancellation.h"
#include "server/shop/numbers.h"
#include "server/shop/order_view.h"
#include "server/shop/orders.h"
#include "server/shop/payments.h"
#include "server/shop/refunds.h"

namespace cartwright::api {

namespace {

// What helps the shopper to go on: the fresh quote, and which coupon stands in the way.
shop::Answer refused_order(const Call& call, const shop::OrderRefusal& refusal) {
  std::string more;
  if (refusal.quote) {
    more += "\"quote\":";
    json::append(more, *refusal.quote);
  }
  if (refusal.rejection) {
    if (!more.empty()) more += ',';
    more += "\"rejection\":";
    json::append(more, *refusal.rejection);
  }
  return refused(call, refusal.error, more);
}

}  // namespace

http::Response place_order(const Call& call) {
  const auto request = once_request(call, Key::required, shop::Keep::for_ever);
  if (!request) return refuse(call, request.error());
  auto wanted = body_of<wire::NewOrder>(call);
  if (!wanted) return refuse(call, wanted.error());
  {
    // A retry gets its first answer, whatever has become the rule meanwhile, and no search for the best coupons.
    const auto read = call.shop.readers.begin();
    const auto found = shop::find_answer(*read, *request);
    if (!found) return refuse(call, found.error());
    if (*found) return respond(**found);
  }
  if (const Status status = shop::check_address(call.shop.settings, wanted->address); !status) {
    return refuse(call, status.error());
  }
  if (const Status status = shop::settle_choice(call.shop, call.user(), *wanted, call.now); !status) {
    return refuse(call, status.error());
  }
  const std::string number = shop::make_number(call.now);
  return run_once(call, *request, [&](store::Transaction& tx) {
    const auto placed = shop::place_order(tx, call.shop.settings, call.user(), *wanted, number, call.now);
    if (const auto* refusal = std::get_if<shop::OrderRefusal>(&placed)) return refused_order(call, *refusal);
    return succeeded(std::get<wire::Order>(placed), 201, call.request.path + '/' + number);
  });
}

http::Response list_orders(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto read = call.shop.readers.begin();
  const auto orders = shop::list_orders(*read, call.user(), *page, call.now);
  if (!orders) return refuse(call, orders.error());
  return answer_personal(call, json::encode(*orders));
}

http::Response show_order(const Call& call) {
  const auto read = call.shop.readers.begin();
  const auto order = shop::show_order(*read, call.user(), call.request.param("number"), call.now);
  if (!order) return refuse(call, order.error());
  return answer_personal(call, json::encode(*order));
}

http::Response cancel_order(const Call& call) {
  if (const Status status = check_empty_body(call); !status) return refuse(call, status.error());
  return run_once(call, Key::welcome, shop::Keep::for_ever, [&](store::Transaction& tx) {
    return answered(call, shop::cancel_by_shopper(tx, call.user(), call.request.param("number"), call.now), 200);
  });
}

http::Response pay_order(const Call& call) {
  const auto request = once_request(call, Key::required, shop::Keep::for_ever);
  if (!request) return refuse(call, request.error());
  if (const Status status = check_empty_body(call); !status) return refuse(call, status.error());
  return run_once(call, *request, [&](store::Transaction& tx) {
    return answered(call, shop::pay_order(tx, call.user(), call.request.param("number"), call.now), 201);
  });
}

http::Response list_order_payments(const Call& call) {
  const auto read = call.shop.readers.begin();
  const auto payments = shop::list_payments(*read, call.user(), call.request.param("number"));
  if (!payments) return refuse(call, payments.error());
  return answer_personal(call, json::encode(*payments));
}

http::Response return_order(const Call& call) {
  const auto request = once_request(call, Key::required, shop::Keep::for_ever);
  if (!request) return refuse(call, request.error());
  const auto wanted = body_of<wire::ReturnRequest>(call);
  if (!wanted) return refuse(call, wanted.error());
  return run_once(call, *request, [&](store::Transaction& tx) {
    return answered(
        call,
        shop::return_by_shopper(tx, call.shop.settings, call.user(), call.request.param("number"), *wanted, call.now),
        201);
  });
}

}  // namespace cartwright::api

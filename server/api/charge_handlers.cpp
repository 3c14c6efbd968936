#include "server/api/charge_handlers.h"

#include "server/api/once.h"
#include "server/shop/charges.h"
#include "server/shop/gateway_charges.h"
#include "server/shop/writing.h"

namespace cartwright::api {

namespace {

// Empty: of all states.
Result<std::optional<ChargeStatus>> status_of(const Call& call) {
  const std::string* const word = call.request.find("status");
  if (word == nullptr || word->empty()) return std::optional<ChargeStatus>();
  for (std::size_t i = 0; i < Names<ChargeStatus>::list.size(); ++i) {
    if (Names<ChargeStatus>::list[i] == *word) return std::optional(static_cast<ChargeStatus>(i));
  }
  return Error{.code = ErrorCode::invalid_request, .path = "$.status", .detail = "is no status of a charge"};
}

bool is_key(std::string_view text) {
  return text.size() <= 200 && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string text_of(const json::Node& object, std::string_view name) {
  using Kind = json::Node::Kind;
  const json::Node* const node = object.member(name);
  if (node == nullptr) return {};
  const bool has_text = node->kind == Kind::integer || node->kind == Kind::other_number || node->kind == Kind::string;
  return has_text ? std::string(node->text) : std::string();
}

// A number that is nobody's costs a look, no write. A full queue or disk: the shopper's page and the company's own
// repetitions bring it again.
void take(const Call& call, const shop::GatewayReturn& returned) {
  if (!is_key(returned.payment_key) || !shop::awaits_return(*call.shop.readers.begin(), returned.number)) return;
  (void)call.shop.writer.submit([&](store::Transaction& tx) {
    shop::take_return(tx, returned, call.now);
    return store::Outcome::done;
  });
}

template <class Deed>
http::Response by_admin(const Call& call, Deed deed) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  return run_once(call, Key::welcome, shop::Keep::for_ever, [&](store::Transaction& tx) {
    return answered(call, deed(tx, shop::By{.admin = call.user(), .now = call.now}, *id), 200);
  });
}

}  // namespace

http::Response list_my_charges(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto status = status_of(call);
  if (!status) return refuse(call, status.error());
  const auto read = call.shop.readers.begin();
  const auto charges = shop::list_own_charges(*read, call.shop.settings, call.user(), *status, *page);
  if (!charges) return refuse(call, charges.error());
  return answer_personal(call, json::encode(*charges));
}

http::Response return_from_gateway(const Call& call) {
  const auto text = [&](std::string_view name) {
    const std::string* const value = call.request.find(name);
    return value == nullptr ? std::string() : *value;
  };
  take(call, {.number = text("orderId"), .payment_key = text("paymentKey"), .amount = text("amount")});
  http::Response response = http::Response::empty(303);
  response.headers.emplace_back("Location", "/balance");
  return response;
}

http::Response notice_from_gateway(const Call& call) {
  const auto document = json::Document::parse(call.request.body);
  if (!document) return refuse(call, document.error());
  if (const json::Node* payment = document->root().member("data")) {
    shop::GatewayReturn returned{.number = text_of(*payment, "orderId"),
                                 .payment_key = text_of(*payment, "paymentKey"),
                                 .amount = text_of(*payment, "totalAmount")};
    // Without a key nothing was paid, which is the page's to say: the shopper may still be on it.
    if (!returned.payment_key.empty()) take(call, returned);
  }
  return http::Response::empty(204);
}

http::Response list_admin_charges(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto status = status_of(call);
  if (!status) return refuse(call, status.error());
  const auto read = call.shop.readers.begin();
  const auto charges = shop::list_all_charges(*read, *status, *page);
  if (!charges) return refuse(call, charges.error());
  return answer_personal(call, json::encode(*charges));
}

http::Response confirm_charge(const Call& call) {
  if (const Status status = check_empty_body(call); !status) return refuse(call, status.error());
  return by_admin(call, [&](store::Transaction& tx, const shop::By& by, std::int64_t id) {
    return shop::confirm_charge(tx, call.shop.settings, by, id);
  });
}

http::Response fail_charge(const Call& call) {
  if (const Status status = check_empty_body(call); !status) return refuse(call, status.error());
  return by_admin(call, [&](store::Transaction& tx, const shop::By& by, std::int64_t id) {
    return shop::refuse_charge(tx, call.shop.settings, by, id);
  });
}

http::Response reverse_charge(const Call& call) {
  const auto reversal = body_of<wire::ChargeReversal>(call);
  if (!reversal) return refuse(call, reversal.error());
  return by_admin(call, [&](store::Transaction& tx, const shop::By& by, std::int64_t id) {
    return shop::reverse_charge(tx, by, id, reversal->reason);
  });
}

}  // namespace cartwright::api

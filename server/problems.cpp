#include "server/problems.h"

#include "core/fields.h"
#include "server/http/problem.h"
#include "server/json_string.h"

namespace cartwright {

namespace {

struct Words {
  int status;
  std::string_view title;
};

Words words(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed_json: return {400, "The body is not JSON"};
    case ErrorCode::invalid_request: return {422, "The request is not valid"};
    case ErrorCode::amount_overflow: return {422, "An amount is out of range"};
    case ErrorCode::weak_password: return {422, "The password is too weak"};
    case ErrorCode::reset_link_invalid: return {409, "The link has been used or is too old"};
    case ErrorCode::account_has_open_orders: return {409, "The account has open orders"};
    case ErrorCode::address_required: return {422, "A delivery address is needed"};
    case ErrorCode::idempotency_key_reused: return {422, "The idempotency key belongs to another request"};
    case ErrorCode::payload_too_large: return {413, "The body is too large"};
    case ErrorCode::unsupported_media_type: return {415, "The body's media type is not supported"};
    case ErrorCode::method_not_allowed: return {405, "The method is not allowed here"};
    case ErrorCode::not_found: return {404, "There is no such thing"};
    case ErrorCode::unauthenticated: return {401, "Please sign in"};
    case ErrorCode::invalid_credentials: return {401, "The e-mail or the password is wrong"};
    case ErrorCode::forbidden: return {403, "This is not yours to do"};
    case ErrorCode::cross_origin_refused: return {403, "The request comes from another site"};
    case ErrorCode::email_taken: return {409, "This e-mail has an account already"};
    case ErrorCode::cart_full: return {409, "The cart is full"};
    case ErrorCode::cart_changed: return {412, "The cart has changed meanwhile"};
    case ErrorCode::already_exists: return {409, "It exists already"};
    case ErrorCode::still_in_use: return {409, "Something still uses it"};
    case ErrorCode::changed_meanwhile: return {412, "It has changed meanwhile"};
    case ErrorCode::limit_reached: return {409, "There are as many as there may be"};
    case ErrorCode::target_refused: return {422, "The address can't be called"};
    case ErrorCode::campaign_not_started: return {409, "The campaign has not started"};
    case ErrorCode::campaign_ended: return {409, "The campaign has ended"};
    case ErrorCode::campaign_exhausted: return {409, "All coupons are gone"};
    case ErrorCode::already_issued: return {409, "You have this coupon already"};
    case ErrorCode::coupon_not_usable: return {409, "A coupon can't be used"};
    case ErrorCode::coupon_code_unknown: return {404, "There is no such coupon code"};
    case ErrorCode::coupon_code_exhausted: return {409, "The coupon code has been used up"};
    case ErrorCode::quote_changed: return {409, "The price has changed"};
    case ErrorCode::not_orderable: return {409, "The cart can't be ordered like this"};
    case ErrorCode::insufficient_stock: return {409, "Not enough in stock"};
    case ErrorCode::insufficient_balance: return {409, "The balance is too small"};
    case ErrorCode::order_not_pending: return {409, "The order is not waiting for a payment"};
    case ErrorCode::order_expired: return {409, "The time to pay this order is over"};
    case ErrorCode::order_not_refundable: return {409, "The order can't be refunded"};
    case ErrorCode::refund_exceeds_order: return {409, "More units than are left to refund"};
    case ErrorCode::order_not_shippable: return {409, "The order is not waiting to be shipped"};
    case ErrorCode::order_not_deliverable: return {409, "The order is not on its way"};
    case ErrorCode::not_first_order: return {409, "A coupon is for the first order only"};
    case ErrorCode::charge_limit: return {409, "The charge is above a limit"};
    case ErrorCode::charge_not_pending: return {409, "The charge is not waiting any more"};
    case ErrorCode::charge_not_reversible: return {409, "The charge can't be reversed"};
    case ErrorCode::charge_differs: return {409, "The payment differs from the charge"};
    case ErrorCode::charge_failed: return {409, "The payment company refused the charge"};
    case ErrorCode::receivable_outstanding: return {409, "A reversed charge has to be covered first"};
    case ErrorCode::idempotency_in_flight: return {409, "The same request is still running"};
    case ErrorCode::idempotency_key_required: return {428, "An Idempotency-Key is needed"};
    case ErrorCode::precondition_required: return {428, "An If-Match header is needed"};
    case ErrorCode::rate_limited: return {429, "Too many requests"};
    case ErrorCode::provider_unavailable: return {503, "Charging is not available"};
    case ErrorCode::overloaded: return {503, "The server is busy"};
    case ErrorCode::storage_failed: return {503, "The change could not be stored"};
    case ErrorCode::outcome_unknown: return {503, "It is not known whether the change was stored"};
    case ErrorCode::internal: return {500, "Something went wrong here"};
  }
  return {500, "Something went wrong here"};
}

}  // namespace

int http_status(ErrorCode code) { return words(code).status; }
std::string_view problem_title(ErrorCode code) { return words(code).title; }

std::string json_pointer(std::string_view path) {
  std::string pointer;
  for (const char c : path.substr(path.empty() ? 0 : 1)) {
    if (c == '.' || c == '[') {
      pointer += '/';
    } else if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else if (c != ']') {
      pointer += c;
    }
  }
  return pointer;
}

std::string problem_body(const Error& error, std::string_view instance, std::string_view more) {
  std::string members;
  const auto name = [&](std::string_view member) {
    if (!members.empty()) members += ',';
    members.append("\"").append(member).append("\":");
  };
  const auto number = [&](std::string_view member, const std::optional<std::int64_t>& value) {
    if (!value) return;
    name(member);
    members += std::to_string(*value);
  };
  number("available", error.available);
  number("missing", error.missing);
  number("variant_id", error.variant_id);
  if (!error.path.empty()) {
    name("errors");
    members += "[{\"pointer\":";
    json::append_string(members, json_pointer(error.path));
    members += ",\"detail\":";
    json::append_string(members, error.detail);
    members += "}]";
  }
  if (!more.empty()) {
    if (!members.empty()) members += ',';
    members += more;
  }
  const Words said = words(error.code);
  return http::problem_json({.status = said.status,
                             .code = name_of(error.code),
                             .title = said.title,
                             .detail = error.detail,
                             .instance = instance,
                             .members = members});
}

}  // namespace cartwright

#include "server/api/quote_handlers.h"

#include <variant>

#include "server/shop/quotes.h"

namespace cartwright::api {

namespace {

// Parsed, a body takes fifty times its bytes, so those above this are read few at a time.
constexpr std::size_t large_body_bytes = 64U << 10U;

using Asked = std::variant<QuoteRequest, wire::QuoteCart>;

bool is_whole_request(const json::Node& root) {
  return root.member("variants") != nullptr || root.member("shop") != nullptr;
}

template <class T>
Result<Asked> decode_as(const json::Node& root) {
  auto decoded = json::decode<T>(root);
  if (!decoded) return decoded.error();
  return Asked(decoded.take());
}

Result<Asked> read_body(const Call& call) {
  std::optional<Result<shop::WorkSlots::Hold>> slot;
  if (call.request.body.size() > large_body_bytes) {
    slot.emplace(call.shop.long_work->take());
    if (!*slot) return slot->error();
  }
  const auto document = detail::parse_body(call.request);
  if (!document) return document.error();
  const json::Node& root = document->root();
  return is_whole_request(root) ? decode_as<QuoteRequest>(root) : decode_as<wire::QuoteCart>(root);
}

Result<Quote> quote_asked(const Call& call, const Asked& asked) {
  const auto user = call.caller ? std::optional(call.caller->user) : std::nullopt;
  if (const auto* cart = std::get_if<wire::QuoteCart>(&asked)) {
    return shop::quote_cart(call.shop, user, *cart, call.now);
  }
  const auto& request = std::get<QuoteRequest>(asked);
  if (!user) {
    if (const Status status = shop::check_guest_limits(request); !status) return status.error();
  }
  return shop::find_quote(*call.shop.long_work, request);
}

}  // namespace

http::Response quote_lines(const Call& call) {
  const auto asked = read_body(call);
  if (!asked) return refuse(call, asked.error());
  http::Response response = answer(call, quote_asked(call, *asked));
  response.set_header("Cache-Control", "no-store");
  response.compress = true;
  return response;
}

}  // namespace cartwright::api

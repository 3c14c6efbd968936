#include "server/api/cart_handlers.h"

#include <charconv>

#include "server/api/once.h"
#include "server/api/tagged.h"
#include "server/http/fields.h"
#include "server/shop/cart.h"
#include "server/shop/sync.h"
#include "server/shop/writing.h"

namespace cartwright::api {

namespace {

constexpr std::int64_t no_version = -1;

std::string version_tag(std::int64_t version) { return '"' + std::to_string(version) + '"'; }

// The version in If-Match; empty: any. What is no tag of ours matches no version.
std::optional<std::int64_t> expected_version(const Call& call) {
  if (!call.request.has_header("If-Match")) return std::nullopt;
  std::string_view tag = http::trim(call.request.header("If-Match"));
  if (tag == "*") return std::nullopt;
  if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return no_version;
  tag = tag.substr(1, tag.size() - 2);
  std::int64_t version = 0;
  const auto [end, fault] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
  if (fault != std::errc() || end != tag.data() + tag.size() || version < 0) return no_version;
  return version;
}

http::Response answer_cart(const Call& call, const Result<wire::CartState>& cart) {
  http::Response response = answer(call, cart);
  response.set_header("Cache-Control", "private, no-cache");
  if (cart) response.set_header("ETag", version_tag(cart->version));
  return response;
}

http::Response edit(const Call& call, shop::CartEdit edit) {
  edit.expected_version = expected_version(call);
  return answer_cart(call, shop::write(call.shop, [&](store::Transaction& tx) {
                       return shop::edit_cart(tx, call.user(), edit, call.now);
                     }));
}

}  // namespace

http::Response show_cart(const Call& call) {
  const auto read = call.shop.readers.begin();
  const wire::CartState cart = shop::load_cart(*read, call.user());
  return answer_tagged(call, json::encode(cart), version_tag(cart.version), {.cache_control = "private, no-cache"});
}

http::Response replace_cart(const Call& call) {
  if (!call.request.has_header("If-Match")) {
    return refuse(call, {.code = ErrorCode::precondition_required,
                         .detail = "Send the ETag of the cart that you have read as If-Match."});
  }
  const auto cart = body_of<Cart>(call);
  if (!cart) return refuse(call, cart.error());
  return edit(call, shop::replacement(*cart));
}

http::Response add_cart_line(const Call& call) {
  const auto request = once_request(call, Key::welcome, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto line = body_of<wire::NewCartLine>(call);
  if (!line) return refuse(call, line.error());
  shop::CartEdit add = shop::edit_of(
      {.name = MutationName::add, .variant_id = line->variant_id, .quantity = line->quantity});
  add.expected_version = expected_version(call);
  const std::string location = call.request.path + '/' + std::to_string(line->variant_id.value);
  return run_once(call, *request, [&](store::Transaction& tx) {
    const auto cart = shop::edit_cart(tx, call.user(), add, call.now);
    return cart ? succeeded(*cart, 201, location) : refused(call, cart.error());
  });
}

http::Response change_cart_line(const Call& call) {
  const auto variant = path_id(call, "variant_id");
  if (!variant) return refuse(call, variant.error());
  const auto change = body_of<wire::CartLineChange>(call);
  if (!change) return refuse(call, change.error());
  return edit(call, shop::line_change(VariantId{*variant}, *change));
}

http::Response remove_cart_line(const Call& call) {
  const auto variant = path_id(call, "variant_id");
  if (!variant) return refuse(call, variant.error());
  return edit(call, shop::edit_of({.name = MutationName::remove, .variant_id = VariantId{*variant}}));
}

http::Response sync_cart(const Call& call) {
  const auto request = body_of<wire::SyncRequest>(call);
  if (!request) return refuse(call, request.error());
  http::Response response = answer(call, shop::sync_cart(call.shop, call.user(), *request, call.now));
  response.set_header("Cache-Control", "no-store");
  response.compress = true;
  return response;
}

}  // namespace cartwright::api

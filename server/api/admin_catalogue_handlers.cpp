#include "server/api/admin_catalogue_handlers.h"

#include "server/api/once.h"
#include "server/api/versioned.h"
#include "server/shop/admin_categories.h"
#include "server/shop/admin_products.h"
#include "server/shop/admin_variants.h"
#include "server/shop/writing.h"

namespace cartwright::api {

namespace {

using store::Transaction;

constexpr std::size_t max_words_bytes = 200;

shop::By by(const Call& call) { return {.admin = call.user(), .now = call.now}; }

template <class T>
http::Response answer_current(const Call& call, const Result<T>& result) {
  return answer_versioned<T>(call, result, [](const T& thing) { return thing.version; });
}

template <class T>
http::Response answer_page(const Call& call, const Result<T>& result) {
  return result ? answer_personal(call, json::encode(*result)) : refuse(call, result.error());
}

// {id} of the path, If-Match and a body that is merged: what every PATCH has. `change(tx, id, patch, seen)`.
template <class Change>
http::Response patch(const Call& call, Change&& change) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto seen = required_version(call);
  if (!seen) return refuse(call, seen.error());
  const auto body = detail::parse_body(call.request);
  if (!body) return refuse(call, body.error());
  return answer_current(
      call, shop::write(call.shop, [&](Transaction& tx) { return change(tx, *id, body->root(), *seen); }));
}

// `make(tx, input)` answers what was made, which lies at `place` and its id.
template <class Input, class Make>
http::Response create(const Call& call, std::string_view place, Make&& make) {
  const auto request = once_request(call, Key::required, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto input = body_of<Input>(call);
  if (!input) return refuse(call, input.error());
  return run_once(call, *request, [&](Transaction& tx) {
    const auto made = make(tx, *input);
    if (!made) return refused(call, made.error());
    return succeeded(*made, 201, std::string(place) + std::to_string(made->id.value));
  });
}

Result<shop::AdminProductFilter> filter_of(const Call& call) {
  shop::AdminProductFilter filter;
  if (const std::string* text = call.request.find("q")) filter.text = *text;
  if (filter.text.size() > max_words_bytes) {
    return Error{.code = ErrorCode::invalid_request, .path = "$.q", .detail = "must have at most 200 bytes"};
  }
  const std::string* status = call.request.find("status");
  if (status == nullptr || status->empty()) return filter;
  if (*status == "active" || *status == "archived") {
    filter.active = *status == "active";
    return filter;
  }
  return Error{.code = ErrorCode::invalid_request, .path = "$.status", .detail = "must be active or archived"};
}

}  // namespace

http::Response list_admin_products(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto filter = filter_of(call);
  if (!filter) return refuse(call, filter.error());
  const auto read = call.shop.readers.begin();
  return answer_page(call, shop::list_admin_products(*read, *filter, *page));
}

http::Response create_product(const Call& call) {
  return create<wire::ProductInput>(call, "/api/v1/admin/products/",
                                    [&](Transaction& tx, const wire::ProductInput& product) {
                                      return shop::create_product(tx, by(call), product);
                                    });
}

http::Response show_admin_product(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto read = call.shop.readers.begin();
  return answer_current(call, shop::load_admin_product(*read, ProductId{*id}));
}

http::Response change_product(const Call& call) {
  return patch(call, [&](Transaction& tx, std::int64_t id, const json::Node& body, shop::Seen seen) {
    return shop::change_product(tx, by(call), ProductId{id}, body, seen);
  });
}

http::Response archive_product(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const Status archived = shop::write(
      call.shop, [&](Transaction& tx) { return shop::archive_product(tx, by(call), ProductId{*id}); });
  return archived ? http::Response::empty(204) : refuse(call, archived.error());
}

http::Response add_variant(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  return create<wire::ProductVariantInput>(call, "/api/v1/admin/variants/",
                                    [&](Transaction& tx, const wire::ProductVariantInput& variant) {
                                      return shop::add_variant(tx, by(call), ProductId{*id}, variant);
                                    });
}

http::Response show_admin_variant(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto read = call.shop.readers.begin();
  return answer_current(call, shop::load_admin_variant(*read, VariantId{*id}));
}

http::Response change_variant(const Call& call) {
  return patch(call, [&](Transaction& tx, std::int64_t id, const json::Node& body, shop::Seen seen) {
    return shop::change_variant(tx, by(call), VariantId{id}, body, seen);
  });
}

http::Response move_stock(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto request = once_request(call, Key::required, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto movement = body_of<wire::MovementInput>(call);
  if (!movement) return refuse(call, movement.error());
  return run_once(call, *request, [&](Transaction& tx) {
    return answered(call, shop::move_stock(tx, by(call), VariantId{*id}, *movement), 201);
  });
}

http::Response list_movements(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto read = call.shop.readers.begin();
  return answer_page(call, shop::list_movements(*read, VariantId{*id}, *page));
}

http::Response list_admin_categories(const Call& call) {
  const auto read = call.shop.readers.begin();
  return answer_personal(call, json::encode(shop::list_admin_categories(*read)));
}

http::Response create_category(const Call& call) {
  return create<wire::CategoryInput>(call, "/api/v1/admin/categories/",
                                     [&](Transaction& tx, const wire::CategoryInput& category) {
                                       return shop::create_category(tx, by(call), category);
                                     });
}

http::Response show_admin_category(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto read = call.shop.readers.begin();
  return answer_current(call, shop::load_admin_category(*read, CategoryId{*id}));
}

http::Response change_category(const Call& call) {
  return patch(call, [&](Transaction& tx, std::int64_t id, const json::Node& body, shop::Seen seen) {
    return shop::change_category(tx, by(call), CategoryId{id}, body, seen);
  });
}

http::Response remove_category(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const Status removed = shop::write(
      call.shop, [&](Transaction& tx) { return shop::remove_category(tx, by(call), CategoryId{*id}); });
  return removed ? http::Response::empty(204) : refuse(call, removed.error());
}

}  // namespace cartwright::api

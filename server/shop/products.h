// The catalogue as shoppers see it: lists with filters and search, one product whole, the categories (API.md
// "without sign-in"). Products that are not active, or have no active variant, are not shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

enum class ProductSort : std::uint8_t { newest, price_asc, price_desc, popular, name };

struct ProductQuery {
  std::string text = {};      // words; all must be found, in any order
  std::string category = {};  // slug or id; what lies below it counts too; an unknown one holds nothing
  Amount min_price = 0;       // some active variant costs from min_price to max_price
  Amount max_price = max_amount;
  bool in_stock = false;  // some active variant is there
  ProductSort sort = ProductSort::newest;
  wire::Language language = wire::Language::ko;  // of the names, where they decide the order
  std::string cursor = {};
  std::int64_t limit = 24;  // 1..100
};

// Pages by key, so nothing moves between them when products come and go. By `popular` the order is that of the moment:
// a product that rises meanwhile may be met twice. Error: `invalid_request` (a cursor that isn't one of this list).
Result<wire::Page<wire::ProductCard>> list_products(Services& services, const ProductQuery& query, TimeMs now);

// By id or handle. Error: `not_found`.
Result<wire::Product> find_product(Services& services, std::string_view id_or_handle);

// The tree, each parent before its children, in the shop's order.
Result<wire::CategoryList> list_categories(Services& services);

// Products that are shown, by id: the handles of the `limit` behind `after`, and where that step ends; no end: it was the
// last one.
struct HandleStep {
  std::vector<std::string> handles = {};
  std::optional<ProductId> end = {};
};
HandleStep list_handles(Services& services, ProductId after, std::int64_t limit);

// A product as lists show it; empty when it isn't shown.
std::optional<wire::ProductCard> load_card(store::Reader& reader, ProductId product);

// A number 1..2^53-1 in full, as in /products/12. Empty: it is something else.
std::optional<std::int64_t> read_id(std::string_view text);

}  // namespace cartwright::shop

// The tree of categories as admins keep it. Each has a version of its own, like products (admin_products.h).
#pragma once

#include "server/shop/admin_products.h"

namespace cartwright::shop {

inline constexpr std::int64_t max_categories = 2000;
inline constexpr std::int64_t max_category_levels = 10;

// By position among siblings; parents and children mixed.
wire::AdminCategoryList list_admin_categories(store::Reader& reader);

// Error: `not_found`.
Result<wire::AdminCategory> load_admin_category(store::Reader& reader, CategoryId id);

// Errors: `invalid_request` (no such parent), `already_exists` (slug), `limit_reached`.
Result<wire::AdminCategory> create_category(store::Transaction& tx, const By& by, wire::CategoryInput category);

// Errors: `not_found`, `changed_meanwhile`, `invalid_request` (a parent that lies below it), `already_exists` (slug),
// `limit_reached` (levels).
Result<wire::AdminCategory> change_category(store::Transaction& tx, const By& by, CategoryId id,
                                            const json::Node& patch, Seen seen);

// Errors: `not_found`, `still_in_use` (products or categories in it, a rule about it).
Status remove_category(store::Transaction& tx, const By& by, CategoryId id);

}  // namespace cartwright::shop

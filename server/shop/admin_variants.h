// Variants as admins keep them, and their stock. A variant is what it is by its product's options, for ever; it goes out of
// sale, and is never deleted. It changes under its product's version (admin_products.h).
#pragma once

#include "server/shop/admin_products.h"

namespace cartwright::shop {

// Error: `not_found`.
Result<wire::AdminVariant> load_admin_variant(store::Reader& reader, VariantId id);
std::vector<wire::AdminVariant> load_admin_variants(store::Reader& reader, ProductId product);

// One that the product hasn't. Errors: `not_found`, `invalid_request`, `already_exists` (options, SKU), `limit_reached`.
Result<wire::AdminVariant> add_variant(store::Transaction& tx, const By& by, ProductId product,
                                       const wire::ProductVariantInput& variant);

// Prices, carts and quotes change at once, so that an open checkout is told `quote_changed`; what was ordered keeps its
// price. Errors: `not_found`, `changed_meanwhile`, `invalid_request`, `already_exists` (SKU).
Result<wire::AdminVariant> change_variant(store::Transaction& tx, const By& by, VariantId id, const json::Node& patch,
                                          Seen seen);

// Units come or go; a stock is never written over. Errors: `not_found`, `invalid_request`, `insufficient_stock` (below 0).
// [베타락 on the variant]
Result<wire::Moved> move_stock(store::Transaction& tx, const By& by, VariantId id, const wire::MovementInput& movement);

// Newest first. Walks back through all movements: an index by variant would cost every payment a page. Errors: `not_found`,
// `invalid_request` (cursor).
Result<wire::Page<wire::Movement>> list_movements(store::Reader& reader, VariantId id, const PageRequest& page);

// A product's variants when it is made: checked before anything is written, written when all is.
Status check_new_variants(store::Reader& reader, const wire::ProductInput& product);
void write_new_variants(store::Transaction& tx, ProductId id, const wire::ProductInput& product, TimeMs now);

}  // namespace cartwright::shop

// Products as admins keep them (API.md "admin"). A product has a version, which rises with each change of it and of its
// variants but not with their stock; who changes something names the version that was seen. Products are archived, never
// deleted: orders, stock movements and carts point at them.
//
// What is written is in the admins' log, in `changes` for offline clients, in the search index and in no cache any more.
// Each command asks everything before its first write (idempotency.h).
#pragma once

#include <optional>
#include <string>

#include "server/json.h"
#include "server/shop/admin_log.h"
#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire_catalogue.h"

namespace cartwright::shop {

// The version that an admin has seen; empty: any (If-Match: *).
using Seen = std::optional<std::int64_t>;

// Error: `changed_meanwhile`.
Status check_version(std::int64_t version, Seen seen);

struct AdminProductFilter {
  std::string text = {};              // words of it, or all of its handle or of a SKU; empty: all
  std::optional<bool> active = {};
};

// Newest first. Error: `invalid_request` (cursor).
Result<wire::Page<wire::AdminProductSummary>> list_admin_products(store::Reader& reader,
                                                                  const AdminProductFilter& filter,
                                                                  const PageRequest& page);

// Error: `not_found`.
Result<wire::AdminProduct> load_admin_product(store::Reader& reader, ProductId id);

// Errors: `invalid_request`, `already_exists` (handle, SKU).
Result<wire::AdminProduct> create_product(store::Transaction& tx, const By& by, wire::ProductInput product);

// `patch` goes into what stands in `product`. Its options keep their number, and may get values but not lose any: variants
// are told by them. Errors: `not_found`, `changed_meanwhile`, `invalid_request`, `already_exists` (handle), `still_in_use` (an
// option or a value of one).
Result<wire::AdminProduct> change_product(store::Transaction& tx, const By& by, ProductId id,
                                          const json::Node& patch, Seen seen);

// Not for sale any more; PATCH `active` brings it back. Error: `not_found`.
Status archive_product(store::Transaction& tx, const By& by, ProductId id);

// For those who write variants: the version of their product rises, and its lowest price is found again.
void note_variants_changed(store::Transaction& tx, ProductId id, TimeMs now);

}  // namespace cartwright::shop

// What is asked of products, variants and categories that admins write, beyond ranges and sizes (wire_catalogue.h): texts
// that are one line, addresses that are pictures, things that exist, nothing twice. Each check says where the fault is.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "server/store/database.h"
#include "server/wire_catalogue.h"

namespace cartwright::shop {

inline constexpr std::size_t max_variants_per_product = 2048;

Error invalid_at(std::string path, std::string detail);

// A handle or a slug: 1..255 letters, digits, '-', '_' or '.', or any characters beyond ASCII.
Status check_handle(std::string_view handle, std::string_view path);

// In one language at least, one line of at most 255 characters in each.
Status check_name(const wire::Name& name, const std::string& path);

// All of it but the handle, the categories and the variants. Descriptions are replaced by what the allow-list leaves of them.
Status check_product(store::Reader& reader, wire::ProductInput& product);

// All of it but what its product must say: options and SKU.
Status check_variant(store::Reader& reader, const wire::ProductVariantInput& variant, const std::string& path);

// The variant's options by the product's. `combination`: as the tables have it ("2/1").
Result<std::string> combination_of(const wire::ProductVariantInput& variant, const wire::ProductInput& product,
                                   const std::string& path);

}  // namespace cartwright::shop

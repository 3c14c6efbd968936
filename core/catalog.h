// Variants as the rules see them: what a price needs and nothing else.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/id.h"
#include "core/money.h"

namespace cartwright {

inline constexpr std::int64_t max_quantity_limit = 1000000;  // units in one line

// PRICING.md "Request". A variant is one combination of a product's options, the thing that is sold and counted.
struct Variant {
  VariantId id = {};
  ProductId product_id = {};
  Amount unit_price = 0;        // >= 0
  std::int64_t stock = 0;       // units, >= 0
  bool active = true;
  std::int64_t max_quantity = 0;  // units per line, 0 = no limit
  std::vector<CategoryId> category_ids = {};
  std::string tax_class = "standard";
};

// Finds variants by id. It keeps a view: the variants must outlive it and stay as they are. Ids are unique.
class Catalog {
 public:
  Catalog() = default;
  explicit Catalog(std::span<const Variant> variants);

  // Null when there is no such variant.
  const Variant* find(VariantId id) const;

 private:
  std::span<const Variant> variants_;
  std::vector<const Variant*> by_id_;  // only when the variants don't come in the order of their ids
};

}  // namespace cartwright

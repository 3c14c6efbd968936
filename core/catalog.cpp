#include "core/catalog.h"

#include <algorithm>

#include "core/sort.h"

namespace cartwright {

Catalog::Catalog(std::span<const Variant> variants) : variants_(variants) {
  const auto by_id = [](const Variant& a, const Variant& b) { return a.id < b.id; };
  if (std::is_sorted(variants.begin(), variants.end(), by_id)) return;
  by_id_.reserve(variants.size());
  for (const Variant& variant : variants) by_id_.push_back(&variant);
  sort_by(by_id_, [](const Variant* a, const Variant* b) { return a->id < b->id; });
}

const Variant* Catalog::find(VariantId id) const {
  if (by_id_.empty()) {
    const auto at = std::lower_bound(variants_.begin(), variants_.end(), id,
                                     [](const Variant& variant, VariantId wanted) { return variant.id < wanted; });
    return at != variants_.end() && at->id == id ? &*at : nullptr;
  }
  const auto at = std::lower_bound(by_id_.begin(), by_id_.end(), id,
                                   [](const Variant* variant, VariantId wanted) { return variant->id < wanted; });
  return at != by_id_.end() && (*at)->id == id ? *at : nullptr;
}

}  // namespace cartwright

#include "core/cart.h"

#include <algorithm>

namespace cartwright {

namespace {

CartLine* find_line(Cart& cart, VariantId id) {
  const auto at = std::find_if(cart.lines.begin(), cart.lines.end(),
                               [id](const CartLine& line) { return line.variant_id == id; });
  return at == cart.lines.end() ? nullptr : &*at;
}

std::int64_t capped(std::int64_t quantity, const Variant& variant) {
  const std::int64_t cap = variant.max_quantity > 0 ? variant.max_quantity : max_quantity_limit;
  return std::clamp<std::int64_t>(quantity, 1, cap);
}

Error no_such_variant(VariantId id) {
  return {.code = ErrorCode::not_found, .detail = "There is no such variant.", .variant_id = id.value};
}

Error no_such_line(VariantId id) {
  return {.code = ErrorCode::not_found, .detail = "The cart has no line of this variant.", .variant_id = id.value};
}

// `base` is what the line has already: add counts on top of it, set_quantity replaces it.
enum class Base { kept, replaced };

Status put(Cart& cart, const CartLine& wanted, Base base, const Catalog& catalog) {
  const Variant* variant = catalog.find(wanted.variant_id);
  CartLine* line = find_line(cart, wanted.variant_id);
  if (variant == nullptr) return no_such_variant(wanted.variant_id);
  if (line != nullptr) {
    const std::int64_t had = base == Base::kept ? line->quantity : 0;
    line->quantity = capped(had + wanted.quantity, *variant);
    return {};
  }
  if (cart.lines.size() >= max_cart_lines) {
    return Error{.code = ErrorCode::cart_full, .detail = "A cart holds at most 500 lines."};
  }
  cart.lines.push_back(
      {.variant_id = wanted.variant_id, .quantity = capped(wanted.quantity, *variant), .selected = wanted.selected});
  return {};
}

}  // namespace

Status apply(Cart& cart, const Mutation& mutation, const Catalog& catalog) {
  switch (mutation.name) {
    case MutationName::add:
      return put(cart, {.variant_id = mutation.variant_id, .quantity = mutation.quantity}, Base::kept, catalog);
    case MutationName::set_quantity:
      return put(cart, {.variant_id = mutation.variant_id, .quantity = mutation.quantity}, Base::replaced, catalog);
    case MutationName::remove: {
      const CartLine* line = find_line(cart, mutation.variant_id);
      if (line == nullptr) return no_such_line(mutation.variant_id);
      cart.lines.erase(cart.lines.begin() + (line - cart.lines.data()));
      return {};
    }
    case MutationName::select: {
      CartLine* line = find_line(cart, mutation.variant_id);
      if (line == nullptr) return no_such_line(mutation.variant_id);
      line->selected = mutation.selected;
      return {};
    }
    case MutationName::clear:
      cart.lines.clear();
      return {};
    case MutationName::merge:
      // A guest's line that can't be kept (its product is gone) must not cost the shopper the others.
      for (const CartLine& line : mutation.lines) (void)put(cart, line, Base::kept, catalog).ok();
      return {};
  }
  CARTWRIGHT_ASSERT(false);
  return {};
}

}  // namespace cartwright

// The cart [장바구니] and every way to change it. The browser applies a mutation at once, the server applies the same
// one again when it arrives (COMMERCE.md "Cart sync"), so both must come to the same cart: one function does it.
#pragma once

#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/result.h"

namespace cartwright {

inline constexpr std::size_t max_cart_lines = 500;

struct CartLine {
  VariantId variant_id = {};
  std::int64_t quantity = 0;  // units, 1..1000000
  bool selected = true;       // goes into the next order
};

// Lines in the order in which they were first added; one line per variant.
struct Cart {
  std::vector<CartLine> lines = {};
};

enum class MutationName : std::uint8_t { add, set_quantity, remove, select, clear, merge };

// One edit. Which members count depends on the name:
//   add           variant_id, quantity   adds to the line, makes one (selected) where there is none
//   set_quantity  variant_id, quantity   replaces the line's quantity, makes a line where there is none
//   remove        variant_id
//   select        variant_id, selected
//   clear
//   merge         lines                  a guest's cart into this one: own lines first, then the guest's new ones
struct Mutation {
  MutationName name = MutationName::add;
  VariantId variant_id = {};
  std::int64_t quantity = 1;
  bool selected = true;
  std::vector<CartLine> lines = {};
};

// Applies one mutation. Quantities add up and are capped at the variant's max_quantity and at 1000000; a variant that
// the catalogue doesn't know is not added (`not_found`). A mutation that can't work leaves the cart as it was and says
// why: `not_found` (no such line or variant), `cart_full` (more than 500 lines; a merge keeps the first 500 and
// doesn't fail).
Status apply(Cart& cart, const Mutation& mutation, const Catalog& catalog);

}  // namespace cartwright

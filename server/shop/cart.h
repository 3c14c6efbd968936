// The account's cart on the server: the core's cart with a version, which is its ETag. The core decides every edit
// (core/cart.h); here it is loaded, and what differs is written.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "core/cart.h"
#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// Empty, version 0, when the user never had one.
wire::CartState load_cart(store::Reader& reader, UserId user);

// The cart as rules see it.
Cart cart_of(const wire::CartState& state);

struct CartEdit {
  // The variants that `apply` may ask the catalogue for.
  std::vector<VariantId> variants = {};
  // The version that the client has seen; empty: any. Error: `cart_changed`.
  std::optional<std::int64_t> expected_version = {};
  // Its error is the edit's error, and then nothing is written.
  std::function<Status(Cart&, const Catalog&)> apply = {};
};

// The version rises by one when anything changed, and not otherwise. New lines remember today's price.
Result<wire::CartState> edit_cart(store::Transaction& tx, UserId user, const CartEdit& edit, TimeMs now);

// One mutation of the core; an edit.
CartEdit edit_of(Mutation mutation);

// All lines anew. Error: `invalid_request` with the place of a variant that is none.
CartEdit replacement(Cart cart);

// Quantity and selection of a line that is there. Error: `not_found`.
CartEdit line_change(VariantId variant, const wire::CartLineChange& change);

}  // namespace cartwright::shop

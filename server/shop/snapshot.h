// What an offline client needs to show a cart and to quote it: all variants, their labels, the promotions, the shop's
// rules; afterwards only what has changed (API.md /snapshot, COMMERCE.md "Cart sync").
//
// A cursor is two positions: in `changes` (variants, products, categories, …) and in stock_movements, which keeps stock
// out of `changes`. A cursor that isn't ours, is ahead of us (a restored backup) or too far behind gets everything.
#pragma once

#include <string_view>

#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// Inactive variants come as inactive, so that a cart line says the same in the browser and on the server.
wire::Snapshot load_snapshot(store::Reader& reader, std::string_view since, TimeMs now);

// Whether this database gave it, as far as that can be told: not one of another shop's, nor from before a restored backup.
bool is_known_cursor(store::Reader& reader, std::string_view cursor);

Result<wire::Snapshot> find_snapshot(Services& services, std::string_view since, TimeMs now);

}  // namespace cartwright::shop

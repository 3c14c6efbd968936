// What an offline client needs to show a cart and to quote it: all variants, their labels, the promotions, the shop's
// rules; afterwards only what has changed (API.md /snapshot, COMMERCE.md "Cart sync").
//
// A cursor is two positions, in `changes` (variants, products, categories, …) and in stock_movements, which keeps stock
// out of `changes`; and the epoch in which it was given. After a restored backup the same positions are given to other
// changes, so positions alone would hide from a device what it has missed. Nobody restores under a running server:
// each start begins an epoch with a random stamp and notes its positions. A cursor is ours when its epoch is known and
// it isn't beyond where the next one began; a cursor from after the backup was made is one or the other.
#pragma once

#include <optional>
#include <string_view>

#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// Inactive variants come as inactive, so that a cart line says the same in the browser and on the server.
wire::Snapshot load_snapshot(store::Reader& reader, TimeMs now);

// What has changed since the cursor. Empty when that can't be told (it isn't of this database's past) or is so much that
// everything is sooner sent (5000 changes or variants, 20000 stock movements).
std::optional<wire::Snapshot> load_changes(store::Reader& reader, std::string_view cursor, TimeMs now);

// At each start of the server, and wherever else a process begins to write.
void begin_epoch(store::Transaction& tx);

}  // namespace cartwright::shop

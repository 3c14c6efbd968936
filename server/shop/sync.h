// Cart sync (COMMERCE.md): a device's queued edits, each applied once and in order, and what it has missed meanwhile.
#pragma once

#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// A gap in the ids, or a cursor that load_changes() (snapshot.h) has nothing for, answers `resync` and applies nothing: the client takes a
// new client id and replays what `last_mutation_id` doesn't cover. Errors: those of write().
Result<wire::SyncAnswer> sync_cart(Services& shop, UserId user, const wire::SyncRequest& request, TimeMs now);

}  // namespace cartwright::shop

// The account's delivery addresses. While there is one, exactly one is the default: the first, or the one that was last
// made so; when it goes, the newest of the others. Functions that take a Transaction run inside a command.
#pragma once

#include "server/shop/services.h"
#include "server/wire_accounts.h"

namespace cartwright::shop {

inline constexpr std::int64_t max_addresses = 20;

wire::SavedAddressList list_addresses(store::Reader& reader, UserId user);

// Errors: `invalid_request` (a part that is needed is blank), `limit_reached`.
Result<wire::SavedAddress> add_address(store::Transaction& tx, UserId user, const wire::NewSavedAddress& address,
                                       TimeMs now);

// Errors: `not_found`, `invalid_request`.
Result<wire::SavedAddress> change_address(store::Transaction& tx, UserId user, std::int64_t id,
                                          const wire::SavedAddressChange& change);

// Error: `not_found`.
Status remove_address(store::Transaction& tx, UserId user, std::int64_t id);

}  // namespace cartwright::shop

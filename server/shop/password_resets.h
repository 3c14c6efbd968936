// A forgotten password: a one-time link for half an hour, of which only the token's hash is kept, and one per user at most.
// How it gets to its user is another's work: by mail (server/mail), else an admin hands it over.
#pragma once

#include <string>
#include <string_view>

#include "server/shop/services.h"
#include "server/wire_accounts.h"

namespace cartwright::shop {

inline constexpr std::int64_t reset_link_ms = 30 * minute_ms;

// A new link for that e-mail; the one before ends. Runs inside a command. Error: `not_found` (no such account).
// The token stands behind the link's #, so that it gets into no server's log and no Referer.
Result<wire::ResetLink> make_reset_link(store::Transaction& tx, const Settings& settings, std::string_view email,
                                        TimeMs now);

// The same by an admin, who hands it over; it is logged who did, without the link.
Result<wire::ResetLink> make_reset_link_by_admin(Services& services, UserId admin, std::string_view email, TimeMs now);

// The link's password: all sessions end. Errors: `weak_password`, `reset_link_invalid` (used, too old, never was),
// `overloaded` and those of the writer.
Status confirm_reset(Services& services, const wire::NewPassword& wanted, TimeMs now);

}  // namespace cartwright::shop

// What only the account's owner may do, who says the password once more: a new password, and the end of the account.
#pragma once

#include "server/shop/accounts.h"
#include "server/wire_accounts.h"

namespace cartwright::shop {

// Who asks for it, by which session.
struct Owner {
  UserId user;
  std::string_view token;  // that the request came with
  Client client;
};

// All other sessions end. Errors: `weak_password`, `invalid_credentials`, `overloaded`, `unauthenticated` (erased
// meanwhile); `rate_limited` with `retry_after_ms` set: a guess counts as one at signing in does.
Status change_password(Services& services, const Owner& owner, const wire::PasswordChange& change, TimeMs now,
                       std::int64_t& retry_after_ms);

// Erases the person and keeps the books (COMMERCE.md "Records": erased accounts keep orders without the person).
//
// Gone at once: e-mail, name, password, sessions, addresses, cart, sync clients, reset link, and every stored answer to an
// Idempotency-Key (they hold addresses). What was ordered stays, for the shop's accounts: of an order that was paid name
// and postal address too, as an invoice's are to be kept for years by law (in Korea five, elsewhere up to ten); phone and
// note, and all of the address of an order that never was paid, are wiped. Coupons and the balance's history stay as
// numbers without a person. The e-mail may be registered anew, as another account.
//
// Errors, in this order: those of the password as above; `forbidden` (an admin: another one has to be left, so it is taken
// back by hand first); `account_has_open_orders` (PENDING, PAID or SHIPPING, or a charge that is on its way at a payment
// company); `receivable_outstanding`; `still_in_use` with `available`, the balance, unless `forfeit_balance` is given. What
// is forfeited stays in the books: nobody can spend it. A bank transfer that nobody confirmed has FAILED.
Status erase_account(Services& services, const Owner& owner, const wire::Erasure& erasure, TimeMs now,
                     std::int64_t& retry_after_ms);

}  // namespace cartwright::shop

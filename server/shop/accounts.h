// Accounts: register, sign in and out, renew the session, who am I (API.md "Sessions"). Services::sign_ins must be there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/shop/services.h"
#include "server/shop/sessions.h"
#include "server/wire.h"

namespace cartwright::shop {

// Trimmed, ASCII letters in lower case: as compared and stored. Error: `invalid_request` at $.email.
Result<std::string> normalise_email(std::string_view email);

struct NewAccount {
  std::string email = {};
  std::string password = {};
  std::string name = {};
  wire::Language language = wire::Language::ko;
  wire::Role role = wire::Role::shopper;
};

// An account with an empty balance, inside a transaction; the hash was made before it (Passwords). Also for the command
// line's `admin add` and the demo. Errors: `invalid_request` (e-mail, name), `email_taken`.
Result<UserId> create_account(store::Transaction& tx, const NewAccount& account, std::string_view password_hash,
                              TimeMs now);

// `weak_password` unless it has 8 to 1024 bytes.
Status check_password(std::string_view password);

// Where a request comes from, for limits and for the shopper's list of devices.
struct Client {
  std::string address = {};
  std::string device = {};
};

// What begins when someone signs in. Who is told the token is the API's to decide (wire::Session).
struct NewSession {
  std::string token = {};
  TimeMs expires_at = {};
  wire::Me me = {};
};

// Registers and signs in. Errors: `invalid_request`, `weak_password`, `email_taken`, `overloaded` and those of the writer.
Result<NewSession> register_account(Services& services, const wire::Registration& registration,
                                       const Client& client, TimeMs now);

// Errors: `invalid_credentials`, `overloaded`; `rate_limited` with `retry_after_ms` set.
Result<NewSession> sign_in(Services& services, const wire::Credentials& credentials, const Client& client,
                              TimeMs now, std::int64_t& retry_after_ms);

// A new token for the session; the old one lives 60 s more. Error: `unauthenticated`.
Result<NewSession> renew_session(Services& services, std::string_view token, const Client& client, TimeMs now);

// Ends the session and the tokens it was renewed from; one that is over already, or never was, is fine too.
Status sign_out(Services& services, std::string_view token, TimeMs now);

// A new password inside a transaction: all sessions but the one of that token end, and so does a link to a new password.
void set_password(store::Transaction& tx, UserId user, std::string_view hash, std::optional<TokenHash> but = {});

// For commands whose session was looked up before the account was erased. Error: `unauthenticated`.
Status check_account(store::Reader& reader, UserId user);

// Error: `unauthenticated` (erased meanwhile).
Result<wire::Me> find_me(Services& services, UserId user);
wire::Me load_me(store::Reader& reader, UserId user, TimeMs now);

// As first_order_only counts (COMMERCE.md "Order"): orders that were paid and not refunded whole, and those that wait for
// their payment (not those whose time is over, swept or not). As fast with a thousand orders as with one.
std::int64_t count_paid_orders(store::Reader& reader, UserId user, TimeMs now);

}  // namespace cartwright::shop

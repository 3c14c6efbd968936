#include "server/shop/password_resets.h"

#include "server/shop/accounts.h"
#include "server/shop/admin_log.h"
#include "server/shop/sign_ins.h"
#include "server/shop/writing.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Transaction;

Error no_such_link() {
  return {.code = ErrorCode::reset_link_invalid,
          .detail = "This link has been used, or it is older than half an hour. Please ask for a new one."};
}

}  // namespace

Result<wire::ResetLink> make_reset_link(Transaction& tx, const Settings& settings, std::string_view email,
                                        TimeMs now) {
  const auto normal = normalise_email(email);
  if (!normal) return normal.error();
  const auto user = tx.value<UserId>(Lock::exclusive, "SELECT id FROM users WHERE email = $1", *normal);
  if (!user) return Error{.code = ErrorCode::not_found, .detail = "There is no account with this e-mail."};
  const std::string token = make_token();
  const TimeMs expires_at = after(now, reset_link_ms);
  tx.execute("INSERT INTO password_resets (user_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4)"
             " ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash,"
             " created_at = excluded.created_at, expires_at = excluded.expires_at",
             *user, hash_of_token(token), now, expires_at);
  return wire::ResetLink{.link = settings.public_url + "/reset#" + token, .expires_at = expires_at};
}

Result<wire::ResetLink> make_reset_link_by_admin(Services& services, UserId admin, std::string_view email, TimeMs now) {
  return write(services, [&](Transaction& tx) -> Result<wire::ResetLink> {
    auto link = make_reset_link(tx, services.settings, email, now);
    if (!link) return link;
    const auto user = tx.value<std::int64_t>("SELECT id FROM users WHERE email = $1", *normalise_email(email));
    log_admin(tx, {.admin = admin, .action = "user.reset_link", .entity = "user", .entity_id = user}, now);
    return link;
  });
}

Status confirm_reset(Services& services, const wire::NewPassword& wanted, TimeMs now) {
  CARTWRIGHT_ASSERT(services.sign_ins != nullptr);
  if (const Status strong = check_password(wanted.password); !strong) return strong;
  const TokenHash token = hash_of_token(wanted.token);
  {
    // Nobody without a link has a password hashed here.
    const auto read = services.readers.begin();
    if (!read->value<UserId>("SELECT user_id FROM password_resets WHERE token_hash = $1 AND expires_at > $2", token,
                             now)) {
      return no_such_link();
    }
  }
  const auto hash = services.sign_ins->passwords.hash(wanted.password);
  if (!hash) return hash.error();
  std::string email;
  const Status done = write(services, [&](Transaction& tx) -> Status {
    const auto user = tx.value<UserId>(
        Lock::exclusive, "SELECT user_id FROM password_resets WHERE token_hash = $1 AND expires_at > $2", token, now);
    if (!user) return no_such_link();
    email = tx.value<std::string>("SELECT email FROM users WHERE id = $1", *user).value();
    set_password(tx, *user, *hash);
    return {};
  });
  if (done) services.sign_ins->limits.forgive(email);
  return done;
}

}  // namespace cartwright::shop

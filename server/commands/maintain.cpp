// audit, admin add, webhook replay: short work on a database, then out.
#include <sodium.h>

#include <chrono>
#include <cstdio>

#include "server/commands/commands.h"
#include "server/commands/support.h"
#include "server/relay/endpoints.h"
#include "server/shop/accounts.h"
#include "server/shop/audit.h"
#include "server/shop/password_resets.h"
#include "server/shop/passwords.h"
#include "server/shop/setup.h"
#include "server/shop/writing.h"
#include "server/store/sqlite/sqlite_store.h"

namespace cartwright::commands {

TimeMs system_now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

int fail(const std::string& what) {
  std::fprintf(stderr, "cartwright: %s\n", what.c_str());
  return 1;
}

int audit(const std::string& db) {
  try {
    const auto readers = store::open_sqlite_readers({.path = db, .create = false});
    auto read = readers->begin();
    const auto breaches = shop::audit(*read);
    for (const shop::Breach& breach : breaches) std::printf("%s\n", describe(breach).c_str());
    std::printf("%zu breaches in %s\n", breaches.size(), db.c_str());
    return breaches.empty() ? 0 : 1;
  } catch (const store::StoreError& error) {
    return fail(db + ": " + error.what());
  }
}

std::string random_password() {
  // 16 of 32 letters that nobody confuses: 80 bits.
  constexpr char letters[] = "abcdefghjkmnpqrstuvwxyz23456789_";
  std::string password(16, ' ');
  for (char& letter : password) letter = letters[randombytes_uniform(32)];
  return password;
}

int add_admin(const AdminOptions& options) {
  try {
    if (sodium_init() < 0) return fail("libsodium does not start");
    const auto database = store::open_sqlite({.path = options.db});
    if (const Status made = shop::ensure_shop(*database.writer, std::nullopt, system_now()); !made) {
      return fail(made.error().detail);
    }
    const auto email = shop::normalise_email(options.email);
    if (!email) return fail(options.email + " " + email.error().detail);
    const std::string password = random_password();
    const auto hash = shop::Passwords().hash(password);
    if (!hash) return fail(hash.error().detail);

    Result<UserId> user{UserId{}};
    const auto submitted = database.writer->submit([&](store::Transaction& tx) {
      const auto existing = tx.value<UserId>("SELECT id FROM users WHERE email = $1", *email);
      if (existing) {
        tx.execute("UPDATE users SET role = 'admin', password_hash = $2 WHERE id = $1", *existing, *hash);
        tx.execute("UPDATE user_sessions SET expires_at = 0 WHERE user_id = $1", *existing);
        user = *existing;
      } else {
        user = shop::create_account(
            tx, {.email = *email, .password = {}, .name = options.name, .role = wire::Role::admin}, *hash, system_now());
      }
      return user.ok() ? store::Outcome::done : store::Outcome::refused;
    });
    if (!submitted.committed()) return fail(shop::error_of(submitted).detail);
    if (!user) return fail(user.error().detail);
    std::printf("%s  %s\n", email->c_str(), password.c_str());
    return 0;
  } catch (const store::StoreError& error) {
    return fail(options.db + ": " + error.what());
  }
}

int make_reset_link(const ResetLinkOptions& options) {
  try {
    if (sodium_init() < 0) return fail("libsodium does not start");
    const auto database = store::open_sqlite({.path = options.db, .create = false});
    Result<wire::ResetLink> link{wire::ResetLink{}};
    const auto submitted = database.writer->submit([&](store::Transaction& tx) {
      link = shop::make_reset_link(tx, {.public_url = options.public_url}, options.email, system_now());
      return link.ok() ? store::Outcome::done : store::Outcome::refused;
    });
    if (!submitted.committed()) return fail(shop::error_of(submitted).detail);
    if (!link) return fail(options.email + ": " + link.error().detail);
    std::printf("%s\n", link->link.c_str());
    return 0;
  } catch (const store::StoreError& error) {
    return fail(options.db + ": " + error.what());
  }
}

int replay_webhook(const ReplayOptions& options) {
  try {
    const auto database = store::open_sqlite({.path = options.db, .create = false});
    Result<wire::Webhook> webhook{wire::Webhook{}};
    const auto submitted = database.writer->submit([&](store::Transaction& tx) {
      const auto endpoint = relay::load_endpoint(tx, options.id);
      webhook = relay::replay_webhook(tx, {.now = system_now()}, options.id,
                                      options.after.value_or(endpoint ? endpoint->cursor : 0));
      return webhook ? store::Outcome::done : store::Outcome::refused;
    });
    if (!submitted.committed()) return fail(shop::error_of(submitted).detail);
    if (!webhook) return fail(webhook.error().detail);
    std::printf("Webhook %lld goes on behind position %lld of %lld.\n", static_cast<long long>(webhook->id),
                static_cast<long long>(webhook->cursor), static_cast<long long>(webhook->last_position));
    return 0;
  } catch (const store::StoreError& error) {
    return fail(options.db + ": " + error.what());
  }
}

}  // namespace cartwright::commands

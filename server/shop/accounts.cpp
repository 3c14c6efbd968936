#include "server/shop/accounts.h"

#include <algorithm>

#include "server/shop/sign_ins.h"
#include "server/shop/writing.h"
#include "server/wire_fields.h"

namespace cartwright::shop {

namespace {

using store::Reader;
using store::Transaction;

constexpr std::size_t min_password_bytes = 8;
constexpr std::size_t max_password_bytes = 1024;
constexpr std::size_t max_email_bytes = 254;
constexpr std::size_t max_device_bytes = 200;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\f\v";
  const std::size_t begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Sane, not RFC 5321: something, one @, a domain with a dot inside, no spaces. A mail would tell the rest.
bool is_email(std::string_view email) {
  if (email.empty() || email.size() > max_email_bytes) return false;
  if (std::any_of(email.begin(), email.end(), [](char c) {
        return is_control(c) || std::string_view(" \"<>(),:;\\[]").find(c) != std::string_view::npos;
      })) {
    return false;
  }
  const std::size_t at = email.find('@');
  if (at == 0 || at == std::string_view::npos || email.find('@', at + 1) != std::string_view::npos) return false;
  const std::string_view domain = email.substr(at + 1);
  return domain.find('.') != std::string_view::npos && domain.front() != '.' && domain.back() != '.' &&
         domain.find("..") == std::string_view::npos;
}

Error invalid(std::string path, std::string detail) {
  return {.code = ErrorCode::invalid_request, .path = std::move(path), .detail = std::move(detail)};
}

SignIns& sign_ins_of(Services& services) {
  CARTWRIGHT_ASSERT(services.sign_ins != nullptr);
  return *services.sign_ins;
}

TimeMs start_session(Transaction& tx, const Services& services, UserId user, std::string_view token,
                     const Client& client, TimeMs now) {
  const TimeMs expires_at = after(now, services.settings.session_days * day_ms);
  tx.execute("INSERT INTO user_sessions (token_hash, user_id, device, created_at, expires_at)"
             " VALUES ($1, $2, $3, $4, $5)",
             hash_of_token(token), user, std::string_view(client.device).substr(0, max_device_bytes), now, expires_at);
  return expires_at;
}

// A new session for the user; what happens beforehand in the same transaction says who that is.
template <class Before>
Result<NewSession> begin_session(Services& services, const Client& client, TimeMs now, Before&& before) {
  const std::string token = make_token();
  return write(services, [&](Transaction& tx) -> Result<NewSession> {
    const Result<UserId> user = before(tx);
    if (!user) return user.error();
    const TimeMs expires_at = start_session(tx, services, *user, token, client, now);
    return NewSession{.token = token, .expires_at = expires_at, .me = load_me(tx, *user, now)};
  });
}

}  // namespace

Result<std::string> normalise_email(std::string_view email) {
  std::string normal(trimmed(email));
  for (char& c : normal) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (!is_email(normal)) return invalid("$.email", "is no e-mail address");
  return normal;
}

Status check_password(std::string_view password) {
  if (password.size() >= min_password_bytes && password.size() <= max_password_bytes) return {};
  return Error{.code = ErrorCode::weak_password,
               .path = "$.password",
               .detail = "A password needs at least 8 characters and at most 1024."};
}

Result<UserId> create_account(Transaction& tx, const NewAccount& account, std::string_view password_hash, TimeMs now) {
  const auto email = normalise_email(account.email);
  if (!email) return email.error();
  const std::string_view name = trimmed(account.name);
  if (name.empty() || std::any_of(name.begin(), name.end(), is_control)) {
    return invalid("$.name", "must not be empty or have control characters");
  }
  if (tx.value<std::int64_t>("SELECT id FROM users WHERE email = $1", *email)) {
    return Error{.code = ErrorCode::email_taken, .detail = "This e-mail has an account already."};
  }
  const auto user = tx.insert<UserId>("INSERT INTO users (email, password_hash, name, role, language, created_at)"
                                      " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
                                      *email, password_hash, name, name_of(account.role), name_of(account.language),
                                      now);
  tx.execute("INSERT INTO user_balances (user_id) VALUES ($1)", user);
  return user;
}

Result<NewSession> register_account(Services& services, const wire::Registration& registration,
                                       const Client& client, TimeMs now) {
  // What costs nothing is asked first; who may have the e-mail is told in the transaction again.
  const auto email = normalise_email(registration.email);
  if (!email) return email.error();
  if (const Status strong = check_password(registration.password); !strong) return strong.error();
  if (trimmed(registration.name).empty()) return invalid("$.name", "must not be empty");
  {
    auto read = services.readers.begin();
    if (read->value<std::int64_t>("SELECT id FROM users WHERE email = $1", *email)) {
      return Error{.code = ErrorCode::email_taken, .detail = "This e-mail has an account already."};
    }
  }
  const auto hash = sign_ins_of(services).passwords.hash(registration.password);
  if (!hash) return hash.error();
  const NewAccount account{.email = *email, .name = registration.name, .language = registration.language};
  return begin_session(services, client, now,
                       [&](Transaction& tx) { return create_account(tx, account, *hash, now); });
}

Result<NewSession> sign_in(Services& services, const wire::Credentials& credentials, const Client& client,
                              TimeMs now, std::int64_t& retry_after_ms) {
  SignIns& sign_ins = sign_ins_of(services);
  // What is no e-mail is nobody's, and told so like any other that isn't.
  const std::string email = [&] {
    auto normal = normalise_email(credentials.email);
    return normal ? normal.take() : std::string(trimmed(credentials.email));
  }();
  retry_after_ms = sign_ins.limits.begin(email, client.address, now);
  if (retry_after_ms > 0) {
    return Error{.code = ErrorCode::rate_limited, .detail = "Too many attempts to sign in. Please wait."};
  }
  std::optional<UserId> user;
  std::optional<std::string> hash;
  {
    auto read = services.readers.begin();
    if (const auto row = read->first("SELECT id, password_hash FROM users WHERE email = $1", email)) {
      user = row->get<UserId>(0);
      hash = row->get<std::optional<std::string>>(1);
    }
  }
  const auto right = sign_ins.passwords.verify(hash, credentials.password);
  if (!right) {
    sign_ins.limits.withdraw(email, client.address);
    return right.error();
  }
  if (!*right) {
    return Error{.code = ErrorCode::invalid_credentials, .detail = "The e-mail or the password is wrong."};
  }
  sign_ins.limits.succeeded(email, client.address);
  return begin_session(services, client, now, [&](Transaction&) -> Result<UserId> { return *user; });
}

Result<NewSession> renew_session(Services& services, std::string_view token, const Client& client, TimeMs now) {
  const TokenHash old = hash_of_token(token);
  auto session = begin_session(services, client, now, [&](Transaction& tx) -> Result<UserId> {
    const auto user = tx.value<UserId>(store::Lock::exclusive,
                                       "SELECT user_id FROM user_sessions WHERE token_hash = $1 AND expires_at > $2",
                                       old, now);
    if (!user) return Error{.code = ErrorCode::unauthenticated, .detail = "This session has ended."};
    const TimeMs ends_at = after(now, renewed_token_ms);
    tx.execute("UPDATE user_sessions SET expires_at = $2 WHERE token_hash = $1 AND expires_at > $2", old, ends_at);
    return *user;
  });
  sign_ins_of(services).sessions.drop(old);
  return session;
}

void set_password(Transaction& tx, UserId user, std::string_view hash, std::optional<TokenHash> but) {
  tx.execute("UPDATE users SET password_hash = $2 WHERE id = $1 AND erased_at IS NULL", user, hash);
  tx.execute("DELETE FROM password_resets WHERE user_id = $1", user);
  tx.execute("DELETE FROM user_sessions WHERE user_id = $1 AND token_hash <> $2", user, but.value_or(TokenHash{}));
  tx.touch(Topic::session, user.value);
}

Status sign_out(Services& services, std::string_view token, TimeMs now) {
  const TokenHash hash = hash_of_token(token);
  return write(services, [&](Transaction& tx) -> Status {
    const auto user = tx.value<UserId>(store::Lock::exclusive,
                                       "SELECT user_id FROM user_sessions WHERE token_hash = $1 AND expires_at > $2",
                                       hash, now);
    if (!user) return {};
    // With it go the tokens that a renewal has left a minute: one of them could renew what was just ended.
    tx.execute("UPDATE user_sessions SET expires_at = $3 WHERE user_id = $2 AND expires_at > $3"
               " AND (token_hash = $1 OR expires_at <= $4)",
               hash, *user, now, after(now, renewed_token_ms));
    tx.touch(Topic::session, user->value);
    return {};
  });
}

Status check_account(Reader& reader, UserId user) {
  if (reader.value<UserId>("SELECT id FROM users WHERE id = $1 AND erased_at IS NULL", user)) return {};
  return Error{.code = ErrorCode::unauthenticated, .detail = "This account is gone."};
}

std::int64_t count_paid_orders(Reader& reader, UserId user, TimeMs now) {
  const auto paid = reader.value<std::int64_t>("SELECT paid_orders FROM user_balances WHERE user_id = $1", user);
  const auto pending = reader.value<std::int64_t>(
      "SELECT count(*) FROM orders WHERE user_id = $1 AND status = 'PENDING' AND expires_at > $2", user, now);
  return paid.value_or(0) + pending.value_or(0);
}

wire::Me load_me(Reader& reader, UserId user, TimeMs now) {
  wire::Me me{.id = user};
  if (const auto row = reader.first("SELECT coalesce(u.email, ''), u.name, u.role, u.language, coalesce(b.balance, 0)"
                                    " FROM users u LEFT JOIN user_balances b ON b.user_id = u.id WHERE u.id = $1",
                                    user)) {
    std::string role;
    std::string language;
    row->into(me.email, me.name, role, language, me.balance);
    if (role == name_of(wire::Role::admin)) me.role = wire::Role::admin;
    if (language == name_of(wire::Language::en)) me.language = wire::Language::en;
  }
  me.paid_orders = count_paid_orders(reader, user, now);
  return me;
}

Result<wire::Me> find_me(Services& services, UserId user) {
  auto read = services.readers.begin();
  wire::Me me = load_me(*read, user, services.now());
  if (me.email.empty()) return Error{.code = ErrorCode::unauthenticated, .detail = "This account is gone."};
  return me;
}

}  // namespace cartwright::shop

#include "server/shop/account_changes.h"

#include "server/shop/cancellation.h"
#include "server/shop/sign_ins.h"
#include "server/shop/writing.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Transaction;

Error gone() { return {.code = ErrorCode::unauthenticated, .detail = "This account is gone."}; }

// The owner's own word, once more; whoever found a signed-in browser can't guess it any faster than at the front door.
Status check_own_password(Services& services, const Owner& owner, std::string_view password, TimeMs now,
                          std::int64_t& retry_after_ms) {
  SignIns& sign_ins = *services.sign_ins;
  std::optional<std::string> email;
  std::optional<std::string> hash;
  {
    const auto read = services.readers.begin();
    if (const auto row = read->first("SELECT email, password_hash FROM users WHERE id = $1", owner.user)) {
      row->into(email, hash);
    }
  }
  if (!email) return gone();
  retry_after_ms = sign_ins.limits.begin(*email, owner.client.address, now);
  if (retry_after_ms > 0) {
    return Error{.code = ErrorCode::rate_limited, .detail = "Too many wrong passwords. Please wait."};
  }
  const auto right = sign_ins.passwords.verify(hash, password);
  if (!right) {
    sign_ins.limits.withdraw(*email, owner.client.address);
    return right.error();
  }
  if (!*right) return Error{.code = ErrorCode::invalid_credentials, .detail = "The password is wrong."};
  sign_ins.limits.succeeded(*email, owner.client.address);
  return {};
}

Status may_erase(Transaction& tx, UserId user, bool forfeit_balance) {
  const auto role = tx.value<std::string>(Lock::exclusive, "SELECT role FROM users WHERE id = $1 AND erased_at IS NULL",
                                          user);
  if (!role) return gone();
  if (*role == name_of(wire::Role::admin)) {
    return Error{.code = ErrorCode::forbidden, .detail = "An admin's account can't be erased."};
  }
  const auto open = tx.value<std::int64_t>(
      "SELECT (SELECT count(*) FROM orders WHERE user_id = $1 AND status IN ('PENDING', 'PAID', 'SHIPPING'))"
      " + (SELECT count(*) FROM charge_requests WHERE user_id = $1 AND status = 'PENDING'"
      "    AND provider_id IS NOT NULL)",
      user);
  if (open.value_or(0) > 0) {
    return Error{.code = ErrorCode::account_has_open_orders,
                 .detail = "An order or a charge is still on its way. Please cancel it, or wait until it has come."};
  }
  Amount balance = 0;
  Amount receivable = 0;
  if (const auto row = tx.first(Lock::exclusive, "SELECT balance, receivable FROM user_balances WHERE user_id = $1",
                                user)) {
    row->into(balance, receivable);
  }
  if (receivable > 0) {
    return Error{.code = ErrorCode::receivable_outstanding, .detail = "A reversed charge has to be covered first."};
  }
  if (balance > 0 && !forfeit_balance) {
    return Error{.code = ErrorCode::still_in_use,
                 .detail = "There is money left on the balance. Send \"forfeit_balance\": true to give it up.",
                 .available = balance};
  }
  return {};
}

void erase(Transaction& tx, UserId user, TimeMs now) {
  tx.execute("DELETE FROM user_sessions WHERE user_id = $1", user);
  tx.execute("DELETE FROM password_resets WHERE user_id = $1", user);
  tx.execute("DELETE FROM addresses WHERE user_id = $1", user);
  tx.execute("DELETE FROM sync_clients WHERE user_id = $1", user);
  tx.execute("DELETE FROM cart_lines WHERE user_id = $1", user);
  tx.execute("DELETE FROM carts WHERE user_id = $1", user);
  tx.execute("DELETE FROM idempotency_keys WHERE user_id = $1", user);
  tx.execute("UPDATE charge_requests SET status = 'FAILED', reason = 'account_erased', finished_at = $2"
             " WHERE user_id = $1 AND status = 'PENDING'",
             user, now);
  tx.execute("UPDATE orders SET ship_name = NULL, ship_phone = NULL, ship_postcode = NULL, ship_line1 = NULL,"
             " ship_line2 = NULL, ship_note = NULL WHERE user_id = $1",
             user);
  // What admins were answered of these orders has their addresses too; the answers stay, for a refund must not be repeated.
  tx.execute("UPDATE idempotency_keys"
             " SET answer = json_replace(answer, '$.address', json('null'), '$.order.address', json('null'))"
             " WHERE user_id IN (SELECT id FROM users WHERE role = 'admin')"
             " AND substr(endpoint, 1, 26) = 'POST /api/v1/admin/orders/'"
             " AND EXISTS (SELECT 1 FROM orders o WHERE o.user_id = $1"
             "   AND instr(endpoint, '/admin/orders/' || o.number || '/') > 0)"
             " AND json_valid(answer)",
             user);
  tx.execute("UPDATE users SET email = NULL, password_hash = NULL, name = '', erased_at = $2 WHERE id = $1", user, now);
  tx.touch(Topic::session, user.value);
}

}  // namespace

Status change_password(Services& services, const Owner& owner, const wire::PasswordChange& change, TimeMs now,
                       std::int64_t& retry_after_ms) {
  CARTWRIGHT_ASSERT(services.sign_ins != nullptr);
  if (Status strong = check_password(change.new_password); !strong) {
    Error error = strong.error();
    error.path = "$.new_password";
    return error;
  }
  if (Status own = check_own_password(services, owner, change.password, now, retry_after_ms); !own) return own;
  const auto hash = services.sign_ins->passwords.hash(change.new_password);
  if (!hash) return hash.error();
  return write(services, [&](Transaction& tx) -> Status {
    if (!tx.value<UserId>(Lock::exclusive, "SELECT id FROM users WHERE id = $1 AND erased_at IS NULL", owner.user)) {
      return gone();
    }
    set_password(tx, owner.user, *hash, hash_of_token(owner.token));
    return {};
  });
}

Status erase_account(Services& services, const Owner& owner, const wire::Erasure& erasure, TimeMs now,
                     std::int64_t& retry_after_ms) {
  CARTWRIGHT_ASSERT(services.sign_ins != nullptr);
  if (Status own = check_own_password(services, owner, erasure.password, now, retry_after_ms); !own) return own;
  // An order whose time is over is open no more, whether the erasure goes on or not.
  const Status expired = write(services, [&](Transaction& tx) -> Status {
    expire_orders_of(tx, owner.user, now);
    return {};
  });
  if (!expired) return expired;
  return write(services, [&](Transaction& tx) -> Status {
    if (Status may = may_erase(tx, owner.user, erasure.forfeit_balance); !may) return may;
    erase(tx, owner.user, now);
    return {};
  });
}

}  // namespace cartwright::shop

#include "server/shop/expiry.h"

#include <vector>

#include "server/shop/cancellation.h"
#include "server/shop/charges.h"
#include "server/shop/coupons.h"
#include "server/shop/idempotency.h"

namespace cartwright::shop {

namespace {

using store::Outcome;
using store::Transaction;

constexpr std::int64_t batch = 64;  // rows per command, so that shoppers don't wait for long
constexpr std::int64_t sync_client_ms = 180 * day_ms;  // a device that comes back later fetches all and starts anew

std::vector<std::int64_t> due(Services& shop, store::Sql sql, TimeMs now) {
  const auto read = shop.readers.begin();
  std::vector<std::int64_t> ids;
  for (const auto row : read->query(sql, now, batch)) ids.push_back(row.get<std::int64_t>(0));
  return ids;
}

// Ends what is due, batch by batch, with `end(tx, id)`. Returns how many.
template <class End>
std::int64_t end_all(Services& shop, store::Sql sql, TimeMs now, End end) {
  std::int64_t count = 0;
  while (true) {
    const std::vector<std::int64_t> ids = due(shop, sql, now);
    if (ids.empty()) return count;
    const auto submitted = shop.writer.submit([&](Transaction& tx) {
      for (const std::int64_t id : ids) end(tx, id);
      return Outcome::done;
    });
    if (!submitted.committed()) return count;
    count += static_cast<std::int64_t>(ids.size());
    if (static_cast<std::int64_t>(ids.size()) < batch) return count;
  }
}

// Deletes what is over, batch by batch: `any` looks whether there is some, `some` deletes $2 of them. Returns how many.
std::int64_t delete_all(Services& shop, store::Sql any, store::Sql some, TimeMs until) {
  std::int64_t count = 0;
  while (shop.readers.begin()->value<std::int64_t>(any, until)) {
    std::int64_t deleted = 0;
    const auto submitted = shop.writer.submit([&](Transaction& tx) {
      deleted = tx.execute(some, until, batch);
      return Outcome::done;
    });
    if (!submitted.committed()) return count;
    count += deleted;
    if (deleted < batch) return count;
  }
  return count;
}

}  // namespace

Swept sweep(Services& shop, TimeMs now) {
  Swept swept;
  swept.orders = end_all(
      shop, "SELECT id FROM orders WHERE status = 'PENDING' AND expires_at <= $1 ORDER BY expires_at LIMIT $2", now,
      [now](Transaction& tx, std::int64_t id) { (void)expire_order(tx, OrderId{id}, now); });
  swept.charges = end_all(
      shop,
      "SELECT id FROM charge_requests WHERE status = 'PENDING' AND next_attempt_at IS NULL AND created_at <= $1"
      " ORDER BY id LIMIT $2",
      TimeMs{now.ms - shop.settings.charge_days * day_ms},
      [now](Transaction& tx, std::int64_t id) { expire_charge(tx, id, now); });
  swept.coupons = end_all(
      shop,
      "SELECT id FROM user_coupons WHERE status = 'AVAILABLE' AND expires_at IS NOT NULL AND expires_at <= $1"
      " ORDER BY expires_at LIMIT $2",
      now, [now](Transaction& tx, std::int64_t id) { expire_coupon(tx, CouponId{id}, now); });
  swept.keys = end_all(
      shop,
      "SELECT id FROM idempotency_keys WHERE keep_until IS NOT NULL AND keep_until <= $1 ORDER BY keep_until LIMIT $2",
      now, [now](Transaction& tx, std::int64_t id) {
        tx.execute("DELETE FROM idempotency_keys WHERE id = $1 AND keep_until <= $2", id, now);
      });
  swept.refusals = end_all(
      shop,
      "SELECT id FROM idempotency_keys WHERE status >= 400 AND keep_until IS NULL AND length(answer) > 4096"
      " AND created_at <= $1 ORDER BY created_at LIMIT $2",
      TimeMs{now.ms - day_ms}, shorten_refusal);
  swept.sessions = delete_all(
      shop, "SELECT 1 FROM user_sessions WHERE expires_at <= $1 LIMIT 1",
      "DELETE FROM user_sessions WHERE token_hash IN"
      " (SELECT token_hash FROM user_sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
      now);
  swept.resets = delete_all(
      shop, "SELECT 1 FROM password_resets WHERE expires_at <= $1 LIMIT 1",
      "DELETE FROM password_resets WHERE user_id IN"
      " (SELECT user_id FROM password_resets WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
      now);
  swept.sync_clients = delete_all(
      shop, "SELECT 1 FROM sync_clients WHERE updated_at <= $1 LIMIT 1",
      "DELETE FROM sync_clients WHERE (user_id, client_id) IN"
      " (SELECT user_id, client_id FROM sync_clients WHERE updated_at <= $1 ORDER BY updated_at LIMIT $2)",
      TimeMs{now.ms - sync_client_ms});
  return swept;
}

}  // namespace cartwright::shop

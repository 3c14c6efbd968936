#include "server/shop/expiry.h"

#include <vector>

#include "server/shop/cancellation.h"
#include "server/shop/coupons.h"

namespace cartwright::shop {

namespace {

using store::Outcome;
using store::Transaction;

constexpr std::int64_t batch = 64;  // rows per command, so that shoppers don't wait for long

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

}  // namespace

Swept sweep(Services& shop, TimeMs now) {
  Swept swept;
  swept.orders = end_all(
      shop, "SELECT id FROM orders WHERE status = 'PENDING' AND expires_at <= $1 ORDER BY expires_at LIMIT $2", now,
      [now](Transaction& tx, std::int64_t id) { (void)expire_order(tx, OrderId{id}, now); });
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
  return swept;
}

}  // namespace cartwright::shop

// What time alone ends: pending orders, charges whose money never came, wallet coupons, idempotency keys that are kept for a day, sessions, links to a new
// password, devices that have not synced for half a year. Everything of this acts
// as ended from its moment on, wherever it is read; the sweep only writes it down. Charges alone wait for the sweep: money
// that comes late is better credited than refused.
#pragma once

#include "server/shop/services.h"

namespace cartwright::shop {

struct Swept {
  std::int64_t orders = 0;
  std::int64_t charges = 0;
  std::int64_t coupons = 0;
  std::int64_t keys = 0;
  std::int64_t refusals = 0;  // shortened (idempotency.h)
  std::int64_t sessions = 0;
  std::int64_t resets = 0;
  std::int64_t sync_clients = 0;
};

// Call every few seconds, from one thread. It looks on a snapshot and writes in small batches through the queue, between
// the shoppers' commands; what can't be written now waits for the next call. Throws store::StoreError.
Swept sweep(Services& shop, TimeMs now);

}  // namespace cartwright::shop

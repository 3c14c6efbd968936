// Popular products (COMMERCE.md): what was sold most in the last days, read from hourly buckets, so its cost follows the
// number of products sold per hour and not the number of orders.
#pragma once

#include "core/popularity.h"
#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

struct PopularQuery {
  std::int64_t limit = 5;  // 1..50
  std::int64_t days = 3;   // 1..30, in whole hours, the current one included
};

Result<wire::PopularList> list_popular(Services& services, const PopularQuery& query, TimeMs now);

}  // namespace cartwright::shop

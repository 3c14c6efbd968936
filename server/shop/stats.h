// The dashboard's figures, read from buckets (shop/figures.h) and from indexes of what is open: their cost follows the hours
// that the shop has been open, its coupons and its open work, and not its orders, shoppers or variants.
#pragma once

#include "server/shop/services.h"
#include "server/wire_stats.h"

namespace cartwright::shop {

struct StatsQuery {
  std::int64_t days = 7;       // 1..90
  std::int64_t low_stock = 5;  // units, 0..20 (the index product_variants_low goes no further)
};

Result<wire::Stats> load_stats(Services& services, const StatsQuery& query, TimeMs now);

}  // namespace cartwright::shop

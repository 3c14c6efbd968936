// Popular products (COMMERCE.md): units in paid orders over whole hours, ties by the later last sale, then the smaller id.
#pragma once

#include <vector>

#include "core/id.h"
#include "core/time.h"

namespace cartwright {

inline constexpr std::int64_t popular_days_max = 30;
inline constexpr std::int64_t popular_limit_max = 50;

struct ProductSales {
  ProductId product_id = {};
  std::int64_t units = 0;  // sold less refunded, in the window
  TimeMs last_sale = {};
};

// Hours since the epoch. A sale counts in the hour in which it was paid.
constexpr std::int64_t hour_of(TimeMs t) { return t.ms / hour_ms; }

// The first hour of the window that ends with the current hour.
constexpr std::int64_t window_begin(TimeMs now, std::int64_t days) { return hour_of(now) - days * 24 + 1; }

// Sorts by rank and keeps the first `limit`; products without a unit left are no longer popular.
void rank(std::vector<ProductSales>& sales, std::size_t limit);

}  // namespace cartwright

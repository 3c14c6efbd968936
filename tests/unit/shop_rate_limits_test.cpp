#include <doctest/doctest.h>

#include "server/shop/rate_limits.h"

using namespace cartwright;
using namespace cartwright::shop;

namespace {

constexpr TimeMs start{1'764'000'000'000};

bool takes(RateLimits& limits, std::string_view key, TimeMs now) {
  return limits.take(LimitName::order_user, key, now)->wait_ms == 0;
}

}  // namespace

TEST_CASE("a quota is there at once and fills up again evenly") {
  RateLimits limits;
  limits.set(LimitName::order_user, {.quota = 3, .window_s = 60});
  for (const std::int64_t left : {2, 1, 0}) {
    const auto standing = limits.take(LimitName::order_user, "1", start);
    CHECK(standing->wait_ms == 0);
    CHECK(standing->remaining == left);
    CHECK(standing->reset_ms == (3 - left) * 20'000);
  }
  CHECK(limits.take(LimitName::order_user, "1", start)->wait_ms == 20'000);
  CHECK(takes(limits, "2", start));
  CHECK(limits.take(LimitName::payment_user, "1", start)->wait_ms == 0);
  CHECK_FALSE(takes(limits, "1", after(start, 19'999)));
  CHECK(takes(limits, "1", after(start, 20'000)));
  CHECK_FALSE(takes(limits, "1", after(start, 20'000)));
}

TEST_CASE("a clock that is set back locks nobody out for longer than a window") {
  RateLimits limits;
  limits.set(LimitName::order_user, {.quota = 1, .window_s = 60});
  CHECK(takes(limits, "1", after(start, hour_ms)));
  CHECK(limits.take(LimitName::order_user, "1", start)->wait_ms == 60'000);
}

TEST_CASE("however many ask, no more than so many are remembered") {
  RateLimits limits(2000);
  for (int i = 0; i < 50'000; ++i) (void)limits.take(LimitName::register_address, std::to_string(i), start);
  CHECK(limits.key_count() <= 2000);
  // Those whose quota is whole again are the first to be forgotten.
  const TimeMs later = after(start, 2 * hour_ms);
  for (int i = 0; i < 3000; ++i) (void)limits.take(LimitName::register_address, "again " + std::to_string(i % 5), later);
  CHECK(limits.key_count() <= 2000);
  CHECK(limits.take(LimitName::register_address, "again 0", later)->wait_ms > 0);
}

TEST_CASE("limits are set by name, and off is none") {
  RateLimits limits;
  CHECK(limits.set("order_user=7/30").ok());
  CHECK(limits.take(LimitName::order_user, "1", start)->limit.quota == 7);
  CHECK(limits.set("order_user=off").ok());
  CHECK_FALSE(limits.take(LimitName::order_user, "1", start));
  for (const char* bad : {"", "=", "order_user", "order_user=", "order_user=1", "order_user=0/1", "order_user=1/0",
                          "order_user=-1/1", "order_user=1/1 ", "nobody=1/1"}) {
    CAPTURE(bad);
    CHECK_FALSE(limits.set(bad).ok());
  }
}

#include <doctest/doctest.h>

#include <numeric>
#include <random>
#include <vector>

#include "core/money.h"

using namespace cartwright;

namespace {

std::vector<Amount> shares_of(Amount total, std::vector<Amount> weights) {
  std::vector<Amount> shares(weights.size());
  allocate(total, weights, shares);
  return shares;
}

}  // namespace

TEST_CASE("allocate gives the rest to the largest remainders, earlier first") {
  CHECK(shares_of(100, {1, 1, 1}) == std::vector<Amount>{34, 33, 33});
  CHECK(shares_of(101, {3, 7}) == std::vector<Amount>{30, 71});
  CHECK(shares_of(5, {0, 7, 3}) == std::vector<Amount>{0, 4, 1});
  CHECK(shares_of(7000000000000000, {1, 2}) == std::vector<Amount>{2333333333333333, 4666666666666667});
}

TEST_CASE("allocate with no weight at all allocates nothing") {
  CHECK(shares_of(100, {0, 0}) == std::vector<Amount>{0, 0});
  CHECK(shares_of(0, {1, 2}) == std::vector<Amount>{0, 0});
}

TEST_CASE("allocate spends all of it and never more than one unit beside the exact share") {
  const std::uint32_t seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 2000; ++round) {
    std::vector<Amount> weights(1 + random() % 200);
    const Amount most = round % 2 == 0 ? 1000 : max_amount / 1000;
    for (Amount& weight : weights) weight = static_cast<Amount>(random() % static_cast<std::uint64_t>(most));
    const Amount sum = std::accumulate(weights.begin(), weights.end(), Amount{0});
    if (sum == 0) continue;
    const Amount total = static_cast<Amount>(random() % static_cast<std::uint64_t>(max_amount));
    const auto shares = shares_of(total, weights);
    CHECK(std::accumulate(shares.begin(), shares.end(), Wide{0}) == total);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const Amount floor = static_cast<Amount>(Wide{total} * weights[i] / sum);
      CHECK((shares[i] == floor || shares[i] == floor + 1));
    }
  }
}

TEST_CASE("percent is exact at the ends of the range and floors to the multiple") {
  CHECK(percent(max_amount, 10000, 1) == max_amount);
  CHECK(percent(max_amount, 9999, 1) == static_cast<Amount>(Wide{max_amount} * 9999 / 10000));
  CHECK(percent(12345, 1000, 10) == 1230);
  CHECK(percent(9, 1000, 1) == 0);
}

TEST_CASE("tax rounds half up") {
  CHECK(tax_inclusive(11000, 1000) == 1000);
  CHECK(tax_inclusive(105, 10000) == 53);  // 52.5
  CHECK(tax_exclusive(5, 1000) == 1);      // 0.5
  CHECK(tax_exclusive(4, 1000) == 0);
}

TEST_CASE("currencies have the exponents of ISO 4217") {
  CHECK(currency_exponent("KRW") == 0);
  CHECK(currency_exponent("JPY") == 0);
  CHECK(currency_exponent("USD") == 2);
  CHECK(currency_exponent("BHD") == 3);
  CHECK_FALSE(currency_exponent("KRX"));
  CHECK_FALSE(currency_exponent("krw"));
  CHECK_FALSE(currency_exponent(""));
  CHECK_FALSE(currency_exponent("RW "));
}

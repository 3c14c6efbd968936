// How long `choice: best` takes on realistic wallets of 12 coupons for 20 lines, and on the worst of 6 for 6: prints
// p50, p99 and the most of steps and microseconds of processor time, and how often the bound of steps was hit.
// best_bench [wallets]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "core/best.h"
#include "tests/unit/best_wallets.h"

using namespace cartwright;

namespace {

struct Run {
  std::uint64_t seed;
  std::int64_t steps;
  double microseconds;
  bool optimal;
};

template <class Make>
void measure(const char* name, int count, Make make) {
  std::vector<Run> runs;
  for (int seed = 1; seed <= count; ++seed) {
    const QuoteRequest request = make(static_cast<std::uint64_t>(seed));
    const Catalog catalog(request.variants);
    const QuoteInput input{.now = request.now, .shop = request.shop, .customer = request.customer,
                           .catalog = catalog, .lines = request.lines, .promotions = request.promotions,
                           .coupons = request.coupons, .choice = request.choice};
    const std::clock_t begin = std::clock();  // of the processor: others may run beside
    const auto pricer = Pricer::prepare(input);
    const Chosen chosen = choose_best(*pricer);
    const double took = static_cast<double>(std::clock() - begin) * 1e6 / CLOCKS_PER_SEC;
    runs.push_back({static_cast<std::uint64_t>(seed), chosen.steps, took, chosen.optimal});
  }
  const auto hit = std::count_if(runs.begin(), runs.end(), [](const Run& run) { return !run.optimal; });
  const auto at = [&](int per_mille) { return runs[static_cast<std::size_t>((count - 1) * per_mille / 1000)]; };
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.steps < b.steps; });
  std::printf("%-22s %6d wallets  steps p50 %9lld  p99 %9lld  max %9lld (seed %llu)", name, count,
              static_cast<long long>(at(500).steps), static_cast<long long>(at(990).steps),
              static_cast<long long>(at(1000).steps), static_cast<unsigned long long>(at(1000).seed));
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.microseconds < b.microseconds; });
  std::printf("  us p50 %7.0f  p99 %7.0f  max %7.0f  bound hit %lld\n", at(500).microseconds, at(990).microseconds,
              at(1000).microseconds, static_cast<long long>(hit));
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::max(1, std::atoi(argv[1])) : 2000;
  measure("20x12 tax inclusive", count, [](std::uint64_t seed) { return wallets::realistic(seed); });
  measure("20x12 tax exclusive", count,
          [](std::uint64_t seed) { return wallets::realistic(seed, TaxMode::exclusive); });
  measure("6x6x10 line coupons", count / 4 + 1, [](std::uint64_t seed) { return wallets::worst(seed); });
  measure("6x6x10 of all kinds", count / 4 + 1, [](std::uint64_t seed) { return wallets::tricky(seed, 6, 6, 10); });
}

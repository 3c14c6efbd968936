// How long `choice: best` takes on realistic wallets of 12 coupons for 20 lines, and on the worst of 6 for 6: prints
// p50, p99 and the most of steps and microseconds of processor time, and how often the bound of steps was hit.
// best_bench [wallets]
// best_bench --requests inclusive|exclusive [wallets]   prints the wallets instead, one request a line (best_wasm.mjs)
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "core/best.h"
#include "core/fields.h"
#include "server/json.h"
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

void print_requests(TaxMode tax, int count) {
  for (int seed = 1; seed <= count; ++seed) {
    std::string text;
    json::append(text, wallets::realistic(static_cast<std::uint64_t>(seed), tax));
    std::puts(text.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto count_at = [&](int i) { return argc > i ? std::max(1, std::atoi(argv[i])) : 2000; };
  if (argc > 2 && std::string_view(argv[1]) == "--requests") {
    const bool added = std::string_view(argv[2]) == "exclusive";
    print_requests(added ? TaxMode::exclusive : TaxMode::inclusive, count_at(3));
    return 0;
  }
  const int count = count_at(1);
  measure("20x12 tax inclusive", count, [](std::uint64_t seed) { return wallets::realistic(seed); });
  measure("20x12 tax exclusive", count,
          [](std::uint64_t seed) { return wallets::realistic(seed, TaxMode::exclusive); });
  measure("6x6x10 line coupons", count / 4 + 1, [](std::uint64_t seed) { return wallets::worst(seed); });
  measure("6x6x10 of all kinds", count / 4 + 1, [](std::uint64_t seed) { return wallets::tricky(seed, 6, 6, 10); });
}

// How long a quote takes natively. Reads requests (JSON, one a line) from the standard input and answers each with a line
// {"quote":…,"text":…}: nanoseconds of processor time (others may run beside), medians over batches, of quote() on a
// decoded request, and of JSON text in to JSON text out. `quote_bench once` runs both once a request, for callgrind to count the instructions of quote_only and
// quote_text.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/quote.h"
#include "server/json.h"

using namespace cartwright;

// By these names the profiler finds them.
extern "C" __attribute__((noinline)) bool quote_only(const QuoteRequest& request) { return quote(request).ok(); }

extern "C" __attribute__((noinline)) bool quote_text(const std::string& text) {
  const auto request = json::decode<QuoteRequest>(text);
  if (!request) return false;
  const auto answer = quote(*request);
  return answer.ok() && !json::encode(*answer).empty();
}

namespace {

double nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// Nanoseconds a call: the median of batches that are long enough for the clock, over about 0.3 s.
template <class Call>
double median_time(Call call) {
  constexpr double batch_ns = 500'000;
  constexpr double all_ns = 300'000'000;
  const double begin = nanoseconds();
  int warm = 0;
  while (nanoseconds() - begin < all_ns / 10) call(), ++warm;
  const int batch = std::max(1, static_cast<int>(warm * batch_ns / (all_ns / 10)));

  std::vector<double> times;
  while (nanoseconds() - begin < all_ns) {
    const double batch_begin = nanoseconds();
    for (int i = 0; i < batch; ++i) call();
    times.push_back((nanoseconds() - batch_begin) / batch);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const bool once = argc > 1 && argv[1] == std::string_view("once");
  for (std::string text; std::getline(std::cin, text);) {
    const auto request = json::decode<QuoteRequest>(text);
    if (!request || !quote_only(*request) || !quote_text(text)) {
      std::fprintf(stderr, "quote_bench: no quote for %s\n", text.c_str());
      return 1;
    }
    if (once) continue;
    const double quote_ns = median_time([&] { quote_only(*request); });
    const double text_ns = median_time([&] { quote_text(text); });
    std::printf("{\"quote\":%.0f,\"text\":%.0f}\n", quote_ns, text_ns);
  }
}

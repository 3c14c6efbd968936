#include "server/relay/pauses.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace cartwright::relay {

namespace {

constexpr auto pauses_s = std::to_array<std::int64_t>({5, 30, 120, 600, 3'600, 10'800, 21'600, 43'200});
constexpr std::int64_t most_ms = 86'400'000;

}  // namespace

std::int64_t pause_ms(std::int64_t failures, std::uint32_t random) {
  const auto step = std::clamp<std::int64_t>(failures - 1, 0, std::ssize(pauses_s) - 1);
  const std::int64_t base = pauses_s[static_cast<std::size_t>(step)] * 1000;
  return base + random % (base / 5);
}

std::int64_t retry_after_ms(std::string_view header, TimeMs now) {
  std::int64_t seconds = 0;
  const char* const end = header.data() + header.size();
  const auto [rest, error] = std::from_chars(header.data(), end, seconds);
  if (!header.empty() && rest == end) {
    if (error == std::errc::result_out_of_range) return most_ms;
    return std::clamp<std::int64_t>(seconds, 0, most_ms / 1000) * 1000;
  }
  tm utc{};
  const std::string text(header);
  const char* const read = strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  if (read == nullptr || *read != '\0') return 0;
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(timegm(&utc)) * 1000 - now.ms, 0, most_ms);
}

}  // namespace cartwright::relay

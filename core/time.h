// Points in time: milliseconds since the Unix epoch, UTC, always an argument, never read from a clock here.
#pragma once

#include <cstdint>

namespace cartwright {

struct TimeMs {
  std::int64_t ms = 0;

  friend constexpr bool operator==(TimeMs a, TimeMs b) { return a.ms == b.ms; }
  friend constexpr bool operator!=(TimeMs a, TimeMs b) { return a.ms != b.ms; }
  friend constexpr bool operator<(TimeMs a, TimeMs b) { return a.ms < b.ms; }
  friend constexpr bool operator<=(TimeMs a, TimeMs b) { return a.ms <= b.ms; }
};

inline constexpr std::int64_t second_ms = 1000;
inline constexpr std::int64_t minute_ms = 60 * second_ms;
inline constexpr std::int64_t hour_ms = 60 * minute_ms;
inline constexpr std::int64_t day_ms = 24 * hour_ms;

constexpr TimeMs after(TimeMs t, std::int64_t ms) { return TimeMs{t.ms + ms}; }

}  // namespace cartwright

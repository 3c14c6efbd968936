// How long a receiver that failed is left alone. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/time.h"

namespace cartwright::relay {

// 5 s, 30 s, 2 min, 10 min, 1 h, 3 h, 6 h and then 12 h each, and up to a fifth more, so that receivers which went down
// together don't all come back at once. `failures`: in a row, at least 1. `random`: any number.
std::int64_t pause_ms(std::int64_t failures, std::uint32_t random);

// What Retry-After asks for, as seconds or as an HTTP date: at most a day. 0 when it is neither.
std::int64_t retry_after_ms(std::string_view header, TimeMs now);

}  // namespace cartwright::relay

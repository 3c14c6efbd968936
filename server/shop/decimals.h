// Amounts as machines outside write them: in the currency's major unit, with a point ("12.90"; in KRW "12900"). Pure
// functions; exact, no floating point.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/money.h"

namespace cartwright::shop {

// With as many digits behind the point as the currency has.
std::string decimal_text(Amount amount, std::string_view currency);

// "12.9", "12", "12.900": what is exactly an amount from 0 to max_amount, nothing otherwise.
std::optional<Amount> read_decimal(std::string_view text, std::string_view currency);

}  // namespace cartwright::shop

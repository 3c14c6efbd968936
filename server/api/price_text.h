// Amounts as a shop writes them. Pure functions; exact, no floating point.
#pragma once

#include <string>
#include <string_view>

#include "core/money.h"
#include "server/wire.h"

namespace cartwright::api {

// 12900 KRW: "12,900원" in Korean, "₩12,900" in English; 1290 USD: "$12.90"; others by their code: "EUR 12.90".
std::string price_text(Amount amount, std::string_view currency, wire::Language language);

}  // namespace cartwright::api

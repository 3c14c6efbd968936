// Orders of the last days, placed and paid through the real use cases at the times they tell, so that all that must
// always be true of orders is true of these, and popular products show something.
#pragma once

#include <span>
#include <string>

#include "server/demo/offers.h"
#include "server/shop/services.h"

namespace cartwright::demo {

// The k-th order takes numbers[k] (numbers.h). The shoppers' balances must be enough. Errors: those of the use cases.
Status buy(store::Transaction& tx, const shop::Settings& settings, std::span<const PastOrder> orders,
           std::span<const UserId> shoppers, std::span<const std::string> numbers, TimeMs now);

}  // namespace cartwright::demo

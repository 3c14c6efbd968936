#include "server/api/price_text.h"

#include <algorithm>

#include "server/shop/decimals.h"

namespace cartwright::api {

std::string price_text(Amount amount, std::string_view currency, wire::Language language) {
  std::string number = shop::decimal_text(amount < 0 ? -amount : amount, currency);
  for (std::size_t at = std::min(number.find('.'), number.size()); at > 3;) {
    at -= 3;
    number.insert(at, 1, ',');
  }
  const std::string sign = amount < 0 ? "-" : "";
  if (currency == "KRW" && language == wire::Language::ko) return sign + number + "원";
  if (currency == "KRW") return sign + "₩" + number;
  if (currency == "USD") return sign + "$" + number;
  return sign + std::string(currency) + " " + number;
}

}  // namespace cartwright::api

#include "server/api/price_text.h"

namespace cartwright::api {

namespace {

// The digits before and behind the point.
struct Digits {
  std::string whole;
  std::string fraction;  // as many as the currency has
  bool is_negative = false;
};

Digits digits_of(Amount amount, std::string_view currency) {
  const auto exponent = static_cast<std::size_t>(currency_exponent(currency).value_or(0));
  std::string digits = std::to_string(amount < 0 ? -amount : amount);  // amounts are above INT64_MIN by far
  if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
  const std::size_t point = digits.size() - exponent;
  return {.whole = digits.substr(0, point), .fraction = digits.substr(point), .is_negative = amount < 0};
}

std::string with_point(std::string whole, const Digits& digits) {
  if (!digits.fraction.empty()) whole.append(".").append(digits.fraction);
  return whole;
}

}  // namespace

std::string decimal_text(Amount amount, std::string_view currency) {
  const Digits digits = digits_of(amount, currency);
  return (digits.is_negative ? "-" : "") + with_point(digits.whole, digits);
}

std::string price_text(Amount amount, std::string_view currency, wire::Language language) {
  const Digits digits = digits_of(amount, currency);
  std::string grouped = digits.whole;
  for (std::size_t at = grouped.size(); at > 3;) {
    at -= 3;
    grouped.insert(at, 1, ',');
  }
  const std::string number = with_point(std::move(grouped), digits);
  const std::string sign = digits.is_negative ? "-" : "";
  if (currency == "KRW" && language == wire::Language::ko) return sign + number + "원";
  if (currency == "KRW") return sign + "₩" + number;
  if (currency == "USD") return sign + "$" + number;
  return sign + std::string(currency) + " " + number;
}

}  // namespace cartwright::api

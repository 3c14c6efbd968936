#include "server/shop/decimals.h"

#include <charconv>

namespace cartwright::shop {

namespace {

std::size_t exponent_of(std::string_view currency) {
  return static_cast<std::size_t>(currency_exponent(currency).value_or(0));
}

}  // namespace

std::string decimal_text(Amount amount, std::string_view currency) {
  const std::size_t exponent = exponent_of(currency);
  std::string digits = std::to_string(amount < 0 ? -amount : amount);  // amounts are above INT64_MIN by far
  if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
  if (exponent > 0) digits.insert(digits.size() - exponent, 1, '.');
  return (amount < 0 ? "-" : "") + digits;
}

std::optional<Amount> read_decimal(std::string_view text, std::string_view currency) {
  const std::size_t exponent = exponent_of(currency);
  const std::size_t point = text.find('.');
  std::string digits(text.substr(0, point));
  if (digits.empty() || (point != std::string_view::npos && point + 1 == text.size())) return std::nullopt;
  std::string fraction(point == std::string_view::npos ? "" : text.substr(point + 1));
  while (fraction.size() > exponent && fraction.back() == '0') fraction.pop_back();
  if (fraction.size() > exponent) return std::nullopt;
  digits += fraction.append(exponent - fraction.size(), '0');
  if (digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  Amount amount = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), amount).ec != std::errc()) return std::nullopt;
  if (amount > max_amount) return std::nullopt;
  return amount;
}

}  // namespace cartwright::shop

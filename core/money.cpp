#include "core/money.h"

#include <algorithm>
#include <bit>
#include <memory>

#include "core/result.h"
#include "core/sort.h"

namespace cartwright {

Wide divide(Wide a, std::int64_t b) {
  if (a <= INT64_MAX) return static_cast<std::int64_t>(a) / b;
  std::uint64_t rest = 0;  // digit by digit, as on paper
  Wide quotient = 0;
  for (int bit = 126; bit >= 0; --bit) {
    rest = rest * 2 + static_cast<std::uint64_t>(a >> bit & 1);
    quotient *= 2;
    if (rest < static_cast<std::uint64_t>(b)) continue;
    rest -= static_cast<std::uint64_t>(b);
    quotient += 1;
  }
  return quotient;
}

Share Shares::wide(Amount weight) const {
  const auto zeros = [](Amount amount) { return std::countl_zero(static_cast<std::uint64_t>(amount)); };
  if (zeros(total_) + zeros(weight) > 64) {
    const std::int64_t product = total_ * weight;
    return {product / sum_, product % sum_};
  }
  const Wide product = Wide{total_} * weight;
  const Wide whole = divide(product, sum_);
  return {static_cast<Amount>(whole), static_cast<Amount>(product - whole * sum_)};
}

void allocate(Amount total, std::span<const Amount> weights, std::span<Amount> shares) {
  CARTWRIGHT_ASSERT(weights.size() == shares.size());
  std::int64_t sum = 0;
  for (const Amount weight : weights) sum += weight;
  if (sum == 0) {
    std::fill(shares.begin(), shares.end(), 0);
    return;
  }

  // The common small carts need no memory of their own.
  Amount small[2 * 64];
  std::unique_ptr<Amount[]> large;
  Amount* remainders = small;
  if (weights.size() > 64) {
    large.reset(new Amount[2 * weights.size()]);  // not cleared: each is written before it is read
    remainders = large.get();
  }
  Amount* const copy = remainders + weights.size();
  const Shares exact(total, sum);
  Amount left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Share share = exact.of(weights[i]);
    shares[i] = share.whole;
    remainders[i] = copy[i] = share.remainder;
    left -= share.whole;
  }
  if (left == 0) return;

  const Amount least = greatest({copy, weights.size()}, static_cast<std::size_t>(left));
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (remainders[i] <= least) continue;
    shares[i] += 1;
    left -= 1;
  }
  for (std::size_t i = 0; left > 0; ++i) {
    if (remainders[i] != least) continue;
    shares[i] += 1;
    left -= 1;
  }
}

namespace {

// ISO 4217 list one, grouped by exponent; metals, funds and test codes that have none there count whole units.
constexpr std::string_view exponent_0 =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XAG XAU XBA XBB XBC XBD XDR XOF XPD XPF XPT "
    "XSU XTS XUA XXX ";
constexpr std::string_view exponent_2 =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
    "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
    "MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU "
    "UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ";
constexpr std::string_view exponent_3 =
    "BHD IQD JOD KWD LYD OMR TND ";
constexpr std::string_view exponent_4 =
    "CLF UYW ";

bool lists(std::string_view table, std::string_view code) {
  for (std::size_t at = 0; at + 4 <= table.size(); at += 4) {
    if (table.substr(at, 3) == code) return true;
  }
  return false;
}

}  // namespace

std::optional<int> currency_exponent(std::string_view code) {
  if (lists(exponent_0, code)) return 0;
  if (lists(exponent_2, code)) return 2;
  if (lists(exponent_3, code)) return 3;
  if (lists(exponent_4, code)) return 4;
  return std::nullopt;
}

}  // namespace cartwright

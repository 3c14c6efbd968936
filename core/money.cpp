#include "core/money.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "core/result.h"

namespace cartwright {

namespace {

struct Share {
  Amount whole;
  Amount remainder;
};

// floor(total * weight / sum) and what is left, in 64 bits where the product surely fits (nearly always).
Share share_of(Amount total, Amount weight, std::int64_t sum) {
  const auto zeros = [](Amount amount) { return std::countl_zero(static_cast<std::uint64_t>(amount)); };
  if (zeros(total) + zeros(weight) > 64) {
    const std::int64_t product = total * weight;
    const Amount whole = product / sum;
    return {whole, product - whole * sum};
  }
  const Wide wide = Wide{total} * weight;
  return {static_cast<Amount>(wide / sum), static_cast<Amount>(wide % sum)};
}

}  // namespace

void allocate(Amount total, std::span<const Amount> weights, std::span<Amount> shares) {
  CARTWRIGHT_ASSERT(weights.size() == shares.size());
  std::int64_t sum = 0;
  for (const Amount weight : weights) sum += weight;
  if (sum == 0) {
    std::fill(shares.begin(), shares.end(), 0);
    return;
  }

  // Fewer units are left than there are lines, so the common small carts need no memory of their own.
  Amount small[64];
  std::vector<Amount> large;
  Amount* remainders = small;
  if (weights.size() > 64) {
    large.resize(weights.size());
    remainders = large.data();
  }
  Amount left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Share share = share_of(total, weights[i], sum);
    shares[i] = share.whole;
    remainders[i] = share.remainder;
    left -= share.whole;
  }
  if (left == 0) return;

  if (left <= 4) {
    for (; left > 0; --left) {
      const auto largest = std::max_element(remainders, remainders + weights.size()) - remainders;
      shares[static_cast<std::size_t>(largest)] += 1;
      remainders[largest] = -1;
    }
    return;
  }
  std::vector<std::uint32_t> order(weights.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
  };
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(left), order.end(), before);
  for (Amount i = 0; i < left; ++i) shares[order[static_cast<std::size_t>(i)]] += 1;
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

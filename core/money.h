// Exact money (PRICING.md "Numbers"): integers in the currency's minor unit, no floating point anywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cartwright {

using Amount = std::int64_t;
// Products of two amounts, and sums on the way to an amount, are computed in 128 bits and never wrap.
__extension__ typedef __int128 Wide;

inline constexpr Amount max_amount = (std::int64_t{1} << 53) - 1;
inline constexpr Amount min_amount = -max_amount;
inline constexpr std::int64_t max_id = max_amount;
inline constexpr std::int64_t basis_points_whole = 10000;  // 100 %

constexpr bool is_amount(Wide x) { return x >= min_amount && x <= max_amount; }

// floor(a / b), a >= 0, b > 0. In 64 bits where they do; the compiler's own division of 128 is much code in the module.
Wide divide(Wide a, std::int64_t b);

// x >= 0, step >= 1: the greatest multiple of step that is not above x.
constexpr Amount floor_to(Amount x, std::int64_t step) { return step == 1 ? x : x - x % step; }

// 64 bits are enough nearly always, and in the module several times as fast as 128. (__builtin_mul_overflow multiplies
// in 128 bits there.)
constexpr Amount small_amount = INT64_MAX / (40 * basis_points_whole);

// base >= 0 and a legal sum, bp 0..10000: the share, rounded down to a multiple of step.
inline Amount percent(Amount base, std::int64_t bp, std::int64_t step) {
  if (base <= small_amount) return floor_to(base * bp / basis_points_whole, step);
  return floor_to(static_cast<Amount>(divide(Wide{base} * bp, basis_points_whole)), step);
}

// Tax on an amount >= 0, bp 0..100000, rounded half up (PRICING.md "Applying"). It may be ten times the amount.
inline Amount tax_inclusive(Amount net, std::int64_t bp) {
  const std::int64_t divisor = basis_points_whole + bp;
  if (net <= small_amount) return (net * bp * 2 + divisor) / (divisor * 2);
  return static_cast<Amount>(divide(Wide{net} * bp * 2 + divisor, divisor * 2));
}
inline Amount tax_exclusive(Amount net, std::int64_t bp) {
  if (net <= small_amount) return (net * bp + basis_points_whole / 2) / basis_points_whole;
  return static_cast<Amount>(divide(Wide{net} * bp + basis_points_whole / 2, basis_points_whole));
}

struct Share {
  Amount whole = 0;
  Amount remainder = 0;
};

// floor(total * weight / sum) and what that leaves, for one weight after the other. total >= 0, sum > 0, weights >= 0.
class Shares {
 public:
  // Small sums need one division for all weights: total * 2^32 / sum, rounded down, is less than 1 too small, so a
  // weight below 2^32 times that, divided by 2^32, is too: a share comes out right or 1 too small.
  Shares(Amount total, std::int64_t sum) : total_(total), sum_(sum) {
    if (total <= sum && sum <= INT32_MAX) {
      factor_ = (static_cast<std::uint64_t>(total) << 32) / static_cast<std::uint64_t>(sum);
    }
  }

  Share of(Amount weight) const {
    if (factor_ == 0 || weight > sum_) return wide(weight);  // a bound may ask for more than a share
    Share share{static_cast<Amount>(static_cast<std::uint64_t>(weight) * factor_ >> 32), 0};
    share.remainder = total_ * weight - share.whole * sum_;
    if (share.remainder >= sum_) share = {share.whole + 1, share.remainder - sum_};
    return share;
  }

 private:
  Share wide(Amount weight) const;  // in 64 bits where the product surely fits

  Amount total_;
  std::int64_t sum_;
  std::uint64_t factor_ = 0;
};

// Largest remainder: shares[i] = floor(total * weights[i] / sum(weights)), then one more unit for the largest
// remainders, earlier index first, until `total` is spent. total >= 0, weights >= 0, same sizes; the sum of the
// weights fits 64 bits. All weights zero: all shares zero, nothing is allocated.
void allocate(Amount total, std::span<const Amount> weights, std::span<Amount> shares);

// Decimal digits of the minor unit: KRW 0, USD 2, BHD 3. Empty when the code is not in ISO 4217's table.
std::optional<int> currency_exponent(std::string_view code);

}  // namespace cartwright

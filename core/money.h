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

// x >= 0, step >= 1: the greatest multiple of step that is not above x.
constexpr Wide floor_to(Wide x, std::int64_t step) {
  if (step == 1) return x;
  if (x <= INT64_MAX) return static_cast<std::int64_t>(x) / step * step;
  return x / step * step;
}

// 64 bits are enough nearly always, and in the module several times as fast as 128. (__builtin_mul_overflow multiplies
// in 128 bits there.)
constexpr Amount small_amount = INT64_MAX / (40 * basis_points_whole);

// base >= 0 and a legal sum, bp 0..10000: the share, rounded down to a multiple of step.
constexpr Amount percent(Amount base, std::int64_t bp, std::int64_t step) {
  if (base <= small_amount) return static_cast<Amount>(floor_to(base * bp / basis_points_whole, step));
  return static_cast<Amount>(floor_to(Wide{base} * bp / basis_points_whole, step));
}

// Tax on an amount >= 0, bp 0..100000, rounded half up (PRICING.md "Applying").
constexpr Wide tax_inclusive(Amount net, std::int64_t bp) {
  const std::int64_t divisor = basis_points_whole + bp;
  if (net <= small_amount) return (net * bp * 2 + divisor) / (divisor * 2);
  return (Wide{net} * bp * 2 + divisor) / (divisor * 2);
}
constexpr Wide tax_exclusive(Amount net, std::int64_t bp) {
  if (net <= small_amount) return (net * bp + basis_points_whole / 2) / basis_points_whole;
  return (Wide{net} * bp + basis_points_whole / 2) / basis_points_whole;
}

// Largest remainder: shares[i] = floor(total * weights[i] / sum(weights)), then one more unit for the largest
// remainders, earlier index first, until `total` is spent. total >= 0, weights >= 0, same sizes; the sum of the
// weights fits 64 bits. All weights zero: all shares zero, nothing is allocated.
void allocate(Amount total, std::span<const Amount> weights, std::span<Amount> shares);

// Decimal digits of the minor unit: KRW 0, USD 2, BHD 3. Empty when the code is not in ISO 4217's table.
std::optional<int> currency_exponent(std::string_view code);

}  // namespace cartwright

#include "core/best_roundings.h"

#include <algorithm>
#include <utility>

#include "core/sort.h"

namespace cartwright {

namespace {

constexpr std::int64_t lines_at_most = 512;

// Remainders in the order in which they get units: the greater first, of equal ones the earlier line.
std::int64_t key(Amount remainder, std::size_t line) {
  return remainder * lines_at_most + (lines_at_most - 1 - static_cast<std::int64_t>(line));
}

struct Floored {
  Range left, keys;
};

// What the floor of its share leaves of a line, and the keys that its remainder can have.
Floored floored(const Rounding& rule, std::size_t line, Range left) {
  const Amount width = left.high - left.low;
  const Share low = rule.most.of(left.low);
  const Share high = rule.least.of(left.high);
  Floored done{{left.low - low.whole, left.high - high.whole}, {0, INT64_MAX}};
  if (!rule.known || (width > 1 && low.whole != high.whole)) return done;
  done.keys = {key(low.remainder, line), key(high.remainder, line)};
  if (done.keys.low > done.keys.high) std::swap(done.keys.low, done.keys.high);
  return done;
}

Range with_unit(const Rounding& rule, Range keys, Range left) {
  const bool never = keys.high < std::max(rule.never, lines_at_most);  // or its remainder is 0
  if (!never && left.low > 0) left.low -= 1;
  if (keys.low > rule.sure) left.high -= 1;
  return left;
}

}  // namespace

void Roundings::start(const std::vector<Amount>& remaining, Amount gain) {
  low_ = high_ = keys_low_ = keys_high_ = ranked_ = remaining;
  gain_ = {gain, gain};
  known_ = true;
}

Range Roundings::base(std::span<const std::uint32_t> scope, bool guest) const {
  Range sum;
  if (guest) sum = {-gain_.high, -gain_.low};
  for (const std::uint32_t line : scope) sum = {sum.low + low_[line], sum.high + high_[line]};
  return {std::max<Amount>(sum.low, 0), sum.high};
}

std::int64_t Roundings::ranked(std::span<const std::uint32_t> scope, const std::vector<std::int64_t>& keys,
                               Amount count) {
  std::size_t size = 0;
  for (const std::uint32_t line : scope) ranked_[size++] = keys[line];
  return greatest({ranked_.data(), size}, static_cast<std::size_t>(count));
}

Rounding Roundings::take(std::span<const std::uint32_t> scope, Range base, Range discount, bool guest) {
  if (discount.high == 0) return {};
  known_ = known_ && base.low == base.high;
  const Amount least_base = std::max<Amount>(base.low, 1);
  Rounding rule{.most = Shares(std::min(discount.high, least_base), least_base),
                .least = Shares(discount.low, base.high), .known = known_};
  Range units{discount.low, discount.low};  // what the floors leave over
  for (const std::uint32_t line : scope) {
    const auto [left, keys] = floored(rule, line, {low_[line], high_[line]});
    units.low -= high_[line] - left.high;
    units.high -= low_[line] - left.low;
    low_[line] = left.low;
    high_[line] = left.high;
    keys_low_[line] = keys.low;
    keys_high_[line] = keys.high;
  }
  if (guest) {
    const Amount most = gain_.low > 0 ? rule.most.of(gain_.low).whole : 0;
    const Amount least = rule.least.of(gain_.high).whole;
    units.low += std::min(most, gain_.low);
    units.high += least + 1;
    gain_ = {gain_.low - most - 2, gain_.high - least + 1};
  }
  const auto size = static_cast<Amount>(scope.size());
  if (known_ && units.low > 0) rule.sure = ranked(scope, keys_high_, std::min(units.low, size));
  if (known_ && units.high < size) rule.never = ranked(scope, keys_low_, std::max<Amount>(units.high, 0) + 1);
  for (const std::uint32_t line : scope) {
    const Range left = with_unit(rule, {keys_low_[line], keys_high_[line]}, {low_[line], high_[line]});
    low_[line] = left.low;
    high_[line] = left.high;
  }
  return rule;
}

Range Roundings::of_guest(const Rounding& rule, std::size_t line, Range left) {
  const Floored done = floored(rule, line, left);
  return with_unit(rule, done.keys, done.left);
}

}  // namespace cartwright

// What order rules leave of each line at least and at most, where their discounts are known, or nearly, but not which
// lines get the largest remainders. best.h needs it where roundings are all that tells placings apart.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/pricer.h"

namespace cartwright {

// Of an amount: between these, both included.
struct Range {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

// How one rule's discount falls on the lines that it holds.
struct Rounding {
  Shares most{0, 1};
  Shares least{0, 1};             // the same, unless the base isn't known to the unit
  bool known = true;              // whether it is
  std::int64_t sure = INT64_MAX;  // a remainder above it, as a key, gets a unit
  std::int64_t never = 0;         // ... below it doesn't
};

// Of one line, any of those in the same scopes, it is known only that it lost `gain` more: the guest. Its place in the
// order of remainders is open, but it moves the others' by one at most, and what the floors leave over by one; so for
// most lines it is sure whether they get a unit. From the first rule on whose base isn't known to the unit, as scopes
// overlap, none is.
class Roundings {
 public:
  // `remaining`: of each line before the first rule, and before the guest lost anything.
  void start(const std::vector<Amount>& remaining, Amount gain);

  // What the next rule works on, by the lines; `guest`: whether it is in that scope.
  Range base(std::span<const std::uint32_t> scope, bool guest) const;

  // The next rule takes `discount` off `base`, the guest's loss counted.
  Rounding take(std::span<const std::uint32_t> scope, Range base, Range discount, bool guest);

  // The least that is left of a line which isn't the guest.
  Amount least(std::size_t line) const { return low_[line]; }

  // What such a rule leaves of the guest.
  static Range of_guest(const Rounding& rule, std::size_t line, Range left);

 private:
  std::int64_t ranked(std::span<const std::uint32_t> scope, const std::vector<std::int64_t>& keys, Amount count);

  std::vector<Amount> low_, high_;                  // per line
  std::vector<std::int64_t> keys_low_, keys_high_;  // ... of its remainder
  std::vector<std::int64_t> ranked_;                // scratch
  Range gain_ = {};                                 // how far the guest is below its own entry
  bool known_ = true;                               // every base so far was
};

}  // namespace cartwright

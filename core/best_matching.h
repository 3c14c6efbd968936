// Which line each of some coupons should take so that they take off most together, at most one to a line: a matching of
// greatest weight (the Hungarian method). best.h needs it as a bound and as a first guess.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cartwright {

// Money times a scale, see OrderStage: bounds of a fraction of a minor unit stay exact in it.
using Scaled = std::int64_t;

inline constexpr std::uint32_t no_line = UINT32_MAX;

// How much looking `best` has done: one step is one look at one line or at one rule. No clock is read.
struct Steps {
  std::int64_t limit = 0;
  std::int64_t used = 0;

  bool out() const { return used >= limit; }
  void add(std::size_t count) { used += static_cast<std::int64_t>(count); }
};

class Matching {
 public:
  // values[row * lines + line] >= 0 and below 2^61, 0 where a row can't or needn't take the line; taken lines are out.
  // Gives the greatest sum.
  Scaled solve(std::span<const std::uint32_t> rows, std::span<const Scaled> values, std::span<const char> taken,
               Steps& steps);

  // The line of rows[k] in the last solution, or no_line.
  const std::vector<std::uint32_t>& lines() const { return lines_; }

 private:
  bool take_greatest(std::span<const std::uint32_t> rows, std::span<const Scaled> values,
                     std::span<const char> taken);
  void augment(std::uint32_t row, std::span<const std::uint32_t> rows, std::span<const Scaled> values, Steps& steps);
  Scaled cost(std::span<const std::uint32_t> rows, std::span<const Scaled> values, std::size_t row,
              std::size_t column) const;

  std::size_t width_ = 0;  // lines of the request
  std::vector<std::uint32_t> lines_;
  std::vector<std::uint32_t> columns_;  // the free lines; behind them stand as many columns of worth 0 as rows
  std::vector<Scaled> row_price_, column_price_, least_;
  std::vector<std::uint32_t> row_of_, way_;
  std::vector<char> seen_;
};

}  // namespace cartwright

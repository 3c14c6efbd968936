// The search over the places of line coupons, for one set of item coupons and one set of order coupons (best.h).
#pragma once

#include <vector>

#include "core/best_stage.h"

namespace cartwright {

// A choice of line coupons: rows of the LineLevel and their lines.
struct Placed {
  std::uint32_t row = 0;
  std::uint32_t line = 0;
};

// The lowest total met so far, the lines taken, and whether the shipping fee is due with it.
struct Lowest {
  Amount total = INT64_MAX;
  std::vector<Placed> placed = {};
  bool fee_due = false;
};

class LineSearch {
 public:
  LineSearch(const Pricer& pricer, const LineLevel& lines, std::span<const std::uint32_t> orders, Steps& steps);

  // No total of this plan is below it; with these rows only.
  Amount bound(std::span<const std::uint32_t> rows, Amount charge);

  // Replaces `lowest` by what is lower, until nothing is.
  void minimise(Amount charge, Lowest& lowest);

  // What minimise tries first: no line coupon, and the best matching.
  void guess(Amount charge, Lowest& lowest);

  // The earliest lines, first row first, with which all of these rows come to `target`; nothing is below it.
  bool find(std::span<const std::uint32_t> rows, Amount charge, Amount target, std::vector<Placed>& placed);

 private:
  struct Aim {
    Amount charge = 0;
    Lowest& lowest;
  };

  // The ways on from one node: the row of its depth on each line, or on none.
  struct Fork {
    const Standing& standing;
    Amount charge = 0;
    Scaled others = 0;             // what the rows behind take off at most
    std::vector<char> tried = {};  // per kind of line
    OrderStage::Kind kind = {};
  };

  Fork fork(const Standing& standing, std::size_t depth, Amount charge);
  bool worth(Fork& fork, std::size_t depth, std::uint32_t line, Amount useful);
  void descend(std::size_t depth, const Aim& aim);
  void offer(const Standing& standing, const Aim& aim);
  Scaled offer_matching(const Standing& standing, std::size_t depth, const Aim& aim);
  bool find_from(std::size_t depth, Amount charge, Amount target);
  void set_rows(std::span<const std::uint32_t> rows);
  void place(std::uint32_t row, std::uint32_t line);
  void remove();
  std::span<const std::uint32_t> rest(std::size_t depth) const { return std::span(rows_).subspan(depth); }

  const LineLevel& lines_;
  Steps& steps_;
  OrderStage stage_;
  Matching matching_;
  std::vector<std::uint32_t> rows_;                  // in the order of the search
  std::vector<std::vector<std::uint32_t>> classes_;  // per depth, per line: the first line like it to rows_[depth...]
  std::vector<std::vector<std::uint32_t>> by_gain_;  // per row: lines, the greatest gain first
  std::vector<char> taken_;                          // per line
  std::vector<Placed> placed_;
};

}  // namespace cartwright

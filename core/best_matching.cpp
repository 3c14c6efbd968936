#include "core/best_matching.h"

#include <algorithm>

namespace cartwright {

Scaled Matching::solve(std::span<const std::uint32_t> rows, std::span<const Scaled> values,
                       std::span<const char> taken, Steps& steps) {
  width_ = taken.size();
  lines_.assign(rows.size(), no_line);
  steps.add(rows.size() * width_ + 1);
  if (!take_greatest(rows, values, taken)) {
    columns_.clear();
    for (std::size_t i = 0; i < width_; ++i) {
      if (!taken[i]) columns_.push_back(static_cast<std::uint32_t>(i));
    }
    const std::size_t columns = columns_.size() + rows.size();
    row_price_.assign(rows.size() + 1, 0);
    column_price_.assign(columns + 1, 0);
    row_of_.assign(columns + 1, 0);
    way_.assign(columns + 1, 0);
    for (std::uint32_t row = 1; row <= rows.size(); ++row) augment(row, rows, values, steps);
    std::fill(lines_.begin(), lines_.end(), no_line);
    for (std::size_t j = 1; j <= columns_.size(); ++j) {
      if (row_of_[j] == 0) continue;
      const std::size_t k = row_of_[j] - 1;
      if (values[rows[k] * width_ + columns_[j - 1]] > 0) lines_[k] = columns_[j - 1];
    }
  }
  Scaled sum = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    if (lines_[k] != no_line) sum += values[rows[k] * width_ + lines_[k]];
  }
  return sum;
}

// Every row on the line it likes best: nearly always right when no two like the same.
bool Matching::take_greatest(std::span<const std::uint32_t> rows, std::span<const Scaled> values,
                             std::span<const char> taken) {
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const Scaled* row = &values[rows[k] * width_];
    Scaled most = 0;
    for (std::size_t i = 0; i < width_; ++i) {
      if (row[i] <= most || taken[i]) continue;
      most = row[i];
      lines_[k] = static_cast<std::uint32_t>(i);
    }
    if (lines_[k] == no_line) continue;
    if (std::find(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(k), lines_[k]) !=
        lines_.begin() + static_cast<std::ptrdiff_t>(k)) {
      return false;
    }
  }
  return true;
}

Scaled Matching::cost(std::span<const std::uint32_t> rows, std::span<const Scaled> values, std::size_t row,
                      std::size_t column) const {
  return column > columns_.size() ? 0 : -values[rows[row - 1] * width_ + columns_[column - 1]];
}

// The usual shortest augmenting path with prices; rows and columns count from 1, and column 0 is the new row's.
void Matching::augment(std::uint32_t row, std::span<const std::uint32_t> rows, std::span<const Scaled> values,
                       Steps& steps) {
  const std::size_t columns = columns_.size() + rows.size();
  least_.assign(columns + 1, INT64_MAX);
  seen_.assign(columns + 1, 0);
  row_of_[0] = row;
  std::uint32_t at = 0;
  do {
    steps.add(columns);
    seen_[at] = 1;
    const std::size_t from = row_of_[at];
    Scaled delta = INT64_MAX;
    std::uint32_t next = 0;
    for (std::uint32_t j = 1; j <= columns; ++j) {
      if (seen_[j]) continue;
      const Scaled reduced = cost(rows, values, from, j) - row_price_[from] - column_price_[j];
      if (reduced < least_[j]) {
        least_[j] = reduced;
        way_[j] = at;
      }
      if (least_[j] < delta) {
        delta = least_[j];
        next = j;
      }
    }
    for (std::size_t j = 0; j <= columns; ++j) {
      if (seen_[j]) {
        row_price_[row_of_[j]] += delta;
        column_price_[j] -= delta;
      } else {
        least_[j] -= delta;
      }
    }
    at = next;
  } while (row_of_[at] != 0);
  for (; at != 0; at = way_[at]) row_of_[at] = row_of_[way_[at]];
}

}  // namespace cartwright

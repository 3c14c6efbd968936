#include "core/best_lines.h"

#include <algorithm>
#include <numeric>

#include "core/sort.h"

namespace cartwright {

LineSearch::LineSearch(const Pricer& pricer, const LineLevel& lines, std::span<const std::uint32_t> orders,
                       Steps& steps)
    : lines_(lines), steps_(steps), stage_(pricer, lines, orders, steps), taken_(lines.remaining.size()) {}

Amount LineSearch::bound(std::span<const std::uint32_t> rows, Amount charge) {
  const Standing standing = stage_.standing();
  return stage_.lower(standing, matching_.solve(rows, *standing.values, taken_, steps_), charge);
}

// Lines that are alike to all rows still to come can change places, so one of them stands for all: the first, as the
// search goes through them in order, which is also the one the tie rule wants.
void LineSearch::set_rows(std::span<const std::uint32_t> rows) {
  rows_.assign(rows.begin(), rows.end());
  const std::size_t width = taken_.size();
  classes_.resize(rows_.size() + 1);
  for (std::size_t depth = rows_.size() + 1; depth-- > 0;) {
    std::vector<std::uint32_t>& classes = classes_[depth];
    classes.resize(width);
    std::vector<std::uint32_t> firsts;
    for (std::uint32_t i = 0; i < width; ++i) {
      const auto same = std::find_if(firsts.begin(), firsts.end(), [&](std::uint32_t first) {
        if (depth == rows_.size()) return stage_.alike(first, i);
        return classes_[depth + 1][first] == classes_[depth + 1][i] && stage_.alike_to(rows_[depth], first, i);
      });
      steps_.add(static_cast<std::size_t>(same - firsts.begin()) + 1);
      classes[i] = same == firsts.end() ? i : *same;
      if (same == firsts.end()) firsts.push_back(i);
    }
  }
}

void LineSearch::place(std::uint32_t row, std::uint32_t line) {
  stage_.place(row, line);
  taken_[line] = 1;
  placed_.push_back({row, line});
}

void LineSearch::remove() {
  stage_.remove(placed_.back().row, placed_.back().line);
  taken_[placed_.back().line] = 0;
  placed_.pop_back();
}

void LineSearch::offer(const Standing& standing, const Aim& aim) {
  const Amount total = stage_.total(standing, aim.charge, aim.lowest.total);
  if (total >= aim.lowest.total) return;
  aim.lowest = {total, placed_, stage_.fee_due(standing.merchandise)};
}

// The rows still to come, each where the matching wants it: an upper bound; what they take off at most: for a lower one.
Scaled LineSearch::offer_matching(const Standing& standing, std::size_t depth, const Aim& aim) {
  const auto rows = rest(depth);
  const Scaled gain = matching_.solve(rows, *standing.values, taken_, steps_);
  if (stage_.lower(standing, gain, aim.charge) >= aim.lowest.total) return gain;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    if (matching_.lines()[k] != no_line) place(rows[k], matching_.lines()[k]);
  }
  const std::size_t placed = static_cast<std::size_t>(
      std::count_if(matching_.lines().begin(), matching_.lines().end(), [](std::uint32_t l) { return l != no_line; }));
  offer(stage_.standing(), aim);
  for (std::size_t k = 0; k < placed; ++k) remove();
  return gain;
}

void LineSearch::guess(Amount charge, Lowest& lowest) {
  const Aim aim{charge, lowest};
  rows_.resize(lines_.coupons.size());
  std::iota(rows_.begin(), rows_.end(), 0u);
  const Standing standing = stage_.standing();
  offer(standing, aim);
  offer_matching(standing, 0, aim);
}

void LineSearch::minimise(Amount charge, Lowest& lowest) {
  const std::size_t count = lines_.coupons.size();
  const std::size_t width = taken_.size();
  by_gain_.resize(count);
  std::vector<Amount> most(count);
  std::vector<std::uint32_t> alike(count);  // on how many lines it takes that off
  for (std::size_t row = 0; row < count; ++row) {
    std::vector<std::uint32_t>& lines = by_gain_[row];
    for (std::uint32_t i = 0; i < width; ++i) {
      if (lines_.gain(row, i) > 0) lines.push_back(i);
    }
    sort_by(lines, [&](std::uint32_t a, std::uint32_t b) { return lines_.gain(row, a) > lines_.gain(row, b); });
    most[row] = lines_.gain(row, lines.front());
    while (alike[row] < lines.size() && lines_.gain(row, lines[alike[row]]) == most[row]) ++alike[row];
    steps_.add(2 * width);
  }
  // What has the fewest good places is decided first, and that which may take off most: the rest of the tree then moves
  // totals less, and of its last row many places are told apart at once (OrderStage::least).
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0u);
  sort_by(rows, [&](std::uint32_t a, std::uint32_t b) {
    return alike[a] != alike[b] ? alike[a] < alike[b] : most[a] > most[b];
  });
  set_rows(rows);
  descend(0, {charge, lowest});
}

LineSearch::Fork LineSearch::fork(const Standing& standing, std::size_t depth, Amount charge) {
  steps_.add(taken_.size());
  return {.standing = standing, .charge = charge,
          .others = matching_.solve(rest(depth + 1), *standing.values, taken_, steps_),
          .tried = std::vector<char>(taken_.size())};
}

// Whether a total below `useful` may come of it.
bool LineSearch::worth(Fork& fork, std::size_t depth, std::uint32_t line, Amount useful) {
  const std::uint32_t row = rows_[depth];
  char& tried = fork.tried[classes_[depth][line]];
  if (taken_[line] || tried) return false;
  tried = 1;
  const Scaled here = (*fork.standing.values)[row * taken_.size() + line];
  if (stage_.lower(fork.standing, here + fork.others, fork.charge) >= useful) return false;
  if (depth + 1 < rows_.size() || !stage_.by_roundings()) return true;
  return stage_.least(row, line, fork.charge, fork.kind) < useful;
}

void LineSearch::descend(std::size_t depth, const Aim& aim) {
  if (steps_.out()) return;
  const Standing standing = stage_.standing();
  offer(standing, aim);
  if (depth == rows_.size()) return;
  const Scaled gain = offer_matching(standing, depth, aim);
  if (stage_.lower(standing, gain, aim.charge) >= aim.lowest.total) return;

  Fork ways = fork(standing, depth, aim.charge);
  for (const std::uint32_t line : by_gain_[rows_[depth]]) {
    if (!worth(ways, depth, line, aim.lowest.total)) continue;
    place(rows_[depth], line);
    descend(depth + 1, aim);
    remove();
  }
  if (stage_.lower(standing, ways.others, aim.charge) < aim.lowest.total) descend(depth + 1, aim);
}

bool LineSearch::find(std::span<const std::uint32_t> rows, Amount charge, Amount target,
                      std::vector<Placed>& placed) {
  set_rows(rows);
  const bool found = find_from(0, charge, target);
  if (found) placed = placed_;
  while (!placed_.empty()) remove();
  return found;
}

bool LineSearch::find_from(std::size_t depth, Amount charge, Amount target) {
  if (steps_.out()) return false;
  const Standing standing = stage_.standing();
  if (depth == rows_.size()) return stage_.total(standing, charge, target + 1) == target;
  if (stage_.lower(standing, matching_.solve(rest(depth), *standing.values, taken_, steps_), charge) > target) {
    return false;
  }
  Fork ways = fork(standing, depth, charge);
  for (std::uint32_t line = 0; line < taken_.size(); ++line) {
    if (lines_.gain(rows_[depth], line) == 0 || !worth(ways, depth, line, target + 1)) continue;
    place(rows_[depth], line);
    if (find_from(depth + 1, charge, target)) return true;  // and stays placed
    remove();
  }
  return false;
}

}  // namespace cartwright

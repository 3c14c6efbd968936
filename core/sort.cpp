#include "core/sort.h"

#include <algorithm>
#include <utility>
#include <numeric>

namespace cartwright::detail {

// Merges runs of 1, 2, 4, ... Most lists come in their order already.
void sort(std::vector<std::uint32_t>& indexes, Before before) {
  const auto in_order = [&](std::uint32_t a, std::uint32_t b) { return before.holds(before.order, a, b); };
  if (std::is_sorted(indexes.begin(), indexes.end(), in_order)) return;
  std::vector<std::uint32_t> merged(indexes.size());
  for (std::size_t width = 1; width < indexes.size(); width *= 2) {
    for (std::size_t begin = 0; begin < indexes.size(); begin += 2 * width) {
      std::size_t a = begin;
      std::size_t b = std::min(begin + width, indexes.size());
      const std::size_t middle = b;
      const std::size_t end = std::min(middle + width, indexes.size());
      for (std::size_t at = begin; at < end; ++at) {
        const bool take_b = a == middle || (b < end && in_order(indexes[b], indexes[a]));
        merged[at] = indexes[take_b ? b++ : a++];
      }
    }
    indexes.swap(merged);
  }
}

std::vector<std::uint32_t> sorted_indexes(std::size_t size, Before before) {
  std::vector<std::uint32_t> indexes(size);
  std::iota(indexes.begin(), indexes.end(), 0u);
  sort(indexes, before);
  return indexes;
}

}  // namespace cartwright::detail

namespace cartwright {

// Hoare's method.
std::int64_t greatest(std::span<std::int64_t> list, std::size_t count) {
  std::int64_t* const at = list.data();
  const auto wanted = static_cast<std::ptrdiff_t>(count) - 1;
  std::ptrdiff_t first = 0;
  std::ptrdiff_t last = std::ssize(list) - 1;
  while (first < last) {
    const std::int64_t pivot = at[wanted];
    std::ptrdiff_t i = first;
    std::ptrdiff_t j = last;
    while (i <= j) {
      while (at[i] > pivot) ++i;
      while (pivot > at[j]) --j;
      if (i <= j) std::swap(at[i++], at[j--]);
    }
    if (j < wanted) first = i;
    if (wanted < i) last = j;
  }
  return at[wanted];
}

}  // namespace cartwright

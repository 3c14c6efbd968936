#include "core/sort.h"

#include <algorithm>
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

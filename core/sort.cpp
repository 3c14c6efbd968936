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
      const std::uint32_t* a = indexes.data() + begin;
      const std::uint32_t* const middle = indexes.data() + std::min(begin + width, indexes.size());
      const std::uint32_t* const end = indexes.data() + std::min(begin + 2 * width, indexes.size());
      const std::uint32_t* b = middle;
      std::uint32_t* out = merged.data() + begin;
      while (a != middle && b != end) *out++ = in_order(*b, *a) ? *b++ : *a++;
      std::copy(b, end, std::copy(a, middle, out));
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

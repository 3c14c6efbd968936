// Sorting: stable, n log n; and choosing by rank. std::sort and std::stable_sort come to 2 to 4 kB of code for every type and every order that
// they are used with, together a quarter of the module; here all share one function.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cartwright {

namespace detail {

// Whether index `a` belongs before index `b`.
struct Before {
  const void* order;
  bool (*holds)(const void* order, std::uint32_t a, std::uint32_t b);
};

template <class Order>
Before before(const Order& order) {
  return {&order, [](const void* erased, std::uint32_t a, std::uint32_t b) -> bool {
            return (*static_cast<const Order*>(erased))(a, b);
          }};
}

void sort(std::vector<std::uint32_t>& indexes, Before before);
std::vector<std::uint32_t> sorted_indexes(std::size_t size, Before before);

}  // namespace detail

// The count-th greatest, 1 <= count <= size; the list is left in some other order. Meant for lists of some hundreds: it
// takes a few looks at each, and at the very worst as many as there are.
std::int64_t greatest(std::span<std::int64_t> list, std::size_t count);

// 0 to size - 1 in order. `before(a, b)`: whether index a belongs before index b.
template <class Order>
std::vector<std::uint32_t> sorted_indexes(std::size_t size, const Order& before) {
  return detail::sorted_indexes(size, detail::before(before));
}

// `before(a, b)`: whether element a belongs before element b.
template <class Order>
void sort_by(std::vector<std::uint32_t>& indexes, const Order& before) {
  detail::sort(indexes, detail::before(before));
}

template <class T, class Order>
void sort_by(std::vector<T>& list, const Order& before) {
  const auto by_index = [&](std::uint32_t a, std::uint32_t b) { return before(list[a], list[b]); };
  const std::vector<std::uint32_t> order = detail::sorted_indexes(list.size(), detail::before(by_index));
  std::vector<T> sorted(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) sorted[i] = std::move(list[order[i]]);
  list = std::move(sorted);
}

}  // namespace cartwright

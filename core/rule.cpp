#include "core/rule.h"

#include <algorithm>
#include <utility>

#include "core/sort.h"

namespace cartwright {

namespace {

// Up to here a look through the list is as fast as a search in a sorted one.
constexpr std::size_t short_list = 16;

std::vector<std::int64_t> sort_long(std::span<const std::int64_t> list) {
  if (list.size() <= short_list) return {};
  std::vector<std::int64_t> sorted(list.begin(), list.end());
  sort_by(sorted, [](std::int64_t a, std::int64_t b) { return a < b; });
  return sorted;
}

// Marks the variants of which `ids_of` (first and last of its ids) is listed. One list at a time, so that the loop over
// the variants holds nothing but the comparison.
template <class IdType, class IdsOf>
void mark(const std::vector<IdType>& list, std::span<const Variant* const> variants, char value, IdsOf ids_of,
          std::vector<char>& marks) {
  if (list.empty()) return;
  const std::vector<std::int64_t> sorted = sort_long({&list.front().value, list.size()});
  const IdType* const first = list.data();
  const IdType* const last = first + list.size();
  const bool search = !sorted.empty();
  const auto listed = [&](IdType id) {
    if (search) return std::binary_search(sorted.begin(), sorted.end(), id.value);
    for (const IdType* at = first; at != last; ++at) {  // std::find, unrolled by four, is slower on lists this short
      if (*at == id) return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < variants.size(); ++i) {
    const auto [begin, end] = ids_of(*variants[i]);
    for (const IdType* id = begin; id != end; ++id) {
      if (listed(*id)) marks[i] = value;
    }
  }
}

void mark(const IdFilter& filter, std::span<const Variant* const> variants, char value, std::vector<char>& marks) {
  const auto one = [](const auto& id) { return std::pair(&id, &id + 1); };
  mark(filter.product_ids, variants, value, [&](const Variant& of) { return one(of.product_id); }, marks);
  mark(filter.variant_ids, variants, value, [&](const Variant& of) { return one(of.id); }, marks);
  mark(filter.category_ids, variants, value,
       [](const Variant& of) { return std::pair(of.category_ids.data(), of.category_ids.data() + of.category_ids.size()); },
       marks);
}

}  // namespace

std::vector<char> scope_of(const Rule& rule, std::span<const Variant* const> variants) {
  std::vector<char> marks(variants.size(), rule.include.empty());
  mark(rule.include, variants, true, marks);
  mark(rule.exclude, variants, false, marks);
  return marks;
}

std::optional<Rejection> check_rule(const Rule& rule, const ScopeTotals& scope, TimeMs now,
                                    std::int64_t paid_orders) {
  const auto reject = [](RejectionCode code) { return Rejection{.id = {}, .code = code}; };
  if (rule.starts_at && now < *rule.starts_at) return reject(RejectionCode::not_started);
  if (rule.ends_at && *rule.ends_at <= now) return reject(RejectionCode::ended);
  if (rule.first_order_only && paid_orders > 0) return reject(RejectionCode::not_first_order);
  if (scope.lines == 0) return reject(RejectionCode::no_eligible_items);
  if (scope.units < rule.min_quantity) {
    return Rejection{.id = {}, .code = RejectionCode::below_min_quantity, .missing = rule.min_quantity - scope.units};
  }
  if (scope.gross < rule.min_amount) {
    return Rejection{.id = {}, .code = RejectionCode::below_min_amount, .missing = rule.min_amount - scope.gross};
  }
  return std::nullopt;
}

std::optional<Rejection> check_coupon(const Coupon& coupon, const ScopeTotals& scope, TimeMs now,
                                      std::int64_t paid_orders) {
  if (coupon.status == CouponStatus::USED) return Rejection{.id = coupon.id, .code = RejectionCode::used};
  if (coupon.status == CouponStatus::EXPIRED || (coupon.expires_at && *coupon.expires_at <= now)) {
    return Rejection{.id = coupon.id, .code = RejectionCode::expired};
  }
  auto rejection = check_rule(coupon.rule, scope, now, paid_orders);
  if (rejection) rejection->id = coupon.id;
  return rejection;
}

}  // namespace cartwright

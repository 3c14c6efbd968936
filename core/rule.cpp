#include "core/rule.h"

#include <algorithm>

#include "core/sort.h"

namespace cartwright {

namespace {

// Up to here a look through the list is as fast as a search in a sorted one.
constexpr std::size_t short_list = 16;

template <class IdType>
bool lists(const std::vector<IdType>& list, const std::vector<std::int64_t>& sorted, IdType id) {
  if (list.size() <= short_list) return std::find(list.begin(), list.end(), id) != list.end();
  return std::binary_search(sorted.begin(), sorted.end(), id.value);
}

template <class IdType>
std::vector<std::int64_t> sort_long(const std::vector<IdType>& list) {
  std::vector<std::int64_t> sorted;
  if (list.size() <= short_list) return sorted;
  sorted.resize(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) sorted[i] = list[i].value;
  sort_by(sorted, [](std::int64_t a, std::int64_t b) { return a < b; });
  return sorted;
}

}  // namespace

ScopeTest::ScopeTest(const Rule& rule)
    : include_(rule.include), exclude_(rule.exclude), sorted_include_(sorted(include_)),
      sorted_exclude_(sorted(exclude_)) {}

ScopeTest::Sorted ScopeTest::sorted(const IdFilter& filter) {
  return {sort_long(filter.product_ids), sort_long(filter.category_ids), sort_long(filter.variant_ids)};
}

bool ScopeTest::matches(const IdFilter& filter, const Sorted& sorted, const Variant& variant) {
  return (!filter.product_ids.empty() && lists(filter.product_ids, sorted.product_ids, variant.product_id)) ||
         (!filter.variant_ids.empty() && lists(filter.variant_ids, sorted.variant_ids, variant.id)) ||
         (!filter.category_ids.empty() &&
          std::any_of(variant.category_ids.begin(), variant.category_ids.end(), [&](CategoryId id) {
            return lists(filter.category_ids, sorted.category_ids, id);
          }));
}

bool ScopeTest::contains(const Variant& variant) const {
  if (!include_.empty() && !matches(include_, sorted_include_, variant)) return false;
  return exclude_.empty() || !matches(exclude_, sorted_exclude_, variant);
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

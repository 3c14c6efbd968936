// Promotion and coupon rules: what they say, which lines they mean, and why one doesn't fit (PRICING.md "Request",
// "Eligibility").
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/id.h"
#include "core/money.h"
#include "core/time.h"

namespace cartwright {

// In the order in which the levels are applied.
enum class Target : std::uint8_t { item, line, order, shipping };
enum class RuleType : std::uint8_t { fixed, percent, free, buy_x_get_y, tiers };

// From `from` (gross of the lines in scope) the discount is `amount` or `basis_points`, exactly one above zero.
struct Tier {
  Amount from = 0;
  Amount amount = 0;
  std::int64_t basis_points = 0;
};

// Any one match in any list.
struct IdFilter {
  std::vector<ProductId> product_ids = {};
  std::vector<CategoryId> category_ids = {};
  std::vector<VariantId> variant_ids = {};

  bool empty() const { return product_ids.empty() && category_ids.empty() && variant_ids.empty(); }
  std::size_t size() const { return product_ids.size() + category_ids.size() + variant_ids.size(); }
};

struct Rule {
  RuleId id = {};
  std::string name = {};
  Target target = Target::item;
  RuleType type = RuleType::fixed;
  Amount amount = 0;
  std::int64_t basis_points = 0;  // 0..10000
  std::optional<Amount> max_discount = {};
  std::int64_t buy = 0;
  std::int64_t get = 0;
  std::int64_t max_groups = 0;  // 0 = no limit
  std::vector<Tier> tiers = {};
  IdFilter include = {};  // empty: everything
  IdFilter exclude = {};
  Amount min_amount = 0;          // gross of the lines in scope
  std::int64_t min_quantity = 0;  // units in scope
  std::optional<TimeMs> starts_at = {};
  std::optional<TimeMs> ends_at = {};
  bool first_order_only = false;
  std::string stack_group = {};  // coupons only
  bool exclusive = false;        // coupons only
  std::int64_t priority = 0;
};

enum class CouponStatus : std::uint8_t { AVAILABLE, USED, EXPIRED };

// One coupon in the shopper's wallet.
struct Coupon {
  CouponId id = {};
  CouponStatus status = CouponStatus::AVAILABLE;
  std::optional<TimeMs> expires_at = {};
  Rule rule = {};
};

// Why a coupon takes nothing off, in the order of the checks (PRICING.md "Eligibility" and "Choice").
enum class RejectionCode : std::uint8_t {
  used,
  expired,
  not_started,
  ended,
  not_first_order,
  no_eligible_items,
  below_min_quantity,
  below_min_amount,
  cannot_combine,
  no_effect,
  not_selected,
  unknown_coupon,
};

struct Rejection {
  CouponId id = {};
  RejectionCode code = RejectionCode::no_effect;
  std::optional<std::int64_t> missing = {};  // below_min_quantity: units; below_min_amount: minor units
  std::optional<CouponId> with = {};         // cannot_combine: the coupon in its way
};

// Which of these variants the rule means, all of them with empty filters: true (1) or false (0) in their place.
std::vector<char> scope_of(const Rule& rule, std::span<const Variant* const> variants);

// What eligibility needs to know of the counted lines that a rule's scope holds.
struct ScopeTotals {
  std::size_t lines = 0;
  std::int64_t units = 0;
  Amount gross = 0;
};

// Checks 3 to 7: the rule itself against the clock, the customer and the cart. Empty: it may apply.
std::optional<Rejection> check_rule(const Rule& rule, const ScopeTotals& scope, TimeMs now, std::int64_t paid_orders);

// Checks 1 to 7 for a coupon; the rejection carries its id. Empty: it is usable.
std::optional<Rejection> check_coupon(const Coupon& coupon, const ScopeTotals& scope, TimeMs now,
                                      std::int64_t paid_orders);

}  // namespace cartwright

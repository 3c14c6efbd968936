// One type per kind of id, so that a product can't be handed over where a variant is meant.
#pragma once

#include <cstdint>
#include <functional>

namespace cartwright {

// 1..2^53-1 (PRICING.md "Numbers"); 0 means "none" or "unknown" where a field says so.
template <class Tag>
struct Id {
  std::int64_t value = 0;

  friend constexpr bool operator==(Id a, Id b) { return a.value == b.value; }
  friend constexpr bool operator!=(Id a, Id b) { return a.value != b.value; }
  friend constexpr bool operator<(Id a, Id b) { return a.value < b.value; }
};

using VariantId = Id<struct VariantTag>;
using ProductId = Id<struct ProductTag>;
using CategoryId = Id<struct CategoryTag>;
using RuleId = Id<struct RuleTag>;      // a promotion, or the coupon's rule that many wallets share
using CouponId = Id<struct CouponTag>;  // one coupon in one wallet
using CampaignId = Id<struct CampaignTag>;
using UserId = Id<struct UserTag>;
using OrderId = Id<struct OrderTag>;

}  // namespace cartwright

template <class Tag>
struct std::hash<cartwright::Id<Tag>> {
  std::size_t operator()(cartwright::Id<Tag> id) const { return std::hash<std::int64_t>{}(id.value); }
};

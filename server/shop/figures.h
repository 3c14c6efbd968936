// The figures that the dashboard is read from (shop/stats.h): buckets per hour and per minute, each changed in the
// transaction that it tells of and never by anything else. `cartwright audit` adds them up again.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/quote.h"
#include "server/json.h"
#include "server/shop/services.h"

namespace cartwright::shop {

// What happened in an hour; money is the shop's.
struct HourFigures {
  Amount charged = 0;  // less reversals
  std::int64_t orders = 0;
  std::int64_t units = 0;
  Amount paid = 0;
  std::int64_t refunds = 0;
  std::int64_t refunded_units = 0;
  Amount refunded = 0;
  std::int64_t shipped = 0;    // orders
  std::int64_t delivered = 0;  // orders
  std::int64_t cancelled = 0;  // orders refunded whole before they were shipped
};

// Adds to the hour of `now`.
void count(store::Transaction& tx, const HourFigures& more, TimeMs now);

// One more of the coupon in a wallet; without a campaign it was a code or a gift.
void count_issue(store::Transaction& tx, RuleId coupon, std::optional<CampaignId> campaign, TimeMs now);

// A coupon or promotion that took something off an order.
struct RuleUse {
  RuleId rule;
  Amount amount = 0;
};

std::vector<RuleUse> uses_of(const Quote& quote);
std::vector<RuleUse> uses_of(const json::Node& answer);  // a stored quote

// In the hour in which the order was paid; taken back from there when all of it was refunded.
void count_uses(store::Transaction& tx, std::span<const RuleUse> uses, TimeMs paid_at);
void take_uses_back(store::Transaction& tx, OrderId order, TimeMs paid_at);

}  // namespace cartwright::shop

#include "server/shop/figures.h"

#include "core/popularity.h"

namespace cartwright::shop {

using store::Transaction;

void count(Transaction& tx, const HourFigures& more, TimeMs now) {
  tx.execute("INSERT INTO revenue_buckets (hour, charged, orders, units, paid, refunds, refunded_units, refunded,"
             " shipped, delivered, cancelled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
             " ON CONFLICT (hour) DO UPDATE SET charged = revenue_buckets.charged + excluded.charged,"
             " orders = revenue_buckets.orders + excluded.orders, units = revenue_buckets.units + excluded.units,"
             " paid = revenue_buckets.paid + excluded.paid, refunds = revenue_buckets.refunds + excluded.refunds,"
             " refunded_units = revenue_buckets.refunded_units + excluded.refunded_units,"
             " refunded = revenue_buckets.refunded + excluded.refunded,"
             " shipped = revenue_buckets.shipped + excluded.shipped,"
             " delivered = revenue_buckets.delivered + excluded.delivered,"
             " cancelled = revenue_buckets.cancelled + excluded.cancelled",
             hour_of(now), more.charged, more.orders, more.units, more.paid, more.refunds, more.refunded_units,
             more.refunded, more.shipped, more.delivered, more.cancelled);
}

void count_issue(Transaction& tx, RuleId coupon, std::optional<CampaignId> campaign, TimeMs now) {
  tx.execute("INSERT INTO coupon_issues (coupon_id, campaign_id, minute, issued) VALUES ($1, $2, $3, 1)"
             " ON CONFLICT (coupon_id, campaign_id, minute) DO UPDATE SET issued = coupon_issues.issued + 1",
             coupon, campaign ? campaign->value : 0, now.ms / minute_ms);
}

std::vector<RuleUse> uses_of(const Quote& quote) {
  std::vector<RuleUse> uses;
  for (const Applied& applied : quote.applied) uses.push_back({.rule = applied.rule_id, .amount = applied.amount});
  return uses;
}

std::vector<RuleUse> uses_of(const json::Node& answer) {
  std::vector<RuleUse> uses;
  const json::Node* const list = answer.member("applied");
  if (list == nullptr) return uses;
  for (const json::Node* applied = list->first; applied != nullptr; applied = applied->next) {
    const json::Node* const rule = applied->member("rule_id");
    const json::Node* const amount = applied->member("amount");
    if (rule != nullptr && amount != nullptr) uses.push_back({.rule = {rule->integer}, .amount = amount->integer});
  }
  return uses;
}

void count_uses(Transaction& tx, std::span<const RuleUse> uses, TimeMs paid_at) {
  for (const RuleUse& use : uses) {
    tx.execute("INSERT INTO coupon_uses (coupon_id, hour, uses, discount) VALUES ($1, $2, 1, $3)"
               " ON CONFLICT (coupon_id, hour) DO UPDATE SET uses = coupon_uses.uses + 1,"
               " discount = coupon_uses.discount + excluded.discount",
               use.rule, hour_of(paid_at), use.amount);
  }
}

void take_uses_back(Transaction& tx, OrderId order, TimeMs paid_at) {
  const auto text = tx.value<std::string>("SELECT answer FROM order_quotes WHERE order_id = $1", order);
  CARTWRIGHT_ASSERT(text);
  const auto answer = json::Document::parse(*text);
  CARTWRIGHT_ASSERT(answer.ok());
  for (const RuleUse& use : uses_of(answer->root())) {
    const std::int64_t changed = tx.execute("UPDATE coupon_uses SET uses = uses - 1, discount = discount - $3"
                                            " WHERE coupon_id = $1 AND hour = $2",
                                            use.rule, hour_of(paid_at), use.amount);
    CARTWRIGHT_ASSERT(changed == 1);  // its payment has put it there
  }
}

}  // namespace cartwright::shop

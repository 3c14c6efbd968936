// Every state with every event.
#include <doctest/doctest.h>

#include <map>

#include "core/campaign.h"
#include "core/fields.h"
#include "core/order.h"
#include "core/payment.h"
#include "core/popularity.h"
#include "core/refund.h"

using namespace cartwright;

TEST_CASE("an order goes only the ways that COMMERCE.md draws") {
  using enum OrderStatus;
  using enum OrderEvent;
  const std::map<std::pair<OrderStatus, OrderEvent>, OrderStatus> ways = {
      {{PENDING, pay}, PAID},          {{PENDING, fail}, CANCELLED},       {{PENDING, cancel}, CANCELLED},
      {{PENDING, expire}, CANCELLED},  {{PAID, refund_whole}, CANCELLED},  {{PAID, ship}, SHIPPING},
      {{SHIPPING, deliver}, DELIVERED}, {{SHIPPING, refund_whole}, SHIPPING}, {{DELIVERED, refund_whole}, DELIVERED},
      {{PAID, refund_units}, PAID},    {{SHIPPING, refund_units}, SHIPPING}, {{DELIVERED, refund_units}, DELIVERED},
  };
  const std::map<OrderEvent, ErrorCode> refusals = {
      {pay, ErrorCode::order_not_pending},
      {fail, ErrorCode::order_not_pending},
      {cancel, ErrorCode::order_not_pending},
      {expire, ErrorCode::order_not_pending},
      {refund_units, ErrorCode::order_not_refundable},
      {refund_whole, ErrorCode::order_not_refundable},
      {ship, ErrorCode::order_not_shippable},
      {deliver, ErrorCode::order_not_deliverable},
  };
  for (const OrderStatus status : {PENDING, PAID, SHIPPING, DELIVERED, CANCELLED}) {
    for (const auto& [event, refusal] : refusals) {
      CAPTURE(name_of(status));
      CAPTURE(static_cast<int>(event));
      const auto way = ways.find({status, event});
      const auto after = transition(status, event);
      CHECK(after.ok() == (way != ways.end()));
      if (after) CHECK(*after == way->second);
      if (!after) CHECK(after.error().code == refusal);
    }
  }
}

TEST_CASE("a payment ends once; only a completed one can still be cancelled") {
  using enum PaymentStatus;
  using enum PaymentEvent;
  const std::map<std::pair<PaymentStatus, PaymentEvent>, PaymentStatus> ways = {
      {{PENDING, complete}, COMPLETED}, {{PENDING, fail}, FAILED}, {{PENDING, cancel}, CANCELLED},
      {{COMPLETED, cancel}, CANCELLED},
  };
  for (const PaymentStatus status : {PENDING, COMPLETED, FAILED, CANCELLED}) {
    for (const PaymentEvent event : {complete, fail, cancel}) {
      const auto way = ways.find({status, event});
      const auto after = transition(status, event);
      CHECK(after.ok() == (way != ways.end()));
      if (after) CHECK(*after == way->second);
    }
  }
}

TEST_CASE("a campaign is open from its start until just before its end, while coupons remain") {
  const CampaignState campaign{.starts_at = {100}, .ends_at = {200}, .total_quantity = 5, .remaining_quantity = 1};
  CHECK(may_issue(campaign, false, {99}).error().code == ErrorCode::campaign_not_started);
  CHECK(may_issue(campaign, false, {100}).ok());
  CHECK(may_issue(campaign, false, {199}).ok());
  CHECK(may_issue(campaign, false, {200}).error().code == ErrorCode::campaign_ended);
  CHECK(may_issue(campaign, true, {150}).error().code == ErrorCode::already_issued);
  CampaignState empty = campaign;
  empty.remaining_quantity = 0;
  CHECK(may_issue(empty, false, {150}).error().code == ErrorCode::campaign_exhausted);
  CHECK(may_issue(empty, true, {150}).error().code == ErrorCode::already_issued);
}

TEST_CASE("a balance is spent to the last unit and not beyond") {
  CHECK(*spend({.balance = 1000}, 1000) == 0);
  CHECK(*spend({.balance = 0}, 0) == 0);
  const auto refused = spend({.balance = 999}, 1000);
  CHECK(refused.error().code == ErrorCode::insufficient_balance);
  CHECK(refused.error().missing == 1);
}

TEST_CASE("who owes spends nothing before that is covered") {
  const auto refused = spend({.balance = 0, .receivable = 1}, 0);
  CHECK(refused.error().code == ErrorCode::receivable_outstanding);
  CHECK(refused.error().missing == 1);
  CHECK(covered({.balance = 300}, 500) == 300);
  CHECK(covered({.balance = 500}, 300) == 300);
}

TEST_CASE("a charge comes to one end, and only a completed one is reversed, once") {
  using enum ChargeStatus;
  CHECK(*transition(PENDING, ChargeEvent::complete) == COMPLETED);
  CHECK(*transition(PENDING, ChargeEvent::fail) == FAILED);
  CHECK(*transition(COMPLETED, ChargeEvent::reverse) == REVERSED);
  for (const ChargeStatus status : {COMPLETED, FAILED, REVERSED}) {
    CHECK(transition(status, ChargeEvent::complete).error().code == ErrorCode::charge_not_pending);
    CHECK(transition(status, ChargeEvent::fail).error().code == ErrorCode::charge_not_pending);
  }
  for (const ChargeStatus status : {PENDING, FAILED, REVERSED}) {
    CHECK(transition(status, ChargeEvent::reverse).error().code == ErrorCode::charge_not_reversible);
  }
}

TEST_CASE("a charge keeps both limits, without wrapping at the largest amount") {
  const ChargeLimits limits{.per_charge = 1000, .balance = 5000};
  CHECK(*charge(4000, 1000, limits) == 5000);
  CHECK(charge(4001, 1000, limits).error().code == ErrorCode::charge_limit);
  CHECK(charge(0, 1001, limits).error().code == ErrorCode::charge_limit);
  CHECK(charge(0, 0, limits).error().code == ErrorCode::invalid_request);
  CHECK(charge(0, -5, limits).error().code == ErrorCode::invalid_request);
  CHECK(charge(max_amount, max_amount, {max_amount, max_amount}).error().code == ErrorCode::charge_limit);
}

TEST_CASE("the shares of a line's units add up to the whole, whatever the steps") {
  for (const Amount whole : {Amount{0}, Amount{1}, Amount{100}, Amount{9999}, max_amount}) {
    for (std::int64_t quantity = 1; quantity <= 7; ++quantity) {
      Amount sum = 0;
      for (std::int64_t unit = 0; unit < quantity; ++unit) {
        const Amount share = refund_share(whole, quantity, unit, 1);
        CHECK(share >= 0);
        sum += share;
      }
      CHECK(sum == whole);
      CHECK(refund_share(whole, quantity, 0, quantity) == whole);
    }
  }
}

TEST_CASE("popular products rank by units, then the later last sale, then the smaller id") {
  std::vector<ProductSales> sales = {{{1}, 5, {100}}, {{2}, 5, {200}}, {{3}, 9, {50}}, {{4}, 5, {200}}, {{5}, 0, {300}}};
  rank(sales, 3);
  CHECK(sales.size() == 3);
  CHECK(sales[0].product_id.value == 3);
  CHECK(sales[1].product_id.value == 2);
  CHECK(sales[2].product_id.value == 4);
  CHECK(window_begin({72 * hour_ms}, 3) == 1);
}

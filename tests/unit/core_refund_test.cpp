// Refunds by units: whatever the order and the steps, the parts add up to what was paid, and no line's refund is moved by
// another line's.
#include <doctest/doctest.h>

#include <random>

#include "core/refund.h"

using namespace cartwright;

namespace {

PaidOrder two_lines() {
  return {.total = 30000 + 9999 + 3000,
          .lines = {{.variant_id = {11}, .quantity = 3, .net = 30000, .tax = 2727},
                    {.variant_id = {12}, .quantity = 4, .net = 9999, .tax = 909}}};
}

void take(PaidOrder& order, const Refund& refund) {
  for (const RefundPart& part : refund.parts) order.lines[part.line].refunded += part.quantity;
}

struct Dice {
  std::mt19937_64 engine{20260101};
  std::int64_t operator()(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(engine);
  }
};

// Any order that a quote could give, with the largest amounts among them.
PaidOrder some_order(Dice& dice) {
  PaidOrder order{.tax_mode = dice(0, 1) == 0 ? TaxMode::inclusive : TaxMode::exclusive};
  const Amount most = dice(0, 9) == 0 ? max_amount / 20 : 100000;
  const std::int64_t lines = dice(1, 6);
  for (std::int64_t i = 1; i <= lines; ++i) {
    PaidLine line{.variant_id = {i}, .quantity = dice(1, 12), .net = dice(0, most)};
    line.tax = line.net / 11;
    order.total += line.net + (order.tax_mode == TaxMode::exclusive ? line.tax : 0);
    order.lines.push_back(line);
  }
  order.total += dice(0, 1) * dice(0, 5000);
  return order;
}

std::vector<RefundUnits> some_units(Dice& dice, const PaidOrder& order) {
  std::vector<RefundUnits> units;
  for (const PaidLine& line : order.lines) {
    const std::int64_t left = line.quantity - line.refunded;
    if (left > 0 && dice(0, 2) == 0) units.push_back({.variant_id = line.variant_id, .quantity = dice(1, left)});
  }
  return units;
}

}  // namespace

TEST_CASE("a whole refund is the total, with the shipping charge") {
  const Refund refund = plan_refund(two_lines(), {}).value();
  CHECK(refund.whole);
  CHECK(refund.amount == 42999);
  CHECK(refund.shipping == 3000);
  CHECK(refund.parts.size() == 2);
}

TEST_CASE("units come back with their own shares, and the shipping charge with the last of them") {
  PaidOrder order = two_lines();
  const Refund first = plan_refund(order, {{.variant_id = {12}, .quantity = 1}}).value();
  CHECK(first.amount == 2499);
  CHECK(first.shipping == 0);
  CHECK_FALSE(first.whole);
  take(order, first);
  const Refund rest = plan_refund(order, {}).value();
  CHECK(rest.amount == 42999 - 2499);
  CHECK(rest.shipping == 3000);
  take(order, rest);
  CHECK(plan_refund(order, {}).error().code == ErrorCode::order_not_refundable);
}

TEST_CASE("where tax comes on top of prices it comes back too, the shipping's with the shipping") {
  PaidOrder order{.total = 1000 + 100 + 330, .tax_mode = TaxMode::exclusive};
  order.lines.push_back({.variant_id = {1}, .quantity = 3, .net = 1000, .tax = 100});
  CHECK(plan_refund(order, {{.variant_id = {1}, .quantity = 1}}).value().amount == 333 + 33);
  CHECK(plan_refund(order, {}).value().amount == 1430);
  CHECK(plan_refund(order, {}).value().shipping == 330);
}

TEST_CASE("no more units than are left, and none of what was not bought") {
  PaidOrder order = two_lines();
  order.lines[0].refunded = 2;
  const auto many = plan_refund(order, {{.variant_id = {12}, .quantity = 1}, {.variant_id = {11}, .quantity = 2}});
  CHECK(many.error().code == ErrorCode::refund_exceeds_order);
  CHECK(many.error().available == 1);
  CHECK(many.error().variant_id == 11);
  const auto strange = plan_refund(order, {{.variant_id = {12}, .quantity = 1}, {.variant_id = {99}, .quantity = 1}});
  CHECK(strange.error().code == ErrorCode::invalid_request);
  CHECK(strange.error().path == "$.lines[1].variant_id");
}

TEST_CASE("random partial refunds in any order add up to the whole and never move a discount to other lines") {
  Dice dice;
  for (int round = 0; round < 3000; ++round) {
    const PaidOrder bought = some_order(dice);
    PaidOrder order = bought;
    std::vector<Amount> nets(bought.lines.size());
    std::vector<Amount> taxes(bought.lines.size());
    Amount paid_back = 0;
    bool whole = false;
    while (!whole) {
      const std::vector<RefundUnits> units = some_units(dice, order);
      if (units.empty() && dice(0, 7) != 0) continue;
      const Refund refund = plan_refund(order, units).value();
      for (const RefundPart& part : refund.parts) {
        const PaidLine& line = bought.lines[part.line];
        const std::int64_t before = order.lines[part.line].refunded;
        // Its own line alone decides what a unit is worth, and neighbours differ by rounding only.
        CHECK(part.net == refund_share(line.net, line.quantity, before, part.quantity));
        CHECK(part.net >= line.net / line.quantity * part.quantity);
        CHECK(part.net <= (line.net / line.quantity + 1) * part.quantity);
        nets[part.line] += part.net;
        taxes[part.line] += part.tax;
      }
      CHECK((refund.whole || refund.shipping == 0));
      CHECK(refund.shipping >= 0);
      paid_back += refund.amount;
      CHECK(paid_back <= bought.total);
      take(order, refund);
      whole = refund.whole;
    }
    CHECK(paid_back == bought.total);
    for (std::size_t i = 0; i < bought.lines.size(); ++i) {
      CHECK(nets[i] == bought.lines[i].net);
      CHECK(taxes[i] == bought.lines[i].tax);
    }
  }
}

// Seeded carts and wallets for `choice: best`: realistic ones for its step counts (bench/best_bench.cpp too), small ones
// full of traps for its brute-force twin, and the largest that it must always finish. The same seed gives the same
// request everywhere: no library's distributions are used.
#pragma once

#include "core/quote.h"

namespace cartwright::wallets {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool chance(std::int64_t percentage) { return between(1, 100) <= percentage; }
  template <class T>
  T pick(std::initializer_list<T> from) {
    return from.begin()[between(0, static_cast<std::int64_t>(from.size()) - 1)];
  }

 private:
  std::uint64_t next() {  // splitmix64
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = (state_ ^ (state_ >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

inline Amount gross(const QuoteRequest& request) {
  Amount sum = 0;
  for (std::size_t i = 0; i < request.lines.size(); ++i) sum += request.variants[i].unit_price * request.lines[i].quantity;
  return sum;
}

inline QuoteRequest cart(Dice& dice, std::int64_t lines, std::int64_t price_step, std::int64_t most_price) {
  QuoteRequest request{.now = {1'700'000'000'000}};
  request.shop.currency = "KRW";
  for (std::int64_t i = 1; i <= lines; ++i) {
    request.variants.push_back({.id = {i},
                                .product_id = {i},
                                .unit_price = dice.between(1, most_price / price_step) * price_step,
                                .stock = 1000,
                                .category_ids = {{dice.between(1, 4)}}});
    request.lines.push_back({.variant_id = {i}, .quantity = dice.pick({1, 1, 1, 2, 3})});
  }
  request.choice.mode = ChoiceMode::best;
  return request;
}

// What a shopper of a Korean shop may hold: 3-4 line, 3 order, 2-3 shipping, 2-3 item coupons, for 20 lines.
inline QuoteRequest realistic(std::uint64_t seed, TaxMode tax = TaxMode::inclusive) {
  Dice dice(seed);
  QuoteRequest request = cart(dice, 20, dice.pick({100, 500, 1000}), 60000);
  const Amount sum = gross(request);
  request.shop.discount_multiple = dice.pick({1, 10, 10});
  request.shop.shipping = {.fee = dice.pick({2500, 3000})};
  if (dice.chance(80)) request.shop.shipping.free_from = dice.chance(50) ? 50000 : sum * dice.between(60, 95) / 1000 * 10;
  request.shop.tax = {.mode = tax, .rates = {{"standard", 1000}, {"free", 0}}};
  if (dice.chance(30)) {
    for (Variant& variant : request.variants) {
      if (dice.chance(20)) variant.tax_class = "free";
    }
  }
  const auto scoped = [&](Rule rule, std::int64_t percentage) {
    if (dice.chance(percentage)) rule.include.category_ids = {{dice.between(1, 4)}};
    return rule;
  };
  const auto rate = [&] { return dice.pick({500, 1000, 1000, 1500, 2000, 3000}); };
  for (std::int64_t id = 1; id <= dice.between(0, 3); ++id) {
    request.promotions.push_back(dice.pick<Rule>({
        scoped({.id = {id}, .target = Target::item, .type = RuleType::percent, .basis_points = rate()}, 100),
        scoped({.id = {id}, .target = Target::item, .type = RuleType::buy_x_get_y, .basis_points = 10000, .buy = 2,
                .get = 1}, 100),
        scoped({.id = {id}, .target = Target::order, .type = RuleType::percent, .basis_points = 500,
                .min_amount = 50000}, 30),
        {.id = {id}, .target = Target::order, .type = RuleType::tiers,
         .tiers = {{50000, 3000, 0}, {100000, 0, 500}, {300000, 0, 700}}},
    }));
  }
  std::int64_t id = 0;
  const auto add = [&](Rule rule) {
    rule.id = {100 + id};
    rule.exclusive = dice.chance(6);
    request.coupons.push_back({.id = {++id}, .rule = std::move(rule)});
  };
  const std::int64_t lines = dice.between(3, 4);
  for (std::int64_t i = 0; i < lines; ++i) {
    Rule rule{.target = Target::line, .type = RuleType::percent, .basis_points = rate()};
    if (dice.chance(40)) rule = {.target = Target::line, .type = RuleType::fixed, .amount = dice.between(1, 8) * 1000};
    if (rule.type == RuleType::percent && dice.chance(50)) rule.max_discount = dice.between(2, 10) * 1000;
    if (dice.chance(30)) rule.min_amount = dice.between(1, 10) * 10000;
    add(scoped(rule, 50));
  }
  for (std::int64_t i = 0; i < 3; ++i) {
    Rule rule{.target = Target::order, .type = RuleType::percent, .basis_points = rate()};
    if (dice.chance(40)) rule = {.target = Target::order, .type = RuleType::fixed, .amount = dice.between(2, 20) * 1000};
    if (dice.chance(15)) {
      rule = {.target = Target::order, .type = RuleType::tiers, .tiers = {{100000, 5000, 0}, {200000, 0, 800}}};
    }
    if (rule.type == RuleType::percent && dice.chance(60)) rule.max_discount = dice.between(3, 30) * 1000;
    rule.min_amount = dice.between(0, 30) * 10000;
    rule.stack_group = dice.pick<const char*>({"", "", "card", "brand"});
    add(scoped(rule, 35));
  }
  const std::int64_t shipping = dice.between(2, 3);
  for (std::int64_t i = 0; i < shipping; ++i) {
    Rule rule{.target = Target::shipping, .type = RuleType::free};
    if (dice.chance(50)) rule = {.target = Target::shipping, .type = RuleType::fixed, .amount = dice.between(1, 3) * 1000};
    rule.stack_group = dice.pick<const char*>({"", "member"});
    add(rule);
  }
  while (request.coupons.size() < 12) {
    Rule rule{.target = Target::item, .type = RuleType::percent, .basis_points = rate()};
    if (dice.chance(30)) rule = {.target = Target::item, .type = RuleType::fixed, .amount = dice.between(1, 5) * 100};
    if (dice.chance(50)) rule.max_discount = dice.between(5, 20) * 1000;
    rule.stack_group = dice.pick<const char*>({"", "brand"});
    add(scoped(rule, 80));
  }
  return request;
}

inline Rule any_rule(Dice& dice, Amount sum, bool only_lines) {
  Rule rule;
  const Amount part = 1 + sum * dice.pick({3, 5, 10, 15, 30}) / 100;
  rule.target = only_lines ? Target::line
                           : dice.pick({Target::item, Target::line, Target::line, Target::order, Target::order,
                                        Target::shipping});
  rule.type = dice.chance(50) ? RuleType::percent : RuleType::fixed;
  if (rule.target == Target::item && dice.chance(30)) rule.type = RuleType::buy_x_get_y;
  if (rule.target == Target::order && dice.chance(30)) rule.type = RuleType::tiers;
  if (rule.target == Target::shipping && dice.chance(50)) rule.type = RuleType::free;
  rule.amount = dice.pick<Amount>({part, 1000, 2000, 7});
  rule.basis_points = dice.pick({1000, 1000, 1500, 3333, 5000, 10000});
  rule.buy = dice.between(1, 2);
  rule.get = 1;
  if (rule.type == RuleType::tiers) {
    rule.tiers = {{sum / 3, part, 0}, {sum - dice.between(0, 2), 0, 1500}};
  }
  if (dice.chance(35)) rule.max_discount = dice.pick<Amount>({part, part / 2, 999, 0});
  if (dice.chance(40)) rule.include.category_ids = {{dice.between(1, 4)}, {dice.between(1, 4)}};
  if (dice.chance(10)) rule.exclude.category_ids = {{dice.between(1, 4)}};
  if (dice.chance(20)) rule.min_amount = dice.pick<Amount>({sum / 2, sum, sum + 1});
  rule.priority = dice.between(-1, 1);
  return rule;
}

// Up to `lines` lines and `coupons` coupons with all traps: caps, tiers, thresholds, groups, cliffs, truncation, ties.
inline QuoteRequest tricky(std::uint64_t seed, std::int64_t lines, std::int64_t coupons, std::int64_t promotions) {
  Dice dice(seed);
  const bool twins = dice.chance(30);
  QuoteRequest request = twins ? cart(dice, lines, 1000, 2000)
                               : cart(dice, lines, dice.pick({1, 10, 100}), dice.pick({300, 5000, 30000}));
  const Amount sum = gross(request);
  request.shop.discount_multiple = dice.pick({1, 1, 10, 100});
  request.shop.shipping.fee = dice.pick({0, 1000, 3000});
  if (dice.chance(70)) request.shop.shipping.free_from = sum * dice.between(40, 100) / 100;
  request.shop.tax = {.mode = dice.chance(40) ? TaxMode::exclusive : TaxMode::inclusive,
                      .rates = {{"standard", dice.pick({1000, 825, 333})}, {"low", dice.pick({0, 400})}}};
  for (Variant& variant : request.variants) {
    if (dice.chance(20)) variant.tax_class = "low";
  }
  for (std::int64_t id = 1; id <= promotions; ++id) {
    request.promotions.push_back(any_rule(dice, sum, false));
    request.promotions.back().id = {id};
  }
  const bool only_lines = dice.chance(20);
  for (std::int64_t id = 1; id <= coupons; ++id) {
    Rule rule = twins && id > 1 && dice.chance(50) ? request.coupons.back().rule : any_rule(dice, sum, only_lines);
    rule.id = {100 + id};
    rule.stack_group = dice.pick<const char*>({"", "a", "b"});
    rule.exclusive = dice.chance(8);
    request.coupons.push_back({.id = {id}, .rule = std::move(rule)});
  }
  for (std::size_t i = request.coupons.size(); i > 1; --i) {  // a wallet isn't in the order of its ids
    const auto other = dice.between(0, static_cast<std::int64_t>(i) - 1);
    std::swap(request.coupons[i - 1], request.coupons[static_cast<std::size_t>(other)]);
  }
  return request;
}

// Two line coupons that take the same off most lines, and order rules whose shares' roundings alone tell those apart.
inline QuoteRequest tied(std::uint64_t seed) {
  Dice dice(seed);
  QuoteRequest request = tricky(seed, dice.between(6, 10), 0, 0);
  const Amount sum = gross(request);
  if (dice.chance(70)) request.shop.tax.mode = TaxMode::exclusive;
  const auto order_rule = [&] {
    Rule rule = any_rule(dice, sum, false);
    rule.target = Target::order;
    if (rule.type != RuleType::tiers) rule.type = dice.chance(70) ? RuleType::percent : RuleType::fixed;
    rule.basis_points = dice.pick({500, 700, 1000, 3333});
    rule.min_amount = 0;
    return rule;
  };
  for (std::int64_t id = 1; id <= dice.between(0, 2); ++id) {
    request.promotions.push_back(order_rule());
    request.promotions.back().id = {id};
  }
  for (std::int64_t id = 1; id <= 4; ++id) {
    Rule rule = id > 2 ? order_rule() : any_rule(dice, sum, true);
    if (id <= 2) {
      rule.type = RuleType::fixed;
      rule.amount = 1 + sum / dice.between(30, 300);
      rule.max_discount.reset();
    }
    rule.id = {100 + id};
    rule.stack_group = id == 3 ? "" : "brand";
    request.coupons.push_back({.id = {id}, .rule = std::move(rule)});
  }
  return request;
}

// Six line coupons that may all go to any of six lines: 13,327 choices, and ten promotions on top.
inline QuoteRequest worst(std::uint64_t seed) {
  Dice dice(seed);
  QuoteRequest request = tricky(seed, 6, 0, 10);
  for (Rule& rule : request.promotions) rule.min_amount = 0;
  for (std::int64_t id = 1; id <= 6; ++id) {
    Rule rule = any_rule(dice, gross(request), true);
    rule.include = rule.exclude = {};
    rule.min_amount = 0;
    rule.id = {100 + id};
    request.coupons.push_back({.id = {id}, .rule = std::move(rule)});
  }
  return request;
}

}  // namespace cartwright::wallets

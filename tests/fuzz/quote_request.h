// A legal request made from any bytes: small carts and wallets, with amounts near the limits often enough. Few bytes say
// much, and what they leave open is 0.
#pragma once

#include <algorithm>
#include <optional>
#include <span>

#include "core/fields.h"

namespace cartwright::fuzz {

class RequestMaker {
 public:
  explicit RequestMaker(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  // At most 6 lines, 6 coupons and 10 promotions: what `best` always finishes. The mode is left to the caller.
  QuoteRequest make() {
    QuoteRequest request;
    request.now = {1000 + below(3)};
    request.shop = shop();
    request.customer.paid_orders = below(2);
    const std::int64_t variants = below(7);
    has_large_ids_ = flag();
    for (std::int64_t i = 0; i < variants; ++i) request.variants.push_back(variant(i));
    const std::int64_t lines = below(7);
    for (std::int64_t i = 0; i < lines; ++i) request.lines.push_back(line(i));
    const std::int64_t coupons = below(7);
    for (std::int64_t i = 0; i < coupons; ++i) request.coupons.push_back(coupon(i));
    const std::int64_t promotions = below(11);
    for (std::int64_t i = 0; i < promotions; ++i) request.promotions.push_back(rule({i + 1}));
    add_picks(request);
    return request;
  }

 private:
  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  std::int64_t below(std::int64_t end) { return byte() % end; }
  bool flag() { return byte() % 2 == 1; }
  bool rarely() { return byte() % 8 == 7; }
  template <class T, std::size_t size>
  T pick(const T (&choices)[size]) {
    return choices[static_cast<std::size_t>(below(size))];
  }
  std::int64_t wide() {
    std::uint64_t value = 0;
    for (int i = 0; i < 7; ++i) value = value << 8 | byte();
    return static_cast<std::int64_t>(value & static_cast<std::uint64_t>(max_amount));
  }

  Amount amount() {
    switch (below(10)) {
      case 0: return 0;
      case 1: return byte();
      case 2: return byte() * 10;
      case 3:
      case 4: return byte() * 100;
      case 5: return (std::int64_t{1} << 16) + byte();
      case 6: return max_amount - byte();
      case 7: return max_amount / (1 + byte());
      case 8: return (std::int64_t{1} << below(54)) - 1;
      default: return wide();
    }
  }
  std::optional<Amount> some_amount() { return flag() ? std::optional(amount()) : std::nullopt; }
  std::int64_t rate(std::int64_t most) {
    return pick({std::int64_t{0}, std::int64_t{1}, std::int64_t{byte()}, std::int64_t{1000}, std::int64_t{byte()} * 39,
                 most / 2, most - 1, most});
  }
  std::int64_t count() { return rarely() ? count_max - below(2) : below(5); }
  std::optional<TimeMs> time() {
    return pick<std::optional<TimeMs>>({std::nullopt, std::nullopt, TimeMs{1000}, TimeMs{1001}, TimeMs{min_amount},
                                        TimeMs{max_amount}});
  }
  std::string tax_class() { return pick({"standard", "a", "", "가"}); }
  VariantId variant_id(std::int64_t i) const { return {has_large_ids_ ? max_id - i : i + 1}; }

  ShopRules shop() {
    ShopRules shop;
    shop.currency = pick({"KRW", "USD", "BHD"});
    shop.discount_multiple = pick({std::int64_t{1}, std::int64_t{1}, std::int64_t{10}, std::int64_t{7}, count_max,
                                   std::int64_t{byte()} + 1});
    shop.shipping = {.fee = amount(), .free_from = some_amount(), .tax_class = tax_class()};
    shop.tax.mode = flag() ? TaxMode::exclusive : TaxMode::inclusive;
    for (const char* name : {"standard", "a", "가"}) {
      if (flag()) shop.tax.rates.push_back({name, rate(10 * basis_points_whole)});
    }
    return shop;
  }

  Variant variant(std::int64_t i) {
    Variant variant;
    variant.id = variant_id(i);
    variant.product_id = {1 + below(3)};
    variant.unit_price = amount();
    variant.stock = rarely() ? below(4) : max_amount;
    variant.active = !rarely();
    variant.max_quantity = rarely() ? count() : 0;
    if (flag()) variant.category_ids.push_back({1 + below(3)});
    variant.tax_class = tax_class();
    return variant;
  }

  CartLine line(std::int64_t i) {
    return {.variant_id = variant_id(i), .quantity = std::max<std::int64_t>(1, count()), .selected = !rarely()};
  }

  IdFilter filter() {
    IdFilter filter;
    const std::uint8_t what = byte();
    if (what & 1) filter.product_ids.push_back({1 + below(3)});
    if (what & 2) filter.category_ids.push_back({1 + below(3)});
    if (what & 4) filter.variant_ids = {variant_id(below(6)), variant_id(below(6))};
    return filter;
  }

  Rule rule(RuleId id) {
    struct Kind {
      Target target;
      RuleType type;
    };
    const Kind kind = pick<Kind>({{Target::item, RuleType::fixed},
                                  {Target::item, RuleType::percent},
                                  {Target::item, RuleType::buy_x_get_y},
                                  {Target::line, RuleType::fixed},
                                  {Target::line, RuleType::percent},
                                  {Target::line, RuleType::percent},
                                  {Target::order, RuleType::fixed},
                                  {Target::order, RuleType::percent},
                                  {Target::order, RuleType::tiers},
                                  {Target::shipping, RuleType::fixed},
                                  {Target::shipping, RuleType::percent},
                                  {Target::shipping, RuleType::free}});
    Rule rule;
    rule.id = id;
    rule.target = kind.target;
    rule.type = kind.type;
    rule.amount = amount();
    rule.basis_points = rate(basis_points_whole);
    rule.max_discount = some_amount();
    rule.buy = std::max<std::int64_t>(1, count());
    rule.get = std::max<std::int64_t>(1, count());
    rule.max_groups = count();
    if (kind.type == RuleType::tiers) add_tiers(rule);
    if (flag()) rule.include = filter();
    if (rarely()) rule.exclude = filter();
    if (rarely()) rule.min_amount = amount();
    if (rarely()) rule.min_quantity = count();
    if (rarely()) rule.starts_at = time();
    if (rarely()) rule.ends_at = time();
    rule.first_order_only = rarely();
    rule.stack_group = pick({"", "a", "b"});
    rule.exclusive = rarely();
    rule.priority = pick({std::int64_t{0}, std::int64_t{0}, std::int64_t{1}, -count_max});
    return rule;
  }

  void add_tiers(Rule& rule) {
    const std::int64_t tiers = 1 + below(3);
    for (std::int64_t i = 0; i < tiers; ++i) {
      Tier tier{.from = amount(), .amount = 0, .basis_points = 0};
      if (!rule.tiers.empty() && tier.from <= rule.tiers.back().from) continue;
      (flag() ? tier.amount : tier.basis_points) = 1 + below(255) * 39;
      rule.tiers.push_back(tier);
    }
  }

  Coupon coupon(std::int64_t i) {
    Coupon coupon;
    coupon.id = {i + 1};
    if (rarely()) coupon.status = pick({CouponStatus::USED, CouponStatus::EXPIRED});
    if (rarely()) coupon.expires_at = time();
    coupon.rule = rule({1 + below(3)});
    return coupon;
  }

  void add_picks(QuoteRequest& request) {
    const std::int64_t first = below(7);  // where in the wallet the shopper begins
    const std::int64_t picks = below(8);
    for (std::int64_t i = 0; i < picks; ++i) {
      Pick pick{.id = {1 + (first + i) % 7}};
      if (flag()) pick.variant_id = variant_id(below(7));
      request.choice.coupons.push_back(pick);
    }
  }

  std::span<const std::uint8_t> bytes_;
  bool has_large_ids_ = false;
};

}  // namespace cartwright::fuzz

#include "core/pricer.h"

#include <algorithm>
#include <tuple>

#include "core/sort.h"

namespace cartwright {

namespace {

Error overflow() {
  return {.code = ErrorCode::amount_overflow, .detail = "An amount of this quote is beyond 2^53-1 minor units."};
}

Amount capped(Amount discount, const std::optional<Amount>& max_discount) {
  return max_discount ? std::min(discount, *max_discount) : discount;
}

void add_line(ScopeTotals& totals, const PricedLine& line) {
  totals.lines += 1;
  totals.units += line.quantity;
  totals.gross += line.gross;
}

// The tier that acts: the last whose `from` the gross in scope has reached.
const Tier* tier_of(const Candidate& candidate) {
  const Tier* reached = nullptr;
  for (const Tier& tier : candidate.rule->tiers) {
    if (tier.from > candidate.totals.gross) break;
    reached = &tier;
  }
  return reached;
}

}  // namespace

Result<Pricer> Pricer::prepare(const QuoteInput& input) {
  Pricer pricer(input);
  Wide subtotal = 0;
  pricer.lines_.reserve(input.lines.size());
  pricer.tax_rates_.reserve(input.lines.size());
  for (std::size_t i = 0; i < input.lines.size(); ++i) {
    const CartLine& line = input.lines[i];
    if (!line.selected) continue;
    const Variant* variant = input.catalog.find(line.variant_id);
    if (variant == nullptr || !variant->active) continue;
    const Wide gross = Wide{variant->unit_price} * line.quantity;
    if (!is_amount(gross)) return overflow();
    subtotal += gross;
    pricer.lines_.push_back({variant, i, line.quantity, static_cast<Amount>(gross)});
    pricer.tax_rates_.push_back(pricer.rate_of(variant->tax_class));
  }
  if (!is_amount(subtotal)) return overflow();
  pricer.subtotal_ = static_cast<Amount>(subtotal);
  pricer.shipping_tax_rate_ = pricer.rate_of(input.shop.shipping.tax_class);

  std::vector<const Variant*> variants(pricer.lines_.size());
  pricer.scopes_.resize(pricer.lines_.size());
  for (std::size_t i = 0; i < pricer.lines_.size(); ++i) {
    variants[i] = pricer.lines_[i].variant;
    pricer.scopes_[i] = static_cast<std::uint32_t>(i);
    add_line(pricer.all_totals_, pricer.lines_[i]);
  }
  pricer.add_promotions(variants);
  pricer.add_coupons(variants);
  return pricer;
}

std::int64_t Pricer::rate_of(const std::string& tax_class) const {
  for (const TaxRate& rate : input_->shop.tax.rates) {
    if (rate.tax_class == tax_class) return rate.basis_points;
  }
  return 0;
}

void Pricer::add_scope(Candidate& candidate, Variants variants) {
  const Rule& rule = *candidate.rule;
  if (rule.include.empty() && rule.exclude.empty()) {
    candidate.scope_end = static_cast<std::uint32_t>(lines_.size());
    candidate.totals = all_totals_;
  } else {
    const std::vector<char> in_scope = scope_of(rule, variants);
    candidate.scope_begin = static_cast<std::uint32_t>(scopes_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!in_scope[i]) continue;
      scopes_.push_back(static_cast<std::uint32_t>(i));
      add_line(candidate.totals, lines_[i]);
    }
    candidate.scope_end = static_cast<std::uint32_t>(scopes_.size());
  }
  if (rule.type != RuleType::buy_x_get_y || !by_price_.empty()) return;
  by_price_ = sorted_indexes(lines_.size(), [&](std::uint32_t a, std::uint32_t b) {
    return variants[a]->unit_price > variants[b]->unit_price;
  });
}

void Pricer::add_promotions(Variants variants) {
  promotions_.reserve(input_->promotions.size());
  for (const Rule& rule : input_->promotions) {
    Candidate candidate{.rule = &rule, .source = DiscountSource::promotion, .id = rule.id.value};
    add_scope(candidate, variants);
    if (check_rule(rule, candidate.totals, input_->now, input_->customer.paid_orders)) continue;
    promotions_.push_back(std::move(candidate));
  }
  sort_by(promotions_, applied_before);
}

void Pricer::add_coupons(Variants variants) {
  coupons_.reserve(input_->coupons.size());
  for (const Coupon& coupon : input_->coupons) {
    Candidate candidate{.rule = &coupon.rule, .source = DiscountSource::coupon, .id = coupon.id.value};
    add_scope(candidate, variants);
    candidate.rejection = check_coupon(coupon, candidate.totals, input_->now, input_->customer.paid_orders);
    coupons_.push_back(std::move(candidate));
  }
}

Amount Pricer::line_discount(const Rule& rule, Amount remaining) const {
  const std::int64_t step = input_->shop.discount_multiple;
  const Amount discount = rule.type == RuleType::percent ? percent(remaining, rule.basis_points, step)
                                                         : static_cast<Amount>(floor_to(rule.amount, step));
  return std::min(capped(discount, rule.max_discount), remaining);
}

bool Pricer::applied_before(const Candidate& a, const Candidate& b) {
  return std::tuple(a.rule->target, a.rule->priority, a.id) < std::tuple(b.rule->target, b.rule->priority, b.id);
}

void Pricer::run(std::span<const Selection> selected, Ledger& ledger) const {
  const std::vector<Selection> picks = sorted(selected);
  start(ledger);
  if (ledger.traced) {
    ledger.discounts.resize(lines_.size());
    for (auto& discounts : ledger.discounts) discounts.reserve(promotions_.size() + picks.size());
  }
  for (const Target level : {Target::item, Target::line, Target::order}) run_level(level, picks, ledger);
  set_shipping_fee(ledger);
  run_level(Target::shipping, picks, ledger);
}

void Pricer::run_items(std::span<const Selection> items, Ledger& ledger) const {
  start(ledger);
  run_level(Target::item, sorted(items), ledger);
  run_level(Target::line, {}, ledger);
}

void Pricer::start(Ledger& ledger) const {
  ledger.remaining.resize(lines_.size());
  for (std::size_t i = 0; i < lines_.size(); ++i) ledger.remaining[i] = lines_[i].gross;
  ledger.weights.resize(lines_.size());
  ledger.shares.resize(lines_.size());
  ledger.item_discount = ledger.order_discount = ledger.shipping_fee = ledger.shipping_discount = 0;
}

std::vector<Selection> Pricer::sorted(std::span<const Selection> selected) const {
  std::vector<Selection> picks(selected.begin(), selected.end());
  sort_by(picks, [this](const Selection& a, const Selection& b) {
    return applied_before(coupons_[a.coupon], coupons_[b.coupon]);
  });
  return picks;
}

void Pricer::run_level(Target level, std::span<const Selection> sorted, Ledger& ledger) const {
  for (const Candidate& promotion : promotions_) {
    if (promotion.rule->target == level) apply(promotion, 0, ledger);
  }
  for (const Selection& pick : sorted) {
    if (coupons_[pick.coupon].rule->target == level) apply(coupons_[pick.coupon], pick.line, ledger);
  }
}

void Pricer::apply(const Candidate& candidate, std::uint32_t line, Ledger& ledger) const {
  switch (candidate.rule->target) {
    case Target::item:
      return apply_item(candidate, ledger);
    case Target::line:
      return apply_line(candidate, line, ledger);
    case Target::order:
      apply_order(candidate, ledger);
      return;
    case Target::shipping:
      return apply_shipping(candidate, ledger);
  }
}

// Takes discounts[k] off the k-th line of the scope and gives their sum.
Amount Pricer::take(const Candidate& candidate, std::span<const Amount> discounts, Ledger& ledger) const {
  const auto in_scope = scope(candidate);
  Amount sum = 0;
  LineDiscount shown{candidate.source, candidate.id, 0};
  for (std::size_t k = 0; k < in_scope.size(); ++k) {
    if (discounts[k] == 0) continue;
    sum += discounts[k];
    ledger.remaining[in_scope[k]] -= discounts[k];
    shown.amount = discounts[k];
    if (ledger.traced) ledger.discounts[in_scope[k]].push_back(shown);
  }
  if (ledger.traced && sum > 0) {
    ledger.applied.push_back(
        {candidate.source, candidate.id, candidate.rule->id, candidate.rule->target, sum, std::nullopt});
  }
  return sum;
}

void Pricer::apply_item(const Candidate& candidate, Ledger& ledger) const {
  const std::size_t size = scope(candidate).size();
  std::span<Amount> discounts = std::span(ledger.weights).first(size);
  item_discounts(candidate, ledger, discounts);
  Amount sum = 0;
  for (const Amount discount : discounts) sum += discount;
  const auto& max_discount = candidate.rule->max_discount;
  if (max_discount && sum > *max_discount) {
    const std::span<Amount> shares = std::span(ledger.shares).first(size);
    allocate(*max_discount, discounts, shares);
    discounts = shares;
  }
  ledger.item_discount += take(candidate, discounts, ledger);
}

void Pricer::item_discounts(const Candidate& candidate, const Ledger& ledger, std::span<Amount> discounts) const {
  const auto in_scope = scope(candidate);
  const Rule& rule = *candidate.rule;
  const std::int64_t step = input_->shop.discount_multiple;
  switch (rule.type) {
    case RuleType::percent:
      for (std::size_t k = 0; k < in_scope.size(); ++k) {
        discounts[k] = percent(ledger.remaining[in_scope[k]], rule.basis_points, step);
      }
      return;
    case RuleType::fixed: {
      const Wide per_unit = floor_to(rule.amount, step);
      for (std::size_t k = 0; k < in_scope.size(); ++k) {
        const Wide wanted = per_unit * lines_[in_scope[k]].quantity;
        discounts[k] = static_cast<Amount>(std::min<Wide>(wanted, ledger.remaining[in_scope[k]]));
      }
      return;
    }
    case RuleType::buy_x_get_y:
      bundle_discounts(candidate, discounts);
      for (std::size_t k = 0; k < in_scope.size(); ++k) {
        discounts[k] = std::min(discounts[k], ledger.remaining[in_scope[k]]);
      }
      return;
    case RuleType::free:
    case RuleType::tiers:
      CARTWRIGHT_ASSERT(false);  // not legal for items
  }
}

// All units in scope in a row, dearest first, then in line order: of each complete group the last `get` are cheaper. The
// row is never written out (it may hold 500 million units); only the places where lines begin and end in it count.
void Pricer::bundle_discounts(const Candidate& candidate, std::span<Amount> discounts) const {
  const auto in_scope = scope(candidate);
  const Rule& rule = *candidate.rule;
  std::vector<std::uint32_t> place(lines_.size());  // in the scope, counted from 1; 0: not in it
  for (std::size_t k = 0; k < in_scope.size(); ++k) place[in_scope[k]] = static_cast<std::uint32_t>(k + 1);

  const std::int64_t group = rule.buy + rule.get;
  std::int64_t groups = candidate.totals.units / group;
  if (rule.max_groups > 0) groups = std::min(groups, rule.max_groups);
  const auto cheaper_before = [&](std::int64_t unit) {  // how many of the first `unit` units are cheaper ones
    const std::int64_t counted = std::min(unit, groups * group);
    return counted / group * rule.get + std::max<std::int64_t>(0, counted % group - rule.buy);
  };
  std::int64_t units = 0;
  std::int64_t cheaper = 0;
  for (const std::uint32_t i : by_price_) {
    if (place[i] == 0) continue;
    const PricedLine& line = lines_[i];
    units += line.quantity;
    const std::int64_t cheaper_here = cheaper_before(units) - cheaper;
    cheaper += cheaper_here;
    const auto per_unit = [&] {
      return percent(line.variant->unit_price, rule.basis_points, input_->shop.discount_multiple);
    };
    discounts[place[i] - 1] = cheaper_here == 0 ? 0 : per_unit() * cheaper_here;  // never above the line's gross
  }
}

void Pricer::apply_line(const Candidate& candidate, std::uint32_t line, Ledger& ledger) const {
  Amount discount = 0;
  if (candidate.source == DiscountSource::coupon) {
    discount = line_discount(*candidate.rule, ledger.remaining[line]);
  } else {
    for (const std::uint32_t i : scope(candidate)) {
      const Amount here = line_discount(*candidate.rule, ledger.remaining[i]);
      if (here <= discount) continue;
      discount = here;
      line = i;
    }
  }
  if (discount == 0) return;
  ledger.remaining[line] -= discount;
  ledger.item_discount += discount;
  if (!ledger.traced) return;
  ledger.discounts[line].push_back({candidate.source, candidate.id, discount});
  ledger.applied.push_back({candidate.source, candidate.id, candidate.rule->id, Target::line, discount,
                            lines_[line].variant->id});
}

std::int64_t Pricer::order_rate(const Candidate& candidate) const {
  const Rule& rule = *candidate.rule;
  if (rule.type == RuleType::percent) return rule.basis_points;
  const Tier* tier = rule.type == RuleType::tiers ? tier_of(candidate) : nullptr;
  return tier == nullptr ? 0 : tier->basis_points;
}

Amount Pricer::order_discount(const Candidate& candidate, Amount base) const {
  const Rule& rule = *candidate.rule;
  const std::int64_t step = input_->shop.discount_multiple;
  const auto off = [&](RuleType type, Amount amount, std::int64_t basis_points) {
    return type == RuleType::percent ? percent(base, basis_points, step)
                                     : static_cast<Amount>(floor_to(amount, step));
  };
  Amount discount = 0;
  if (rule.type != RuleType::tiers) {
    discount = off(rule.type, rule.amount, rule.basis_points);
  } else if (const Tier* tier = tier_of(candidate)) {
    discount = off(tier->basis_points > 0 ? RuleType::percent : RuleType::fixed, tier->amount, tier->basis_points);
  }
  return std::min(capped(discount, rule.max_discount), base);
}

OrderCut Pricer::apply_order(const Candidate& candidate, Ledger& ledger) const {
  const auto in_scope = scope(candidate);
  const std::span<Amount> weights = std::span(ledger.weights).first(in_scope.size());
  OrderCut cut;
  for (std::size_t k = 0; k < in_scope.size(); ++k) {
    weights[k] = ledger.remaining[in_scope[k]];
    cut.base += weights[k];
  }
  cut.discount = order_discount(candidate, cut.base);
  if (cut.discount == 0) return cut;
  const std::span<Amount> shares = std::span(ledger.shares).first(in_scope.size());
  allocate(cut.discount, weights, shares);
  ledger.order_discount += take(candidate, shares, ledger);
  return cut;
}

Amount Pricer::shipping_charge(std::span<const Selection> shipping) const {
  if (lines_.empty()) return 0;
  Ledger ledger{.shipping_fee = input_->shop.shipping.fee};
  run_level(Target::shipping, sorted(shipping), ledger);
  return ledger.shipping_fee - ledger.shipping_discount;
}

void Pricer::set_shipping_fee(Ledger& ledger) const {
  const Shipping& shipping = input_->shop.shipping;
  if (lines_.empty()) return;
  Amount merchandise = 0;
  for (const Amount remaining : ledger.remaining) merchandise += remaining;
  ledger.shipping_fee = shipping.free_from && merchandise >= *shipping.free_from ? 0 : shipping.fee;
}

void Pricer::apply_shipping(const Candidate& candidate, Ledger& ledger) const {
  const Rule& rule = *candidate.rule;
  const Amount rest = ledger.shipping_fee - ledger.shipping_discount;
  const Amount discount =
      rule.type == RuleType::free ? capped(rest, rule.max_discount) : line_discount(rule, rest);
  if (discount == 0) return;
  ledger.shipping_discount += discount;
  if (!ledger.traced) return;
  ledger.applied.push_back(
      {candidate.source, candidate.id, rule.id, Target::shipping, discount, std::nullopt});
}

Wide Pricer::line_tax(std::size_t i, Amount net) const {
  return input_->shop.tax.mode == TaxMode::inclusive ? tax_inclusive(net, tax_rates_[i])
                                                     : tax_exclusive(net, tax_rates_[i]);
}

Wide Pricer::shipping_tax(Amount charge) const {
  return input_->shop.tax.mode == TaxMode::inclusive ? tax_inclusive(charge, shipping_tax_rate_)
                                                     : tax_exclusive(charge, shipping_tax_rate_);
}

}  // namespace cartwright

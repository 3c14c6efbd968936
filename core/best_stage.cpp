#include "core/best_stage.h"

#include <algorithm>
#include <numeric>

#include "core/sort.h"

namespace cartwright {

namespace {

constexpr std::int64_t whole = 100000000;  // a slope of 1
constexpr int kind_pays = 4;               // of so many lines; fewer are priced as quickly one by one

// Not inlined: 128 bits are much code in the module.
[[gnu::noinline]] Wide ceil_div(Wide a, std::int64_t b) { return a <= 0 ? 0 : divide(a + b - 1, b); }

}  // namespace

OrderStage::OrderStage(const Pricer& pricer, const LineLevel& lines, std::span<const std::uint32_t> orders,
                       Steps& steps)
    : pricer_(pricer), lines_(lines), steps_(steps), free_from_(pricer.shop().shipping.free_from),
      remaining_(lines.remaining) {
  ledger_.weights.resize(remaining_.size());
  ledger_.shares.resize(remaining_.size());
  for (const Amount remaining : remaining_) merchandise_ += remaining;
  add_rules(orders);
  relate_rules();
  if (!nested_) set_keeps();
  set_scale();
  set_taxes();
  whole_ = !nested_ || (taxed_ && !one_rate_ && !rules_.empty());
  discounts_.resize(rules_.size());
  linear_.resize(rules_.size());
}

void OrderStage::add_rules(std::span<const std::uint32_t> orders) {
  for (const Candidate& promotion : pricer_.promotions()) {
    if (promotion.rule->target == Target::order) add_rule(promotion);
  }
  std::vector<std::uint32_t> coupons(orders.begin(), orders.end());
  sort_by(coupons, [this](std::uint32_t a, std::uint32_t b) {
    return Pricer::applied_before(pricer_.coupons()[a], pricer_.coupons()[b]);
  });
  for (const std::uint32_t coupon : coupons) add_rule(pricer_.coupons()[coupon]);
}

void OrderStage::add_rule(const Candidate& candidate) {
  OrderRule rule{.candidate = &candidate, .rate = pricer_.order_rate(candidate)};
  rule.limit = pricer_.order_discount(candidate, max_amount);
  if (rule.limit == 0) return;  // takes nothing off, whatever the base
  rule.holds.resize(remaining_.size());
  for (const std::uint32_t line : pricer_.scope(candidate)) {
    rule.holds[line] = 1;
    rule.sum += remaining_[line];
  }
  rules_.push_back(std::move(rule));
  steps_.add(remaining_.size());
}

void OrderStage::relate_rules() {
  const auto step = pricer_.shop().discount_multiple;
  Amount rounding = 0;
  for (std::size_t j = 0; j < rules_.size(); ++j) {
    OrderRule& rule = rules_[j];
    const auto size = static_cast<Amount>(pricer_.scope(*rule.candidate).size());
    rule.moves = (rule.rate > 0 ? step : 0) + size / 2 + 1;
    rounding = std::min(2 * rounding + rule.moves, max_amount);
    if (rule.rate > 0) risen_ += step - 1;
    for (std::size_t k = 0; k < j; ++k) {
      std::size_t common = 0;
      for (const std::uint32_t line : pricer_.scope(*rules_[k].candidate)) {
        if (rule.holds[line]) ++common;
      }
      steps_.add(pricer_.scope(*rules_[k].candidate).size());
      if (common == 0) continue;
      if (common == pricer_.scope(*rules_[k].candidate).size()) {
        rule.inside.push_back(static_cast<std::uint32_t>(k));
      } else {
        rule.nests = nested_ = false;
      }
    }
  }
  rounding_ = rounding;
}

// The finest scale in which no sum of values leaves 2^61.
void OrderStage::set_scale() {
  const Wide most = (Wide{pricer_.subtotal()} + pricer_.shop().shipping.fee + 1) * 11;
  for (scale_ = whole; scale_ > 1 && most * scale_ > (Wide{1} << 60);) scale_ /= basis_points_whole;
}

void OrderStage::set_taxes() {
  if (pricer_.shop().tax.mode != TaxMode::exclusive) return;
  least_rate_ = most_rate_ = pricer_.tax_rate(0);
  Wide slack = 0;
  for (std::size_t i = 0; i < remaining_.size(); ++i) {
    const std::int64_t rate = pricer_.tax_rate(i);
    least_rate_ = std::min(least_rate_, rate);
    most_rate_ = std::max(most_rate_, rate);
    // Products are multiples of the divisor: below half of a unit the nearest such is lost to rounding.
    const std::int64_t divisor = std::gcd(rate, basis_points_whole);
    slack += (basis_points_whole / 2 - 1) / divisor * divisor;
  }
  taxed_ = most_rate_ > 0;
  one_rate_ = least_rate_ == most_rate_;
  if (!taxed_) return;
  tax_rounding_ = static_cast<Scaled>(ceil_div(slack * scale_, basis_points_whole)) + 1;
  if (!rules_.empty()) {
    const Wide moved = one_rate_ ? 0 : ceil_div(Wide{2} * rounding_ * most_rate_ * scale_, basis_points_whole);
    tax_slack_ = static_cast<Scaled>(std::min<Wide>(tax_rounding_ + moved, Wide{1} << 60));
    return;
  }
  for (std::size_t i = 0; i < remaining_.size(); ++i) {
    line_tax_ += tax(i, remaining_[i]);
  }
  tax_gains_.resize(lines_.gains.size());
  for (std::size_t row = 0; row < lines_.coupons.size(); ++row) {
    for (std::size_t i = 0; i < remaining_.size(); ++i) {
      const Amount gain = lines_.gain(row, i);
      if (gain == 0) continue;
      tax_gains_[row * remaining_.size() + i] = tax(i, remaining_[i]) - tax(i, remaining_[i] - gain);
    }
  }
  steps_.add(tax_gains_.size());
}

// Scopes that overlap: a fixed discount D off a base B leaves each line 1 - D/B of itself, and of what the line lost
// before; B is taken as low as the line coupons can bring it. Roundings of one rule reach the next with the same force.
void OrderStage::set_keeps() {
  Wide lost = 0;
  for (std::size_t row = 0; row < lines_.coupons.size(); ++row) {
    const auto begin = lines_.gains.begin() + static_cast<std::ptrdiff_t>(row * remaining_.size());
    lost += *std::max_element(begin, begin + static_cast<std::ptrdiff_t>(remaining_.size()));
  }
  ledger_.remaining = remaining_;
  Amount rounding = 0;
  for (OrderRule& rule : rules_) {
    rule.rounding = rounding;
    const Amount base = pricer_.apply_order(*rule.candidate, ledger_).base;
    lost += pricer_.shop().discount_multiple + rule.rounding;
    const Wide least = base - lost;
    const std::int64_t by_rate = rule.rate > 0 ? whole - rule.rate * (whole / basis_points_whole) : 0;
    const std::int64_t by_base =
        least > rule.limit
            ? whole - static_cast<std::int64_t>(ceil_div(Wide{rule.limit} * whole, static_cast<std::int64_t>(least)))
            : 0;
    rule.keeps = std::max(by_rate, by_base);
    const Wide passed_on = ceil_div(Wide{rounding} * (2 * whole - rule.keeps), whole);
    rounding = static_cast<Amount>(std::min<Wide>(passed_on + rule.moves, max_amount));
  }
  rounding_ = risen_ = rounding;
}

void OrderStage::shift(std::size_t row, std::size_t line, int direction) {
  const Amount by = direction * lines_.gain(row, line);
  remaining_[line] -= by;
  merchandise_ -= by;
  if (!tax_gains_.empty()) line_tax_ -= direction * tax_gains_[row * remaining_.size() + line];
  for (OrderRule& rule : rules_) {
    if (rule.holds[line]) rule.sum -= by;
  }
}

// Notes whether a rule takes its full rate, and by how much rounding has kept it below that (in 1/10000).
void OrderStage::account(std::size_t j, OrderCut cut, Wide& fraction) {
  const OrderRule& rule = rules_[j];
  const Amount at_rate = rule.rate == 0 ? 0 : percent(cut.base, rule.rate, pricer_.shop().discount_multiple);
  linear_[j] = rule.rate > 0 && cut.discount == at_rate;
  if (linear_[j]) {
    fraction += Wide{cut.base} * rule.rate - Wide{cut.discount} * basis_points_whole;
    if (!nested_) fraction += Wide{rule.rounding} * rule.rate;
  } else if (!nested_ && cut.discount < rule.limit) {
    fraction += Wide{rule.rounding} * basis_points_whole;  // a fixed amount that took all there was
  }
}

OrderCut OrderStage::last_cut() const {
  OrderCut cut;
  for (const std::uint32_t line : pricer_.scope(*rules_.back().candidate)) cut.base += ledger_.remaining[line];
  cut.discount = pricer_.order_discount(*rules_.back().candidate, cut.base);
  return cut;
}

void OrderStage::run_whole(Wide* fraction) {
  ledger_.remaining = remaining_;
  ledger_.order_discount = 0;
  for (std::size_t j = 0; j < rules_.size(); ++j) {
    const bool shared_out = taxed_ || j + 1 < rules_.size();  // nobody asks which lines the last discount fell on
    const OrderCut cut = shared_out ? pricer_.apply_order(*rules_[j].candidate, ledger_) : last_cut();
    if (!shared_out) ledger_.order_discount += cut.discount;
    if (fraction != nullptr) account(j, cut, *fraction);
    steps_.add(pricer_.scope(*rules_[j].candidate).size() * 4);
  }
  steps_.add(remaining_.size());
}

// Of rule j, those before it being known.
OrderCut OrderStage::cut_by_sums(std::size_t j) {
  OrderCut cut{.base = rules_[j].sum};
  for (const std::uint32_t k : rules_[j].inside) cut.base -= discounts_[k];
  cut.discount = discounts_[j] = pricer_.order_discount(*rules_[j].candidate, cut.base);
  return cut;
}

Standing OrderStage::standing() {
  Standing standing{.merchandise = merchandise_};
  steps_.add(rules_.size() + 1);
  Wide fraction = 0;
  if (whole_) {
    run_whole(&fraction);
    standing.merchandise -= ledger_.order_discount;
  } else {
    for (std::size_t j = 0; j < rules_.size(); ++j) {
      const OrderCut cut = cut_by_sums(j);
      standing.merchandise -= cut.discount;
      account(j, cut, fraction);
    }
  }
  standing.weighted = weigh(standing.merchandise);
  const Wide rise = taxed_ ? basis_points_whole + most_rate_ : basis_points_whole;
  const Wide slack = fraction == 0 ? 0 : ceil_div(fraction * rise * scale_, basis_points_whole * basis_points_whole);
  standing.slack = static_cast<Scaled>(std::min<Wide>(slack + tax_slack_, Wide{1} << 61));
  standing.values = &slopes().values;
  return standing;
}

Amount OrderStage::least(std::size_t row, std::size_t line, Amount charge, Kind& kind) {
  const Amount gain = lines_.gain(row, line);
  if (kind.line == no_line || lines_.gain(row, kind.line) != gain || !in_same_scopes(kind.line, line)) {
    int alike = 0;
    for (std::size_t i = 0; i < remaining_.size(); ++i) alike += lines_.gain(row, i) == gain;
    steps_.add(remaining_.size());
    kind = {static_cast<std::uint32_t>(line), alike < kind_pays ? 0 : least_of_all(row, line, charge)};
  }
  if (kind.least == 0) return 0;
  steps_.add(rules_.size());
  Range left{remaining_[line] - gain, remaining_[line] - gain};
  for (const OrderRule& rule : rules_) {
    if (rule.holds[line]) left = Roundings::of_guest(rule.falls, line, left);
  }
  return kind.least - tax(line, roundings_.least(line)) + tax(line, left.low);
}

Amount OrderStage::least_of_all(std::size_t row, std::size_t line, Amount charge) {
  roundings_.start(remaining_, lines_.gain(row, line));
  place(row, line);
  Range merchandise{merchandise_, merchandise_};
  for (OrderRule& rule : rules_) {
    const auto scope = pricer_.scope(*rule.candidate);
    Range base{rule.sum, rule.sum};
    for (const std::uint32_t k : rule.inside) {
      base = {base.low - rules_[k].discount.high, base.high - rules_[k].discount.low};
    }
    if (!rule.nests) base = roundings_.base(scope, rule.holds[line]);
    rule.discount = {pricer_.order_discount(*rule.candidate, base.low),
                     pricer_.order_discount(*rule.candidate, base.high)};
    rule.falls = roundings_.take(scope, base, rule.discount, rule.holds[line]);
    merchandise = {merchandise.low - rule.discount.high, merchandise.high - rule.discount.low};
    steps_.add(scope.size() * 6);
  }
  remove(row, line);
  Amount least = merchandise.low + (fee_due(merchandise.high) ? charge : 0);
  for (std::size_t i = 0; i < remaining_.size(); ++i) least += tax(i, roundings_.least(i));
  steps_.add(remaining_.size());
  return least;
}

Scaled OrderStage::weigh(Amount merchandise) const {
  if (!taxed_) return merchandise * scale_;
  if (rules_.empty()) return (merchandise + line_tax_) * scale_;
  Wide weighted = 0;
  if (one_rate_) {
    weighted = Wide{merchandise} * (basis_points_whole + least_rate_);
  } else {
    for (std::size_t i = 0; i < remaining_.size(); ++i) {
      weighted += Wide{ledger_.remaining[i]} * (basis_points_whole + pricer_.tax_rate(i));
    }
  }
  return static_cast<Scaled>(divide(weighted * scale_, basis_points_whole));
}

Amount OrderStage::total(const Standing& standing, Amount charge, Amount useful) {
  const Amount shipping = fee_due(standing.merchandise) ? charge : 0;
  if (!taxed_) return standing.merchandise + shipping;
  if (rules_.empty()) return standing.merchandise + line_tax_ + shipping;
  if (unscaled(standing.weighted - tax_slack_) + shipping >= useful) return INT64_MAX;
  if (!whole_) run_whole(nullptr);
  Amount tax_of_all = 0;
  for (std::size_t i = 0; i < remaining_.size(); ++i) tax_of_all += tax(i, ledger_.remaining[i]);
  return standing.merchandise + tax_of_all + shipping;
}

Amount OrderStage::unscaled(Scaled sum) const { return sum <= 0 ? 0 : (sum + scale_ - 1) / scale_; }

// All sums of money here are below 2^62 in scale, see set_scale().
Amount OrderStage::lower(const Standing& standing, Scaled gain, Amount charge) const {
  const Scaled off = gain + standing.slack;
  const Amount least = unscaled(standing.weighted - off);
  if (!free_from_ || standing.merchandise + risen_ < *free_from_) return least + charge;
  const auto at_free = static_cast<Scaled>(
      divide(Wide{*free_from_} * (basis_points_whole + (taxed_ ? least_rate_ : 0)) * scale_, basis_points_whole));
  const Amount free = std::max(least, unscaled(at_free - tax_rounding_));
  const bool may_owe = standing.merchandise - unscaled(off) < *free_from_;
  return may_owe ? std::min(least + charge, free) : free;
}

bool OrderStage::alike(std::size_t a, std::size_t b) const {
  if (whole_ || (taxed_ && !rules_.empty())) return a == b;  // roundings go by position: no two are alike
  return in_same_scopes(a, b);
}

bool OrderStage::in_same_scopes(std::size_t a, std::size_t b) const {
  return std::all_of(rules_.begin(), rules_.end(),
                     [&](const OrderRule& rule) { return rule.holds[a] == rule.holds[b]; });
}

bool OrderStage::alike_to(std::size_t row, std::size_t a, std::size_t b) const {
  const std::size_t begin = row * remaining_.size();
  return lines_.gains[begin + a] == lines_.gains[begin + b] &&
         (tax_gains_.empty() || tax_gains_[begin + a] == tax_gains_[begin + b]);
}

const OrderStage::Slopes& OrderStage::slopes() {
  for (const auto& known : slopes_) {
    if (known->linear == linear_) return *known;
  }
  slopes_.push_back(std::make_unique<Slopes>(Slopes{.linear = linear_, .values = {}}));
  fill_slopes(*slopes_.back());
  steps_.add(remaining_.size() * (lines_.coupons.size() + rules_.size()));
  return *slopes_.back();
}

// How much of what a line loses the total loses at most; `fixed`: some rule here shifts its amount to other lines.
std::int64_t OrderStage::slope(const std::vector<char>& linear, std::size_t line, bool& fixed) const {
  std::int64_t reaches = whole;  // share of the line's loss that reaches the rule's base (nested: and the end)
  std::int64_t slope = whole;
  fixed = false;
  for (std::size_t j = 0; j < rules_.size(); ++j) {
    const OrderRule& rule = rules_[j];
    if (!rule.holds[line]) continue;
    fixed = fixed || !linear[j];
    if (nested_) {
      if (linear[j]) {
        slope = (slope * (basis_points_whole - rule.rate) + basis_points_whole - 1) / basis_points_whole;
      }
      continue;
    }
    if (linear[j]) slope -= reaches * rule.rate / basis_points_whole;
    const std::int64_t keeps = linear[j] ? whole - rule.rate * (whole / basis_points_whole) : rule.keeps;
    reaches = reaches * keeps / whole;
  }
  return slope;
}

void OrderStage::fill_slopes(Slopes& slopes) const {
  slopes.values.resize(lines_.gains.size());
  for (std::size_t i = 0; i < remaining_.size(); ++i) {
    bool fixed = false;
    const std::int64_t steepness = slope(slopes.linear, i, fixed);
    const std::int64_t rate = taxed_ ? (fixed ? most_rate_ : pricer_.tax_rate(i)) : 0;
    const std::int64_t of_gain =
        (steepness * (basis_points_whole + rate) + basis_points_whole - 1) / basis_points_whole;  // in `whole`
    for (std::size_t row = 0; row < lines_.coupons.size(); ++row) {
      const std::size_t at = row * remaining_.size() + i;
      const Wide gain = lines_.gains[at];
      if (gain == 0) continue;
      const Wide value = !tax_gains_.empty() ? (gain + tax_gains_[at]) * scale_
                                             : ceil_div(gain * of_gain, whole / scale_);
      slopes.values[at] = static_cast<Scaled>(std::max<Wide>(value, 1));
    }
  }
}

}  // namespace cartwright

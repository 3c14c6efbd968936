#include "core/choice.h"

#include <algorithm>

namespace cartwright {

namespace {

class Listing {
 public:
  explicit Listing(const Pricer& pricer) : pricer_(pricer) {}

  // The pick joins those already accepted, or the reason why it can't.
  std::optional<Rejection> accept(std::uint32_t coupon, const Pick& pick) {
    const Candidate& candidate = pricer_.coupons()[coupon];
    if (candidate.rejection) return candidate.rejection;
    if (candidate.rule->target == Target::line) return accept_line(coupon, pick);
    if (const auto obstacle = earliest([&](const Selection& other) { return collides(candidate, other); })) {
      return cannot_combine(candidate, *obstacle);
    }
    accepted_.push_back({.coupon = coupon});
    return std::nullopt;
  }

  std::vector<Selection> take() { return std::move(accepted_); }

 private:
  template <class Test>
  std::optional<Selection> earliest(Test in_the_way) const {
    const auto at = std::find_if(accepted_.begin(), accepted_.end(), in_the_way);
    return at == accepted_.end() ? std::nullopt : std::optional(*at);
  }

  Rejection cannot_combine(const Candidate& candidate, const Selection& obstacle) const {
    return {.id = {candidate.id},
            .code = RejectionCode::cannot_combine,
            .with = CouponId{pricer_.coupons()[obstacle.coupon].id}};
  }

  bool exclusive(const Candidate& candidate, const Selection& other) const {
    return candidate.rule->exclusive || pricer_.coupons()[other.coupon].rule->exclusive;
  }

  bool collides(const Candidate& candidate, const Selection& other) const {
    const Rule& rule = *pricer_.coupons()[other.coupon].rule;
    return exclusive(candidate, other) ||
           (rule.target == candidate.rule->target && rule.stack_group == candidate.rule->stack_group);
  }

  bool takes_line(const Selection& other, std::uint32_t line) const {
    return pricer_.coupons()[other.coupon].rule->target == Target::line && other.line == line;
  }

  std::optional<Rejection> accept_line(std::uint32_t coupon, const Pick& pick) {
    const Candidate& candidate = pricer_.coupons()[coupon];
    const auto in_scope = pricer_.scope(candidate);
    if (pick.variant_id) {
      const auto named = std::find_if(in_scope.begin(), in_scope.end(), [&](std::uint32_t line) {
        return pricer_.lines()[line].variant->id == *pick.variant_id;
      });
      if (named == in_scope.end()) {
        return Rejection{.id = {candidate.id}, .code = RejectionCode::no_eligible_items};
      }
      const auto obstacle = earliest([&](const Selection& other) {
        return exclusive(candidate, other) || takes_line(other, *named);
      });
      if (obstacle) return cannot_combine(candidate, *obstacle);
      accepted_.push_back({.coupon = coupon, .line = *named});
      return std::nullopt;
    }

    if (const auto obstacle = earliest([&](const Selection& other) { return exclusive(candidate, other); })) {
      return cannot_combine(candidate, *obstacle);
    }
    const auto best = best_free_line(candidate);
    if (!best) {
      const auto obstacle = earliest([&](const Selection& other) { return takes_line(other, in_scope.front()); });
      return cannot_combine(candidate, *obstacle);
    }
    accepted_.push_back({.coupon = coupon, .line = *best});
    return std::nullopt;
  }

  std::optional<std::uint32_t> best_free_line(const Candidate& candidate) const {
    std::optional<std::uint32_t> best;
    Amount most = -1;
    for (const std::uint32_t line : pricer_.scope(candidate)) {
      const Amount discount = pricer_.line_discount(*candidate.rule, pricer_.lines()[line].gross);
      if (discount <= most) continue;
      if (earliest([&](const Selection& other) { return takes_line(other, line); })) continue;
      most = discount;
      best = line;
    }
    return best;
  }

  const Pricer& pricer_;
  std::vector<Selection> accepted_;
};

}  // namespace

Rejection not_selected(const Candidate& coupon) {
  return coupon.rejection ? *coupon.rejection : Rejection{.id = {coupon.id}, .code = RejectionCode::not_selected};
}

Chosen choose_none(const Pricer& pricer) {
  Chosen chosen;
  for (const Candidate& coupon : pricer.coupons()) chosen.rejected.push_back(not_selected(coupon));
  return chosen;
}

Chosen choose_listed(const Pricer& pricer, const Choice& choice) {
  const auto& coupons = pricer.coupons();
  Listing listing(pricer);
  std::vector<char> picked(coupons.size());
  std::vector<std::optional<Rejection>> reasons(coupons.size());
  std::vector<Rejection> unknown;
  for (const Pick& pick : choice.coupons) {
    const auto at = std::find_if(coupons.begin(), coupons.end(),
                                 [&](const Candidate& coupon) { return coupon.id == pick.id.value; });
    if (at == coupons.end()) {
      unknown.push_back({.id = pick.id, .code = RejectionCode::unknown_coupon});
      continue;
    }
    const auto coupon = static_cast<std::uint32_t>(at - coupons.begin());
    picked[coupon] = true;
    reasons[coupon] = listing.accept(coupon, pick);
  }

  Chosen chosen{.selected = listing.take()};
  for (std::size_t i = 0; i < coupons.size(); ++i) {
    if (!picked[i]) reasons[i] = not_selected(coupons[i]);
    if (reasons[i]) chosen.rejected.push_back(*reasons[i]);
  }
  chosen.rejected.insert(chosen.rejected.end(), unknown.begin(), unknown.end());
  return chosen;
}

}  // namespace cartwright

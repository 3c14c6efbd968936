#include "core/best.h"

#include <algorithm>
#include <memory>
#include <numeric>

#include "core/best_lines.h"
#include "core/sort.h"

namespace cartwright {

namespace {

using Coupons = std::vector<std::uint32_t>;  // indexes into the wallet

// Beyond so many sets of one level they are not all looked at, and the answer is not called optimal.
constexpr std::size_t most_sets = 4096;

struct ShippingSet {
  Coupons coupons = {};
  Amount charge = 0;  // where the fee is due, with the tax that the total counts
};

// Coupons that may stand side by side, as far as `exclusive` goes: all that are not, or one that is.
struct World {
  std::vector<LineLevel> levels = {};      // one per set of item coupons
  std::vector<Coupons> orders = {};        // all sets of order coupons
  std::vector<ShippingSet> shipping = {};  // ... of shipping coupons
  std::size_t cheapest = 0;                // the least charge in `shipping`, by the fewest coupons
};

// One choice at the item level and one at the order level; the lines are still open.
struct Plan {
  std::size_t world = 0, level = 0, orders = 0;
  Amount bound = 0;
};

// A whole set of coupons; where its line coupons go is still open.
struct Candidacy {
  std::size_t plan = 0, shipping = 0;
  Coupons rows = {};
  std::vector<std::int64_t> ids = {};
};

class Best {
 public:
  Best(const Pricer& pricer, std::int64_t step_limit) : pricer_(pricer), steps_{.limit = step_limit} {}

  Chosen choose() {
    survey();
    guess();
    minimise();
    if (complete()) settle_ties();
    Chosen chosen{.selected = best_, .optimal = complete(), .steps = steps_.used};
    std::vector<char> selected(pricer_.coupons().size());
    for (const Selection& selection : best_) selected[selection.coupon] = 1;
    for (std::size_t i = 0; i < selected.size(); ++i) {
      if (!selected[i]) chosen.rejected.push_back(not_selected(pricer_.coupons()[i]));
    }
    return chosen;
  }

 private:
  bool complete() const { return !truncated_ && !steps_.out(); }

  const Candidate& coupon(std::uint32_t index) const { return pricer_.coupons()[index]; }
  const std::string& group(std::uint32_t index) const { return coupon(index).rule->stack_group; }
  World& world(const Plan& plan) { return worlds_[plan.world]; }
  LineLevel& level(const Plan& plan) { return worlds_[plan.world].levels[plan.level]; }

  void survey() {
    Coupons together;
    for (std::uint32_t i = 0; i < pricer_.coupons().size(); ++i) {
      if (coupon(i).rejection) continue;
      if (coupon(i).rule->exclusive) {
        add_world({i});
      } else {
        together.push_back(i);
      }
    }
    sort_by(together, [&](std::uint32_t a, std::uint32_t b) { return coupon(a).id < coupon(b).id; });
    add_world(together);
  }

  void add_world(const Coupons& coupons) {
    World& world = worlds_.emplace_back();
    world.orders = sets(coupons, Target::order);
    for (Coupons& set : sets(coupons, Target::shipping)) {
      Amount charge = pricer_.shipping_charge(selections(set));
      if (pricer_.shop().tax.mode == TaxMode::exclusive) charge += static_cast<Amount>(pricer_.shipping_tax(charge));
      world.shipping.push_back({std::move(set), charge});
    }
    for (std::size_t i = 1; i < world.shipping.size(); ++i) {
      const ShippingSet& set = world.shipping[i];
      const ShippingSet& cheapest = world.shipping[world.cheapest];
      if (std::pair(set.charge, set.coupons.size()) < std::pair(cheapest.charge, cheapest.coupons.size())) {
        world.cheapest = i;
      }
    }
    for (Coupons& items : sets(coupons, Target::item)) world.levels.push_back(line_level(std::move(items), coupons));
    for (std::size_t i = 0; i < world.levels.size(); ++i) {
      for (std::size_t j = 0; j < world.orders.size(); ++j) {
        plans_.push_back({.world = worlds_.size() - 1, .level = i, .orders = j, .bound = 0});
      }
    }
  }

  std::vector<Selection> selections(const Coupons& coupons) const {
    std::vector<Selection> selected;
    for (const std::uint32_t index : coupons) selected.push_back({.coupon = index});
    return selected;
  }

  // All sets with at most one of each stack group; those with the most effective coupons first.
  std::vector<Coupons> sets(const Coupons& coupons, Target target) {
    Coupons members;
    std::vector<Amount> effects(pricer_.coupons().size());
    for (const std::uint32_t index : coupons) {
      if (coupon(index).rule->target != target) continue;
      members.push_back(index);
      effects[index] = effect_alone(index);
    }
    sort_by(members, [&](std::uint32_t a, std::uint32_t b) {
      const int by_name = group(a).compare(group(b));
      return by_name != 0 ? by_name < 0 : effects[a] > effects[b];
    });
    std::vector<Coupons> choices;  // one per group
    for (const std::uint32_t index : members) {
      if (choices.empty() || group(choices.back().front()) != group(index)) choices.emplace_back();
      choices.back().push_back(index);
    }
    std::vector<Coupons> done;
    Coupons set;
    add_sets(choices, 0, set, done);
    return done;
  }

  void add_sets(const std::vector<Coupons>& choices, std::size_t group, Coupons& set, std::vector<Coupons>& done) {
    steps_.add(1);
    if (done.size() >= most_sets) {
      truncated_ = true;
      return;
    }
    if (group == choices.size()) {
      done.push_back(set);
      return;
    }
    for (const std::uint32_t index : choices[group]) {
      set.push_back(index);
      add_sets(choices, group + 1, set, done);
      set.pop_back();
    }
    add_sets(choices, group + 1, set, done);
  }

  Amount effect_alone(std::uint32_t index) {
    const Selection selection{.coupon = index};
    pricer_.run({&selection, 1}, ledger_);
    steps_.add(pricer_.lines().size() * (pricer_.promotions().size() + 1));
    return ledger_.item_discount + ledger_.order_discount + ledger_.shipping_discount;
  }

  LineLevel line_level(Coupons items, const Coupons& coupons) {
    const std::size_t width = pricer_.lines().size();
    pricer_.run_items(selections(items), ledger_);
    steps_.add(width * (pricer_.promotions().size() + items.size() + 1));
    LineLevel level{.items = std::move(items), .remaining = ledger_.remaining};
    for (const std::uint32_t index : coupons) {
      if (coupon(index).rule->target != Target::line) continue;
      std::vector<Amount> gains(width);
      for (const std::uint32_t line : pricer_.scope(coupon(index))) {
        gains[line] = pricer_.line_discount(*coupon(index).rule, level.remaining[line]);
      }
      steps_.add(width);
      if (std::all_of(gains.begin(), gains.end(), [](Amount gain) { return gain == 0; })) continue;
      level.coupons.push_back(index);
      level.gains.insert(level.gains.end(), gains.begin(), gains.end());
    }
    return level;
  }

  LineSearch search(const Plan& plan) {
    return LineSearch(pricer_, level(plan), world(plan).orders[plan.orders], steps_);
  }

  // `before`: the lowest total before this plan was looked at.
  void keep_if_lower(const Plan& plan, Amount before) {
    if (lowest_.total == before) return;
    const World& in = world(plan);
    keep(plan, lowest_.fee_due ? in.shipping[in.cheapest].coupons : Coupons{}, lowest_.placed);
  }

  void keep(const Plan& plan, const Coupons& shipping, const std::vector<Placed>& placed) {
    best_ = selections(level(plan).items);
    for (const std::uint32_t index : world(plan).orders[plan.orders]) best_.push_back({.coupon = index});
    for (const std::uint32_t index : shipping) best_.push_back({.coupon = index});
    for (const Placed& place : placed) best_.push_back({level(plan).coupons[place.row], place.line});
  }

  Amount least_charge(const Plan& plan) { return world(plan).shipping[world(plan).cheapest].charge; }

  // A bound and a first good choice for every plan; half of the steps are for the search itself.
  void guess() {
    std::size_t done = 0;
    for (Plan& plan : plans_) {
      if (steps_.used > steps_.limit / 2) {
        truncated_ = true;
        break;
      }
      LineSearch lines = search(plan);
      const Amount before = lowest_.total;
      lines.guess(least_charge(plan), lowest_);
      keep_if_lower(plan, before);
      plan.bound = lines.bound(all_rows(plan), least_charge(plan));
      ++done;
    }
    plans_.resize(done);
    sort_by(plans_, [](const Plan& a, const Plan& b) { return a.bound < b.bound; });
  }

  Coupons all_rows(const Plan& plan) {
    Coupons rows(level(plan).coupons.size());
    std::iota(rows.begin(), rows.end(), 0u);
    return rows;
  }

  void minimise() {
    for (const Plan& plan : plans_) {
      const Amount before = lowest_.total;
      if (steps_.out() || plan.bound >= before) return;
      search(plan).minimise(least_charge(plan), lowest_);
      keep_if_lower(plan, before);
    }
  }

  // All sets that may come to the lowest total, in the order of the tie rules: the first that does is the answer.
  void settle_ties() {
    std::vector<Candidacy> candidacies;
    std::vector<std::unique_ptr<LineSearch>> searches;
    for (std::size_t i = 0; i < plans_.size() && plans_[i].bound <= lowest_.total; ++i) {
      searches.push_back(std::make_unique<LineSearch>(search(plans_[i])));
      for (std::size_t s = 0; s < world(plans_[i]).shipping.size(); ++s) {
        add_candidacies({.plan = i, .shipping = s}, 0, *searches[i], candidacies);
      }
    }
    sort_by(candidacies, [](const Candidacy& a, const Candidacy& b) {
      return a.ids.size() != b.ids.size() ? a.ids.size() < b.ids.size() : a.ids < b.ids;
    });
    for (const Candidacy& candidacy : candidacies) {
      if (steps_.out()) return;
      const Plan& plan = plans_[candidacy.plan];
      const ShippingSet& shipping = world(plan).shipping[candidacy.shipping];
      std::vector<Placed> placed;
      if (!searches[candidacy.plan]->find(candidacy.rows, shipping.charge, lowest_.total, placed)) continue;
      keep(plan, shipping.coupons, placed);
      return;
    }
    CARTWRIGHT_ASSERT(steps_.out());  // the choice that gave the lowest total is among them
  }

  void add_candidacies(Candidacy candidacy, std::uint32_t row, LineSearch& lines, std::vector<Candidacy>& done) {
    if (steps_.out()) return;
    const Plan& plan = plans_[candidacy.plan];
    const Amount charge = world(plan).shipping[candidacy.shipping].charge;
    Coupons possible = candidacy.rows;
    for (std::uint32_t r = row; r < level(plan).coupons.size(); ++r) possible.push_back(r);
    if (lines.bound(possible, charge) > lowest_.total) return;
    if (row < level(plan).coupons.size()) {
      add_candidacies(candidacy, row + 1, lines, done);
      candidacy.rows.push_back(row);
      add_candidacies(std::move(candidacy), row + 1, lines, done);
      return;
    }
    for (const std::uint32_t index : level(plan).items) candidacy.ids.push_back(coupon(index).id);
    for (const std::uint32_t index : world(plan).orders[plan.orders]) candidacy.ids.push_back(coupon(index).id);
    for (const std::uint32_t index : world(plan).shipping[candidacy.shipping].coupons) {
      candidacy.ids.push_back(coupon(index).id);
    }
    for (const std::uint32_t r : candidacy.rows) candidacy.ids.push_back(coupon(level(plan).coupons[r]).id);
    sort_by(candidacy.ids, [](std::int64_t a, std::int64_t b) { return a < b; });
    done.push_back(std::move(candidacy));
  }

  const Pricer& pricer_;
  Steps steps_;
  Ledger ledger_;
  std::vector<World> worlds_;
  std::vector<Plan> plans_;
  bool truncated_ = false;
  Lowest lowest_;
  std::vector<Selection> best_;
};

}  // namespace

Chosen choose_best(const Pricer& pricer, std::int64_t step_limit) {
  const auto usable = [](const Candidate& coupon) { return !coupon.rejection; };
  if (std::none_of(pricer.coupons().begin(), pricer.coupons().end(), usable)) return choose_none(pricer);
  return Best(pricer, step_limit).choose();
}

}  // namespace cartwright

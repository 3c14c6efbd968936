// `choice: best` against a twin that tries everything, and its bound of steps.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <string>
#include <tuple>

#include "core/best.h"
#include "core/best_roundings.h"
#include "core/fields.h"
#include "server/json.h"
#include "tests/unit/best_wallets.h"

using namespace cartwright;

namespace {

std::string text_of(const Result<Quote>& quote) {
  std::string text;
  if (quote) {
    json::append(text, *quote);
  } else {
    text = json::encode_error(quote.error());
  }
  return text;
}

// Every legal choice, priced as if the shopper had named it; of those PRICING.md's tie rules keep one. Knows nothing of
// the search: it asks only which coupons are usable, and quote() in mode `listed`.
class BruteForce {
 public:
  explicit BruteForce(const QuoteRequest& request) : request_(request), catalog_(request.variants) {
    QuoteRequest bare = request;  // whether a coupon is usable depends on neither; they may overflow
    bare.shop.tax = {};
    bare.shop.shipping = {};
    bare.choice.mode = ChoiceMode::none;
    const auto none = quote(bare);
    for (const Coupon& coupon : request_.coupons) {
      for (const Rejection& rejection : none->rejected) {
        if (rejection.id == coupon.id && rejection.code == RejectionCode::not_selected) usable_.push_back(&coupon);
      }
    }
    std::sort(usable_.begin(), usable_.end(),
              [](const Coupon* a, const Coupon* b) { return a->id.value < b->id.value; });
    request_.choice.mode = ChoiceMode::listed;
    try_from(0);
  }

  std::string answer() const { return text_of(best_); }

 private:
  struct Key {
    std::vector<std::int64_t> ids, lines;
    auto tied() const { return std::tuple(ids.size(), ids, lines); }
  };

  void try_from(std::size_t next) {
    consider();
    for (std::size_t i = next; i < usable_.size(); ++i) {
      const Rule& rule = usable_[i]->rule;
      if (std::any_of(chosen_.begin(), chosen_.end(), [&](const Coupon* other) {
            return rule.exclusive || other->rule.exclusive ||
                   (rule.target != Target::line && other->rule.target == rule.target &&
                    other->rule.stack_group == rule.stack_group);
          })) {
        continue;
      }
      const std::size_t places = rule.target == Target::line ? request_.lines.size() : 1;
      for (std::size_t place = 0; place < places; ++place) {
        if (rule.target == Target::line) {
          const VariantId variant = request_.lines[place].variant_id;
          const Variant* const found = catalog_.find(variant);
          if (scope_of(rule, {&found, 1}).front() == 0) continue;
          if (std::any_of(request_.choice.coupons.begin(), request_.choice.coupons.end(),
                          [&](const Pick& pick) { return pick.variant_id == variant; })) {
            continue;
          }
          request_.choice.coupons.push_back({usable_[i]->id, variant});
          key_.lines.push_back(static_cast<std::int64_t>(place));
        } else {
          request_.choice.coupons.push_back({usable_[i]->id, std::nullopt});
          key_.lines.push_back(0);
        }
        key_.ids.push_back(usable_[i]->id.value);
        chosen_.push_back(usable_[i]);
        try_from(i + 1);
        chosen_.pop_back();
        key_.ids.pop_back();
        key_.lines.pop_back();
        request_.choice.coupons.pop_back();
      }
    }
  }

  void consider() {
    auto quote = cartwright::quote(QuoteInput{.now = request_.now, .shop = request_.shop, .customer = request_.customer,
                                              .catalog = catalog_, .lines = request_.lines,
                                              .promotions = request_.promotions, .coupons = request_.coupons,
                                              .choice = request_.choice});
    if (!quote) return;
    if (best_ && (quote->total > best_->total || (quote->total == best_->total && key_.tied() >= best_key_.tied()))) {
      return;
    }
    best_key_ = key_;
    best_ = std::move(quote);
  }

  QuoteRequest request_;
  Catalog catalog_;
  std::vector<const Coupon*> usable_, chosen_;
  Key key_, best_key_;
  Result<Quote> best_ =
      Error{.code = ErrorCode::amount_overflow, .detail = "An amount of this quote is beyond 2^53-1 minor units."};
};

Chosen choose(const QuoteRequest& request, std::int64_t limit = best_step_limit) {
  const Catalog catalog(request.variants);
  const QuoteInput input{.now = request.now, .shop = request.shop, .customer = request.customer,
                         .catalog = catalog, .lines = request.lines, .promotions = request.promotions,
                         .coupons = request.coupons, .choice = request.choice};
  const auto pricer = Pricer::prepare(input);  // which keeps looking at the input
  return choose_best(*pricer, limit);
}

std::int64_t cases(std::int64_t usual) {  // BEST_CASES for a longer run
  const char* wanted = std::getenv("BEST_CASES");
  return wanted == nullptr ? usual : std::atoll(wanted);
}

}  // namespace

TEST_CASE("best gives the whole answer of a twin that tries every choice") {
  const std::int64_t count = cases(20000);
  for (std::int64_t seed = 1; seed <= count; ++seed) {
    const QuoteRequest request =
        wallets::tricky(static_cast<std::uint64_t>(seed), 1 + seed % 5, 1 + seed / 5 % 6, seed % 4);
    const auto best = quote(request);
    REQUIRE_MESSAGE(text_of(best) == BruteForce(request).answer(), "seed ", seed);
    if (best) REQUIRE_MESSAGE(best->optimal, "seed ", seed);
  }
}

TEST_CASE("best agrees with the twin where only roundings tell lines apart") {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const QuoteRequest request = wallets::tied(seed);
    REQUIRE_MESSAGE(text_of(quote(request)) == BruteForce(request).answer(), "seed ", seed);
  }
}

TEST_CASE("no line keeps less than Roundings says, whichever line is the guest") {
  std::int64_t known = 0, exact = 0;
  for (std::uint64_t seed = 1; seed <= 20000; ++seed) {
    wallets::Dice dice(seed);
    const auto count = static_cast<std::size_t>(dice.between(2, 12));
    const Amount unit = dice.pick({1, 10, 500});
    std::vector<Amount> remaining(count);
    for (Amount& amount : remaining) amount = unit * dice.between(1, dice.pick({3, 100}));
    const auto guest = static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(count) - 1));
    const Amount gain = dice.between(1, remaining[guest]);
    Roundings roundings;
    roundings.start(remaining, gain);
    remaining[guest] -= gain;
    Range of_guest{remaining[guest], remaining[guest]};
    bool known_base = true;
    for (std::int64_t rules = dice.between(1, 4); rules > 0; --rules) {
      std::vector<std::uint32_t> scope;
      for (std::uint32_t i = 0; i < count; ++i) {
        if (dice.chance(80)) scope.push_back(i);
      }
      const bool holds_guest = std::count(scope.begin(), scope.end(), guest) > 0;
      std::vector<Amount> weights, shares(scope.size());
      for (const std::uint32_t line : scope) weights.push_back(remaining[line]);
      const Amount sum = std::accumulate(weights.begin(), weights.end(), Amount{0});
      const std::int64_t rate = dice.pick({100, 500, 1000, 3333, 9000, 10000});
      const auto off = [&](Amount base) { return base * rate / basis_points_whole; };
      known_base = known_base && dice.chance(80);
      const Range base = known_base ? Range{sum, sum} : roundings.base(scope, holds_guest);
      REQUIRE_MESSAGE((base.low <= sum && sum <= base.high), "seed ", seed);
      const Rounding rule = roundings.take(scope, base, {off(base.low), off(base.high)}, holds_guest);
      if (holds_guest) of_guest = Roundings::of_guest(rule, guest, of_guest);
      allocate(off(sum), weights, shares);
      for (std::size_t k = 0; k < scope.size(); ++k) remaining[scope[k]] -= shares[k];
      for (std::size_t i = 0; i < count; ++i) {
        const Amount least = i == guest ? of_guest.low : roundings.least(i);
        REQUIRE_MESSAGE(least <= remaining[i], "seed ", seed, " line ", i);
        known += known_base;
        exact += known_base && least == remaining[i];
      }
    }
  }
  CHECK(exact * 100 >= known * 75);  // and it says more than nothing
}

TEST_CASE("best agrees with the twin where amounts overflow for some choices, or for all") {
  int failed = 0;
  const int count = 300;
  for (int seed = 1; seed <= count; ++seed) {
    QuoteRequest request = wallets::tricky(static_cast<std::uint64_t>(seed), 1 + seed % 3, 1 + seed % 4, seed % 3);
    request.shop.tax.mode = TaxMode::exclusive;
    request.shop.tax.rates = {{"standard", seed % 2 == 0 ? 100000 : 1000}};
    const Amount sum = wallets::gross(request);
    const Amount times = max_amount / sum * (seed % 2 == 0 ? 1 : 10) / 11;
    for (Variant& variant : request.variants) variant.unit_price *= times;
    const auto best = quote(request);
    REQUIRE_MESSAGE(text_of(best) == BruteForce(request).answer(), "seed ", seed);
    if (!best) ++failed;
  }
  CHECK(failed < count);
}

TEST_CASE("best always finishes for six lines, six coupons and ten promotions") {
  std::int64_t most = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    for (const QuoteRequest& request : {wallets::worst(seed), wallets::tricky(seed, 6, 6, 10)}) {
      const Chosen chosen = choose(request);
      REQUIRE_MESSAGE(chosen.optimal, "seed ", seed);
      most = std::max(most, chosen.steps);
    }
  }
  MESSAGE("most steps: ", most, " of ", best_step_limit);
}

TEST_CASE("six line coupons on six lines with ten promotions: as the twin") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const QuoteRequest request = wallets::worst(seed);
    CHECK(text_of(quote(request)) == BruteForce(request).answer());
  }
}

TEST_CASE("a bound that is hit gives the best found so far, the same each time, and says so") {
  int cut_short = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const QuoteRequest request = wallets::realistic(seed);
    const Chosen chosen = choose(request, 2000);
    const Chosen again = choose(request, 2000);
    REQUIRE(chosen.selected.size() == again.selected.size());
    for (std::size_t i = 0; i < chosen.selected.size(); ++i) {
      CHECK(chosen.selected[i].coupon == again.selected[i].coupon);
      CHECK(chosen.selected[i].line == again.selected[i].line);
    }
    CHECK(chosen.steps == again.steps);
    if (!chosen.optimal) ++cut_short;
  }
  CHECK(cut_short > 0);
}

TEST_CASE("realistic wallets of 12 coupons for 20 lines finish in these many steps") {
  struct Fixture {
    const char* name;
    std::uint64_t seed;
    TaxMode tax;
    std::int64_t steps;
    Amount total;
  };
  for (const Fixture& fixture : {
           Fixture{"a usual wallet, most of it used", 1, TaxMode::inclusive, 31427, 680930},
           Fixture{"few coupons that fit", 2, TaxMode::inclusive, 11510, 507830},
           Fixture{"many coupons that fit", 3, TaxMode::inclusive, 14911, 664770},
           Fixture{"an order coupon's scope across another's", 47, TaxMode::inclusive, 418780, 822910},
           Fixture{"the hardest of 1,500: four order rules, scopes that overlap, equal gains", 1253, TaxMode::inclusive,
                   2593448, 530390},
           Fixture{"the usual wallet, tax on top", 1, TaxMode::exclusive, 37538, 749024},
           Fixture{"two tax rates on top", 426, TaxMode::exclusive, 393068, 1045207},
           Fixture{"four coupons that take the same off any of 17 lines, told apart by roundings", 792,
                   TaxMode::exclusive, 3500238, 1073556},
       }) {
    const QuoteRequest request = wallets::realistic(fixture.seed, fixture.tax);
    const Chosen chosen = choose(request);
    CHECK_MESSAGE(chosen.optimal, fixture.name);
    CHECK_MESSAGE(chosen.steps == fixture.steps, fixture.name);
    CHECK_MESSAGE(quote(request)->total == fixture.total, fixture.name);
  }
}

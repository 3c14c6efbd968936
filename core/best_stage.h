// The second half of a price, from the line coupons on, for one set of item coupons and one set of order coupons: what
// any placing of the line coupons comes to, exactly, and what no placing of the rest can bring it below. best.h searches
// with it and says why its bounds are right.
#pragma once

#include <memory>
#include <vector>

#include "core/best_matching.h"
#include "core/best_roundings.h"
#include "core/pricer.h"

namespace cartwright {

// The cart as the line coupons find it, after the item level and the line promotions. A row is a line coupon.
struct LineLevel {
  std::vector<std::uint32_t> items = {};    // the item coupons that led here (indexes into the wallet)
  std::vector<Amount> remaining = {};       // per counted line
  std::vector<std::uint32_t> coupons = {};  // per row: the coupon, in order of id; those that take something off
  std::vector<Amount> gains = {};           // [row * lines + line], 0 outside of the coupon's scope

  Amount gain(std::size_t row, std::size_t line) const { return gains[row * remaining.size() + line]; }
};

// Where the coupons placed so far lead if no other is placed.
struct Standing {
  Amount merchandise = 0;  // sum of net
  Scaled weighted = 0;     // the same, with exclusive tax the unrounded tax included
  Scaled slack = 0;        // how far roundings may carry a descendant below what slopes say
  const std::vector<Scaled>* values = nullptr;  // [row * lines + line]: the most that a placing takes off `weighted`
};

class OrderStage {
 public:
  OrderStage(const Pricer& pricer, const LineLevel& lines, std::span<const std::uint32_t> orders, Steps& steps);

  void place(std::size_t row, std::size_t line) { shift(row, line, 1); }
  void remove(std::size_t row, std::size_t line) { shift(row, line, -1); }

  Standing standing();

  // The shipping charge and, when tax is exclusive, its tax, counted where the fee is due.
  bool fee_due(Amount merchandise) const { return !free_from_ || merchandise < *free_from_; }

  // The exact total of the coupons placed, `standing` being theirs, or INT64_MAX without a look at the taxes when it
  // can't be below `useful`.
  Amount total(const Standing& standing, Amount charge, Amount useful);

  // No total is lower, whatever further coupons are placed, as long as they take `gain` off at most (by `values`).
  Amount lower(const Standing& standing, Scaled gain, Amount charge) const;

  // Where roundings are all that tells lines apart, many placings come to nearly the same. Before one of them is priced:
  // no total is lower than `least` with `row` on `line` and no further coupon. `kind` is what all such lines share that
  // lose as much and are in the same scopes; it is good for one row beside the same others placed.
  struct Kind {
    std::uint32_t line = no_line;  // one of them
    Amount least = 0;              // the total, if the line's own tax stayed what it is
  };
  bool by_roundings() const { return !rules_.empty() && (taxed_ || !nested_); }
  Amount least(std::size_t row, std::size_t line, Amount charge, Kind& kind);

  // Two free lines that are alike here and to every coupon to come can change places: nothing else sees a difference.
  bool alike(std::size_t a, std::size_t b) const;
  bool alike_to(std::size_t row, std::size_t a, std::size_t b) const;

 private:
  struct OrderRule {
    const Candidate* candidate = nullptr;
    std::int64_t rate = 0;                   // basis points; 0: a fixed amount
    Amount limit = 0;                        // it never takes off more, apart from its rate
    std::vector<std::uint32_t> inside = {};  // earlier rules whose scope lies within this one's
    bool nests = true;                       // all others before it are beside it: its base is a sum less discounts
    std::vector<char> holds = {};            // per line
    Amount moves = 0;                        // what its own rounding may move between lines, or up
    Amount rounding = 0;                     // scopes overlap: what the roundings of the rules before may add to its base
    std::int64_t keeps = 0;                  // share of a line's loss that surely reaches later bases, in `whole`
    Amount sum = 0;                          // of `remaining` over its scope, as placed now
    Range discount = {};                     // for the last Kind
    Rounding falls = {};                     // ...
  };
  // Slopes: which rules take their rate, uncapped, and what a placing is then worth.
  struct Slopes {
    std::vector<char> linear;
    std::vector<Scaled> values;
  };

  void shift(std::size_t row, std::size_t line, int direction);
  void add_rules(std::span<const std::uint32_t> orders);
  void add_rule(const Candidate& candidate);
  void relate_rules();
  void set_scale();
  void set_taxes();
  void set_keeps();
  void account(std::size_t rule, OrderCut cut, Wide& fraction);
  OrderCut last_cut() const;
  void run_whole(Wide* fraction);
  bool in_same_scopes(std::size_t a, std::size_t b) const;
  Amount least_of_all(std::size_t row, std::size_t line, Amount charge);
  OrderCut cut_by_sums(std::size_t rule);
  Scaled weigh(Amount merchandise) const;
  Amount unscaled(Scaled sum) const;
  Amount tax(std::size_t line, Amount net) const {
    return taxed_ ? tax_exclusive(net, pricer_.tax_rate(line)) : 0;
  }
  const Slopes& slopes();
  void fill_slopes(Slopes& slopes) const;
  std::int64_t slope(const std::vector<char>& linear, std::size_t line, bool& fixed) const;

  const Pricer& pricer_;
  const LineLevel& lines_;
  Steps& steps_;
  std::optional<Amount> free_from_;
  std::vector<OrderRule> rules_;
  bool nested_ = true;     // every scope lies within each later one or beside it: sums per scope are enough
  bool taxed_ = false;     // tax is exclusive, and not nothing
  bool one_rate_ = true;   // ... the same on every line
  bool whole_ = false;     // standings need every line's net
  std::int64_t least_rate_ = 0, most_rate_ = 0;
  Scaled scale_ = 1;
  Amount risen_ = 0;       // what roundings may lift merchandise by while coupons only take off
  Amount rounding_ = 0;    // what all allocations' roundings may move between lines
  Scaled tax_rounding_ = 0;  // what rounding may take off the tax of all lines
  Scaled tax_slack_ = 0;     // ... and moves between lines, where `weighted` doesn't know of them

  std::vector<Amount> remaining_;  // as placed now
  Amount merchandise_ = 0;
  Amount line_tax_ = 0;            // no order rules, exclusive: the lines' tax as placed now
  std::vector<Amount> tax_gains_;  // ... and what a placing takes off it
  std::vector<Amount> discounts_;  // scratch, per rule
  Roundings roundings_;            // as of the last Kind
  std::vector<char> linear_;
  std::vector<std::unique_ptr<Slopes>> slopes_;
  Ledger ledger_;
};

}  // namespace cartwright

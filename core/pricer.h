// The engine behind quote.h and best.h: a request made ready once, then priced for one set of coupons or for many.
// PRICING.md "Lines", "Eligibility" and "Applying".
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/quote.h"

namespace cartwright {

// A counted line: the only kind that carries money.
struct PricedLine {
  const Variant* variant = nullptr;
  std::size_t position = 0;  // in the request's lines
  std::int64_t quantity = 0;
  Amount gross = 0;
};

// A promotion, or a coupon of the wallet, with the counted lines that it means.
struct Candidate {
  const Rule* rule = nullptr;
  DiscountSource source = DiscountSource::promotion;
  std::int64_t id = 0;                     // the coupon's own, or the promotion's rule id
  std::uint32_t scope_begin = 0;           // into Pricer's scopes
  std::uint32_t scope_end = 0;
  ScopeTotals totals = {};
  std::optional<Rejection> rejection = {};  // checks 1 to 7
};

// A coupon (index into the wallet) that is to be applied; `line` (index into the counted lines) for line coupons.
struct Selection {
  std::uint32_t coupon = 0;
  std::uint32_t line = 0;
};

// A price in the making; `applied` and `discounts` are written only where a caller wants to see them.
struct Ledger {
  std::vector<Amount> remaining = {};  // per counted line
  Amount item_discount = 0;
  Amount order_discount = 0;
  Amount shipping_fee = 0;
  Amount shipping_discount = 0;
  bool traced = false;
  std::vector<Applied> applied = {};
  std::vector<std::vector<LineDiscount>> discounts = {};  // per counted line, in the order of application
  std::vector<Amount> weights = {};  // scratch
  std::vector<Amount> shares = {};   // scratch
};

// What an order rule worked on, and took.
struct OrderCut {
  Amount base = 0;
  Amount discount = 0;
};

class Pricer {
 public:
  // Error: `amount_overflow` when the gross of a line or their sum is out of range; no choice of coupons mends that.
  // The input is looked at for as long as the pricer lives.
  static Result<Pricer> prepare(const QuoteInput& input);

  const std::vector<PricedLine>& lines() const { return lines_; }
  const std::vector<Candidate>& promotions() const { return promotions_; }  // those that apply, in that order
  const std::vector<Candidate>& coupons() const { return coupons_; }        // the wallet, in its order
  const ShopRules& shop() const { return input_->shop; }
  std::int64_t tax_rate(std::size_t i) const { return tax_rates_[i]; }  // of counted line i, basis points
  std::span<const std::uint32_t> scope(const Candidate& candidate) const {
    return std::span(scopes_).subspan(candidate.scope_begin, candidate.scope_end - candidate.scope_begin);
  }
  Amount subtotal() const { return subtotal_; }

  // What a line coupon or line promotion takes off a line of which `remaining` is left.
  Amount line_discount(const Rule& rule, Amount remaining) const;

  // Prices the cart with all promotions and these coupons (each usable, no two in each other's way), in any order.
  void run(std::span<const Selection> selected, Ledger& ledger) const;

  // The same in parts, for those who price many choices (best.h): the order of application within a level; the item
  // level with these coupons and the line promotions, so what line coupons find; an order rule's rate (0: it takes a
  // fixed amount), its discount off a base, and itself applied; what is left of the shipping fee where one is due.
  static bool applied_before(const Candidate& a, const Candidate& b);
  void run_items(std::span<const Selection> items, Ledger& ledger) const;
  std::int64_t order_rate(const Candidate& candidate) const;
  Amount order_discount(const Candidate& candidate, Amount base) const;
  OrderCut apply_order(const Candidate& candidate, Ledger& ledger) const;
  Amount shipping_charge(std::span<const Selection> shipping) const;

  // Tax of counted line i on what is left of it, and on the shipping charge.
  Wide line_tax(std::size_t i, Amount net) const;
  Wide shipping_tax(Amount charge) const;

 private:
  explicit Pricer(const QuoteInput& input) : input_(&input) {}

  using Variants = std::span<const Variant* const>;  // of the counted lines
  void add_scope(Candidate& candidate, Variants variants);
  void add_promotions(Variants variants);
  void add_coupons(Variants variants);
  std::int64_t rate_of(const std::string& tax_class) const;

  void start(Ledger& ledger) const;
  void run_level(Target level, std::span<const Selection> sorted, Ledger& ledger) const;
  std::vector<Selection> sorted(std::span<const Selection> selected) const;
  void apply(const Candidate& candidate, std::uint32_t line, Ledger& ledger) const;
  void apply_item(const Candidate& candidate, Ledger& ledger) const;
  void apply_line(const Candidate& candidate, std::uint32_t line, Ledger& ledger) const;
  void apply_shipping(const Candidate& candidate, Ledger& ledger) const;
  void set_shipping_fee(Ledger& ledger) const;
  void item_discounts(const Candidate& candidate, const Ledger& ledger, std::span<Amount> discounts) const;
  void bundle_discounts(const Candidate& candidate, std::span<Amount> discounts) const;
  Amount take(const Candidate& candidate, std::span<const Amount> discounts, Ledger& ledger) const;

  const QuoteInput* input_;
  std::vector<PricedLine> lines_;
  std::vector<std::int64_t> tax_rates_;  // per counted line
  std::int64_t shipping_tax_rate_ = 0;
  ScopeTotals all_totals_;               // of all counted lines
  std::vector<std::uint32_t> scopes_;    // starts with all counted lines: most rules mean everything
  std::vector<std::uint32_t> by_price_;  // the counted lines, dearest unit first; empty when no rule asks for it
  std::vector<Candidate> promotions_;
  std::vector<Candidate> coupons_;
  Amount subtotal_ = 0;
};

}  // namespace cartwright

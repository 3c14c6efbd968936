#include "core/quote.h"

#include <algorithm>
#include <tuple>

#include "core/best.h"
#include "core/choice.h"
#include "core/pricer.h"

namespace cartwright {

namespace {

// One multiplication a word instead of FNV's one a byte: the hash is a tenth of a small quote otherwise.
class WordHash {
 public:
  void add(std::int64_t value) {
    hash_ = (hash_ ^ static_cast<std::uint64_t>(value)) * 0x9e3779b97f4a7c15u;
    hash_ ^= hash_ >> 32;
  }
  void add(const std::string& text) {
    add(static_cast<std::int64_t>(text.size()));
    for (const char c : text) add(static_cast<std::uint8_t>(c));
  }
  std::string hex() const {
    std::string digits(16, '0');
    for (std::size_t i = 0; i < 16; ++i) digits[i] = "0123456789abcdef"[hash_ >> (60 - 4 * i) & 15];
    return digits;
  }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325u;
};

void add_problems(const CartLine& line, const Variant* variant, QuoteLine& answer) {
  if (variant == nullptr) {
    answer.problems.push_back({.code = ProblemCode::unknown_variant});
    return;
  }
  if (!variant->active) answer.problems.push_back({.code = ProblemCode::inactive});
  if (variant->stock < line.quantity) {
    answer.problems.push_back({.code = ProblemCode::insufficient_stock, .available = variant->stock});
  }
  if (variant->max_quantity > 0 && line.quantity > variant->max_quantity) {
    answer.problems.push_back({.code = ProblemCode::over_max_quantity, .max_quantity = variant->max_quantity});
  }
}

// The lines as they came, with their problems; money comes later.
void add_lines(const QuoteInput& input, const Pricer& pricer, Quote& answer) {
  answer.lines = std::vector<QuoteLine>(input.lines.size());
  auto priced = pricer.lines().begin();
  bool problems = false;
  bool counted = false;
  for (std::size_t i = 0; i < input.lines.size(); ++i) {
    const CartLine& line = input.lines[i];
    const bool found = priced != pricer.lines().end() && priced->position == i;
    const Variant* variant = found ? (priced++)->variant : input.catalog.find(line.variant_id);
    QuoteLine& shown = answer.lines[i];
    shown.variant_id = line.variant_id;
    shown.quantity = line.quantity;
    shown.selected = line.selected;
    if (variant != nullptr) {
      shown.product_id = variant->product_id;
      shown.unit_price = variant->unit_price;
    }
    shown.counted = found;
    if (line.selected) add_problems(line, variant, shown);
    problems = problems || !shown.problems.empty();
    counted = counted || shown.counted;
  }
  answer.orderable = counted && !problems;
}

// False when an amount leaves the legal range.
bool add_money(const QuoteInput& input, const Pricer& pricer, const Ledger& ledger, Quote& answer) {
  Wide tax = 0;
  Amount merchandise = 0;
  for (std::size_t i = 0; i < pricer.lines().size(); ++i) {
    const PricedLine& line = pricer.lines()[i];
    QuoteLine& shown = answer.lines[line.position];
    shown.gross = line.gross;
    shown.net = ledger.remaining[i];
    shown.discount = line.gross - shown.net;
    const Wide line_tax = pricer.line_tax(i, shown.net);
    if (!is_amount(line_tax)) return false;
    shown.tax = static_cast<Amount>(line_tax);
    tax += line_tax;
    merchandise += shown.net;
  }
  const Amount charge = ledger.shipping_fee - ledger.shipping_discount;
  tax += pricer.shipping_tax(charge);
  const Wide total = Wide{merchandise} + charge + (input.shop.tax.mode == TaxMode::exclusive ? tax : 0);
  if (!is_amount(tax) || !is_amount(total)) return false;

  answer.subtotal = pricer.subtotal();
  answer.item_discount = ledger.item_discount;
  answer.order_discount = ledger.order_discount;
  answer.merchandise = merchandise;
  answer.shipping_fee = ledger.shipping_fee;
  answer.shipping_discount = ledger.shipping_discount;
  answer.tax = static_cast<Amount>(tax);
  answer.total = static_cast<Amount>(total);
  return true;
}

// Check 9: what was accepted and took nothing off is told so, in its place in the wallet's order.
void add_rejections(const Pricer& pricer, const Chosen& chosen, Quote& answer) {
  std::vector<char> silent(pricer.coupons().size());
  for (const Selection& selection : chosen.selected) {
    const std::int64_t id = pricer.coupons()[selection.coupon].id;
    silent[selection.coupon] = std::none_of(answer.applied.begin(), answer.applied.end(), [id](const Applied& applied) {
      return applied.source == DiscountSource::coupon && applied.id == id;
    });
  }
  auto next = chosen.rejected.begin();
  for (std::size_t i = 0; i < pricer.coupons().size(); ++i) {
    const CouponId id{pricer.coupons()[i].id};
    if (silent[i]) answer.rejected.push_back({.id = id, .code = RejectionCode::no_effect});
    if (next != chosen.rejected.end() && next->id == id) answer.rejected.push_back(*next++);
  }
  answer.rejected.insert(answer.rejected.end(), next, chosen.rejected.end());
}

Chosen choose(const Pricer& pricer, const Choice& choice) {
  switch (choice.mode) {
    case ChoiceMode::none:
      return choose_none(pricer);
    case ChoiceMode::listed:
      return choose_listed(pricer, choice);
    case ChoiceMode::best:
      return choose_best(pricer);
  }
  CARTWRIGHT_ASSERT(false);
}

}  // namespace

Result<Quote> quote(const QuoteInput& input) {
  const auto prepared = Pricer::prepare(input);
  if (!prepared) return prepared.error();
  const Pricer& pricer = *prepared;
  const Chosen chosen = choose(pricer, input.choice);

  Ledger ledger;
  ledger.traced = true;
  pricer.run(chosen.selected, ledger);

  Quote answer;
  answer.currency = input.shop.currency;
  answer.optimal = chosen.optimal;
  add_lines(input, pricer, answer);
  if (!add_money(input, pricer, ledger, answer)) {
    return Error{.code = ErrorCode::amount_overflow, .detail = "An amount of this quote is beyond 2^53-1 minor units."};
  }
  for (std::size_t i = 0; i < pricer.lines().size(); ++i) {
    answer.lines[pricer.lines()[i].position].discounts = std::move(ledger.discounts[i]);
  }
  answer.applied = std::move(ledger.applied);
  add_rejections(pricer, chosen, answer);
  answer.fingerprint = fingerprint(answer);
  return answer;
}

Result<Quote> quote(const QuoteRequest& request) {
  const Catalog catalog(request.variants);
  return quote(QuoteInput{.now = request.now,
                          .shop = request.shop,
                          .customer = request.customer,
                          .catalog = catalog,
                          .lines = request.lines,
                          .promotions = request.promotions,
                          .coupons = request.coupons,
                          .choice = request.choice});
}

std::string fingerprint(const Quote& quote) {
  WordHash hash;
  hash.add(quote.currency);
  for (const QuoteLine& line : quote.lines) {
    if (!line.counted) continue;
    hash.add(line.variant_id.value);
    hash.add(line.quantity);
    hash.add(line.unit_price);
    hash.add(line.gross);
    hash.add(line.discount);
    hash.add(line.net);
    hash.add(line.tax);
  }
  hash.add(-1);  // no variant has this id: here the lines end
  for (const Applied& applied : quote.applied) {
    hash.add(static_cast<std::int64_t>(applied.source));
    hash.add(applied.id);
    hash.add(applied.rule_id.value);
    hash.add(static_cast<std::int64_t>(applied.target));
    hash.add(applied.amount);
    hash.add(applied.variant_id ? applied.variant_id->value : 0);
  }
  for (const Amount amount : {quote.subtotal, quote.item_discount, quote.order_discount, quote.merchandise,
                              quote.shipping_fee, quote.shipping_discount, quote.tax, quote.total}) {
    hash.add(amount);
  }
  return hash.hex();
}

}  // namespace cartwright

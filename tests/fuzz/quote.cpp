// Any legal request in all three modes: PRICING.md's sums, ranges and rules of stacking hold for the answer, whatever the
// amounts, and `best` is the best.
#include "core/quote.h"

#include <algorithm>
#include <map>

#include "server/json.h"
#include "tests/fuzz/quote_request.h"
#include "tests/fuzz/target.h"

namespace {

using namespace cartwright;

bool is_price(Amount amount) { return amount >= 0 && amount <= max_amount; }

const Rule& rule_of(const QuoteRequest& request, const Applied& applied) {
  if (applied.source == DiscountSource::promotion) {
    return *std::find_if(request.promotions.begin(), request.promotions.end(),
                         [&](const Rule& rule) { return rule.id.value == applied.id; });
  }
  return std::find_if(request.coupons.begin(), request.coupons.end(),
                      [&](const Coupon& coupon) { return coupon.id.value == applied.id; })->rule;
}

void check_lines(const QuoteRequest& request, const Quote& quote) {
  CARTWRIGHT_ASSERT(quote.lines.size() == request.lines.size());
  bool counted = false;
  bool problems = false;
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    const QuoteLine& line = quote.lines[i];
    CARTWRIGHT_ASSERT(line.variant_id == request.lines[i].variant_id && line.quantity == request.lines[i].quantity);
    CARTWRIGHT_ASSERT(is_price(line.gross) && is_price(line.discount) && is_price(line.net) && is_price(line.tax));
    CARTWRIGHT_ASSERT(line.net + line.discount == line.gross);
    CARTWRIGHT_ASSERT(Wide{line.gross} == (line.counted ? Wide{line.unit_price} * line.quantity : 0));
    Amount discounts = 0;
    for (const LineDiscount& discount : line.discounts) {
      CARTWRIGHT_ASSERT(discount.amount > 0);
      discounts += discount.amount;
    }
    CARTWRIGHT_ASSERT(discounts == line.discount);
    CARTWRIGHT_ASSERT(line.selected || line.problems.empty());
    counted = counted || line.counted;
    problems = problems || !line.problems.empty();
  }
  CARTWRIGHT_ASSERT(quote.orderable == (counted && !problems));
}

void check_sums(const QuoteRequest& request, const Quote& quote) {
  Wide gross = 0;
  Wide net = 0;
  Wide tax = 0;
  for (const QuoteLine& line : quote.lines) {
    gross += line.gross;
    net += line.net;
    tax += line.tax;
  }
  std::map<Target, Wide> off;
  for (const Applied& applied : quote.applied) off[applied.target] += applied.amount;
  CARTWRIGHT_ASSERT(gross == quote.subtotal && net == quote.merchandise);
  CARTWRIGHT_ASSERT(quote.subtotal - quote.item_discount - quote.order_discount == quote.merchandise);
  CARTWRIGHT_ASSERT(off[Target::item] + off[Target::line] == quote.item_discount);
  CARTWRIGHT_ASSERT(off[Target::order] == quote.order_discount);
  CARTWRIGHT_ASSERT(off[Target::shipping] == quote.shipping_discount);
  const Amount charge = quote.shipping_fee - quote.shipping_discount;
  CARTWRIGHT_ASSERT(is_price(charge) && quote.shipping_fee <= request.shop.shipping.fee);
  CARTWRIGHT_ASSERT(is_price(quote.tax) && tax <= quote.tax);
  const bool is_added = request.shop.tax.mode == TaxMode::exclusive;
  CARTWRIGHT_ASSERT(is_added || quote.tax <= quote.merchandise + charge);
  CARTWRIGHT_ASSERT(is_price(quote.total));
  CARTWRIGHT_ASSERT(Wide{quote.merchandise} + charge + (is_added ? quote.tax : 0) == quote.total);
}

// `applied` comes level by level, promotions first, and agrees with what the lines say.
void check_applied(const QuoteRequest& request, const Quote& quote) {
  const auto order = [&](const Applied& applied) {
    return std::tuple(applied.target, applied.source, rule_of(request, applied).priority, applied.id);
  };
  const Applied* previous = nullptr;
  for (const Applied& applied : quote.applied) {
    const Rule& rule = rule_of(request, applied);
    CARTWRIGHT_ASSERT(applied.amount > 0 && applied.target == rule.target && applied.rule_id == rule.id);
    CARTWRIGHT_ASSERT(applied.variant_id.has_value() == (applied.target == Target::line));
    CARTWRIGHT_ASSERT(!rule.max_discount || applied.amount <= *rule.max_discount);
    CARTWRIGHT_ASSERT(previous == nullptr || order(*previous) < order(applied));
    previous = &applied;
    Amount on_lines = 0;
    for (const QuoteLine& line : quote.lines) {
      for (const LineDiscount& discount : line.discounts) {
        if (discount.source == applied.source && discount.id == applied.id) on_lines += discount.amount;
      }
    }
    CARTWRIGHT_ASSERT(on_lines == (applied.target == Target::shipping ? 0 : applied.amount));
  }
}

void check_stacking(const QuoteRequest& request, const Quote& quote) {
  std::vector<std::tuple<Target, std::string, std::int64_t>> places;
  bool exclusive = false;
  for (const Applied& applied : quote.applied) {
    if (applied.source != DiscountSource::coupon) continue;
    const Rule& rule = rule_of(request, applied);
    exclusive = exclusive || rule.exclusive;
    const bool is_line = rule.target == Target::line;
    places.emplace_back(rule.target, is_line ? "" : rule.stack_group, is_line ? applied.variant_id->value : 0);
  }
  CARTWRIGHT_ASSERT(!exclusive || places.size() == 1);
  std::sort(places.begin(), places.end());
  CARTWRIGHT_ASSERT(std::adjacent_find(places.begin(), places.end()) == places.end());
}

// Every coupon of the wallet is applied or rejected, in wallet order; what follows is not in it.
void check_rejected(const QuoteRequest& request, const Quote& quote) {
  auto next = quote.rejected.begin();
  for (const Coupon& coupon : request.coupons) {
    const bool is_applied = std::any_of(quote.applied.begin(), quote.applied.end(), [&](const Applied& applied) {
      return applied.source == DiscountSource::coupon && applied.id == coupon.id.value;
    });
    if (is_applied) continue;
    CARTWRIGHT_ASSERT(next != quote.rejected.end() && next->id == coupon.id);
    const bool lacks = next->code == RejectionCode::below_min_quantity || next->code == RejectionCode::below_min_amount;
    CARTWRIGHT_ASSERT(next->missing.has_value() == lacks && (!lacks || (*next->missing > 0 && is_price(*next->missing))));
    CARTWRIGHT_ASSERT(next->with.has_value() == (next->code == RejectionCode::cannot_combine));
    CARTWRIGHT_ASSERT(next->with != next->id);
    CARTWRIGHT_ASSERT(next->code != RejectionCode::unknown_coupon);
    ++next;
  }
  for (; next != quote.rejected.end(); ++next) CARTWRIGHT_ASSERT(next->code == RejectionCode::unknown_coupon);
}

// An overflow is never wrong where no amount can come near the limit.
void check_failure(const QuoteRequest& request, const Error& error) {
  CARTWRIGHT_ASSERT(error.code == ErrorCode::amount_overflow && error.path.empty());
  Wide most = request.shop.shipping.fee;
  for (const CartLine& line : request.lines) {
    for (const Variant& variant : request.variants) {
      if (variant.id == line.variant_id) most += Wide{variant.unit_price} * line.quantity;
    }
  }
  CARTWRIGHT_ASSERT(most * 11 + 7 > max_amount);  // taxes are 1000 % at most, each rounded
}

Result<Quote> checked(const QuoteRequest& request) {
  auto answer = quote(request);
  if (!answer) {
    check_failure(request, answer.error());
    return answer;
  }
  check_lines(request, *answer);
  check_sums(request, *answer);
  check_applied(request, *answer);
  check_stacking(request, *answer);
  check_rejected(request, *answer);
  const auto again = quote(request);
  CARTWRIGHT_ASSERT(again.ok() && json::encode(*again) == json::encode(*answer));
  return answer;
}

Result<Quote> quote_picks(QuoteRequest request, std::vector<Pick> picks) {
  request.choice = {.mode = ChoiceMode::listed, .coupons = std::move(picks)};
  return checked(request);
}

std::vector<Pick> picks_of(const Quote& quote) {
  std::vector<Pick> picks;
  for (const Applied& applied : quote.applied) {
    if (applied.source == DiscountSource::coupon) picks.push_back({{applied.id}, applied.variant_id});
  }
  return picks;
}

void check_not_worse(const Result<Quote>& best, const Result<Quote>& other) {
  if (!other) return;
  CARTWRIGHT_ASSERT(best && best->total <= other->total);
  if (best->total == other->total) CARTWRIGHT_ASSERT(picks_of(*best).size() <= picks_of(*other).size());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  QuoteRequest request = fuzz::RequestMaker({data, size}).make();
  const std::string text = json::encode(request);
  const auto read = json::decode<QuoteRequest>(text);
  CARTWRIGHT_ASSERT(read && json::encode(*read) == text);

  const std::vector<Pick> picks = request.choice.coupons;
  const auto none = checked(request);
  const auto listed = quote_picks(request, picks);
  request.choice = {.mode = ChoiceMode::best, .coupons = picks};
  const auto best = checked(request);
  check_not_worse(best, none);
  check_not_worse(best, listed);
  for (const Coupon& coupon : request.coupons) check_not_worse(best, quote_picks(request, {{coupon.id, {}}}));
  if (!best) return 0;
  CARTWRIGHT_ASSERT(best->optimal);
  const auto best_listed = quote_picks(request, picks_of(*best));
  CARTWRIGHT_ASSERT(best_listed && json::encode(*best_listed) == json::encode(*best));
  return 0;
}

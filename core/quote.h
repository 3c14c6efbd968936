// The quote: one function decides every price, in the browser, on the server and on the command line (PRICING.md).
// Pure: same request, same answer, to the byte, on every target. Thread-safe, as it shares nothing.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/cart.h"
#include "core/catalog.h"
#include "core/result.h"
#include "core/rule.h"

namespace cartwright {

enum class TaxMode : std::uint8_t { inclusive, exclusive };

struct Shipping {
  Amount fee = 0;
  std::optional<Amount> free_from = {};  // merchandise from which the fee is 0
  std::string tax_class = "standard";
};

struct TaxRate {
  std::string tax_class = {};      // "class" on the wire
  std::int64_t basis_points = 0;  // 0..100000
};

struct Tax {
  TaxMode mode = TaxMode::inclusive;
  std::vector<TaxRate> rates = {};  // a class without a rate is taxed 0
};

struct ShopRules {
  std::string currency = {};            // ISO 4217
  std::int64_t discount_multiple = 1;  // percent and fixed discounts are floored to it [10원 단위 절사]
  Shipping shipping = {};
  Tax tax = {};
};

struct Customer {
  std::int64_t paid_orders = 0;
};

enum class ChoiceMode : std::uint8_t { none, listed, best };

struct Pick {
  CouponId id = {};
  std::optional<VariantId> variant_id = {};  // line coupons: the line it is meant for
};

struct Choice {
  ChoiceMode mode = ChoiceMode::none;
  std::vector<Pick> coupons = {};  // read in `listed` only, in the shopper's order
};

struct QuoteRequest {
  TimeMs now = {};
  ShopRules shop = {};
  Customer customer = {};
  std::vector<Variant> variants = {};
  std::vector<CartLine> lines = {};
  std::vector<Rule> promotions = {};
  std::vector<Coupon> coupons = {};
  Choice choice = {};
};

enum class ProblemCode : std::uint8_t { unknown_variant, inactive, insufficient_stock, over_max_quantity };

struct LineProblem {
  ProblemCode code = ProblemCode::unknown_variant;
  std::optional<std::int64_t> available = {};     // insufficient_stock: units
  std::optional<std::int64_t> max_quantity = {};  // over_max_quantity: units
};

enum class DiscountSource : std::uint8_t { promotion, coupon };

struct LineDiscount {
  DiscountSource source = DiscountSource::promotion;
  std::int64_t id = 0;  // the coupon's id, or the promotion's rule id
  Amount amount = 0;
};

struct QuoteLine {
  VariantId variant_id = {};
  ProductId product_id = {};  // 0 when the variant is unknown
  std::int64_t quantity = 0;
  Amount unit_price = 0;
  bool selected = true;
  bool counted = false;  // selected, known and active: only such lines carry money
  Amount gross = 0;
  Amount discount = 0;
  Amount net = 0;
  Amount tax = 0;
  std::vector<LineProblem> problems = {};
  std::vector<LineDiscount> discounts = {};
};

struct Applied {
  DiscountSource source = DiscountSource::promotion;
  std::int64_t id = 0;
  RuleId rule_id = {};
  Target target = Target::item;
  Amount amount = 0;
  std::optional<VariantId> variant_id = {};  // line rules: the line they went to
};

struct Quote {
  std::string currency = {};
  bool orderable = false;
  bool optimal = true;
  std::vector<QuoteLine> lines = {};
  std::vector<Applied> applied = {};    // in the order of application
  std::vector<Rejection> rejected = {};  // wallet order, then unknown ids
  Amount subtotal = 0;
  Amount item_discount = 0;  // item and line level
  Amount order_discount = 0;
  Amount merchandise = 0;  // sum of net
  Amount shipping_fee = 0;
  Amount shipping_discount = 0;
  Amount tax = 0;
  Amount total = 0;
  std::string fingerprint = {};  // 16 hex digits, see fingerprint()
};

// The same request without its variants and wallet copied: what is loaded once is only looked at. Everything must
// outlive the call and keep PRICING.md's limits and ranges (read_request in decode.h checks them).
struct QuoteInput {
  TimeMs now = {};
  const ShopRules& shop;
  const Customer& customer;
  const Catalog& catalog;
  std::span<const CartLine> lines;
  std::span<const Rule> promotions;
  std::span<const Coupon> coupons;
  const Choice& choice;
};

// Errors: `amount_overflow` (an amount of the answer would leave [-(2^53-1), 2^53-1]; in mode best: of every
// choice).
Result<Quote> quote(const QuoteInput& input);
Result<Quote> quote(const QuoteRequest& request);

// 64 bits over everything that costs money: starting at 0xcbf29ce484222325, each 64-bit word w makes
// h = (h ^ w) * 0x9e3779b97f4a7c15, h ^= h >> 32. A string is its length and then a word a byte. The words are, in this
// order: currency; of each counted line variant_id, quantity, unit_price, gross, discount, net, tax (so what stays in the
// cart doesn't count: the cart's quote and the order's are the same); -1; of each applied source, id, rule_id, target,
// amount, variant_id (0 when null); subtotal, item_discount, order_discount, merchandise, shipping_fee,
// shipping_discount, tax, total.
std::string fingerprint(const Quote& quote);

}  // namespace cartwright

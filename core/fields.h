// The field lists of PRICING.md's request and answer, in the order of that page, with its ranges and limits, and the
// names of every enum of the core.
#pragma once

#include "core/campaign.h"
#include "core/cart.h"
#include "core/field.h"
#include "core/order.h"
#include "core/payment.h"
#include "core/quote.h"

namespace cartwright {

template <>
struct Names<ErrorCode> {
  static constexpr auto last = ErrorCode::internal;
  static constexpr auto list = std::to_array<std::string_view>({
      "invalid_request",
      "malformed_json",
      "payload_too_large",
      "unsupported_media_type",
      "method_not_allowed",
      "not_found",
      "amount_overflow",
      "unauthenticated",
      "forbidden",
      "invalid_credentials",
      "email_taken",
      "weak_password",
      "reset_link_invalid",
      "account_has_open_orders",
      "cross_origin_refused",
      "cart_full",
      "cart_changed",
      "already_exists",
      "still_in_use",
      "changed_meanwhile",
      "limit_reached",
      "target_refused",
      "campaign_not_started",
      "campaign_ended",
      "campaign_exhausted",
      "already_issued",
      "coupon_not_usable",
      "coupon_code_unknown",
      "coupon_code_exhausted",
      "quote_changed",
      "not_orderable",
      "insufficient_stock",
      "insufficient_balance",
      "order_not_pending",
      "order_expired",
      "order_not_refundable",
      "refund_exceeds_order",
      "order_not_shippable",
      "order_not_deliverable",
      "not_first_order",
      "address_required",
      "charge_limit",
      "charge_not_pending",
      "charge_not_reversible",
      "charge_differs",
      "charge_failed",
      "receivable_outstanding",
      "provider_unavailable",
      "idempotency_key_required",
      "idempotency_key_reused",
      "idempotency_in_flight",
      "precondition_required",
      "rate_limited",
      "overloaded",
      "storage_failed",
      "outcome_unknown",
      "internal",
  });
};
template <>
struct Names<Target> {
  static constexpr auto last = Target::shipping;
  static constexpr auto list = std::to_array<std::string_view>({"item", "line", "order", "shipping"});
};
template <>
struct Names<RuleType> {
  static constexpr auto last = RuleType::tiers;
  static constexpr auto list = std::to_array<std::string_view>({"fixed", "percent", "free", "buy_x_get_y", "tiers"});
};
template <>
struct Names<CouponStatus> {
  static constexpr auto last = CouponStatus::EXPIRED;
  static constexpr auto list = std::to_array<std::string_view>({"AVAILABLE", "USED", "EXPIRED"});
};
template <>
struct Names<TaxMode> {
  static constexpr auto last = TaxMode::exclusive;
  static constexpr auto list = std::to_array<std::string_view>({"inclusive", "exclusive"});
};
template <>
struct Names<ChoiceMode> {
  static constexpr auto last = ChoiceMode::best;
  static constexpr auto list = std::to_array<std::string_view>({"none", "listed", "best"});
};
template <>
struct Names<ProblemCode> {
  static constexpr auto last = ProblemCode::over_max_quantity;
  static constexpr auto list =
      std::to_array<std::string_view>({"unknown_variant", "inactive", "insufficient_stock", "over_max_quantity"});
};
template <>
struct Names<DiscountSource> {
  static constexpr auto last = DiscountSource::coupon;
  static constexpr auto list = std::to_array<std::string_view>({"promotion", "coupon"});
};
template <>
struct Names<RejectionCode> {
  static constexpr auto last = RejectionCode::unknown_coupon;
  static constexpr auto list = std::to_array<std::string_view>(
      {"used", "expired", "not_started", "ended", "not_first_order", "no_eligible_items", "below_min_quantity",
       "below_min_amount", "cannot_combine", "no_effect", "not_selected", "unknown_coupon"});
};
template <>
struct Names<MutationName> {
  static constexpr auto last = MutationName::merge;
  static constexpr auto list =
      std::to_array<std::string_view>({"add", "set_quantity", "remove", "select", "clear", "merge"});
};
template <>
struct Names<CampaignPhase> {
  static constexpr auto last = CampaignPhase::ended;
  static constexpr auto list = std::to_array<std::string_view>({"coming", "open", "exhausted", "ended"});
};
template <>
struct Names<OrderStatus> {
  static constexpr auto last = OrderStatus::CANCELLED;
  static constexpr auto list =
      std::to_array<std::string_view>({"PENDING", "PAID", "SHIPPING", "DELIVERED", "CANCELLED"});
};
template <>
struct Names<PaymentStatus> {
  static constexpr auto last = PaymentStatus::CANCELLED;
  static constexpr auto list = std::to_array<std::string_view>({"PENDING", "COMPLETED", "FAILED", "CANCELLED"});
};
template <>
struct Names<BalanceEntry> {
  static constexpr auto last = BalanceEntry::REVERSAL;
  static constexpr auto list = std::to_array<std::string_view>({"CHARGE", "USE", "REFUND", "REVERSAL"});
};

// ---- the request --------------------------------------------------------------------------------------------------

inline constexpr std::int64_t count_max = 1000000;

template <>
struct Fields<Shipping> {
  static constexpr auto list =
      std::tuple{field("fee", &Shipping::fee).not_negative(), field("free_from", &Shipping::free_from).not_negative(),
                 field("tax_class", &Shipping::tax_class)};
};
template <>
struct Fields<TaxRate> {
  static constexpr auto list =
      std::tuple{field("class", &TaxRate::tax_class).required().unique(),
                 field("basis_points", &TaxRate::basis_points).required().range(0, 10 * basis_points_whole)};
};
template <>
struct Fields<Tax> {
  static constexpr auto list = std::tuple{field("mode", &Tax::mode), field("rates", &Tax::rates).most(50)};
};
template <>
struct Fields<ShopRules> {
  static bool known_currency(const ShopRules& shop) { return currency_exponent(shop.currency).has_value(); }
  static constexpr auto list =
      std::tuple{field("currency", &ShopRules::currency).required().must(known_currency),
                 field("discount_multiple", &ShopRules::discount_multiple).range(1, count_max),
                 field("shipping", &ShopRules::shipping), field("tax", &ShopRules::tax)};
};
template <>
struct Fields<Customer> {
  static constexpr auto list = std::tuple{field("paid_orders", &Customer::paid_orders).range(0, count_max)};
};
template <>
struct Fields<Variant> {
  static constexpr auto list = std::tuple{field("id", &Variant::id).required().unique(),
                                          field("product_id", &Variant::product_id).required(),
                                          field("unit_price", &Variant::unit_price).required().not_negative(),
                                          field("stock", &Variant::stock).required().not_negative(),
                                          field("active", &Variant::active),
                                          field("max_quantity", &Variant::max_quantity).range(0, count_max),
                                          field("category_ids", &Variant::category_ids).most(SIZE_MAX),
                                          field("tax_class", &Variant::tax_class)};
};
template <>
struct Fields<CartLine> {
  static constexpr auto list =
      std::tuple{field("variant_id", &CartLine::variant_id).required().unique(),
                 field("quantity", &CartLine::quantity).required().range(1, max_quantity_limit),
                 field("selected", &CartLine::selected)};
};
template <>
struct Fields<Tier> {
  // Exactly one of the two.
  static bool valid(const Tier& tier) { return (tier.amount > 0) != (tier.basis_points > 0); }
  static constexpr auto list = std::tuple{field("from", &Tier::from).required().not_negative().rising(),
                                          field("amount", &Tier::amount).not_negative(),
                                          field("basis_points", &Tier::basis_points).range(0, basis_points_whole)};
};
template <>
struct Fields<IdFilter> {
  static constexpr auto list = std::tuple{field("product_ids", &IdFilter::product_ids).most_shared(1000),
                                          field("category_ids", &IdFilter::category_ids).most_shared(1000),
                                          field("variant_ids", &IdFilter::variant_ids).most_shared(1000)};
};
template <>
struct Fields<Rule> {
  static constexpr std::size_t shared_limit = 1000;  // ids in include and exclude together

  static bool legal_pair(const Rule& rule) {
    switch (rule.type) {
      case RuleType::fixed:
      case RuleType::percent:
        return true;
      case RuleType::free:
        return rule.target == Target::shipping;
      case RuleType::buy_x_get_y:
        return rule.target == Target::item;
      case RuleType::tiers:
        return rule.target == Target::order;
    }
    return false;
  }
  static bool buys(const Rule& rule) { return rule.type != RuleType::buy_x_get_y || rule.buy >= 1; }
  static bool gets(const Rule& rule) { return rule.type != RuleType::buy_x_get_y || rule.get >= 1; }
  static bool tiers_fit(const Rule& rule) { return (rule.type == RuleType::tiers) == !rule.tiers.empty(); }

  static constexpr auto list = std::tuple{field("id", &Rule::id).required().unique(),
                                          field("name", &Rule::name),
                                          field("target", &Rule::target).required(),
                                          field("type", &Rule::type).required().must(legal_pair),
                                          field("amount", &Rule::amount).not_negative(),
                                          field("basis_points", &Rule::basis_points).range(0, basis_points_whole),
                                          field("max_discount", &Rule::max_discount).not_negative(),
                                          field("buy", &Rule::buy).range(0, count_max).must(buys),
                                          field("get", &Rule::get).range(0, count_max).must(gets),
                                          field("max_groups", &Rule::max_groups).range(0, count_max),
                                          field("tiers", &Rule::tiers).most(20).must(tiers_fit),
                                          field("include", &Rule::include),
                                          field("exclude", &Rule::exclude),
                                          field("min_amount", &Rule::min_amount).not_negative(),
                                          field("min_quantity", &Rule::min_quantity).range(0, count_max),
                                          field("starts_at", &Rule::starts_at),
                                          field("ends_at", &Rule::ends_at),
                                          field("first_order_only", &Rule::first_order_only),
                                          field("stack_group", &Rule::stack_group),
                                          field("exclusive", &Rule::exclusive),
                                          field("priority", &Rule::priority).range(-count_max, count_max)};
};
template <>
struct Fields<Coupon> {
  static constexpr auto list =
      std::tuple{field("id", &Coupon::id).required().unique(), field("status", &Coupon::status),
                 field("expires_at", &Coupon::expires_at), field("rule", &Coupon::rule).required()};
};
template <>
struct Fields<Pick> {
  static constexpr auto list =
      std::tuple{field("id", &Pick::id).required().unique(), field("variant_id", &Pick::variant_id)};
};
template <>
struct Fields<Choice> {
  static constexpr auto list = std::tuple{field("mode", &Choice::mode), field("coupons", &Choice::coupons).most(200)};
};
template <>
struct Fields<QuoteRequest> {
  static constexpr auto list = std::tuple{field("now", &QuoteRequest::now).required(),
                                          field("shop", &QuoteRequest::shop).required(),
                                          field("customer", &QuoteRequest::customer),
                                          field("variants", &QuoteRequest::variants).required().most(5000),
                                          field("lines", &QuoteRequest::lines).required().most(max_cart_lines),
                                          field("promotions", &QuoteRequest::promotions).most(200),
                                          field("coupons", &QuoteRequest::coupons).most(200),
                                          field("choice", &QuoteRequest::choice)};
};
template <>
struct Fields<Cart> {
  static constexpr auto list = std::tuple{field("lines", &Cart::lines).required().most(max_cart_lines)};
};
template <>
struct Fields<Mutation> {
  static bool names_variant(const Mutation& mutation) {
    return mutation.variant_id.value > 0 || mutation.name == MutationName::clear ||
           mutation.name == MutationName::merge;
  }
  static constexpr auto list = std::tuple{
      field("name", &Mutation::name).required(), field("variant_id", &Mutation::variant_id).must(names_variant),
      field("quantity", &Mutation::quantity).range(1, max_quantity_limit), field("selected", &Mutation::selected),
      field("lines", &Mutation::lines).most(max_cart_lines)};
};

// ---- the answer ---------------------------------------------------------------------------------------------------

template <>
struct Fields<LineProblem> {
  static constexpr auto list =
      std::tuple{field("code", &LineProblem::code), field("available", &LineProblem::available).omit_null(),
                 field("max_quantity", &LineProblem::max_quantity).omit_null()};
};
template <>
struct Fields<LineDiscount> {
  static constexpr auto list = std::tuple{field("source", &LineDiscount::source), field("id", &LineDiscount::id),
                                          field("amount", &LineDiscount::amount)};
};
template <>
struct Fields<QuoteLine> {
  static constexpr auto list = std::tuple{field("variant_id", &QuoteLine::variant_id),
                                          field("product_id", &QuoteLine::product_id),
                                          field("quantity", &QuoteLine::quantity),
                                          field("unit_price", &QuoteLine::unit_price),
                                          field("selected", &QuoteLine::selected),
                                          field("counted", &QuoteLine::counted),
                                          field("gross", &QuoteLine::gross),
                                          field("discount", &QuoteLine::discount),
                                          field("net", &QuoteLine::net),
                                          field("tax", &QuoteLine::tax),
                                          field("problems", &QuoteLine::problems),
                                          field("discounts", &QuoteLine::discounts)};
};
template <>
struct Fields<Applied> {
  static constexpr auto list =
      std::tuple{field("source", &Applied::source),   field("id", &Applied::id),
                 field("rule_id", &Applied::rule_id), field("target", &Applied::target),
                 field("amount", &Applied::amount),   field("variant_id", &Applied::variant_id)};
};
template <>
struct Fields<Rejection> {
  static constexpr auto list =
      std::tuple{field("id", &Rejection::id), field("code", &Rejection::code),
                 field("missing", &Rejection::missing).omit_null(), field("with", &Rejection::with).omit_null()};
};
template <>
struct Fields<Quote> {
  static constexpr auto list = std::tuple{field("currency", &Quote::currency),
                                          field("orderable", &Quote::orderable),
                                          field("optimal", &Quote::optimal),
                                          field("lines", &Quote::lines),
                                          field("applied", &Quote::applied),
                                          field("rejected", &Quote::rejected),
                                          field("subtotal", &Quote::subtotal),
                                          field("item_discount", &Quote::item_discount),
                                          field("order_discount", &Quote::order_discount),
                                          field("merchandise", &Quote::merchandise),
                                          field("shipping_fee", &Quote::shipping_fee),
                                          field("shipping_discount", &Quote::shipping_discount),
                                          field("tax", &Quote::tax),
                                          field("total", &Quote::total),
                                          field("fingerprint", &Quote::fingerprint)};
};

static_assert(lists_every_member<Shipping> && lists_every_member<TaxRate> && lists_every_member<Tax> &&
              lists_every_member<ShopRules> && lists_every_member<Customer> && lists_every_member<Variant> &&
              lists_every_member<CartLine> && lists_every_member<Tier> && lists_every_member<IdFilter> &&
              lists_every_member<Rule> && lists_every_member<Coupon> && lists_every_member<Pick> &&
              lists_every_member<Choice> && lists_every_member<QuoteRequest> && lists_every_member<Cart> &&
              lists_every_member<Mutation> && lists_every_member<LineProblem> && lists_every_member<LineDiscount> &&
              lists_every_member<QuoteLine> && lists_every_member<Applied> && lists_every_member<Rejection> &&
              lists_every_member<Quote>);

}  // namespace cartwright

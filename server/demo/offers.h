// Promotions, coupons, campaigns and past orders of the demo shop, as offers.json holds them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/fields.h"
#include "server/demo/catalog_fields.h"
#include "server/store/database.h"

namespace cartwright::demo {

struct Campaign {
  std::int64_t total = 0;
  std::int64_t starts_in_hours = 0;
  std::int64_t ends_in_hours = 0;
};

enum class OfferKind : std::uint8_t { coupon, promotion };

// A rule (PRICING.md) with amounts in won, and with categories and products by their words.
struct Offer {
  std::string key = {};
  OfferKind kind = OfferKind::coupon;
  Target target = Target::item;
  RuleType type = RuleType::fixed;
  Amount amount = 0;
  std::int64_t basis_points = 0;
  std::optional<Amount> max_discount = {};
  std::int64_t buy = 0;
  std::int64_t get = 0;
  std::int64_t max_groups = 0;
  std::vector<Tier> tiers = {};
  std::vector<std::string> categories = {};
  std::vector<std::string> products = {};
  Amount min_amount = 0;
  std::int64_t min_quantity = 0;
  bool first_order_only = false;
  std::string stack_group = {};
  bool exclusive = false;
  std::optional<std::int64_t> valid_days = {};
  std::string code = {};  // empty: none
  bool grant = false;  // one lies in the demo shopper's wallet
  std::optional<Campaign> campaign = {};
  Words name = {};
  Words text = {};
};

struct PastLine {
  std::string handle = {};
  std::int64_t variant = 0;  // index, from 0
  std::int64_t quantity = 1;
};

struct PastOrder {
  std::int64_t hours_ago = 0;
  std::int64_t shopper = 0;
  std::vector<PastLine> lines = {};
};

struct OffersFile {
  std::vector<Offer> promotions_and_coupons = {};
  std::vector<PastOrder> past_orders = {};
};

// Error: `invalid_request` with the place in offers.json.
Result<OffersFile> load_offers();

struct OfferTimes {
  TimeMs created;
  TimeMs now;  // campaigns and wallets count from here
};

// Writes them, campaigns too, and puts the granted ones into the user's wallet. The catalogue is there already.
void write_offers(store::Transaction& tx, std::span<const Offer> offers, std::string_view currency, UserId wallet,
                  const OfferTimes& times);

}  // namespace cartwright::demo

namespace cartwright {

template <>
struct Names<demo::OfferKind> {
  static constexpr auto last = demo::OfferKind::promotion;
  static constexpr std::array<std::string_view, 2> list = {"coupon", "promotion"};
};
template <>
struct Fields<demo::Campaign> {
  using C = demo::Campaign;
  static constexpr auto list = std::tuple{field("total", &C::total).required().range(1, 1000000),
                                          field("starts_in_hours", &C::starts_in_hours).required(),
                                          field("ends_in_hours", &C::ends_in_hours).required()};
};
template <>
struct Fields<demo::Offer> {
  using O = demo::Offer;
  static constexpr auto list = std::tuple{field("key", &O::key).required().unique(),
                                          field("kind", &O::kind).required(),
                                          field("target", &O::target).required(),
                                          field("type", &O::type).required(),
                                          field("amount", &O::amount).not_negative(),
                                          field("basis_points", &O::basis_points).range(0, basis_points_whole),
                                          field("max_discount", &O::max_discount).not_negative(),
                                          field("buy", &O::buy).not_negative(),
                                          field("get", &O::get).not_negative(),
                                          field("max_groups", &O::max_groups).not_negative(),
                                          field("tiers", &O::tiers),
                                          field("categories", &O::categories),
                                          field("products", &O::products),
                                          field("min_amount", &O::min_amount).not_negative(),
                                          field("min_quantity", &O::min_quantity).not_negative(),
                                          field("first_order_only", &O::first_order_only),
                                          field("stack_group", &O::stack_group),
                                          field("exclusive", &O::exclusive),
                                          field("valid_days", &O::valid_days).range(1, 36500),
                                          field("code", &O::code),
                                          field("grant", &O::grant),
                                          field("campaign", &O::campaign),
                                          field("name", &O::name).required(),
                                          field("text", &O::text).required()};
};
template <>
struct Fields<demo::PastLine> {
  using L = demo::PastLine;
  static constexpr auto list = std::tuple{field("handle", &L::handle).required(),
                                          field("variant", &L::variant).not_negative(),
                                          field("quantity", &L::quantity).range(1, max_quantity_limit)};
};
template <>
struct Fields<demo::PastOrder> {
  using O = demo::PastOrder;
  static constexpr auto list = std::tuple{field("hours_ago", &O::hours_ago).required().not_negative(),
                                          field("shopper", &O::shopper).not_negative(),
                                          field("lines", &O::lines).required()};
};
template <>
struct Fields<demo::OffersFile> {
  using F = demo::OffersFile;
  static constexpr auto list = std::tuple{field("promotions_and_coupons", &F::promotions_and_coupons).required(),
                                          field("past_orders", &F::past_orders).required()};
};

}  // namespace cartwright

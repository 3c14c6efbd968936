// The dashboard's figures over REST.
#pragma once

#include "server/wire_fields.h"

namespace cartwright {

namespace wire {

// Money with its tax. A refund counts when it is made, whenever its order was paid.
struct SalesFigures {
  std::int64_t orders = 0;  // paid
  std::int64_t units = 0;
  Amount paid = 0;
  std::int64_t refunds = 0;
  std::int64_t refunded_units = 0;
  Amount refunded = 0;
  Amount net = 0;      // paid - refunded
  Amount charged = 0;  // to balances, less reversals
};

struct SalesHour {
  TimeMs at = {};  // its beginning
  SalesFigures sales = {};
};

struct RuleFigures {
  RuleId id = {};
  std::string kind = {};  // coupon, promotion
  Text name = {};
  std::int64_t issued = 0;
  std::int64_t used = 0;  // in orders paid in the window and not refunded whole
  Amount discount = 0;
};

struct LowStock {
  VariantLabel label = {};
  std::int64_t stock = 0;
};

// Orders that someone has to do something for.
struct OpenOrders {
  std::int64_t pending = 0;   // wait for their payment
  std::int64_t paid = 0;      // wait to be shipped
  std::int64_t shipping = 0;  // on their way
};

struct PendingCharges {
  std::int64_t count = 0;
  Amount amount = 0;
};

// The window is `days` times 24 hours up to the current one. Hours are the clock's in UTC, and those in which nothing
// happened are left out. A page groups them into the shop's days by its time zone: which hour belongs to which day is known
// to the browser (Intl), and every zone of the world but a few with half hours begins its days with an hour.
struct Stats {
  TimeMs now = {};
  std::string time_zone = {};
  std::int64_t days = 0;
  SalesFigures sales = {};                 // of the window
  std::vector<SalesHour> hours = {};
  std::vector<RuleFigures> rules = {};     // of the window, the most discount first, 20 at most
  std::vector<PopularProduct> popular = {};  // of the window, or of its last 30 days; 5 at most
  std::int64_t low_stock_count = 0;        // variants for sale with `low_stock` units or fewer
  std::vector<LowStock> low_stock = {};    // the fewest first, 50 at most
  OpenOrders open_orders = {};
  PendingCharges pending_charges = {};
  Amount balance_outstanding = 0;  // what lies on all balances
  Amount receivable = 0;           // what reversed charges left uncovered
};

}  // namespace wire

template <>
struct Fields<wire::SalesFigures> {
  using S = wire::SalesFigures;
  static constexpr auto list = std::tuple{
      field("orders", &S::orders),     field("units", &S::units),       field("paid", &S::paid),
      field("refunds", &S::refunds),   field("refunded_units", &S::refunded_units),
      field("refunded", &S::refunded), field("net", &S::net),           field("charged", &S::charged)};
};
template <>
struct Fields<wire::SalesHour> {
  static constexpr auto list = std::tuple{field("at", &wire::SalesHour::at), field("sales", &wire::SalesHour::sales)};
};
template <>
struct Fields<wire::RuleFigures> {
  using S = wire::RuleFigures;
  static constexpr auto list = std::tuple{field("id", &S::id),         field("kind", &S::kind), field("name", &S::name),
                                          field("issued", &S::issued), field("used", &S::used),
                                          field("discount", &S::discount)};
};
template <>
struct Fields<wire::LowStock> {
  static constexpr auto list =
      std::tuple{field("label", &wire::LowStock::label), field("stock", &wire::LowStock::stock)};
};
template <>
struct Fields<wire::OpenOrders> {
  using S = wire::OpenOrders;
  static constexpr auto list =
      std::tuple{field("pending", &S::pending), field("paid", &S::paid), field("shipping", &S::shipping)};
};
template <>
struct Fields<wire::PendingCharges> {
  using S = wire::PendingCharges;
  static constexpr auto list = std::tuple{field("count", &S::count), field("amount", &S::amount)};
};
template <>
struct Fields<wire::Stats> {
  using S = wire::Stats;
  static constexpr auto list = std::tuple{field("now", &S::now),
                                          field("time_zone", &S::time_zone),
                                          field("days", &S::days),
                                          field("sales", &S::sales),
                                          field("hours", &S::hours),
                                          field("rules", &S::rules),
                                          field("popular", &S::popular),
                                          field("low_stock_count", &S::low_stock_count),
                                          field("low_stock", &S::low_stock),
                                          field("open_orders", &S::open_orders),
                                          field("pending_charges", &S::pending_charges),
                                          field("balance_outstanding", &S::balance_outstanding),
                                          field("receivable", &S::receivable)};
};
static_assert(lists_every_member<wire::SalesFigures> && lists_every_member<wire::SalesHour> &&
              lists_every_member<wire::RuleFigures> && lists_every_member<wire::LowStock> &&
              lists_every_member<wire::OpenOrders> && lists_every_member<wire::PendingCharges> &&
              lists_every_member<wire::Stats>);

}  // namespace cartwright

#include "server/shop/stats.h"

#include <algorithm>

#include "server/shop/catalogue.h"
#include "server/shop/popular.h"
#include "server/shop/texts.h"

namespace cartwright::shop {

namespace {

using store::Reader;

constexpr std::size_t most_rules = 20;
constexpr std::int64_t most_low = 50;

void add(wire::SalesFigures& sum, const wire::SalesFigures& more) {
  sum.orders += more.orders;
  sum.units += more.units;
  sum.paid += more.paid;
  sum.refunds += more.refunds;
  sum.refunded_units += more.refunded_units;
  sum.refunded += more.refunded;
  sum.net += more.net;
  sum.charged += more.charged;
}

void load_sales(Reader& reader, std::int64_t first_hour, wire::Stats& stats) {
  for (const auto row : reader.query("SELECT hour, orders, units, paid, refunds, refunded_units, refunded, charged"
                                     " FROM revenue_buckets WHERE hour BETWEEN $1 AND $2 ORDER BY hour",
                                     first_hour, hour_of(stats.now))) {
    std::int64_t hour = 0;
    wire::SalesFigures sales;
    row.into(hour, sales.orders, sales.units, sales.paid, sales.refunds, sales.refunded_units, sales.refunded,
             sales.charged);
    sales.net = sales.paid - sales.refunded;
    add(stats.sales, sales);
    stats.hours.push_back({.at = {hour * hour_ms}, .sales = sales});
  }
}

// Rules are few; each is looked for in its own stretch of the buckets.
void load_rules(Reader& reader, std::int64_t first_hour, wire::Stats& stats) {
  constexpr std::int64_t minutes = hour_ms / minute_ms;
  for (const auto row : reader.query(
           "SELECT c.id, c.kind, COALESCE(u.uses, 0), COALESCE(u.discount, 0), COALESCE(i.issued, 0) FROM coupons c"
           " LEFT JOIN (SELECT k.id, CAST(sum(b.uses) AS BIGINT) AS uses, CAST(sum(b.discount) AS BIGINT) AS discount"
           "   FROM coupons k JOIN coupon_uses b ON b.coupon_id = k.id AND b.hour >= $1 GROUP BY k.id) u ON u.id = c.id"
           " LEFT JOIN (SELECT w.coupon_id, CAST(sum(b.issued) AS BIGINT) AS issued FROM ("
           "     SELECT id AS coupon_id, 0 AS campaign_id FROM coupons WHERE kind = 'coupon'"
           "     UNION ALL SELECT coupon_id, id FROM fcfs_coupons) w"
           "   JOIN coupon_issues b ON b.coupon_id = w.coupon_id AND b.campaign_id = w.campaign_id AND b.minute >= $2"
           "   GROUP BY w.coupon_id) i ON i.coupon_id = c.id"
           " WHERE u.uses > 0 OR i.issued > 0 ORDER BY 4 DESC, 3 DESC, 5 DESC, c.id DESC LIMIT $3",
           first_hour, first_hour * minutes, most_rules)) {
    wire::RuleFigures& rule = stats.rules.emplace_back();
    row.into(rule.id, rule.kind, rule.used, rule.discount, rule.issued);
  }
  for (wire::RuleFigures& rule : stats.rules) {
    for (const auto row : reader.query("SELECT language, name FROM coupon_texts WHERE coupon_id = $1", rule.id)) {
      set_text(rule.name, row.get<std::string_view>(0), row.get<std::string_view>(1));
    }
    fill_missing(rule.name);
  }
}

// The condition in the index's own words, or it isn't used.
void load_low_stock(Reader& reader, std::int64_t most_units, wire::Stats& stats) {
  stats.low_stock_count =
      reader.value<std::int64_t>("SELECT count(*) FROM product_variants v JOIN products p ON p.id = v.product_id"
                                 " WHERE v.active = 1 AND v.stock <= 20 AND v.stock <= $1 AND p.active = 1",
                                 most_units)
          .value_or(0);
  std::vector<VariantId> ids;
  std::vector<std::int64_t> stocks;
  for (const auto row : reader.query("SELECT v.id, v.stock FROM product_variants v JOIN products p ON p.id = v.product_id"
                                     " WHERE v.active = 1 AND v.stock <= 20 AND v.stock <= $1 AND p.active = 1"
                                     " ORDER BY v.stock, v.id LIMIT $2",
                                     most_units, most_low)) {
    ids.push_back(row.get<VariantId>(0));
    stocks.push_back(row.get<std::int64_t>(1));
  }
  std::vector<wire::VariantLabel> labels = load_labels(reader, ids);
  CARTWRIGHT_ASSERT(labels.size() == stocks.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    stats.low_stock.push_back({.label = std::move(labels[i]), .stock = stocks[i]});
  }
}

// What the buckets of all hours leave open.
void load_open(Reader& reader, wire::Stats& stats) {
  if (const auto row = reader.first("SELECT CAST(COALESCE(sum(orders - cancelled - shipped), 0) AS BIGINT),"
                                    " CAST(COALESCE(sum(shipped - delivered), 0) AS BIGINT),"
                                    " CAST(COALESCE(sum(charged - paid + refunded), 0) AS BIGINT) FROM revenue_buckets")) {
    row->into(stats.open_orders.paid, stats.open_orders.shipping, stats.balance_outstanding);
  }
  stats.open_orders.pending =
      reader.value<std::int64_t>("SELECT count(*) FROM orders WHERE status = 'PENDING' AND expires_at > $1", stats.now)
          .value_or(0);
  if (const auto row = reader.first("SELECT count(*), CAST(COALESCE(sum(amount), 0) AS BIGINT) FROM charge_requests"
                                    " WHERE status = 'PENDING'")) {
    row->into(stats.pending_charges.count, stats.pending_charges.amount);
  }
  stats.receivable =
      reader.value<Amount>("SELECT CAST(COALESCE(sum(receivable), 0) AS BIGINT) FROM user_balances WHERE receivable > 0")
          .value_or(0);
}

}  // namespace

Result<wire::Stats> load_stats(Services& services, const StatsQuery& query, TimeMs now) {
  wire::Stats stats{.now = now, .days = query.days};
  auto popular = list_popular(services, {.limit = 5, .days = std::min(query.days, popular_days_max)}, now);
  if (!popular) return popular.error();
  stats.popular = std::move(popular->items);
  const auto read = services.readers.begin();
  stats.time_zone = read->value<std::string>("SELECT time_zone FROM shop WHERE id = 1").value_or("UTC");
  const std::int64_t first_hour = window_begin(now, query.days);
  load_sales(*read, first_hour, stats);
  load_rules(*read, first_hour, stats);
  load_low_stock(*read, query.low_stock, stats);
  load_open(*read, stats);
  return stats;
}

}  // namespace cartwright::shop

#include "server/shop/popular.h"

#include "server/shop/products.h"

namespace cartwright::shop {

// The core's order (core/popularity.h) decides; the statement only adds up. Products that are no longer shown are left out
// before the ranks are given.
Result<wire::PopularList> list_popular(Services& services, const PopularQuery& query, TimeMs now) {
  auto read = services.readers.begin();
  std::vector<ProductSales> sales;
  for (const auto row : read->query("SELECT b.product_id, sum(b.units), max(b.last_sale_at) FROM sales_buckets b"
                                    " JOIN products p ON p.id = b.product_id"
                                    " WHERE b.hour BETWEEN $1 AND $2 AND b.units > 0 AND p.active = 1"
                                    " GROUP BY b.product_id",
                                    window_begin(now, query.days), hour_of(now))) {
    sales.push_back({.product_id = row.get<ProductId>(0),
                     .units = row.get<std::int64_t>(1),
                     .last_sale = row.get<TimeMs>(2)});
  }
  rank(sales, sales.size());
  wire::PopularList list{.days = query.days};
  for (const ProductSales& product : sales) {
    if (list.items.size() >= static_cast<std::size_t>(query.limit)) break;
    auto card = load_card(*read, product.product_id);
    if (!card) continue;
    list.items.push_back({.rank = static_cast<std::int64_t>(list.items.size()) + 1,
                          .units = product.units,
                          .product = std::move(*card)});
  }
  return list;
}

}  // namespace cartwright::shop

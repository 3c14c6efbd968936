#include "core/popularity.h"

#include <algorithm>

namespace cartwright {

void rank(std::vector<ProductSales>& sales, std::size_t limit) {
  sales.erase(std::remove_if(sales.begin(), sales.end(), [](const ProductSales& s) { return s.units <= 0; }),
              sales.end());
  std::sort(sales.begin(), sales.end(), [](const ProductSales& a, const ProductSales& b) {
    if (a.units != b.units) return a.units > b.units;
    if (a.last_sale != b.last_sale) return b.last_sale < a.last_sale;
    return a.product_id < b.product_id;
  });
  if (sales.size() > limit) sales.resize(limit);
}

}  // namespace cartwright

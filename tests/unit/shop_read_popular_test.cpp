#include <doctest/doctest.h>

#include "server/shop/popular.h"
#include "tests/unit/shop_read_fixture.h"

using namespace cartwright;
using namespace cartwright::shop;

namespace {

struct Sales : TestShop {
  Sales() {
    for (std::int64_t id = 1; id <= 4; ++id) {
      add({.id = id, .handle = "p" + std::to_string(id), .ko = "상품",
           .variants = {{.id = id, .price = 100, .stock = 1}}});
    }
  }
  std::string ranks(const PopularQuery& query = {}) {
    const auto list = list_popular(services, query, now);
    REQUIRE(list.ok());
    std::string text;
    for (const auto& item : list->items) {
      text += std::to_string(item.rank) + ":" + item.product.handle + "=" + std::to_string(item.units) + " ";
    }
    return text;
  }
  std::int64_t hour() const { return hour_of(now); }
};

}  // namespace

TEST_CASE("units over all hours of the window decide, then the later sale, then the smaller id") {
  Sales shop;
  shop.count_sale(1, shop.hour(), 2, shop.now.ms);
  shop.count_sale(1, shop.hour() - 5, 3, shop.now.ms - 5 * hour_ms);
  shop.count_sale(2, shop.hour(), 5, shop.now.ms + 1);
  shop.count_sale(3, shop.hour() - 1, 1, 100);
  shop.count_sale(4, shop.hour() - 1, 1, 100);
  CHECK(shop.ranks() == "1:p2=5 2:p1=5 3:p3=1 4:p4=1 ");
  CHECK(shop.ranks({.limit = 2}) == "1:p2=5 2:p1=5 ");
}

TEST_CASE("the window is whole hours: the oldest that counts, and the one before it") {
  Sales shop;
  shop.count_sale(1, shop.hour() - 3 * 24 + 1, 7, 1);
  shop.count_sale(2, shop.hour() - 3 * 24, 9, 1);
  CHECK(shop.ranks() == "1:p1=7 ");
  CHECK(shop.ranks({.days = 4}) == "1:p2=9 2:p1=7 ");
  shop.now = after(shop.now, hour_ms);
  CHECK(shop.ranks() == "");
}

TEST_CASE("what is no longer shown, or was given back whole, is not popular and takes no rank") {
  Sales shop;
  shop.count_sale(1, shop.hour(), 9, 1);
  shop.count_sale(2, shop.hour(), 0, 5);
  shop.count_sale(3, shop.hour(), 1, 1);
  shop.write([](store::Transaction& tx) { tx.execute("UPDATE products SET active = 0 WHERE id = 1"); });
  CHECK(shop.ranks() == "1:p3=1 ");
}

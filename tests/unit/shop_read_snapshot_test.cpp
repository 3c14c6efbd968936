#include <doctest/doctest.h>

#include "server/shop/snapshot.h"
#include "tests/unit/shop_read_fixture.h"

using namespace cartwright;
using namespace cartwright::shop;

namespace {

struct Offline : TestShop {
  Offline() {
    add_category(1, std::nullopt, "all");
    add({.id = 1, .handle = "tee", .ko = "티셔츠", .categories = {1},
         .variants = {{.id = 11, .price = 100, .stock = 5}, {.id = 12, .price = 200, .combination = "2"}}});
    add({.id = 2, .handle = "mug", .ko = "머그", .variants = {{.id = 21, .price = 300, .stock = 9}}});
  }
  wire::Snapshot get(std::string_view since = {}) {
    const auto read = services.readers.begin();
    const auto changes = load_changes(*read, since, now);
    return changes ? *changes : load_snapshot(*read, now);
  }
};

std::string ids(const wire::Snapshot& snapshot) {
  std::string text = snapshot.complete ? "all:" : "some:";
  for (const Variant& variant : snapshot.variants) text += " " + std::to_string(variant.id.value);
  for (const VariantId id : snapshot.removed_variant_ids) text += " -" + std::to_string(id.value);
  return text;
}

}  // namespace

TEST_CASE("without a cursor everything comes, with a label for each variant") {
  Offline shop;
  const auto snapshot = shop.get();
  CHECK(ids(snapshot) == "all: 11 12 21");
  REQUIRE(snapshot.labels.size() == 3);
  CHECK(snapshot.labels[2].handle == "mug");
  CHECK(snapshot.now == shop.now);
  CHECK(snapshot.shop.currency == "KRW");
}

TEST_CASE("with a cursor only changes come, stock among them, and then nothing") {
  Offline shop;
  const auto first = shop.get();
  CHECK(ids(shop.get(first.cursor)) == "some:");

  shop.sell(21, 2);
  const auto sold = shop.get(first.cursor);
  CHECK(ids(sold) == "some: 21");
  CHECK(sold.variants[0].stock == 7);
  CHECK(sold.labels.empty());

  shop.write([](store::Transaction& tx) {
    tx.execute("UPDATE product_variants SET price = 150 WHERE id = 11");
    TestShop::note_change(tx, "variant", 11);
  });
  CHECK(ids(shop.get(first.cursor)) == "some: 11 21");
  const auto priced = shop.get(sold.cursor);
  CHECK(ids(priced) == "some: 11");
  CHECK(priced.labels.size() == 1);
  CHECK(ids(shop.get(priced.cursor)) == "some:");
}

TEST_CASE("a product's change brings its variants; one that was switched off comes as inactive") {
  Offline shop;
  const auto first = shop.get();
  shop.write([](store::Transaction& tx) {
    tx.execute("UPDATE products SET active = 0 WHERE id = 1");
    TestShop::note_change(tx, "product", 1);
  });
  const auto delta = shop.get(first.cursor);
  CHECK(ids(delta) == "some: 11 12");
  CHECK_FALSE(delta.variants[0].active);
}

TEST_CASE("a variant that is gone is named, and everything is sent when the cursor is no good") {
  Offline shop;
  const auto first = shop.get();
  shop.write([](store::Transaction& tx) { TestShop::note_change(tx, "variant", 77); });
  CHECK(ids(shop.get(first.cursor)) == "some: -77");
  const std::string stamp = first.cursor.substr(first.cursor.rfind('.'));
  CHECK_FALSE(shop.get("0.0" + stamp).complete);
  for (const std::string& bad : {std::string("x"), std::string("1"), "1." + stamp, "-1.0" + stamp, "999999.0" + stamp,
                                 "0.999999" + stamp, "0.0" + stamp + "x", std::string("0.0"), std::string("0.0."),
                                 std::string("0.0.1"), std::string("0.0.-1")}) {
    CAPTURE(bad);
    CHECK(shop.get(bad).complete);
  }
}

TEST_CASE("a start keeps the cursors that were given before it, and tells those of a lost stretch of history") {
  Offline shop;
  const auto first = shop.get();
  const auto begin = [&] { shop.write([](store::Transaction& tx) { begin_epoch(tx); }); };
  const auto note = [&](std::int64_t id) {
    shop.write([&](store::Transaction& tx) { TestShop::note_change(tx, "variant", id); });
  };
  begin();
  CHECK(shop.get(first.cursor).variants.empty());
  CHECK_FALSE(shop.get(first.cursor).complete);
  // As the client of a server whose last five changes are not in the backup that was put back.
  const std::size_t point = first.cursor.find('.');
  const auto seen = std::stoll(first.cursor.substr(0, point)) + 5;
  const std::string lost = std::to_string(seen) + first.cursor.substr(point);
  CHECK(shop.get(lost).complete);
  for (std::int64_t id = 1; id <= 10; ++id) note(900 + id);
  CHECK(shop.get(lost).complete);
  CHECK_FALSE(shop.get(first.cursor).complete);
  for (int i = 0; i < 1000; ++i) begin();
  CHECK(shop.get(first.cursor).complete);  // a thousand starts ago
}

TEST_CASE("a client that is far behind gets everything instead of a very long delta") {
  Offline shop;
  const auto first = shop.get();
  const auto note = [&](std::int64_t from, std::int64_t to) {
    shop.write([&](store::Transaction& tx) {
      for (std::int64_t id = from; id <= to; ++id) TestShop::note_change(tx, "variant", id);
    });
  };
  note(1001, 6000);
  CHECK(shop.get(first.cursor).removed_variant_ids.size() == 5000);
  note(6001, 6001);
  CHECK(shop.get(first.cursor).complete);
}

TEST_CASE("a category that changes changes what lies below it, so everything comes anew") {
  Offline shop;
  const auto first = shop.get();
  shop.write([](store::Transaction& tx) { TestShop::note_change(tx, "category", 1); });
  CHECK(ids(shop.get(first.cursor)) == "all: 11 12 21");
}

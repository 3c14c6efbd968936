#include <doctest/doctest.h>

#include "server/store/search.h"
#include "tests/unit/store_fixture.h"

using namespace cartwright;
using namespace cartwright::store;

namespace {

struct Catalogue {
  TemporaryDirectory directory;
  Database database = open_sqlite({.path = directory.file("shop.db")});

  void put(std::int64_t id, std::string_view text) {
    write(database, [&](Transaction& tx) {
      tx.execute("INSERT INTO products (id, handle, base_price, created_at, updated_at) VALUES ($1, $2, 1, 1, 1)"
                 " ON CONFLICT DO NOTHING", id, std::to_string(id));
      index_product(tx, ProductId{id}, text);
    });
  }
  std::vector<std::int64_t> find(std::string_view words) {
    const auto patterns = search_patterns(words);
    std::vector<std::int64_t> ids;
    const auto read = database.readers->begin();
    for (const Row row : read->query("SELECT product_id FROM product_search"
                                     " WHERE text LIKE $1 AND text LIKE $2 AND text LIKE $3 ORDER BY product_id",
                                     patterns[0], patterns[1], patterns[2])) {
      ids.push_back(row.get<std::int64_t>(0));
    }
    return ids;
  }
};

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("search text is folded: case, width, spaces, Hangul letters, broken UTF-8") {
  CHECK(search_text("  Ocean \t\n BLUE  ") == "ocean blue");
  CHECK(search_text("ＡＢＣ１２３") == "abc123");
  CHECK(search_text("ÉÀ ΑΩ ЖЯ") == "éà αω жя");
  CHECK(search_text("\u1112\u1161\u11ab\u1100\u1173\u11af") == "한글");
  CHECK(search_text("\u1112\u1161\u1100\u1173") == "하그");
  CHECK(search_text("a\xFF" "b\xE2\x82") == "a\uFFFD" "b\uFFFD\uFFFD");
  CHECK(search_text("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
  CHECK(search_text(std::string_view("a\0b", 3)) == "a b");
  CHECK(search_text("").empty());
}

TEST_CASE("patterns hold a word each, the last one the rest, and no wildcards of the shopper's") {
  CHECK(search_patterns("") == SearchPatterns{"%", "%", "%"});
  CHECK(search_patterns("Blue shirt") == SearchPatterns{"%blue%", "%shirt%", "%"});
  CHECK(search_patterns("a b c d e") == SearchPatterns{"%a%", "%b%", "%c d e%"});
  CHECK(search_patterns("100% \\ok") == SearchPatterns{"%100_%", "%_ok%", "%"});
}

TEST_CASE("products are found by parts of words, in Korean too, however short") {
  Catalogue shop;
  shop.put(1, "푸른 바다 셔츠 Ocean Blue Shirt");
  shop.put(2, "붉은 셔츠 Red Shirt");
  shop.put(3, "할인 100% 머그컵 mug");
  CHECK(shop.find("셔츠") == Ids{1, 2});
  CHECK(shop.find("바다 셔츠") == Ids{1});
  CHECK(shop.find("셔츠 붉은") == Ids{2});
  CHECK(shop.find("shirt") == Ids{1, 2});
  CHECK(shop.find("HIRT") == Ids{1, 2});
  CHECK(shop.find("컵") == Ids{3});
  CHECK(shop.find("00%") == Ids{3});
  CHECK(shop.find("") == Ids{1, 2, 3});
  CHECK(shop.find("' OR 1=1 --").empty());
}

TEST_CASE("indexing again replaces, and empty text removes") {
  Catalogue shop;
  shop.put(1, "Ocean Blue Shirt");
  shop.put(1, "Green Shirt");
  CHECK(shop.find("ocean").empty());
  CHECK(shop.find("green") == Ids{1});
  shop.put(1, "");
  CHECK(shop.find("green").empty());
}

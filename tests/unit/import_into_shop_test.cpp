// What an import does to the database: all or nothing, only what differs, stock by movements.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "server/import/import.h"
#include "server/shop/audit.h"
#include "server/shop/setup.h"
#include "tests/unit/store_fixture.h"

using namespace cartwright;
using store::Transaction;

namespace {

constexpr TimeMs day_one{1'764'000'000'000};
constexpr TimeMs day_two = after(day_one, day_ms);

const std::string header =
    "Handle,Title,Type,Tags,Vendor,Option1 Name,Option1 Value,Variant Inventory Qty,Variant Price,Image Src,"
    "Image Position\n";
const std::string tee =
    "tee,Tee,Clothing,\"cotton, basic\",Loom,Size,S,3,20,https://example.com/1.jpg,1\n"
    "tee,,,,,,M,0,20,,\n"
    "tee,,,,,,,,,https://example.com/2.jpg,2\n";
const std::string mug = "mug,Mug,Kitchen,,,,,5,9.50,,\n";

class Shop {
 public:
  explicit Shop(const std::string& currency = "USD") : database_(store::open_sqlite({.path = directory_.file("s.db")})) {
    store::write(database_, [&](Transaction& tx) { REQUIRE(shop::create_shop(tx, {.currency = currency}, day_one)); });
    currency_ = currency;
  }
  ~Shop() {
    const auto read = database_.readers->begin();
    for (const shop::Breach& breach : shop::audit(*read)) {
      const std::string words = shop::describe(breach);
      CHECK_MESSAGE(false, words);
    }
  }

  import::ImportReport import(const std::string& text, bool skip_bad = false, TimeMs now = day_one) {
    auto report = import::import_shopify(*database_.writer, text, {.currency = currency_, .skip_bad = skip_bad}, now);
    REQUIRE(report);
    return report.take();
  }
  template <class T = std::int64_t, class... Args>
  T value(store::Sql sql, const Args&... args) {
    return database_.readers->begin()->value<T>(sql, args...).value();
  }
  template <class Use>
  void write(Use use) {
    store::write(database_, use);
  }
  // Rows that were ever written.
  std::int64_t rows_written() {
    std::int64_t rows = 0;
    write([&](Transaction& tx) { rows = tx.value<std::int64_t>("SELECT total_changes()").value(); });
    return rows;
  }
  std::int64_t last_change() { return value("SELECT coalesce(max(position), 0) FROM changes"); }

 private:
  store::TemporaryDirectory directory_;
  store::Database database_;
  std::string currency_;
};

}  // namespace

TEST_CASE("descriptions are cleaned where products are written, whoever brings them") {
  Shop shop;
  const shop::ProductRecord product{
      .handle = "cup",
      .texts = {{.language = "ko", .title = "Cup", .description_html = "<p onclick=x>Blue</p><script>y</script>"}},
      .variants = {{.price = 100}}};
  const auto write_it = [&] {
    shop::UpsertCounts counts;
    shop.write([&](Transaction& tx) { counts = shop::upsert_products(tx, {&product, 1}, day_one); });
    return counts;
  };
  write_it();
  CHECK(shop.value<std::string>("SELECT description_html FROM product_texts") == "<p>Blue</p>");
  CHECK(write_it().products_unchanged == 1);
}

TEST_CASE("an import brings products with options, stock, tags, categories and pictures") {
  Shop shop;
  const auto report = shop.import(header + tee + mug);
  CHECK(report.taken);
  CHECK(report.counts.products_created == 2);
  CHECK(report.counts.variants_created == 3);
  CHECK(report.counts.categories_created == 2);
  CHECK(report.counts.images == 2);
  CHECK(shop.value("SELECT base_price FROM products WHERE handle = 'mug'") == 950);
  CHECK(shop.value<std::string>("SELECT group_concat(tag) FROM product_tags") == "basic,cotton");
  CHECK(shop.value<std::string>("SELECT group_concat(slug) FROM (SELECT slug FROM categories ORDER BY position)") ==
        "clothing,kitchen");
  CHECK(shop.value<std::string>("SELECT names FROM product_option_values WHERE position = 2") == R"({"en":"M"})");
  CHECK(shop.value<std::string>("SELECT group_concat(combination) FROM product_variants WHERE product_id = 1") == "1,2");
  CHECK(shop.value("SELECT count(*) FROM stock_movements WHERE reason = 'RECEIVED'") == 2);
  CHECK(shop.value("SELECT count(*) FROM product_images WHERE product_id = 1") == 2);
  CHECK(shop.value("SELECT count(*) FROM changes WHERE kind = 'variant'") == 3);
  CHECK(shop.value("SELECT count(*) FROM product_search WHERE text LIKE '%loom%'") == 1);
}

TEST_CASE("importing the same file again changes nothing: no row, no movement, no change position") {
  Shop shop;
  shop.import(header + tee + mug);
  const auto rows = shop.rows_written();
  const auto position = shop.last_change();
  const auto report = shop.import(header + tee + mug, false, day_two);
  CHECK(report.counts.products_unchanged == 2);
  CHECK(report.counts.products_changed == 0);
  CHECK(shop.rows_written() == rows);
  CHECK(shop.last_change() == position);
}

TEST_CASE("a changed file changes just what differs") {
  Shop shop;
  shop.import(header + tee + mug);
  const auto position = shop.last_change();
  std::string dearer = mug;
  dearer.replace(dearer.find("9.50"), 4, "8.00");
  const auto report = shop.import(header + tee + dearer, false, day_two);
  CHECK(report.counts.products_changed == 1);
  CHECK(report.counts.products_unchanged == 1);
  CHECK(report.counts.variants_changed == 1);
  CHECK(shop.value("SELECT price FROM product_variants WHERE product_id = 2") == 800);
  CHECK(shop.value("SELECT base_price FROM products WHERE handle = 'mug'") == 800);
  CHECK(shop.value("SELECT version FROM products WHERE handle = 'mug'") == 2);
  CHECK(shop.value("SELECT version FROM products WHERE handle = 'tee'") == 1);
  CHECK(shop.value("SELECT count(*) FROM changes WHERE position > $1 AND kind = 'variant'", position) == 1);
  CHECK(shop.value("SELECT count(*) FROM stock_movements") == 3 - 1);
}

TEST_CASE("another stock is a movement, and the same file doesn't put sold units back") {
  Shop shop;
  shop.import(header + mug);
  shop.write([](Transaction& tx) {  // two broke
    tx.execute("UPDATE product_variants SET stock = stock - 2");
    tx.execute("INSERT INTO stock_movements (variant_id, delta, reason, created_at) VALUES (1, -2, 'ADJUSTED', 1)");
  });
  CHECK(shop.import(header + mug).counts.products_unchanged == 1);
  CHECK(shop.value("SELECT stock FROM product_variants") == 3);
  std::string more = mug;
  more.replace(more.find(",5,"), 3, ",8,");
  CHECK(shop.import(header + more).counts.products_changed == 1);
  CHECK(shop.value("SELECT stock FROM product_variants") == 8);
  CHECK(shop.value("SELECT delta FROM stock_movements ORDER BY id DESC LIMIT 1") == 5);
  CHECK(shop.value("SELECT version FROM products") == 1);
}

TEST_CASE("a variant that the file no longer names becomes inactive and comes back as it was") {
  Shop shop;
  shop.import(header + tee);
  const std::string only_m = "tee,Tee,Clothing,\"cotton, basic\",Loom,Size,M,0,20,https://example.com/1.jpg,1\n"
                             "tee,,,,,,,,,https://example.com/2.jpg,2\n";
  shop.import(header + only_m);
  CHECK(shop.value<std::string>("SELECT combination FROM product_variants WHERE active = 1") == "2");
  CHECK(shop.value("SELECT count(*) FROM product_variants") == 2);
  shop.import(header + tee);
  CHECK(shop.value("SELECT count(*) FROM product_variants WHERE active = 1") == 2);
  CHECK(shop.value("SELECT count(*) FROM product_variants") == 2);
}

TEST_CASE("nothing of a faulty file is taken, unless bad rows are to be skipped") {
  Shop shop;
  const std::string bad = "tee,,,,,,L,1,cheap,,\n";
  const auto rows = shop.rows_written();
  const auto refused = shop.import(header + tee + bad + mug);
  CHECK_FALSE(refused.taken);
  CHECK(shop.rows_written() == rows);
  const std::string words = import::print_report(refused, "products.csv");
  CHECK(words.rfind("products.csv:5:14 Variant Price: bad_price: ", 0) == 0);
  CHECK(words.find("1 fault: nothing was imported\n") != std::string::npos);

  const auto skipped = shop.import(header + tee + bad + mug, true);
  CHECK(skipped.taken);
  CHECK(skipped.counts.products_created == 2);
  CHECK(skipped.counts.variants == 3);
  CHECK(skipped.variants_skipped == 1);
}

TEST_CASE("a variant whose row is skipped stays as it is in the shop") {
  Shop shop;
  shop.import(header + tee);
  std::string broken = tee;
  broken.replace(broken.find("M,0,20"), 6, "M,0,??");
  CHECK(shop.import(header + broken, true).counts.products_unchanged == 1);
  CHECK(shop.value("SELECT count(*) FROM product_variants WHERE active = 1") == 2);
}

TEST_CASE("what the shopkeeper translated stays when the file comes again") {
  Shop shop;
  shop.import(header + tee);
  shop.write([](Transaction& tx) {
    tx.execute("INSERT INTO product_texts (product_id, language, name) VALUES (1, 'ko', '티셔츠')");
    tx.execute("UPDATE product_options SET names = '{\"ko\":\"사이즈\",\"en\":\"Size\"}'");
  });
  CHECK(shop.import(header + tee).counts.products_unchanged == 1);
  CHECK(shop.value<std::string>("SELECT name FROM product_texts WHERE language = 'ko'") == "티셔츠");
}

TEST_CASE("Shopify's own sample files import whole, where their prices fit the currency") {
  const char* told = std::getenv("CARTWRIGHT_SAMPLES");
  const std::filesystem::path folder =
      told ? std::filesystem::path(told)
           : std::filesystem::path(__FILE__).parent_path().parent_path().parent_path().parent_path() /
                 "shared/data/shopify";
  if (!std::filesystem::exists(folder / "apparel.csv")) {
    MESSAGE("skipped: no sample files; CARTWRIGHT_SAMPLES names their folder");
    return;
  }
  const auto content = [&](const char* name) {
    std::ifstream file(folder / name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  };
  const std::string apparel = content("apparel.csv");
  const std::string home = content("home-and-garden.csv");
  {
    Shop shop("KRW");
    const auto report = shop.import(apparel);
    CHECK(report.taken);
    CHECK(report.counts.products_created == 20);
    CHECK(report.counts.variants_created == 22);
    CHECK(shop.value("SELECT price FROM product_variants v JOIN products p ON p.id = v.product_id"
                     " WHERE p.handle = 'ocean-blue-shirt'") == 50);
    const auto refused = shop.import(home);
    CHECK_FALSE(refused.taken);
    CHECK(refused.faults.kept.front().code == "too_many_decimals");
    CHECK(refused.faults.kept.front().line == 2);
    CHECK(shop.value("SELECT count(*) FROM products") == 20);
  }
  Shop shop("USD");
  CHECK(shop.import(apparel).taken);
  const auto report = shop.import(home);
  CHECK(report.taken);
  CHECK(report.warnings.count == 0);
  CHECK(report.counts.categories_created == 2);
  CHECK(report.counts.images == 21);
  const auto rows = shop.rows_written();
  shop.import(apparel);
  CHECK(shop.import(home).counts.products_unchanged == 20);
  CHECK(shop.rows_written() == rows);
}

// The demo shop: whole, true to what must always be true, and only ever put into an empty database.
#include <doctest/doctest.h>

#include <set>

#include "server/demo/catalog.h"
#include "server/demo/demo.h"
#include "server/demo/offers.h"
#include "server/shop/audit.h"
#include "server/shop/catalogue.h"
#include "server/shop/coupons.h"
#include "server/shop/html_policy.h"
#include "server/shop/media.h"
#include "server/shop/passwords.h"
#include "server/shop/popular.h"
#include "server/shop/setup.h"
#include "tests/unit/store_fixture.h"

using namespace cartwright;
using store::Transaction;

namespace {

constexpr TimeMs now{1'764'000'000'000};

class Demo {
 public:
  Demo() : database(store::open_sqlite({.path = directory_.file("demo.db")})) {}

  Result<demo::DemoReport> fill(std::optional<std::string> currency = {}) {
    return demo::fill_demo(*database.writer,
                           {.currency = std::move(currency), .shopper_password = "one-password",
                            .admin_password = "other-password"},
                           now);
  }
  template <class T = std::int64_t, class... Args>
  T value(store::Sql sql, const Args&... args) {
    return database.readers->begin()->value<T>(sql, args...).value();
  }

 private:
  store::TemporaryDirectory directory_;

 public:
  store::Database database;
};

}  // namespace

TEST_CASE("the demo fills an empty database, and the audit finds nothing") {
  for (const char* currency : {"KRW", "USD", "JPY", "BHD"}) {
    CAPTURE(currency);
    Demo demo;
    const auto report = demo.fill(currency);
    REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().detail));
    CHECK(report->currency == currency);
    CHECK(report->products >= 40);
    CHECK(report->variants >= 120);
    CHECK(report->orders > 10);
    CHECK(demo.value("SELECT count(*) FROM orders WHERE status = 'PAID'") == report->orders);
    const auto read = demo.database.readers->begin();
    const auto breaches = shop::audit(*read);
    for (const auto& breach : breaches) {
      const std::string words = shop::describe(breach);
      CHECK_MESSAGE(false, words);
    }
  }
}

TEST_CASE("the demo's shop has what there is to try") {
  Demo demo;
  REQUIRE(demo.fill());
  CHECK(demo.value<std::string>("SELECT currency FROM shop") == "KRW");
  CHECK(demo.value("SELECT count(*) FROM categories") == 8);
  CHECK(demo.value("SELECT count(*) FROM products WHERE active = 0") == 1);
  CHECK(demo.value("SELECT count(*) FROM products WHERE max_quantity > 0") >= 3);
  CHECK(demo.value("SELECT count(*) FROM product_variants WHERE stock = 0") >= 3);
  CHECK(demo.value("SELECT count(*) FROM coupons WHERE kind = 'promotion'") == 2);
  CHECK(demo.value("SELECT count(*) FROM fcfs_coupons WHERE starts_at <= $1 AND ends_at > $1 AND remaining_quantity = 50",
                   now) == 1);
  CHECK(demo.value("SELECT count(*) FROM fcfs_coupons WHERE starts_at > $1", now) == 1);
  CHECK(demo.value("SELECT balance FROM user_balances b JOIN users u ON u.id = b.user_id"
                   " WHERE u.email = 'demo@example.com'") == 500000);
  CHECK(demo.value("SELECT count(*) FROM user_coupons WHERE status = 'AVAILABLE'") >= 10);
  // Every kind of rule.
  CHECK(demo.value("SELECT count(DISTINCT json_extract(rule, '$.target') || json_extract(rule, '$.type'))"
                   " FROM coupons WHERE kind = 'coupon'") >= 9);

  const auto read = demo.database.readers->begin();
  CHECK(shop::load_promotions(*read).size() == 2);
  const auto user = read->value<UserId>("SELECT id FROM users WHERE email = 'demo@example.com'").value();
  CHECK(shop::load_wallet(*read, user, now).size() >= 10);
}

TEST_CASE("the demo's accounts take the passwords that were made for them") {
  Demo demo;
  REQUIRE(demo.fill());
  shop::Passwords passwords;
  const auto hash = [&](const char* email) {
    return demo.value<std::string>("SELECT password_hash FROM users WHERE email = $1", email);
  };
  CHECK(passwords.verify(hash("demo@example.com"), "one-password").value());
  CHECK_FALSE(passwords.verify(hash("demo@example.com"), "other-password").value());
  CHECK(passwords.verify(hash("admin@example.com"), "other-password").value());
  CHECK(demo.value<std::string>("SELECT role FROM users WHERE email = 'admin@example.com'") == "admin");
  CHECK_FALSE(passwords.verify(hash("guest1@example.com"), "*").value());
}

TEST_CASE("five products at least were sold within three days") {
  Demo demo;
  REQUIRE(demo.fill());
  CHECK(demo.value("SELECT count(DISTINCT product_id) FROM sales_buckets WHERE last_sale_at > $1",
                   after(now, -3 * day_ms)) >= 5);
}

TEST_CASE("every picture that the catalogue shows is there, and is a whole drawing") {
  Demo demo;
  const auto report = demo.fill();
  REQUIRE(report);
  const auto read = demo.database.readers->begin();
  std::set<std::string> urls;
  for (const auto row : read->query("SELECT url FROM product_images UNION SELECT image_url FROM product_variants"
                                    " WHERE image_url <> ''")) {
    urls.insert(row.get<std::string>(0));
  }
  CHECK(static_cast<std::int64_t>(urls.size()) == report->pictures);
  for (const std::string& url : urls) {
    CAPTURE(url);
    REQUIRE(url.rfind("/media/", 0) == 0);
    const auto media = shop::find_media(*read, url.substr(7));
    REQUIRE(media);
    CHECK(media->content_type == "image/svg+xml");
    CHECK(media->bytes.rfind("<svg ", 0) == 0);
    CHECK(media->bytes.find("{{") == std::string::npos);
  }
  CHECK_FALSE(shop::find_media(*read, "none.svg"));
}

TEST_CASE("a database that is not empty, or has another currency, is left alone") {
  Demo demo;
  REQUIRE(demo.fill());
  const auto again = demo.fill();
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::invalid_request);
  CHECK(demo.value("SELECT count(*) FROM users") == 5);

  Demo other;
  REQUIRE(shop::ensure_shop(*other.database.writer, std::string("USD"), now));
  CHECK_FALSE(other.fill("KRW"));
  CHECK_FALSE(Demo().fill("XQQ"));
  const auto filled = other.fill();
  REQUIRE(filled);
  CHECK(filled->currency == "USD");
}

TEST_CASE("the demo's words are there in both languages, and its prices are round") {
  const auto won = demo::load_catalog("KRW");
  const auto dollars = demo::load_catalog("USD");
  REQUIRE(won);
  REQUIRE(dollars);
  for (const auto& product : won->products) {
    CAPTURE(product.handle);
    REQUIRE(product.texts.size() == 2);
    for (const auto& text : product.texts) {
      CHECK(shop::html_to_text(text.description_html, 1000).size() > 60);
      CHECK(shop::clean_html(text.description_html) == text.description_html);
    }
    for (const auto& variant : product.variants) CHECK(variant.price % 100 == 0);
  }
  CHECK(demo::from_won(12900, "USD") == 1290);
  CHECK(demo::from_won(12900, "JPY") == 1290);
  CHECK(demo::from_won(12900, "BHD") == 12900);
  CHECK(dollars->products[0].variants[0].price == 2400);
}

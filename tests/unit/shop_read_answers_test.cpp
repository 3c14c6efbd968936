#include <doctest/doctest.h>
#include <zlib.h>

#include "server/api/catalogue_handlers.h"
#include "server/api/clocked.h"
#include "server/api/pages.h"
#include "server/api/price_text.h"
#include "server/shop/decimals.h"
#include "server/shop/media.h"
#include "tests/unit/shop_read_fixture.h"

using namespace cartwright;
using namespace cartwright::shop;

namespace {

struct Catalogue : TestShop {
  Catalogue() {
    add({.id = 1, .handle = "tee", .ko = "티셔츠", .en = "Tee", .variants = {{.id = 11, .price = 12900, .stock = 5}}});
    add({.id = 2, .handle = "mug", .ko = "머그", .en = "Mug", .variants = {{.id = 21, .price = 300, .stock = 9}}});
  }
};

std::string unpack(const std::string& packed) {
  std::string text(1U << 20U, '\0');
  z_stream stream = {};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);  // gzip only, with its checksum
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  CHECK(stream.avail_in == 0);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

const std::string index_html =
    "<!doctype html><html lang=\"ko\"><head><title>App</title><!--head--></head>"
    "<body><div id=\"app\"><!--app--></div></body></html>";

}  // namespace

TEST_CASE("an answer is kept until a commit touches what it was made of") {
  Catalogue shop;
  const auto tee = [&] { return TestCall(shop, "/products/tee").param("id", "tee")(api::show_product); };
  const auto first = tee();
  CHECK(contains(first.body_view(), "\"stock\":5"));
  CHECK(tee().shared_body == first.shared_body);
  shop.sell(21, 1);
  CHECK(tee().shared_body == first.shared_body);
  shop.sell(11, 2);
  CHECK(contains(tee().body_view(), "\"stock\":3"));
  const auto list = [&] { return std::string(TestCall(shop)(api::list_products).body_view()); };
  CHECK(contains(list(), "\"stock\":8"));
  shop.sell(21, 8);
  CHECK(contains(list(), "\"stock\":0"));
}

TEST_CASE("a touch of a whole topic is a touch of each of its things") {
  Catalogue shop;
  const auto tee = [&] { return TestCall(shop).param("id", "tee")(api::show_product).shared_body; };
  const auto first = tee();
  shop.write([](store::Transaction& tx) { tx.touch(Topic::stock); });
  CHECK(tee() != first);
}

TEST_CASE("what was read before a commit is not kept after it") {
  Cache cache;
  const auto encoded = [](std::string text) {
    return std::make_shared<const Encoded>(Encoded{.plain = std::make_shared<const std::string>(std::move(text))});
  };
  const std::vector<Cache::Dependency> stock_of_7 = {{Topic::stock, 7}};
  const std::vector<store::Touch> touched = {{static_cast<std::uint32_t>(Topic::stock), 7}};
  const std::uint64_t before = cache.position();
  cache.on_commit({.number = 1, .touched = touched});
  cache.keep("a", before, stock_of_7, encoded("old"));
  CHECK_FALSE(cache.find("a"));
  cache.keep("a", cache.position(), stock_of_7, encoded("new"));
  cache.keep("a", before, stock_of_7, encoded("old"));
  REQUIRE(cache.find("a"));
  CHECK(*cache.find("a")->plain == "new");
}

TEST_CASE("who waited while an answer was made takes it, though a commit came meanwhile") {
  Cache cache;
  const std::vector<store::Touch> touched = {{static_cast<std::uint32_t>(Topic::stock), 7}};
  const std::vector<Cache::Dependency> stock = {{Topic::stock}};
  cache.on_commit({.number = 1, .touched = touched});
  const std::uint64_t arrived = cache.position();
  const std::uint64_t as_of = cache.position();
  cache.on_commit({.number = 2, .touched = touched});
  cache.keep("a", as_of, stock, std::make_shared<const Encoded>());
  CHECK_FALSE(cache.find("a"));
  CHECK(cache.find("a", arrived));
  CHECK_FALSE(cache.find("a", cache.position()));  // who came after that commit must see it
}

TEST_CASE("a cursor that isn't known here gets the snapshot that is kept for everyone") {
  Catalogue shop;
  const auto whole = TestCall(shop)(api::show_snapshot);
  for (const char* cursor : {"garbage", "99.99", "-1.0"}) {
    CAPTURE(cursor);
    const auto answer = TestCall(shop).query("since", cursor)(api::show_snapshot);
    CHECK(answer.body_view() == whole.body_view());
  }
}

TEST_CASE("a picture is tagged for good, and only drawings are packed on the way") {
  Catalogue shop;
  shop.write([](store::Transaction& tx) {
    add_media(tx, {.name = "a.svg", .content_type = "image/svg+xml", .bytes = "<svg/>"});
    add_media(tx, {.name = "b.png", .content_type = "image/png", .bytes = "png"});
    add_media(tx, {.name = "c.png", .content_type = "image/png", .bytes = "png"});
  });
  const auto drawing = TestCall(shop).param("name", "a.svg")(api::show_media);
  CHECK(drawing.status == 200);
  CHECK(drawing.compress);
  const auto photo = TestCall(shop).param("name", "b.png")(api::show_media);
  CHECK(photo.body_view() == "png");
  CHECK_FALSE(photo.compress);
  const std::string etag = header_of(photo, "ETag");
  CHECK(TestCall(shop).param("name", "b.png").header("If-None-Match", etag)(api::show_media).status == 304);
  CHECK(TestCall(shop).param("name", "c.png").header("If-None-Match", etag)(api::show_media).status == 200);
  CHECK(TestCall(shop).param("name", "d.png")(api::show_media).status == 404);
}

TEST_CASE("a full cache makes room instead of growing") {
  Cache cache(20000);
  for (int i = 0; i < 100; ++i) {
    auto encoded = std::make_shared<Encoded>();
    encoded->bytes = 1000;
    cache.keep(std::to_string(i), 0, {}, encoded);
  }
  CHECK(cache.find("99"));
  CHECK_FALSE(cache.find("0"));
}

TEST_CASE("who has an answer is told so, until it changes") {
  Catalogue shop;
  struct Case {
    const char* name;
    http::Response (*handler)(const api::Call&);
  };
  for (const Case& c : {Case{"products", api::list_products}, Case{"product", api::show_product},
                        Case{"popular", api::list_popular}, Case{"categories", api::list_categories},
                        Case{"shop", api::show_shop}, Case{"snapshot", api::show_snapshot},
                        Case{"campaigns", api::list_campaigns}}) {
    CAPTURE(c.name);
    const auto first = TestCall(shop).param("id", "tee")(c.handler);
    CHECK(first.status == 200);
    const std::string etag = header_of(first, "ETag");
    REQUIRE_FALSE(etag.empty());
    shop.now = after(shop.now, 1000);
    const auto again = TestCall(shop).param("id", "tee").header("If-None-Match", etag)(c.handler);
    CHECK(again.status == 304);
    CHECK(again.body_view().empty());
    CHECK(header_of(again, "ETag") == etag);
  }
  const std::string etag = header_of(TestCall(shop)(api::show_snapshot), "ETag");
  shop.sell(11, 1);
  CHECK(TestCall(shop).header("If-None-Match", etag)(api::show_snapshot).status == 200);
}

TEST_CASE("a kept snapshot shows the clock of each answer, packed or not") {
  Catalogue shop;
  const auto clock = [&] { return "\"now\":" + std::to_string(shop.now.ms) + ","; };
  const auto first = TestCall(shop)(api::show_snapshot);
  CHECK(contains(first.body, clock()));
  shop.now = after(shop.now, 12345);
  const auto plain = TestCall(shop)(api::show_snapshot);
  CHECK(contains(plain.body, clock()));
  const auto packed = TestCall(shop).header("Accept-Encoding", "gzip")(api::show_snapshot);
  CHECK(header_of(packed, "Content-Encoding") == "gzip");
  CHECK(unpack(packed.body) == plain.body);
}

TEST_CASE("a stitched gzip is whole at every length of its parts") {
  for (const std::size_t size : {0U, 1U, 5000U, 200000U}) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + (i * i) % 23);
    const auto body = api::make_clocked("{\"now\":0,\"text\":\"" + text + "\"}");
    for (const std::int64_t ms : {std::int64_t{0}, std::int64_t{7}, std::int64_t{1700000000000}}) {
      CHECK(unpack(api::gzip_with_clock(body, {ms})) == api::plain_with_clock(body, {ms}));
    }
  }
}

TEST_CASE("filters that make no sense are named") {
  Catalogue shop;
  struct Bad {
    const char* name;
    const char* value;
  };
  for (const Bad& bad : {Bad{"limit", "0"}, Bad{"limit", "101"}, Bad{"limit", "x"}, Bad{"min_price", "-1"},
                         Bad{"max_price", "1.5"}, Bad{"in_stock", "maybe"}, Bad{"sort", "best"}, Bad{"cursor", "x"},
                         Bad{"min_price", "99999999999999999999"}}) {
    CAPTURE(bad.name);
    const auto answer = TestCall(shop).query(bad.name, bad.value)(api::list_products);
    CHECK(answer.status == 422);
    CHECK(contains(answer.body, std::string("\"pointer\":\"/") + bad.name));
  }
  CHECK(TestCall(shop).query("q", std::string(201, 'a'))(api::list_products).status == 422);
  CHECK(TestCall(shop).param("id", "x")(api::show_campaign).status == 404);
}

TEST_CASE("campaigns say what is left, when, and whether I have one") {
  Catalogue shop;
  UserId user;
  shop.write([&](store::Transaction& tx) {
    user = tx.insert<UserId>("INSERT INTO users (email, password_hash, name, created_at)"
                             " VALUES ('a@example.com', 'x', 'A', 1) RETURNING id");
    tx.execute("INSERT INTO coupons (id, kind, rule, created_at, updated_at) VALUES (1, 'coupon', $1, 1, 1)",
               R"({"id":1,"target":"order","type":"fixed","amount":1000})");
    tx.execute("INSERT INTO coupon_texts (coupon_id, language, name) VALUES (1, 'ko', '<선착순>')");
    const auto add = [&](std::int64_t id, std::int64_t start, std::int64_t end, std::int64_t left) {
      tx.execute("INSERT INTO fcfs_coupons (id, coupon_id, total_quantity, remaining_quantity, starts_at, ends_at,"
                 " created_at) VALUES ($1, 1, 10, $4, $2, $3, 1)",
                 id, start, end, left);
    };
    add(1, shop.now.ms - 10, shop.now.ms + 10, 3);
    add(2, shop.now.ms + 10, shop.now.ms + 20, 10);
    add(3, shop.now.ms - 10, shop.now.ms, 10);
    add(4, shop.now.ms - 10, shop.now.ms + 30, 0);
    add(5, 1, 2, 1);
    tx.execute("INSERT INTO user_coupons (user_id, coupon_id, origin, campaign_id, issued_at)"
               " VALUES ($1, 1, 'campaign', 1, 1)",
               user);
  });
  const std::string all = TestCall(shop)(api::list_campaigns).body;
  std::string phases;
  for (std::size_t at = all.find("\"phase\":\""); at != std::string::npos; at = all.find("\"phase\":\"", at + 1)) {
    phases += all.substr(at + 9, all.find('"', at + 9) - at - 9) + " ";
  }
  CHECK(phases == "open coming exhausted ended ");
  CHECK(contains(all, "\"issued_to_me\":null"));
  CHECK(contains(TestCall(shop).param("id", "1").as(user)(api::show_campaign).body, "\"issued_to_me\":true"));
  CHECK(contains(TestCall(shop).param("id", "2").as(user)(api::show_campaign).body, "\"issued_to_me\":false"));

  const api::Pages pages(index_html);
  const auto page = TestCall(shop)([&](const api::Call& call) { return pages.campaigns(call); });
  CHECK(contains(page.body, "&lt;선착순&gt;"));
}

TEST_CASE("a product's page reads without script, and nothing in it breaks out of its place") {
  Catalogue shop;
  shop.add({.id = 7, .handle = "evil", .ko = "</script><b>\"'&", .en = "Plain",
            .variants = {{.id = 71, .price = 1234567, .stock = 0}}, .description = "<p>설명 <em>하나</em></p>",
            .image = "javascript:alert(1)"});
  const api::Pages pages(index_html);
  const auto get = [&](const std::string& handle, const std::string& lang) {
    TestCall call(shop, "/products/" + handle);
    call.param("handle", handle);
    if (!lang.empty()) call.query("lang", lang);
    return call([&](const api::Call& c) { return pages.product(c); });
  };
  const auto page = get("evil", "");
  const std::string_view html = page.body_view();
  CHECK(page.status == 200);
  CHECK(page.content_type == "text/html; charset=utf-8");
  CHECK(contains(html, "<h1>&lt;/script&gt;&lt;b&gt;"));
  CHECK_FALSE(contains(html, "</script><b>"));
  CHECK_FALSE(contains(html, "javascript:"));
  CHECK(contains(html, "\\u003c/script\\u003e"));
  CHECK(contains(html, "1,234,567원"));
  CHECK(contains(html, "<em>하나</em>"));
  CHECK(contains(html, "품절"));
  CHECK(contains(html, "content=\"설명 하나\""));
  CHECK(contains(html, "\"availability\":\"https://schema.org/OutOfStock\""));
  CHECK_FALSE(contains(html, "<title>App</title>"));
  CHECK(contains(html, "lang=\"ko\""));

  const auto english = get("evil", "en");
  CHECK(contains(english.body_view(), "lang=\"en\""));
  CHECK(contains(english.body_view(), "<h1>Plain</h1>"));
  CHECK(contains(english.body_view(), "₩1,234,567"));

  const auto missing = get("no-such", "");
  CHECK(missing.status == 404);
  CHECK(contains(missing.body_view(), "<div id=\"app\">"));
}

TEST_CASE("lists and home are filled from the catalogue, the rest is the app alone") {
  Catalogue shop;
  shop.count_sale(2, hour_of(shop.now), 3, shop.now.ms);
  const api::Pages pages(index_html);
  const auto home = TestCall(shop)([&](const api::Call& call) { return pages.home(call); });
  CHECK(contains(home.body_view(), "<h2>인기 상품</h2>"));
  CHECK(contains(home.body_view(), "<a href=\"/products/mug\">"));
  CHECK(contains(home.body_view(), "12,900원"));
  const auto list = TestCall(shop).query("limit", "1")([&](const api::Call& call) { return pages.products(call); });
  CHECK(contains(list.body_view(), "rel=\"next\""));
  const auto wrong = TestCall(shop).query("limit", "x").query("cursor", "y")(
      [&](const api::Call& call) { return pages.products(call); });
  CHECK(wrong.status == 200);
  const auto shell = TestCall(shop)([&](const api::Call& call) { return pages.shell(call); });
  CHECK(contains(shell.body_view(), "<div id=\"app\"></div>"));
  CHECK(contains(shell.body_view(), "noindex"));
}

TEST_CASE("the address, then the cookie, then the browser choose the language, Korean first") {
  TestShop shop;
  const auto language = [](const TestCall& call) { return api::language_of(call.request()); };
  using wire::Language;
  CHECK(language(TestCall(shop)) == Language::ko);
  CHECK(language(TestCall(shop).header("Accept-Language", "en-US,en;q=0.9,ko;q=0.8")) == Language::en);
  CHECK(language(TestCall(shop).header("Accept-Language", "fr, ko")) == Language::ko);
  CHECK(language(TestCall(shop).header("Accept-Language", "en").header("Cookie", "lang=ko")) == Language::ko);
  CHECK(language(TestCall(shop).query("lang", "en").header("Cookie", "lang=ko")) == Language::en);
  CHECK(language(TestCall(shop).query("lang", "xx")) == Language::ko);
}

TEST_CASE("prices are written as shops write them") {
  using wire::Language;
  CHECK(api::price_text(12900, "KRW", Language::ko) == "12,900원");
  CHECK(api::price_text(12900, "KRW", Language::en) == "₩12,900");
  CHECK(api::price_text(1290, "USD", Language::ko) == "$12.90");
  CHECK(api::price_text(5, "USD", Language::en) == "$0.05");
  CHECK(api::price_text(123456789, "USD", Language::en) == "$1,234,567.89");
  CHECK(api::price_text(1234, "BHD", Language::en) == "BHD 1.234");
  CHECK(api::price_text(0, "KRW", Language::ko) == "0원");
  CHECK(api::price_text(max_amount, "KRW", Language::ko) == "9,007,199,254,740,991원");
  CHECK(shop::decimal_text(1290, "USD") == "12.90");
}

#include <doctest/doctest.h>

#include "server/shop/catalogue.h"
#include "server/shop/cursor.h"
#include "server/shop/products.h"
#include "server/shop/texts.h"
#include "tests/unit/shop_read_fixture.h"

using namespace cartwright;
using namespace cartwright::shop;

namespace {

std::string handles(const Result<wire::Page<wire::ProductCard>>& page) {
  REQUIRE(page.ok());
  std::string all;
  for (const auto& card : page->items) all += (all.empty() ? "" : " ") + card.handle;
  return all;
}

// Clothes (1) holds tops (2), which holds shirts (3); mugs (4) stand beside.
struct Catalogue : TestShop {
  Catalogue() {
    add_category(1, std::nullopt, "clothes");
    add_category(2, 1, "tops");
    add_category(3, 2, "shirts");
    add_category(4, std::nullopt, "mugs");
    add({.id = 1, .handle = "tee", .ko = "면 티셔츠", .en = "Cotton tee", .categories = {2},
         .variants = {{.id = 11, .price = 12000, .stock = 5}, {.id = 12, .price = 15000, .combination = "2"}}});
    add({.id = 2, .handle = "shirt", .ko = "린넨 셔츠", .en = "Linen shirt", .categories = {3},
         .variants = {{.id = 21, .price = 30000, .stock = 1}}});
    add({.id = 3, .handle = "mug", .ko = "도자기 머그", .en = "Stoneware mug", .categories = {4},
         .variants = {{.id = 31, .price = 12000}}});
    add({.id = 4, .handle = "hidden", .ko = "숨은 상품",
         .variants = {{.id = 41, .price = 1, .stock = 1, .active = false}}});
  }
  std::string list(const ProductQuery& query) { return handles(list_products(services, query, now)); }
};

}  // namespace

TEST_CASE("products are listed newest first, without those that can't be bought at all") {
  Catalogue shop;
  CHECK(shop.list({}) == "mug shirt tee");
  CHECK(shop.list({.limit = 1}) == "mug");
}

TEST_CASE("search finds Korean and English by parts of words, one character too") {
  Catalogue shop;
  CHECK(shop.list({.text = "셔츠"}) == "shirt tee");
  CHECK(shop.list({.text = "면"}) == "tee");
  CHECK(shop.list({.text = "LINEN"}) == "shirt");
  CHECK(shop.list({.text = "티셔츠 면"}) == "tee");
  CHECK(shop.list({.text = "머그 셔츠"}) == "");
  CHECK(shop.list({.text = "100%"}) == "");
  CHECK(shop.list({.text = "   "}) == "mug shirt tee");
}

TEST_CASE("a category holds what lies in it and below it, by slug or id") {
  Catalogue shop;
  CHECK(shop.list({.category = "clothes"}) == "shirt tee");
  CHECK(shop.list({.category = "2"}) == "shirt tee");
  CHECK(shop.list({.category = "shirts"}) == "shirt");
  CHECK(shop.list({.category = "no-such"}) == "");
}

TEST_CASE("prices and stock are asked of active variants") {
  Catalogue shop;
  CHECK(shop.list({.min_price = 15000}) == "shirt tee");
  CHECK(shop.list({.max_price = 12000}) == "mug tee");
  CHECK(shop.list({.in_stock = true}) == "shirt tee");
  CHECK(shop.list({.min_price = 13000, .max_price = 14000}) == "");
}

TEST_CASE("lists are sorted by price, name and sales") {
  Catalogue shop;
  CHECK(shop.list({.sort = ProductSort::price_asc}) == "tee mug shirt");
  CHECK(shop.list({.sort = ProductSort::price_desc}) == "shirt mug tee");
  CHECK(shop.list({.sort = ProductSort::name}) == "mug shirt tee");
  CHECK(shop.list({.sort = ProductSort::name, .language = wire::Language::en}) == "tee shirt mug");
  shop.count_sale(2, hour_of(shop.now), 3, shop.now.ms);
  CHECK(shop.list({.sort = ProductSort::popular}) == "shirt tee mug");
}

TEST_CASE("pages go on where the last one ended, whatever came in between, in every order") {
  for (const auto sort : {ProductSort::newest, ProductSort::price_asc, ProductSort::price_desc, ProductSort::popular,
                          ProductSort::name}) {
    CAPTURE(static_cast<int>(sort));
    Catalogue shop;
    const std::string whole = shop.list({.sort = sort});
    ProductQuery query{.sort = sort, .limit = 2};
    const auto first = list_products(shop.services, query, shop.now);
    REQUIRE(first.ok());
    REQUIRE(first->next_cursor);
    // A newcomer that would stand in front of everything.
    shop.add({.id = 9, .handle = "new", .ko = "가", .en = "A", .variants = {{.id = 91, .price = 1, .stock = 1}}});
    query.cursor = *first->next_cursor;
    const auto second = list_products(shop.services, query, shop.now);
    std::string rest = handles(second);
    if (sort == ProductSort::price_desc) CHECK(rest == "tee new");  // the cheapest comes last
    if (sort == ProductSort::popular) CHECK(rest == "mug new");     // as what nobody bought goes by id
    if (const auto at = rest.find(" new"); at != std::string::npos) rest.erase(at);
    CHECK(handles(first) + " " + rest == whole);
    CHECK_FALSE(second->next_cursor);
  }
}

TEST_CASE("a cursor that was changed, or belongs to another list, is refused") {
  Catalogue shop;
  const auto page = list_products(shop.services, {.limit = 1}, shop.now);
  REQUIRE(page->next_cursor);
  const auto code = [&](ProductQuery query) {
    const auto answer = list_products(shop.services, query, shop.now);
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.error().path == "$.cursor");
    return answer.error().code;
  };
  std::string changed = *page->next_cursor;
  changed.back() = changed.back() == 'A' ? 'B' : 'A';
  CHECK(code({.cursor = changed}) == ErrorCode::invalid_request);
  CHECK(code({.cursor = "nonsense!"}) == ErrorCode::invalid_request);
  CHECK(code({.sort = ProductSort::name, .cursor = *page->next_cursor}) == ErrorCode::invalid_request);
  CHECK(code({.category = "mugs", .cursor = *page->next_cursor}) == ErrorCode::invalid_request);
  CHECK(open_cursor("a", seal_cursor("a", "text")) == "text");
  CHECK_FALSE(open_cursor("b", seal_cursor("a", "text")));
}

TEST_CASE("a product is found by id and handle, with its inactive variants marked") {
  Catalogue shop;
  const auto tee = find_product(shop.services, "tee");
  REQUIRE(tee.ok());
  CHECK(tee->name.ko == "면 티셔츠");
  CHECK(tee->variants.size() == 2);
  CHECK(find_product(shop.services, "1")->handle == "tee");
  CHECK(find_product(shop.services, "hidden").error().code == ErrorCode::not_found);
  CHECK(find_product(shop.services, "0").error().code == ErrorCode::not_found);
  CHECK(find_product(shop.services, "99999999999999999999").error().code == ErrorCode::not_found);
}

TEST_CASE("a quote's variants carry the categories above theirs, and a product's switch") {
  Catalogue shop;
  shop.write([](store::Transaction& tx) { tx.execute("UPDATE products SET active = 0 WHERE id = 3"); });
  auto read = shop.readers().begin();
  const std::vector<VariantId> ids = {VariantId{31}, VariantId{21}, VariantId{999}, VariantId{21}};
  const auto variants = load_variants(*read, ids);
  REQUIRE(variants.size() == 2);
  CHECK(variants[0].id == VariantId{21});
  CHECK(variants[0].category_ids == std::vector<CategoryId>{CategoryId{1}, CategoryId{2}, CategoryId{3}});
  CHECK(variants[0].active);
  CHECK_FALSE(variants[1].active);

  const auto all = load_all_variants(*read);
  CHECK(all.size() == 5);
  for (const Variant& variant : all) {
    const auto same = load_variants(*read, std::vector<VariantId>{variant.id});
    REQUIRE(same.size() == 1);
    CHECK(json::encode(same[0]) == json::encode(variant));
  }
  CHECK(load_shop_rules(*read).tax.rates.size() == 1);
}

TEST_CASE("promotions come with their names in the same order") {
  Catalogue shop;
  shop.write([](store::Transaction& tx) {
    const auto add = [&](std::int64_t id, std::string_view kind, std::int64_t active, std::string_view rule) {
      tx.execute("INSERT INTO coupons (id, kind, rule, active, created_at, updated_at) VALUES ($1, $2, $3, $4, 1, 1)", id,
                 kind, rule, active);
    };
    add(5, "promotion", 1, R"({"id":5,"target":"order","type":"percent","basis_points":500})");
    add(3, "promotion", 1, R"({"id":3,"target":"item","type":"fixed","amount":100})");
    add(4, "promotion", 0, R"({"id":4,"target":"item","type":"fixed","amount":100})");
    add(6, "coupon", 1, R"({"id":6,"target":"item","type":"fixed","amount":100})");
    tx.execute("INSERT INTO coupon_texts (coupon_id, language, name) VALUES (5, 'ko', '할인')");
  });
  auto read = shop.readers().begin();
  const auto promotions = load_promotions(*read);
  REQUIRE(promotions.size() == 2);
  CHECK(promotions[0].id == RuleId{3});
  CHECK(promotions[1].basis_points == 500);
  const auto names = load_promotion_names(*read);
  REQUIRE(names.size() == 2);
  CHECK(names[0].ko == "");
  CHECK(names[1].en == "할인");
}

TEST_CASE("option combinations become words, and names fall back to the other language") {
  const std::vector<wire::ProductOption> options = {
      {.name = {"색", "Color"}, .values = {{"빨강", "Red"}, {"초록", "Green"}}},
      {.name = {"크기", "Size"}, .values = {{"S", "S"}, {"M", "M"}}}};
  CHECK(option_words("2/1", options).en == "Green / S");
  CHECK(option_words("2/1", options).ko == "초록 / S");
  CHECK(option_words("", options).ko == "");
  CHECK(option_words("9/1", options).ko == "");
  CHECK(option_indexes("12/3") == std::vector<std::int64_t>{11, 2});
  CHECK(read_names(R"({"en":"Color"})").ko == "Color");
  CHECK(read_names("plain").en == "plain");
  CHECK(read_names("{broken").ko == "{broken");
}

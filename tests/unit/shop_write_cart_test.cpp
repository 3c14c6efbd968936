#include "server/shop/snapshot.h"
#include "tests/unit/shop_write_fixture.h"

namespace cartwright::test {

namespace {

std::string args(VariantId variant, int quantity) {
  return R"({"variant_id":)" + std::to_string(variant.value) + R"(,"quantity":)" + std::to_string(quantity) + "}";
}

std::string add(int id, VariantId variant, int quantity) {
  return R"({"id":)" + std::to_string(id) + R"(,"name":"add","args":)" + args(variant, quantity) + "}";
}

Response add_line(Shop& shop, UserId user, VariantId variant, int quantity, std::string key = {}) {
  return shop.call(api::add_cart_line, user,
                   {.path = "/api/v1/me/cart/lines", .body = args(variant, quantity), .key = std::move(key)});
}

Response replace(Shop& shop, UserId user, const std::string& body, std::vector<http::Pair> headers) {
  return shop.call(api::replace_cart, user,
                   {.method = http::Method::PUT, .path = "/api/v1/me/cart", .body = body, .headers = headers});
}

Response patch(Shop& shop, VariantId variant, const std::string& body, std::vector<http::Pair> headers = {}) {
  return shop.call(api::change_cart_line, minji,
                   {.method = http::Method::PATCH,
                    .path = "/line",
                    .body = body,
                    .params = {{"variant_id", std::to_string(variant.value)}},
                    .headers = headers});
}

Response remove(Shop& shop, const std::string& variant) {
  return shop.call(api::remove_cart_line, minji,
                   {.method = http::Method::DELETE, .path = "/line", .params = {{"variant_id", variant}}});
}

Response send(Shop& shop, UserId user, const std::string& mutations, const std::string& more = {}) {
  return shop.call(api::sync_cart, user,
                   {.path = "/api/v1/sync",
                    .body = R"({"client_id":"phone","mutations":[)" + mutations + "]" + more + "}"});
}

wire::SyncAnswer synced(const Response& response) {
  INFO(response.body);
  REQUIRE(response.status == 200);
  return json::decode<wire::SyncAnswer>(response.body).value();
}

wire::CartState cart_in(const Response& response) {
  INFO(response.body);
  REQUIRE(response.status < 300);
  return json::decode<wire::CartState>(response.body).value();
}

}  // namespace

TEST_CASE("lines are added, changed and removed, and the version rises with each change") {
  Shop shop;
  CHECK(cart_in(shop.get(api::show_cart, minji)).version == 0);
  auto cart = cart_in(add_line(shop, minji, mug, 2));
  CHECK(cart.version == 1);
  CHECK(cart.lines[0].price_when_added == 10000);
  cart = cart_in(add_line(shop, minji, mug, 3));
  CHECK(cart.lines[0].quantity == 5);
  cart = cart_in(add_line(shop, minji, mug, 100));
  CHECK(cart.lines[0].quantity == 20);  // the most that one may have
  cart = cart_in(patch(shop, mug, R"({"quantity":4,"selected":false})"));
  CHECK(cart.lines[0].quantity == 4);
  CHECK_FALSE(cart.lines[0].selected);
  const std::int64_t version = cart.version;
  CHECK(cart_in(patch(shop, mug, R"({"quantity":4})")).version == version);  // nothing changed
  CHECK(cart_in(remove(shop, "11")).lines.empty());
  CHECK(shop.value("SELECT count(*) FROM cart_lines") == 0);
}

TEST_CASE("each refusal of a cart edit has its code and leaves the cart as it was") {
  Shop shop;
  cart_in(add_line(shop, minji, mug, 1));
  CHECK(code_of(add_line(shop, minji, VariantId{999}, 1)) == "not_found");
  CHECK(code_of(patch(shop, tee, R"({"quantity":4})")) == "not_found");
  CHECK(code_of(patch(shop, mug, R"({"quantity":0})")) == "invalid_request");
  CHECK(code_of(patch(shop, mug, R"({"amount":1})")) == "invalid_request");
  CHECK(code_of(patch(shop, mug, R"({"quantity":2})", {{"If-Match", "\"7\""}})) == "cart_changed");
  CHECK(code_of(patch(shop, mug, R"({"quantity":2})", {{"If-Match", "W/\"1\""}})) == "cart_changed");
  CHECK(code_of(remove(shop, "12")) == "not_found");
  CHECK(code_of(remove(shop, "x")) == "not_found");
  CHECK(code_of(replace(shop, minji, R"({"lines":[]})", {})) == "precondition_required");
  CHECK(code_of(replace(shop, minji, R"({"lines":[]})", {{"If-Match", "\"0\""}})) == "cart_changed");
  CHECK(code_of(replace(shop, minji, R"({"lines":[{"variant_id":999,"quantity":1}]})", {{"If-Match", "\"1\""}})) ==
        "invalid_request");
  const auto cart = cart_in(shop.get(api::show_cart, minji));
  CHECK(cart.version == 1);
  CHECK(cart.lines.size() == 1);
}

TEST_CASE("a cart is replaced as a whole when its version is known") {
  Shop shop;
  cart_in(add_line(shop, minji, mug, 1));
  const Response response = replace(
      shop, minji, R"({"lines":[{"variant_id":12,"quantity":2,"selected":false},{"variant_id":11,"quantity":3}]})",
      {{"If-Match", "\"1\""}});
  const auto cart = cart_in(response);
  REQUIRE(cart.lines.size() == 2);
  CHECK(cart.lines[0].variant_id == tee);
  CHECK_FALSE(cart.lines[0].selected);
  CHECK(cart.lines[1].quantity == 3);
  CHECK(*response.find_header("ETag") == "\"2\"");
  const auto stored = cart_in(shop.get(api::show_cart, minji));
  CHECK(json::encode(stored) == json::encode(cart));
}

TEST_CASE("a cart that is known already is answered 304") {
  Shop shop;
  cart_in(add_line(shop, minji, mug, 1));
  const Response response = shop.call(
      api::show_cart, minji,
      {.method = http::Method::GET, .path = "/api/v1/me/cart", .headers = {{"If-None-Match", "\"1\""}}});
  CHECK(response.status == 304);
}

TEST_CASE("a retried line with a key is added once") {
  Shop shop;
  cart_in(add_line(shop, minji, mug, 2, "k1"));
  CHECK(cart_in(add_line(shop, minji, mug, 2, "k1")).lines[0].quantity == 2);
  CHECK(cart_in(shop.get(api::show_cart, minji)).lines[0].quantity == 2);
}

TEST_CASE("a sync applies each mutation once, in the order of ids, however often and jumbled they come") {
  Shop shop;
  auto answer = synced(send(shop, minji, add(2, tee, 1) + "," + add(1, mug, 2) + "," + add(2, tee, 1)));
  CHECK_FALSE(answer.resync);
  CHECK(answer.last_mutation_id == 2);
  REQUIRE(answer.cart.lines.size() == 2);
  CHECK(answer.cart.lines[0].variant_id == mug);
  CHECK(answer.cart.lines[1].quantity == 1);
  answer = synced(send(shop, minji, add(1, mug, 2) + "," + add(2, tee, 1) + "," + add(3, mug, 1)));
  CHECK(answer.last_mutation_id == 3);
  CHECK(answer.cart.lines[0].quantity == 3);
  CHECK(synced(send(shop, junho, add(1, mug, 1))).last_mutation_id == 1);  // a client id belongs to its user
}

TEST_CASE("a gap applies nothing and asks for a resync") {
  Shop shop;
  synced(send(shop, minji, add(1, mug, 1)));
  const auto answer = synced(send(shop, minji, add(2, mug, 1) + "," + add(4, tee, 1)));
  CHECK(answer.resync);
  CHECK(answer.last_mutation_id == 1);
  CHECK(answer.cart.lines[0].quantity == 1);
}

TEST_CASE("a mutation that can't work counts as applied and changes nothing") {
  Shop shop;
  const auto answer = synced(send(
      shop, minji,
      add(1, VariantId{999}, 1) + R"(,{"id":2,"name":"add"},{"id":3,"name":"set_quantity","args":{"variant_id":11}},)" +
          R"({"id":4,"name":"remove","args":{"variant_id":11}},{"id":5,"name":"select","args":{"variant_id":11}})"));
  CHECK_FALSE(answer.resync);
  CHECK(answer.last_mutation_id == 5);
  CHECK(answer.cart.lines.empty());
  CHECK(answer.cart.version == 0);
}

TEST_CASE("a guest's cart merges into the account's") {
  Shop shop;
  cart_in(add_line(shop, minji, mug, 2));
  const auto answer = synced(send(
      shop, minji,
      R"({"id":1,"name":"merge","args":{"lines":[{"variant_id":12,"quantity":1},{"variant_id":11,"quantity":30},)"
      R"({"variant_id":999,"quantity":1}]}})"));
  REQUIRE(answer.cart.lines.size() == 2);
  CHECK(answer.cart.lines[0].quantity == 20);
  CHECK(answer.cart.lines[1].variant_id == tee);
}

TEST_CASE("a sync with a cursor tells what has changed, and an unknown cursor asks for a resync") {
  Shop shop;
  const CouponId coupon = shop.coupon(minji, "k1");
  const auto unknown = synced(send(shop, minji, add(1, mug, 1), R"(,"cursor":"99999.99999")"));
  CHECK(unknown.resync);
  CHECK(unknown.last_mutation_id == 0);
  CHECK_FALSE(unknown.changes);
  shop.write([](store::Transaction& tx) { shop::begin_epoch(tx); });
  const std::string cursor = shop::load_snapshot(*shop.services.readers.begin(), start).cursor;
  const auto known = synced(send(shop, minji, add(1, mug, 1), R"(,"cursor":")" + cursor + "\""));
  CHECK_FALSE(known.resync);
  REQUIRE(known.changes);
  CHECK(known.changes->variants.empty());
  CHECK_FALSE(known.changes->complete);
  REQUIRE(known.wallet.size() == 1);
  CHECK(known.wallet[0].id == coupon);
}

TEST_CASE("a sync that is no sync is refused") {
  Shop shop;
  CHECK(code_of(send(shop, minji, R"({"id":0,"name":"add"})")) == "invalid_request");
  CHECK(code_of(send(shop, minji, R"({"id":1,"name":"burn"})")) == "invalid_request");
  CHECK(code_of(shop.call(api::sync_cart, minji, {.path = "/", .body = R"({"client_id":""})"})) == "invalid_request");
}

}  // namespace cartwright::test

#include "tests/unit/shop_write_fixture.h"

namespace cartwright::test {

namespace {

wire::Order order_in(const Response& response) {
  INFO(response.body);
  REQUIRE(response.status < 300);
  return json::decode<wire::Order>(response.body).value();
}

Response show(Shop& shop, UserId user, const std::string& number) {
  return shop.get(api::show_order, user, {}, {{"number", number}});
}

}  // namespace

TEST_CASE("an order is what the shopper was shown, with its coupons used and its address as it was") {
  Shop shop;
  const CouponId coupon = shop.coupon(minji, "k1");
  wire::NewOrder wanted = shop.shown(minji, {{.variant_id = mug, .quantity = 2}}, {{.id = coupon}});
  wanted.address = wire::Address{
      .name = "Shopper", .phone = "010", .postcode = "04524", .line1 = "1 Example Street", .note = "door"};
  const Response response = shop.order(minji, wanted, "k2");
  const wire::Order order = order_in(response);
  CHECK(response.status == 201);
  CHECK(*response.find_header("Location") == "/api/v1/orders/" + order.number);
  CHECK(order.number.size() == 16);
  CHECK(order.total == 20000 - 1000 + 3000);
  CHECK(order.status == OrderStatus::PENDING);
  CHECK(order.expires_at == after(start, 15 * minute_ms));
  REQUIRE(order.coupons.size() == 1);
  CHECK(order.coupons[0].amount == 1000);
  CHECK(order.items[0].name.ko == "mug");
  CHECK(order.address->note == "door");
  CHECK(shop.coupon_status(coupon) == "USED");
  CHECK(shop.value("SELECT stock FROM product_variants WHERE id = 11") == 100);  // checked, not yet deducted
  CHECK(show(shop, minji, order.number).body == response.body);
}

TEST_CASE("the selected lines of the cart are ordered and leave it") {
  Shop shop;
  const auto edit = [&](const char* body) {
    REQUIRE(shop.call(api::add_cart_line, minji, {.path = "/lines", .body = body}).status == 201);
  };
  edit(R"({"variant_id":11,"quantity":2})");
  edit(R"({"variant_id":12,"quantity":1})");
  REQUIRE(shop.call(api::change_cart_line, minji,
                    {.path = "/line", .body = R"({"selected":false})", .params = {{"variant_id", "12"}}})
              .status == 200);
  wire::NewOrder wanted = shop.shown(minji, {{.variant_id = mug, .quantity = 2}});
  wanted.lines.clear();
  const Response response = shop.order(minji, wanted, "k1");
  CHECK(order_in(response).items.size() == 1);
  const auto cart = json::decode<wire::CartState>(shop.get(api::show_cart, minji).body).value();
  REQUIRE(cart.lines.size() == 1);
  CHECK(cart.lines[0].variant_id == tee);
  CHECK(cart.version == 4);
  CHECK(code_of(shop.order(minji, wanted, "k2")) == "not_orderable");  // nothing is selected any more
}

TEST_CASE("an order of a product directly leaves the cart as it is") {
  Shop shop;
  REQUIRE(shop.call(api::add_cart_line, minji, {.path = "/", .body = R"({"variant_id":11,"quantity":2})"}).status ==
          201);
  order_in(shop.order(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}), "k1"));
  CHECK(shop.value("SELECT quantity FROM cart_lines WHERE user_id = 1") == 2);
}

TEST_CASE("the best choice is an order like one of the picks that it comes to") {
  Shop shop;
  const CouponId coupon = shop.coupon(minji, "k1");
  wire::NewOrder wanted = shop.shown(minji, {{.variant_id = mug, .quantity = 2}}, {{.id = coupon}});
  wanted.choice = {.mode = ChoiceMode::best};
  const wire::Order order = order_in(shop.order(minji, wanted, "k2"));
  CHECK(order.total == wanted.expected_total);
  REQUIRE(order.coupons.size() == 1);
  CHECK(order.coupons[0].id == coupon);
  CHECK(shop.coupon_status(coupon) == "USED");
}

TEST_CASE("a price that is not the one shown is refused with the fresh quote, and nothing is written") {
  Shop shop;
  const wire::NewOrder wanted = shop.shown(minji, {{.variant_id = mug, .quantity = 1}});
  shop.write([](auto& tx) { tx.execute("UPDATE product_variants SET price = 11000 WHERE id = 11"); });
  const Response response = shop.order(minji, wanted, "k1");
  CHECK(code_of(response) == "quote_changed");
  CHECK(response.body.find("\"quote\":{\"currency\":\"KRW\"") != std::string::npos);
  CHECK(response.body.find("\"total\":14000") != std::string::npos);
  CHECK(shop.value("SELECT count(*) FROM orders") == 0);
  const Response again = shop.order(minji, wanted, "k1");
  CHECK(again.body == response.body);
  CHECK(*again.find_header("Idempotency-Replayed") == "true");
  CHECK(shop.order(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}), "k2").status == 201);

  wire::NewOrder forged = shop.shown(minji, {{.variant_id = tee, .quantity = 1}});
  forged.expected_total = 1;
  CHECK(code_of(shop.order(minji, forged, "k3")) == "quote_changed");
}

TEST_CASE("a line that can't be ordered is named") {
  Shop shop;
  const auto refusal = [&](CartLine line, const char* key) {
    return shop.order(minji, shop.shown(minji, {line}), key);
  };
  const Response few = refusal({.variant_id = tee, .quantity = 6}, "k1");
  CHECK(code_of(few) == "insufficient_stock");
  CHECK(number_in(few, "variant_id") == 12);
  CHECK(number_in(few, "available") == 5);
  CHECK(code_of(refusal({.variant_id = mug, .quantity = 21}, "k2")) == "not_orderable");
  CHECK(code_of(refusal({.variant_id = hidden, .quantity = 1}, "k3")) == "not_orderable");
  CHECK(code_of(refusal({.variant_id = VariantId{999}, .quantity = 1}, "k4")) == "not_orderable");
  CHECK(code_of(refusal({.variant_id = mug, .quantity = 1, .selected = false}, "k5")) == "not_orderable");
  CHECK(shop.value("SELECT count(*) FROM orders") == 0);
}

TEST_CASE("an order that says too little or too much is refused") {
  Shop shop;
  wire::NewOrder wanted = shop.shown(minji, {{.variant_id = mug, .quantity = 1}});
  CHECK(code_of(shop.order(minji, wanted, "")) == "idempotency_key_required");
  wanted.address = wire::Address{.name = "", .phone = "1", .postcode = "1", .line1 = "1"};
  CHECK(code_of(shop.order(minji, wanted, "k1")) == "invalid_request");
  wanted.address.reset();
  shop.services.settings.require_address = true;
  CHECK(code_of(shop.order(minji, wanted, "k2")) == "address_required");
  shop.services.settings.require_address = false;
  const auto raw = [&](const std::string& body) {
    return code_of(shop.call(api::place_order, minji, {.path = "/api/v1/orders", .body = body, .key = "k3"}));
  };
  CHECK(raw("{}") == "invalid_request");
  CHECK(raw("[") == "malformed_json");
  CHECK(raw(R"({"lines":[{"variant_id":11,"quantity":-1}],"expected_total":0,"fingerprint":""})") == "invalid_request");
  CHECK(raw(R"({"expected_total":0,"fingerprint":"","price":1})") == "invalid_request");
}

TEST_CASE("amounts that overflow are refused") {
  Shop shop;
  shop.write([](auto& tx) {
    tx.execute("UPDATE product_variants SET price = 9007199254740991, stock = 5 WHERE id = 12");
    tx.execute("UPDATE stock_movements SET delta = 5 WHERE variant_id = 12");
  });
  wire::NewOrder wanted{.lines = {{.variant_id = tee, .quantity = 5}}, .expected_total = 0, .fingerprint = "0"};
  CHECK(code_of(shop.order(minji, wanted, "k1")) == "amount_overflow");
  CHECK(shop.value("SELECT count(*) FROM orders") == 0);
}

TEST_CASE("a picked coupon that can't be used is named with its reason") {
  Shop shop;
  const CouponId coupon = shop.coupon(minji, "k1");
  const wire::NewOrder wanted = shop.shown(minji, {{.variant_id = mug, .quantity = 1}}, {{.id = coupon}});
  shop.now_ms += 7 * day_ms;
  const Response response = shop.order(minji, wanted, "k2");
  CHECK(code_of(response) == "coupon_not_usable");
  CHECK(response.body.find("\"rejection\":{\"id\":1,\"code\":\"expired\"}") != std::string::npos);

  // Someone else's coupon doesn't exist.
  shop.now_ms = start.ms;
  wire::NewOrder stolen = wanted;
  CHECK(code_of(shop.order(junho, stolen, "k3")) == "coupon_not_usable");
  CHECK(shop.coupon_status(coupon) == "AVAILABLE");
}

TEST_CASE("a coupon that was shown as rejected is not used up") {
  Shop shop;
  const CouponId coupon = shop.coupon(minji, "k1");
  const std::vector<CartLine> free = {{.variant_id = sticker, .quantity = 1}};
  const wire::NewOrder wanted = shop.shown(minji, free, {{.id = coupon}});
  CHECK(order_in(shop.order(minji, wanted, "k2")).coupons.empty());
  CHECK(shop.coupon_status(coupon) == "AVAILABLE");
}

TEST_CASE("a first-order coupon is refused while any order is pending or paid") {
  Shop shop;
  const Response issued = shop.issue(minji, CampaignId{4}, "k1");
  const CouponId coupon = json::decode<wire::WalletCoupon>(issued.body)->id;
  const wire::NewOrder wanted = shop.shown(minji, {{.variant_id = mug, .quantity = 1}}, {{.id = coupon}});
  const std::string first =
      shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}), "k2");
  CHECK(code_of(shop.order(minji, wanted, "k3")) == "not_first_order");
  CHECK(shop.cancel(minji, first).status == 200);
  CHECK(shop.order(minji, wanted, "k4").status == 201);
}

TEST_CASE("the best coupons are chosen by the server and stored as what they are") {
  Shop shop;
  const CouponId coupon = shop.coupon(minji, "k1");
  wire::NewOrder wanted = shop.shown(minji, {{.variant_id = mug, .quantity = 2}}, {{.id = coupon}});
  wanted.choice = {.mode = ChoiceMode::best};
  const wire::Order order = order_in(shop.order(minji, wanted, "k2"));
  REQUIRE(order.coupons.size() == 1);
  CHECK(order.coupons[0].id == coupon);
  shop.give_balance(minji, order.total);
  CHECK(shop.pay(minji, order.number, "k3").status == 201);
}

TEST_CASE("a cancelled order gives its coupons back, and can't be cancelled again") {
  Shop shop;
  const CouponId coupon = shop.coupon(minji, "k1");
  const std::string number =
      shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}, {{.id = coupon}}), "k2");
  const wire::Order cancelled = order_in(shop.cancel(minji, number));
  CHECK(cancelled.status == OrderStatus::CANCELLED);
  CHECK(shop.coupon_status(coupon) == "AVAILABLE");
  CHECK(shop.value("SELECT count(*) FROM user_coupon_history WHERE event = 'RESTORED'") == 1);
  CHECK(shop.value("SELECT count(*) FROM outbox_events WHERE type = 'order.cancelled'") == 1);
  CHECK(code_of(shop.cancel(minji, number)) == "order_not_pending");
  CHECK(shop.order(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}, {{.id = coupon}}), "k3").status ==
        201);  // the coupon works again
}

TEST_CASE("a coupon whose time has passed meanwhile comes back expired") {
  Shop shop;
  shop.services.settings.pending_minutes = 60 * 24 * 30;
  const CouponId coupon = shop.coupon(minji, "k1");
  const std::string number =
      shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}, {{.id = coupon}}), "k2");
  shop.now_ms += 8 * day_ms;
  CHECK(shop.cancel(minji, number).status == 200);
  CHECK(shop.coupon_status(coupon) == "EXPIRED");
}

TEST_CASE("an order whose time is over is cancelled by the sweep and acts so before it") {
  Shop shop;
  const CouponId coupon = shop.coupon(minji, "k1");
  const std::string swept =
      shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}, {{.id = coupon}}), "k2");
  shop.now_ms += 15 * minute_ms;
  CHECK(order_in(show(shop, minji, swept)).status == OrderStatus::CANCELLED);
  const Response before = show(shop, minji, swept);
  CHECK(shop::sweep(shop.services, TimeMs{shop.now_ms + 5000}).orders == 1);
  CHECK(show(shop, minji, swept).body == before.body);
  CHECK(shop.coupon_status(coupon) == "AVAILABLE");

  const std::string refused =
      shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}, {{.id = coupon}}), "k3");
  shop.now_ms += 15 * minute_ms;
  CHECK(code_of(shop.cancel(minji, refused)) == "order_expired");
  CHECK(shop.coupon_status(coupon) == "AVAILABLE");

  // A new order ends the old ones, so that their coupons can be used at once.
  shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}, {{.id = coupon}}), "k4");
  wire::NewOrder next = shop.shown(minji, {{.variant_id = mug, .quantity = 1}});
  next = shop.shown(minji, {{.variant_id = mug, .quantity = 1}});
  next.choice = {.mode = ChoiceMode::listed, .coupons = {{.id = coupon}}};
  next.expected_total -= 1000;
  shop.now_ms += 15 * minute_ms;
  const Response mended = shop.order(minji, next, "k5");
  CHECK(code_of(mended) == "quote_changed");  // the fingerprint was made without the coupon: the price is right
  CHECK(shop.coupon_status(coupon) == "AVAILABLE");
}

TEST_CASE("someone else's order doesn't exist") {
  Shop shop;
  const std::string number = shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}), "k1");
  CHECK(code_of(show(shop, junho, number)) == "not_found");
  CHECK(code_of(shop.cancel(junho, number)) == "not_found");
  CHECK(code_of(shop.pay(junho, number, "k2")) == "not_found");
  CHECK(code_of(shop.get(api::list_order_payments, junho, {}, {{"number", number}})) == "not_found");
  CHECK(code_of(show(shop, minji, "nonsense")) == "not_found");
  CHECK(shop.get(api::list_orders, junho).body == R"({"items":[],"next_cursor":null})");
}

TEST_CASE("orders come newest first, page by page") {
  Shop shop;
  std::vector<std::string> numbers;
  for (int i = 0; i < 5; ++i) {
    numbers.push_back(shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = i + 1}}),
                                  "k" + std::to_string(i)));
  }
  std::vector<http::Pair> query = {{"limit", "2"}};
  std::vector<std::string> seen;
  while (true) {
    const auto page =
        json::decode<wire::Page<wire::OrderSummary>>(shop.get(api::list_orders, minji, query).body).value();
    for (const wire::OrderSummary& order : page.items) seen.push_back(order.number);
    if (!page.next_cursor) break;
    query = {{"limit", "2"}, {"cursor", *page.next_cursor}};
  }
  CHECK(seen == std::vector<std::string>(numbers.rbegin(), numbers.rend()));
}

}  // namespace cartwright::test

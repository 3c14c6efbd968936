#include "server/api/admin_log_handlers.h"
#include "server/api/admin_order_handlers.h"
#include "server/shop/orders.h"
#include "server/wire_admin_order.h"
#include "tests/unit/shop_write_fixture.h"

namespace cartwright::test {

namespace {

constexpr UserId admin{3};

struct Store : Shop {
  Store() { add_users(admin.value, 1, 0); }

  Response send(Response (*handler)(const Call&), UserId user, const std::string& number, const std::string& body,
                const std::string& key = {}) {
    return call(handler, user,
                {.path = "/api/v1/orders/" + number + "/x", .body = body, .key = key, .params = {{"number", number}}});
  }
  Response give_back(UserId user, const std::string& number, const std::string& body, const std::string& key) {
    return send(api::return_order, user, number, body, key);
  }
  Response refund(const std::string& number, const std::string& body, const std::string& key) {
    return send(api::refund_order, admin, number, body, key);
  }
  Response ship(const std::string& number) {
    return send(api::ship_order, admin, number, R"({"carrier":"Post","tracking_number":"1234"})");
  }
  Response deliver(const std::string& number) { return send(api::deliver_order, admin, number, "{}"); }

  // A paid order of minji's: 2 mugs and a tee, 1000 off by a coupon. 44000 and 3000 for shipping.
  std::string bought() {
    give_balance(minji, 100000);
    held = coupon(minji, "c");
    const std::string number = placed(
        minji, shown(minji, {{.variant_id = mug, .quantity = 2}, {.variant_id = tee, .quantity = 1}}, {{.id = held}}),
        "o");
    REQUIRE(pay(minji, number, "p").status == 201);
    return number;
  }
  std::string status(const std::string& number) {
    return value<std::string>("SELECT status FROM orders WHERE number = $1", number);
  }
  Amount balance() { return value("SELECT balance FROM user_balances WHERE user_id = 1"); }
  std::int64_t stock(VariantId id) { return value("SELECT stock FROM product_variants WHERE id = $1", id); }
  std::int64_t sold(VariantId id) {
    return value("SELECT sum(units) FROM sales_buckets WHERE product_id = $1", id.value - 10);
  }

  CouponId held;
};

wire::Refunded read(const Response& response) {
  INFO(response.body);
  REQUIRE(response.status == 201);
  return json::decode<wire::Refunded>(response.body).value();
}

}  // namespace

TEST_CASE("a shopper's return of a paid order whole undoes all of it") {
  Store shop;
  const std::string number = shop.bought();
  CHECK(shop.balance() == 100000 - 47000);
  const wire::Refunded refunded = read(shop.give_back(minji, number, R"({"reason":"too big"})", "r"));
  CHECK(refunded.balance == 100000);
  CHECK(refunded.refund.amount == 47000);
  CHECK(refunded.refund.shipping == 3000);
  CHECK(refunded.refund.restocked);
  CHECK(refunded.refund.by_shopper);
  CHECK(refunded.refund.reason == "too big");
  CHECK(refunded.order.status == OrderStatus::CANCELLED);
  CHECK(refunded.order.cancel_reason == "refunded");
  CHECK(refunded.order.refunded == 47000);
  CHECK(refunded.order.items[0].refunded_quantity == 2);
  CHECK(shop.stock(mug) == 100);
  CHECK(shop.stock(tee) == 5);
  CHECK(shop.sold(mug) == 0);
  CHECK(shop.coupon_status(shop.held) == "AVAILABLE");
  CHECK(shop.paid_orders(minji) == 0);
  CHECK(shop.value<std::string>("SELECT status FROM payments") == "CANCELLED");
  CHECK(shop.value<std::string>("SELECT reason FROM payment_history ORDER BY position DESC") == "refunded");
  CHECK(shop.value("SELECT count(*) FROM outbox_events WHERE type = 'order.refunded'") == 1);
  CHECK(shop.value<std::string>("SELECT payload FROM outbox_events WHERE type = 'order.refunded'").find("too big") ==
        std::string::npos);
  CHECK(code_of(shop.give_back(minji, number, "{}", "r2")) == "order_not_refundable");
}

TEST_CASE("units come back one by one; the discount stays where it was, shipping and coupon come with the last") {
  Store shop;
  const std::string number = shop.bought();
  const auto order = shop.get(api::show_order, minji, {}, {{"number", number}});
  const wire::Order before = json::decode<wire::Order>(order.body).value();
  Amount sum = 0;
  const char* const steps[] = {R"({"lines":[{"variant_id":12}]})", R"({"lines":[{"variant_id":11,"quantity":1}]})",
                               R"({"lines":[{"variant_id":11,"quantity":1}]})"};
  for (int i = 0; i < 3; ++i) {
    CHECK(shop.coupon_status(shop.held) == "USED");
    CHECK(shop.paid_orders(minji) == 1);
    const wire::Refunded refunded = read(shop.give_back(minji, number, steps[i], "r" + std::to_string(i)));
    sum += refunded.refund.amount;
    CHECK(refunded.order.refunded == sum);
    CHECK((refunded.refund.shipping == 3000) == (i == 2));
    for (std::size_t at = 0; at < before.items.size(); ++at) {
      CHECK(refunded.order.items[at].net == before.items[at].net);
      CHECK(refunded.order.items[at].discount == before.items[at].discount);
    }
    if (i == 0) CHECK(refunded.refund.amount == before.items[1].net);
  }
  CHECK(sum == 47000);
  CHECK(shop.balance() == 100000);
  CHECK(shop.coupon_status(shop.held) == "AVAILABLE");
  CHECK(shop.status(number) == "CANCELLED");
}

TEST_CASE("a key gives the first refund again, refusals too, and nothing happens twice") {
  Store shop;
  const std::string number = shop.bought();
  const std::string one = R"({"lines":[{"variant_id":11,"quantity":1}]})";
  const Response first = shop.give_back(minji, number, one, "same");
  const Response again = shop.give_back(minji, number, one, "same");
  CHECK(again.status == 201);
  CHECK(again.body == first.body);
  CHECK(shop.value("SELECT count(*) FROM refunds") == 1);
  CHECK(code_of(shop.give_back(minji, number, "{}", "same")) == "idempotency_key_reused");
  CHECK(code_of(shop.give_back(minji, number, one, "")) == "idempotency_key_required");
  CHECK(shop.value("SELECT count(*) FROM idempotency_keys WHERE key = 'same' AND keep_until IS NULL") == 1);
}

TEST_CASE("what can't be refunded writes nothing") {
  Store shop;
  const std::string number = shop.bought();
  const Response many = shop.give_back(minji, number, R"({"lines":[{"variant_id":11,"quantity":3}]})", "a");
  CHECK(code_of(many) == "refund_exceeds_order");
  CHECK(number_in(many, "available") == 2);
  CHECK(number_in(many, "variant_id") == 11);
  CHECK(code_of(shop.give_back(minji, number, R"({"lines":[{"variant_id":13}]})", "b")) == "invalid_request");
  CHECK(code_of(shop.give_back(minji, number, R"({"lines":[{"variant_id":11},{"variant_id":11}]})", "c")) ==
        "invalid_request");
  CHECK(code_of(shop.give_back(minji, number, R"({"lines":[{"variant_id":11,"quantity":0}]})", "d")) ==
        "invalid_request");
  CHECK(code_of(shop.give_back(junho, number, "{}", "e")) == "not_found");
  CHECK(code_of(shop.refund("NONE", R"({"restock":true})", "f")) == "not_found");
  CHECK(code_of(shop.refund(number, "{}", "g")) == "invalid_request");
  const std::string pending = shop.placed(junho, shop.shown(junho, {{.variant_id = mug, .quantity = 1}}), "h");
  CHECK(code_of(shop.give_back(junho, pending, "{}", "i")) == "order_not_refundable");
  CHECK(code_of(shop.refund(pending, R"({"restock":true})", "j")) == "order_not_refundable");
  CHECK(shop.value("SELECT count(*) FROM refunds") == 0);
  CHECK(shop.balance() == 100000 - 47000);
}

TEST_CASE("an order is shipped, delivered, and refunded whole afterwards it stays delivered") {
  Store shop;
  const std::string number = shop.bought();
  CHECK(code_of(shop.deliver(number)) == "order_not_deliverable");
  CHECK(code_of(shop.send(api::ship_order, admin, number, R"({"carrier":"","tracking_number":"1"})")) ==
        "invalid_request");
  const wire::Order shipped = json::decode<wire::Order>(shop.ship(number).body).value();
  CHECK(shipped.status == OrderStatus::SHIPPING);
  REQUIRE(shipped.shipments.size() == 1);
  CHECK(shipped.shipments[0].tracking_number == "1234");
  CHECK(code_of(shop.ship(number)) == "order_not_shippable");
  shop.now_ms += day_ms;
  const wire::Order delivered = json::decode<wire::Order>(shop.deliver(number).body).value();
  CHECK(delivered.status == OrderStatus::DELIVERED);
  CHECK(delivered.shipments[0].delivered_at == TimeMs{shop.now_ms.load()});
  CHECK(code_of(shop.deliver(number)) == "order_not_deliverable");

  const wire::Refunded refunded = read(shop.refund(number, R"({"restock":true,"reason":"broken"})", "r"));
  CHECK(refunded.order.status == OrderStatus::DELIVERED);
  CHECK_FALSE(refunded.refund.by_shopper);
  CHECK(shop.coupon_status(shop.held) == "AVAILABLE");
  CHECK(shop.value<std::string>("SELECT status FROM payments") == "COMPLETED");
  CHECK(shop.stock(mug) == 100);
  const Response log = shop.get(api::list_admin_log, admin, {{"entity", "order"}, {"entity_id", "1"}});
  for (const char* const action : {"order.refund", "order.deliver", "order.ship", R"("before":{"status":"PAID")"}) {
    CHECK(log.body.find(action) != std::string::npos);
  }
  const Response seen = shop.get(api::show_any_order, admin, {}, {{"number", number}});
  CHECK(seen.body.find("shopper1@example.com") != std::string::npos);
  CHECK(seen.body.find("\"history\":[{\"status\":\"COMPLETED\"") != std::string::npos);
  CHECK(shop.value("SELECT count(*) FROM outbox_events WHERE type IN ('order.shipped', 'order.delivered')") == 2);
}

TEST_CASE("a shopper may return until return_days after delivery; shipped units stay out of the stock") {
  Store shop;
  const std::string number = shop.bought();
  const std::string mug_back = R"({"lines":[{"variant_id":11,"quantity":1}]})";
  REQUIRE(shop.ship(number).status == 200);
  CHECK_FALSE(read(shop.give_back(minji, number, mug_back, "a")).refund.restocked);
  CHECK(shop.stock(mug) == 98);
  CHECK(shop.sold(mug) == 1);
  shop.services.settings.return_days = 0;
  CHECK(code_of(shop.give_back(minji, number, mug_back, "b")) == "order_not_refundable");
  shop.services.settings.return_days = 7;
  REQUIRE(shop.deliver(number).status == 200);
  shop.now_ms += 7 * day_ms - 1;
  shop.services.settings.restock_returns = true;
  CHECK(read(shop.give_back(minji, number, mug_back, "c")).refund.restocked);
  CHECK(shop.stock(mug) == 99);
  shop.now_ms += 1;
  CHECK(code_of(shop.give_back(minji, number, "{}", "d")) == "order_not_refundable");
  CHECK(shop.refund(number, R"({"restock":false})", "e").status == 201);
  CHECK(shop.balance() == 100000);
}

TEST_CASE("money comes back even to a balance that is full") {
  Store shop;
  const std::string number = shop.bought();
  shop.services.settings.balance_max = 60000;
  shop.give_balance(minji, 60000 - shop.balance());
  CHECK(read(shop.give_back(minji, number, "{}", "r")).balance == 60000 + 47000);
}

TEST_CASE("a coupon whose time has passed comes back expired") {
  Store shop;
  const std::string number = shop.bought();
  shop.now_ms += 8 * day_ms;
  CHECK(shop.give_back(minji, number, "{}", "r").status == 201);
  CHECK(shop.coupon_status(shop.held) == "EXPIRED");
}

TEST_CASE("a sale is taken back from its own hour") {
  Store shop;
  const std::string number = shop.bought();
  shop.now_ms += 3 * hour_ms;
  const std::string later = shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}), "later");
  REQUIRE(shop.pay(minji, later, "pay-later").status == 201);
  CHECK(shop.give_back(minji, number, "{}", "r").status == 201);
  CHECK(shop.value("SELECT units FROM sales_buckets WHERE product_id = 1 ORDER BY hour") == 0);
  CHECK(shop.value("SELECT units FROM sales_buckets WHERE product_id = 1 ORDER BY hour DESC") == 1);
}

TEST_CASE("an order whose time to pay is over does not stand in the way of a first order, swept or not") {
  Store shop;
  shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 1}}), "o");
  CHECK(shop.paid_orders(minji) == 1);
  shop.now_ms += 15 * minute_ms;
  CHECK(shop.value<std::string>("SELECT status FROM orders") == "PENDING");
  CHECK(shop.paid_orders(minji) == 0);
}

TEST_CASE("admins find orders by state, number, name and e-mail, page by page") {
  Store shop;
  const std::string paid = shop.bought();
  const std::string waiting = shop.placed(junho, shop.shown(junho, {{.variant_id = mug, .quantity = 1}}), "w");
  const auto found = [&](std::vector<http::Pair> query) {
    const Response response = shop.get(api::list_all_orders, admin, std::move(query));
    INFO(response.body);
    REQUIRE(response.status == 200);
    return json::decode<wire::Page<wire::AdminOrderSummary>>(response.body).value();
  };
  CHECK(found({}).items.size() == 2);
  CHECK(found({{"status", "PAID"}}).items.at(0).number == paid);
  CHECK(found({{"status", "PENDING"}}).items.at(0).user.email == "shopper2@example.com");
  CHECK(found({{"q", "Shopper2@Example"}}).items.size() == 1);
  CHECK(found({{"q", waiting.substr(0, 15)}}).items.at(0).number == waiting);
  CHECK(found({{"q", "%"}}).items.empty());
  const auto first = found({{"limit", "1"}});
  CHECK(first.items.at(0).number == waiting);
  CHECK(found({{"limit", "1"}, {"cursor", *first.next_cursor}}).items.at(0).number == paid);
  shop.now_ms += 15 * minute_ms;
  CHECK(found({{"status", "CANCELLED"}}).items.at(0).number == waiting);
  CHECK(found({{"status", "PENDING"}}).items.empty());
  CHECK(code_of(shop.get(api::list_all_orders, admin, {{"status", "LOST"}})) == "invalid_request");
}

TEST_CASE("twenty returns of two units at the same time bring back two") {
  Store shop;
  const std::string number = shop.bought();
  std::atomic<int> done = 0;
  std::atomic<int> refused = 0;
  at_once(20, [&](std::int64_t i) {
    const Response response =
        shop.give_back(minji, number, R"({"lines":[{"variant_id":11}]})", "k" + std::to_string(i));
    ++(response.status == 201 ? done : refused);
  });
  CHECK(done == 2);
  CHECK(refused == 18);
  CHECK(shop.stock(mug) == 100);
}

}  // namespace cartwright::test

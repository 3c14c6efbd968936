#include <thread>

#include "tests/unit/shop_write_fixture.h"

namespace cartwright::test {

namespace {

std::vector<CartLine> mugs(std::int64_t quantity) { return {{.variant_id = mug, .quantity = quantity}}; }

wire::Paid paid_in(const Response& response) {
  INFO(response.body);
  REQUIRE(response.status == 201);
  return json::decode<wire::Paid>(response.body).value();
}

std::string status_of(Shop& shop, const std::string& number) {
  return shop.value<std::string>("SELECT status FROM orders WHERE number = $1", number);
}

}  // namespace

TEST_CASE("a payment takes balance and stock, pays the order and tells of it, all at once") {
  Shop shop;
  shop.give_balance(minji, 30000);
  const CouponId coupon = shop.coupon(minji, "k1");
  const std::string number = shop.placed(minji, shop.shown(minji, mugs(2), {{.id = coupon}}), "k2");
  const wire::Paid paid = paid_in(shop.pay(minji, number, "k3"));
  CHECK(paid.balance == 8000);
  CHECK(paid.payment.status == PaymentStatus::COMPLETED);
  CHECK(paid.payment.amount == 22000);
  CHECK(paid.order.status == OrderStatus::PAID);
  CHECK(paid.order.paid_at == start);
  CHECK(shop.value("SELECT stock FROM product_variants WHERE id = 11") == 98);
  CHECK(shop.value("SELECT units FROM sales_buckets WHERE product_id = 1") == 2);
  const auto event = shop.value<std::string>("SELECT payload FROM outbox_events WHERE type = 'order.paid'");
  CHECK(event.find("\"number\":\"" + number + "\"") != std::string::npos);
  CHECK(event.find("\"total\":22000") != std::string::npos);
  const auto history =
      json::decode<wire::Page<wire::BalanceHistory>>(shop.get(api::list_balance_history, minji).body).value();
  CHECK(history.items[0].reference == number);
  CHECK(history.items[0].amount == -22000);
  const auto list =
      json::decode<wire::PaymentList>(shop.get(api::list_order_payments, minji, {}, {{"number", number}}).body).value();
  REQUIRE(list.items.size() == 1);
  CHECK(list.items[0].id == paid.payment.id);
  CHECK(code_of(shop.pay(minji, number, "k4")) == "order_not_pending");
  CHECK(code_of(shop.cancel(minji, number)) == "order_not_pending");
  const auto shown =
      json::decode<wire::Order>(shop.get(api::show_order, minji, {}, {{"number", number}}).body).value();
  CHECK(json::encode(shown) == json::encode(paid.order));
}

TEST_CASE("a balance that is too small leaves the order pending with its coupon, to try again") {
  Shop shop;
  const CouponId coupon = shop.coupon(minji, "k1");
  const std::string number = shop.placed(minji, shop.shown(minji, mugs(1), {{.id = coupon}}), "k2");
  shop.give_balance(minji, 10000);
  const Response refused = shop.pay(minji, number, "k3");
  CHECK(code_of(refused) == "insufficient_balance");
  CHECK(number_in(refused, "missing") == 2000);
  CHECK(status_of(shop, number) == "PENDING");
  CHECK(shop.coupon_status(coupon) == "USED");
  CHECK(shop.value<std::string>("SELECT reason FROM payment_history WHERE status = 'FAILED'") ==
        "insufficient_balance");
  shop.give_balance(minji, 2000);
  CHECK(shop.pay(minji, number, "k3").body == refused.body);  // the stored answer: a new try needs a new key
  CHECK(paid_in(shop.pay(minji, number, "k4")).balance == 0);
  CHECK(shop.value("SELECT count(*) FROM payments") == 2);
}

TEST_CASE("stock that is gone at the last check cancels the order and gives its coupon back") {
  Shop shop;
  shop.give_balance(minji, 200000);
  const CouponId coupon = shop.coupon(minji, "k1");
  const std::string number = shop.placed(
      minji, shop.shown(minji, {{.variant_id = tee, .quantity = 5}, {.variant_id = mug, .quantity = 1}}, {{.id = coupon}}),
      "k2");
  const std::string other = shop.placed(minji, shop.shown(minji, {{.variant_id = tee, .quantity = 2}}), "k3");
  paid_in(shop.pay(minji, other, "k4"));
  const Response refused = shop.pay(minji, number, "k5");
  CHECK(code_of(refused) == "insufficient_stock");
  CHECK(number_in(refused, "available") == 3);
  CHECK(number_in(refused, "variant_id") == 12);
  CHECK(status_of(shop, number) == "CANCELLED");
  CHECK(shop.coupon_status(coupon) == "AVAILABLE");
  CHECK(shop.value("SELECT stock FROM product_variants WHERE id = 11") == 100);
  CHECK(shop.value("SELECT balance FROM user_balances WHERE user_id = 1") == 150000);
  CHECK(shop.value("SELECT count(*) FROM outbox_events WHERE type = 'order.cancelled'") == 1);
  CHECK(code_of(shop.pay(minji, number, "k6")) == "order_not_pending");
}

TEST_CASE("an order that is too late is cancelled instead of paid") {
  Shop shop;
  shop.give_balance(minji, 200000);
  const CouponId coupon = shop.coupon(minji, "k1");
  const std::string number = shop.placed(minji, shop.shown(minji, mugs(1), {{.id = coupon}}), "k2");
  shop.now_ms += 15 * minute_ms;
  CHECK(code_of(shop.pay(minji, number, "k3")) == "order_expired");
  CHECK(status_of(shop, number) == "CANCELLED");
  CHECK(shop.coupon_status(coupon) == "AVAILABLE");
  CHECK(code_of(shop.pay(minji, number, "k4")) == "order_not_pending");
}

TEST_CASE("an order whose stored quote doesn't hold fails for good") {
  Shop shop;
  shop.give_balance(minji, 200000);
  const std::string number = shop.placed(minji, shop.shown(minji, mugs(1)), "k1");
  shop.write([](auto& tx) {
    tx.execute("UPDATE order_quotes SET request = replace(request, '\"unit_price\":10000', '\"unit_price\":1')");
  });
  CHECK(code_of(shop.pay(minji, number, "k2")) == "quote_changed");
  CHECK(status_of(shop, number) == "CANCELLED");
}

TEST_CASE("an order that costs nothing can be paid without a balance") {
  Shop shop;
  shop.write([](auto& tx) { tx.execute("UPDATE shop SET shipping_fee = 0"); });
  const std::string number = shop.placed(minji, shop.shown(minji, {{.variant_id = sticker, .quantity = 3}}), "k1");
  const wire::Paid paid = paid_in(shop.pay(minji, number, "k2"));
  CHECK(paid.balance == 0);
  CHECK(paid.payment.amount == 0);
  CHECK(shop.paid_orders(minji) == 1);
}

TEST_CASE("a payment takes an empty body or an empty object and nothing else") {
  Shop shop;
  shop.give_balance(minji, 13000);
  const std::string number = shop.placed(minji, shop.shown(minji, mugs(1)), "k1");
  const auto send = [&](const char* body, const char* key) {
    return shop.call(api::pay_order, minji,
                     {.path = "/pay", .body = body, .key = key, .params = {{"number", number}}});
  };
  CHECK(code_of(send(R"({"amount":1})", "k2")) == "invalid_request");
  CHECK(code_of(send("[]", "k3")) == "invalid_request");
  CHECK(code_of(send("{", "k4")) == "malformed_json");
  CHECK(code_of(shop.pay(minji, number, "")) == "idempotency_key_required");
  CHECK(send("{}", "k5").status == 201);
}

TEST_CASE("a retried payment with the same key is paid once, however many come at once") {
  Shop shop;
  shop.give_balance(minji, 100000);
  const std::string number = shop.placed(minji, shop.shown(minji, mugs(1)), "k1");
  std::atomic<int> paid = 0;
  std::atomic<int> waited = 0;
  at_once(16, [&](std::int64_t) {
    const Response response = shop.pay(minji, number, "same");
    if (response.status == 201) ++paid;
    if (response.body.find("\"idempotency_in_flight\"") != std::string::npos) ++waited;
  });
  CHECK(paid >= 1);
  CHECK(paid + waited == 16);
  CHECK(*shop.pay(minji, number, "same").find_header("Idempotency-Replayed") == "true");
  CHECK(shop.value("SELECT balance FROM user_balances WHERE user_id = 1") == 87000);
}

TEST_CASE("payments of one order with different keys pay it once") {
  Shop shop;
  shop.give_balance(minji, 100000);
  const std::string number = shop.placed(minji, shop.shown(minji, mugs(1)), "k1");
  std::atomic<int> paid = 0;
  std::atomic<int> late = 0;
  at_once(16, [&](std::int64_t i) {
    const Response response = shop.pay(minji, number, "key-" + std::to_string(i));
    if (response.status == 201) ++paid;
    if (response.body.find("\"order_not_pending\"") != std::string::npos) ++late;
  });
  CHECK(paid == 1);
  CHECK(late == 15);
  CHECK(shop.value("SELECT balance FROM user_balances WHERE user_id = 1") == 87000);
}

TEST_CASE("of a payment and a cancellation at once exactly one wins") {
  Shop shop;
  shop.give_balance(minji, 1'000'000);
  for (int round = 0; round < 20; ++round) {
    const std::string number =
        shop.placed(minji, shop.shown(minji, {{.variant_id = sticker, .quantity = 1}}), "o" + std::to_string(round));
    int paid = 0;
    int cancelled = 0;
    {
      std::jthread pay([&] { paid = shop.pay(minji, number, "p" + std::to_string(round)).status; });
      std::jthread cancel([&] { cancelled = shop.cancel(minji, number).status; });
    }
    CHECK((paid == 201) != (cancelled == 200));
    CHECK(status_of(shop, number) == (paid == 201 ? "PAID" : "CANCELLED"));
  }
}

TEST_CASE("200 shoppers race for 50 units and exactly 50 get one") {
  Shop shop;
  shop.write([](auto& tx) {
    tx.execute("UPDATE product_variants SET stock = 50 WHERE id = 12");
    tx.execute("UPDATE stock_movements SET delta = 50 WHERE variant_id = 12");
  });
  shop.add_users(1000, 200, 28000);
  const wire::NewOrder wanted = shop.shown(UserId{1000}, {{.variant_id = tee, .quantity = 1}});
  std::vector<std::string> numbers(200);
  at_once(200, [&](std::int64_t i) {
    numbers[static_cast<std::size_t>(i)] = shop.placed(UserId{1000 + i}, wanted, "order");
  });
  std::atomic<int> paid = 0;
  std::atomic<int> gone = 0;
  at_once(200, [&](std::int64_t i) {
    const Response response = shop.pay(UserId{1000 + i}, numbers[static_cast<std::size_t>(i)], "race");
    if (response.status == 201) ++paid;
    if (response.body.find("\"insufficient_stock\"") != std::string::npos) ++gone;
  });
  CHECK(paid == 50);
  CHECK(gone == 150);
  CHECK(shop.value("SELECT stock FROM product_variants WHERE id = 12") == 0);
  CHECK(shop.value("SELECT sum(units) FROM sales_buckets") == 50);
}

}  // namespace cartwright::test

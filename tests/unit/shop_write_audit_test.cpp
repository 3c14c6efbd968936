#include "server/api/admin_order_handlers.h"
#include "tests/unit/shop_write_fixture.h"

namespace cartwright::test {

namespace {

// One paid order with a coupon, and one pending with another shopper's coupon.
void trade(Shop& shop) {
  shop.give_balance(minji, 100000);
  const CouponId coupon = shop.coupon(minji, "c1");
  const std::string number =
      shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 2}}, {{.id = coupon}}), "o1");
  REQUIRE(shop.pay(minji, number, "p1").status == 201);
  const CouponId held = shop.coupon(junho, "c2");
  shop.placed(junho, shop.shown(junho, {{.variant_id = mug, .quantity = 1}}, {{.id = held}}), "o2");
}

}  // namespace

// Refunded in part, then shipped and delivered: order 3, its line 1 is 3 mugs of which two came back, one by one.
void trade_and_return(Shop& shop) {
  const std::string number = shop.placed(minji, shop.shown(minji, {{.variant_id = mug, .quantity = 3}}), "o3");
  REQUIRE(shop.pay(minji, number, "p3").status == 201);
  const auto send = [&](Response (*handler)(const Call&), const std::string& step, const std::string& body) {
    const Response response =
        shop.call(handler, minji, {.path = step, .body = body, .key = step, .params = {{"number", number}}});
    INFO(response.body);
    REQUIRE(response.status < 300);
  };
  send(api::return_order, "returns", R"({"lines":[{"variant_id":11,"quantity":1}]})");
  send(api::return_order, "again", R"({"lines":[{"variant_id":11,"quantity":1}]})");
  send(api::ship_order, "ship", R"({"carrier":"Post","tracking_number":"1"})");
  shop.now_ms += 1;
  send(api::deliver_order, "deliver", "{}");
}

// Each damage is found, and mended again the audit is content (the fixture looks at the end).
TEST_CASE("the audit names each breach") {
  Shop shop;
  trade(shop);
  trade_and_return(shop);
  struct Damage {
    store::Sql break_it;
    store::Sql mend_it;
    std::string_view rule;
  };
  const Damage damages[] = {
      {"UPDATE user_balances SET balance = balance + 1 WHERE user_id = 1",
       "UPDATE user_balances SET balance = balance - 1 WHERE user_id = 1", "a balance is the sum of its history"},
      {"UPDATE balance_history SET balance_before = balance_before + 1, balance_after = balance_after + 1"
       " WHERE position = 2",
       "UPDATE balance_history SET balance_before = balance_before - 1, balance_after = balance_after - 1"
       " WHERE position = 2",
       "each change of a balance begins where the one before ended"},
      {"UPDATE product_variants SET stock = stock - 1 WHERE id = 11",
       "UPDATE product_variants SET stock = stock + 1 WHERE id = 11",
       "a variant's stock is the sum of its movements"},
      {"UPDATE fcfs_coupons SET remaining_quantity = 49 WHERE id = 1",
       "UPDATE fcfs_coupons SET remaining_quantity = 48 WHERE id = 1",
       "a campaign has left what it has not issued"},
      {"UPDATE order_coupons SET released_at = 1 WHERE order_id = 1",
       "UPDATE order_coupons SET released_at = NULL WHERE order_id = 1",
       "a used coupon is held by a live order of its owner"},
      {"UPDATE payments SET status = 'FAILED' WHERE order_id = 1",
       "UPDATE payments SET status = 'COMPLETED' WHERE order_id = 1",
       "a paid order has one completed payment of its total, and no other order has one"},
      {"UPDATE orders SET tax = tax + 1 WHERE id = 1", "UPDATE orders SET tax = tax - 1 WHERE id = 1",
       "an order's amounts are those of its quote"},
      {"UPDATE orders SET shipping_fee = shipping_fee + 100, shipping_discount = shipping_discount + 100 WHERE id = 2",
       "UPDATE orders SET shipping_fee = shipping_fee - 100, shipping_discount = shipping_discount - 100 WHERE id = 2",
       "an order's amounts are those of its quote"},
      {"UPDATE orders SET fingerprint = substr(fingerprint, 2) || substr(fingerprint, 1, 1) WHERE id = 1",
       "UPDATE orders SET fingerprint = substr(fingerprint, 16) || substr(fingerprint, 1, 15) WHERE id = 1",
       "an order's fingerprint is that of its quote"},
      {"UPDATE order_items SET discount = discount + 5, net = net - 5 WHERE order_id = 1",
       "UPDATE order_items SET discount = discount - 5, net = net + 5 WHERE order_id = 1",
       "an order's items are the lines of its quote"},
      {"UPDATE order_items SET tax = tax + 500 WHERE order_id = 2",
       "UPDATE order_items SET tax = tax - 500 WHERE order_id = 2", "an order's items are the lines of its quote"},
      {"UPDATE order_quotes SET answer = replace(answer, '\"net\":', '\"nett\":') WHERE order_id = 1",
       "UPDATE order_quotes SET answer = replace(answer, '\"nett\":', '\"net\":') WHERE order_id = 1",
       "an order's items are the lines of its quote"},
      {"UPDATE order_coupons SET amount = amount + 1 WHERE order_id = 1",
       "UPDATE order_coupons SET amount = amount - 1 WHERE order_id = 1",
       "an order's coupons took off what its quote says"},
      {"UPDATE payments SET status = 'COMPLETED', amount = amount + 1 WHERE order_id = 1",
       "UPDATE payments SET amount = amount - 1 WHERE order_id = 1",
       "a paid order has one completed payment of its total, and no other order has one"},
      {"UPDATE sales_buckets SET units = units + 1", "UPDATE sales_buckets SET units = units - 1",
       "sales buckets are the paid items less the refunded ones"},
      {"UPDATE outbox_events SET type = 'order.lost' WHERE type = 'order.paid'",
       "UPDATE outbox_events SET type = 'order.paid' WHERE type = 'order.lost'",
       "an order that was paid has one event that says so"},
      {"UPDATE order_items SET refunded_quantity = 1 WHERE order_id = 2",
       "UPDATE order_items SET refunded_quantity = 0 WHERE order_id = 2",
       "refunded units are the sum of the refunds"},
      {"UPDATE orders SET refunded = refunded + 1 WHERE id = 3",
       "UPDATE orders SET refunded = refunded - 1 WHERE id = 3",
       "refunded money is the sum of the refunds, and not more than was paid"},
      {"UPDATE orders SET refunded = refunded + 1 WHERE id = 3",
       "UPDATE orders SET refunded = refunded - 1 WHERE id = 3",
       "what an order's refunds say went back to its shopper's balance"},
      {"UPDATE refunds SET amount = amount + 1", "UPDATE refunds SET amount = amount - 1",
       "a refund of items is the sum of what its units are worth"},
      {"UPDATE refund_items SET net = net + 1", "UPDATE refund_items SET net = net - 1",
       "refunded units came back with their share of the line's net, and of its tax"},
      {"UPDATE refund_items SET net = net + CASE refund_id % 2 WHEN 0 THEN 100 ELSE -100 END",
       "UPDATE refund_items SET net = net - CASE refund_id % 2 WHEN 0 THEN 100 ELSE -100 END",
       "each refund's units came back with the shares that were next, of the line's net and of its tax"},
      {"UPDATE refund_items SET tax = tax + 1", "UPDATE refund_items SET tax = tax - 1",
       "refunded units came back with their share of the line's net, and of its tax"},
      {"UPDATE refunds SET shipping = 1", "UPDATE refunds SET shipping = 0",
       "all that was paid is refunded when all units are, and the shipping charge only then"},
      {"UPDATE order_items SET refunded_quantity = 3 WHERE order_id = 3",
       "UPDATE order_items SET refunded_quantity = 2 WHERE order_id = 3",
       "all that was paid is refunded when all units are, and the shipping charge only then"},
      {"UPDATE refunds SET restocked = 0", "UPDATE refunds SET restocked = 1",
       "units that a refund restocked came back to the stock, and no others did"},
      {"UPDATE sales_buckets SET units = units + 1 WHERE product_id = 1",
       "UPDATE sales_buckets SET units = units - 1 WHERE product_id = 1",
       "sales buckets are the paid items less the refunded ones"},
      {"UPDATE user_balances SET paid_orders = 1 WHERE user_id = 1",
       "UPDATE user_balances SET paid_orders = 2 WHERE user_id = 1",
       "a user has paid as many orders, not refunded whole, as the balance says"},
      {"UPDATE order_coupons SET released_at = 1 WHERE order_id = 2",
       "UPDATE order_coupons SET released_at = NULL WHERE order_id = 2",
       "an order holds its coupons until it is cancelled or its last unit came back, and no longer"},
      {"UPDATE order_items SET refunded_quantity = quantity WHERE order_id = 1",
       "UPDATE order_items SET refunded_quantity = 0 WHERE order_id = 1",
       "an order holds its coupons until it is cancelled or its last unit came back, and no longer"},
      {"UPDATE order_items SET refunded_quantity = quantity WHERE order_id = 1",
       "UPDATE order_items SET refunded_quantity = 0 WHERE order_id = 1",
       "a paid order is cancelled when it was refunded whole before shipping, and for nothing else"},
      {"UPDATE shipments SET delivered_at = NULL", "UPDATE shipments SET delivered_at = shipped_at + 1",
       "an order has a parcel once it is shipped, and that has arrived when the order is delivered"},
      {"UPDATE outbox_events SET type = 'order.lost' WHERE type = 'order.shipped'",
       "UPDATE outbox_events SET type = 'order.shipped' WHERE type = 'order.lost'",
       "an order that was shipped or delivered has one event that says so"},
      {"UPDATE outbox_events SET type = 'order.lost' WHERE type = 'order.refunded'",
       "UPDATE outbox_events SET type = 'order.refunded' WHERE type = 'order.lost'",
       "an order that was refunded has events that say so"},
      {"UPDATE revenue_buckets SET refunded = refunded + 1", "UPDATE revenue_buckets SET refunded = refunded - 1",
       "what an hour earned is what was charged, paid and refunded in it"},
      {"UPDATE revenue_buckets SET shipped = shipped + 1", "UPDATE revenue_buckets SET shipped = shipped - 1",
       "what an hour sold and sent is its orders, refunds and parcels"},
      {"UPDATE coupon_issues SET issued = issued + 1", "UPDATE coupon_issues SET issued = issued - 1",
       "coupons were issued in the minutes that say so"},
      {"UPDATE coupon_uses SET discount = discount + 1", "UPDATE coupon_uses SET discount = discount - 1",
       "a rule has taken off what the paid orders say"},
  };
  for (const Damage& damage : damages) {
    shop.write([&](auto& tx) { tx.execute(damage.break_it); });
    std::string found;
    for (const shop::Breach& breach : shop::audit(*shop.services.readers.begin())) found += breach.rule + "\n";
    CAPTURE(damage.rule);
    CHECK(found.find(damage.rule) != std::string::npos);
    shop.write([&](auto& tx) { tx.execute(damage.mend_it); });
  }
}

}  // namespace cartwright::test

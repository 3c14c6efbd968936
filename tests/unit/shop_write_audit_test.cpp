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

// Each damage is found, and mended again the audit is content (the fixture looks at the end).
TEST_CASE("the audit names each breach") {
  Shop shop;
  trade(shop);
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
       "an order's total and tax are those of its quote"},
      {"UPDATE sales_buckets SET units = units + 1", "UPDATE sales_buckets SET units = units - 1",
       "sales buckets are the paid items less the refunded ones"},
      {"UPDATE outbox_events SET type = 'order.lost'", "UPDATE outbox_events SET type = 'order.paid'",
       "an order that was paid has one event that says so"},
      {"UPDATE order_items SET refunded_quantity = 1 WHERE order_id = 2",
       "UPDATE order_items SET refunded_quantity = 0 WHERE order_id = 2",
       "refunded units are the sum of the refunds"},
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

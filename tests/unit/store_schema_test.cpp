// What must never be, and what must never happen twice, is refused by the tables themselves (COMMERCE.md "Records").
#include <doctest/doctest.h>

#include "tests/unit/store_fixture.h"

using namespace cartwright;
using namespace cartwright::store;

namespace {

// A shopper with a balance, a product with two variants, a campaign's coupon, and a pending order that holds it.
const Sql purchase[] = {
    "INSERT INTO shop (id, name, currency, created_at) VALUES (1, 'Shop', 'KRW', 1)",
    "INSERT INTO users (id, email, password_hash, name, created_at) VALUES (1, 'a@example.com', 'x', 'Kim', 1)",
    "INSERT INTO user_balances (user_id) VALUES (1)",
    "INSERT INTO charge_requests (id, number, user_id, provider, provider_id, amount, status, created_at, finished_at)"
    " VALUES (1, 'c1', 1, 'gateway', 'p1', 1000, 'COMPLETED', 1, 1)",
    "UPDATE user_balances SET balance = 1000, history_count = 1",
    "INSERT INTO balance_history VALUES (1, 1, 'CHARGE', 1000, 0, 1000, NULL, 1, 1)",
    "INSERT INTO products (id, handle, base_price, created_at, updated_at) VALUES (1, 'cup', 300, 1, 1)",
    "INSERT INTO product_options VALUES (1, 1, '{}')",
    "INSERT INTO product_option_values VALUES (1, 1, 1, '{}'), (1, 1, 2, '{}')",
    "INSERT INTO product_variants (id, product_id, combination, price, stock) VALUES (1, 1, '1', 300, 5), (2, 1, '2', 300, 0)",
    "INSERT INTO stock_movements (variant_id, delta, reason, created_at) VALUES (1, 5, 'RECEIVED', 1)",
    "INSERT INTO coupons (id, kind, rule, code, created_at, updated_at) VALUES (1, 'coupon', '{}', 'HELLO', 1, 1)",
    "INSERT INTO fcfs_coupons VALUES (1, 1, 10, 9, 1, 2, 1, 1)",
    "INSERT INTO orders (id, number, user_id, status, currency, tax_mode, subtotal, item_discount, order_discount,"
    " merchandise, shipping_fee, shipping_discount, tax, total, fingerprint, created_at, expires_at)"
    " VALUES (1, 'n1', 1, 'PENDING', 'KRW', 'exclusive', 600, 50, 50, 500, 30, 10, 52, 572, '0123456789abcdef', 1, 2)",
    "INSERT INTO order_items VALUES (1, 1, 1, 1, '{}', '[]', '', 300, 2, 100, 500, 'standard', 50, 0)",
    "INSERT INTO user_coupons VALUES (1, 1, 1, 'campaign', 1, 'USED', 1, 9, 1, 1)",
    "INSERT INTO order_coupons VALUES (1, 1, 1, 50, NULL)",
    "INSERT INTO payments VALUES (1, 1, 'BALANCE', 572, 'FAILED', 1, 1)",
    "INSERT INTO payments VALUES (1, 2, 'BALANCE', 572, 'COMPLETED', 1, 1)",
    "INSERT INTO idempotency_keys (user_id, endpoint, key, request_hash, status, answer, created_at)"
    " VALUES (1, 'POST /orders', 'k', x'00', 201, '{}', 1)",
    "INSERT INTO outbox_events (type, order_id, payload, created_at, position) VALUES ('order.paid', 1, '{}', 1, 1)",
    "INSERT INTO changes (kind, entity_id, created_at) VALUES ('variant', 1, 1)",
};

struct Breach {
  const char* what;
  Fault fault;
  Sql sql;
};

const Breach breaches[] = {
    {"a second shop", Fault::check_violation,
     "INSERT INTO shop (id, name, currency, created_at) VALUES (2, 'Shop', 'KRW', 1)"},
    {"an email twice", Fault::unique_violation,
     "INSERT INTO users (email, password_hash, name, created_at) VALUES ('a@example.com', 'x', 'Lee', 1)"},
    {"an erased account with its email", Fault::check_violation, "UPDATE users SET erased_at = 2"},
    {"a boolean that is neither", Fault::check_violation, "UPDATE products SET active = 2"},
    {"a price beyond 2^53-1", Fault::check_violation, "UPDATE product_variants SET price = 9007199254740992"},
    {"a price that is text", Fault::type_violation, "UPDATE product_variants SET price = 'free'"},
    {"a balance below zero", Fault::check_violation, "UPDATE user_balances SET balance = balance - 1001"},
    {"a history row that doesn't add up", Fault::check_violation,
     "INSERT INTO balance_history VALUES (1, 2, 'USE', -10, 1000, 980, 1, NULL, 1)"},
    {"a use that adds money", Fault::check_violation,
     "INSERT INTO balance_history VALUES (1, 2, 'USE', 10, 1000, 1010, 1, NULL, 1)"},
    {"a history row of an unknown kind", Fault::check_violation,
     "INSERT INTO balance_history VALUES (1, 2, 'GIFT', 10, 1000, 1010, NULL, 1, 1)"},
    {"a place in the history twice", Fault::unique_violation,
     "INSERT INTO balance_history VALUES (1, 1, 'USE', -10, 1000, 990, 1, NULL, 1)"},
    {"a provider's charge twice", Fault::unique_violation,
     "INSERT INTO charge_requests (number, user_id, provider, provider_id, amount, status, created_at)"
     " VALUES ('c2', 1, 'gateway', 'p1', 1000, 'PENDING', 1)"},
    {"stock below zero", Fault::check_violation, "UPDATE product_variants SET stock = stock - 6 WHERE id = 1"},
    {"a combination of options twice", Fault::unique_violation,
     "UPDATE product_variants SET combination = '1' WHERE id = 2"},
    {"a value of an option that isn't there", Fault::foreign_key_violation,
     "INSERT INTO product_option_values VALUES (1, 2, 1, '{}')"},
    {"units sold that come in", Fault::check_violation,
     "INSERT INTO stock_movements (variant_id, delta, reason, order_id, created_at) VALUES (1, 1, 'SOLD', 1, 1)"},
    {"units sold to nobody", Fault::check_violation,
     "INSERT INTO stock_movements (variant_id, delta, reason, created_at) VALUES (1, -1, 'SOLD', 1)"},
    {"more coupons left than there were", Fault::check_violation, "UPDATE fcfs_coupons SET remaining_quantity = 11"},
    {"one coupon too many", Fault::check_violation, "UPDATE fcfs_coupons SET remaining_quantity = -1"},
    {"a campaign that ends before it starts", Fault::check_violation, "UPDATE fcfs_coupons SET ends_at = 1"},
    {"a campaign's coupon twice for one user", Fault::unique_violation,
     "INSERT INTO user_coupons VALUES (2, 1, 1, 'campaign', 1, 'AVAILABLE', 1, 9, NULL, NULL)"},
    {"a used coupon that no order holds", Fault::check_violation, "UPDATE user_coupons SET order_id = NULL"},
    {"an available coupon that an order holds", Fault::check_violation,
     "UPDATE user_coupons SET status = 'AVAILABLE'"},
    {"a promotion with a code", Fault::check_violation, "UPDATE coupons SET kind = 'promotion'"},
    {"an order whose total isn't the sum", Fault::check_violation, "UPDATE orders SET total = total + 1"},
    {"an order number twice", Fault::unique_violation,
     "INSERT INTO orders SELECT 2, number, user_id, status, currency, tax_mode, subtotal, item_discount, order_discount,"
     " merchandise, shipping_fee, shipping_discount, tax, total, fingerprint, NULL, NULL, NULL, NULL, NULL, NULL,"
     " created_at, expires_at, NULL, NULL, NULL, 0 FROM orders"},
    {"a paid order that was never paid", Fault::check_violation, "UPDATE orders SET status = 'PAID'"},
    {"a cancelled order without its time", Fault::check_violation, "UPDATE orders SET status = 'CANCELLED'"},
    {"more refunded than paid", Fault::check_violation, "UPDATE orders SET paid_at = 2, status = 'PAID', refunded = 573"},
    {"an item that doesn't add up", Fault::check_violation, "UPDATE order_items SET net = net - 1"},
    {"more units refunded than bought", Fault::check_violation, "UPDATE order_items SET refunded_quantity = 3"},
    {"a coupon held by two live orders", Fault::unique_violation,
     "INSERT INTO order_coupons VALUES (2, 1, 1, 50, NULL)"},
    {"a second completed payment", Fault::unique_violation, "UPDATE payments SET status = 'COMPLETED'"},
    {"history of a payment that isn't there", Fault::foreign_key_violation,
     "INSERT INTO payment_history VALUES (1, 3, 1, 'FAILED', '', 1)"},
    {"a key twice", Fault::unique_violation,
     "INSERT INTO idempotency_keys (user_id, endpoint, key, request_hash, created_at)"
     " VALUES (1, 'POST /orders', 'k', x'01', 1)"},
    {"a position twice", Fault::unique_violation,
     "INSERT INTO outbox_events (type, payload, created_at, position) VALUES ('order.paid', '{}', 1, 1)"},
    {"a paused webhook that is never tried again", Fault::check_violation,
     "INSERT INTO webhook_endpoints (url, secret, event_types, state, failures, failing_since, created_at)"
     " VALUES ('https://example.com/', 's', '', 'paused', 1, 1, 1)"},
    {"a session whose token isn't hashed", Fault::check_violation,
     "INSERT INTO user_sessions VALUES (x'00', 1, '', 1, 2)"},
    {"an order of nobody", Fault::foreign_key_violation, "UPDATE orders SET user_id = 99"},
    {"a user gone who has orders", Fault::foreign_key_violation, "DELETE FROM users"},
};

}  // namespace

TEST_CASE("the tables take a purchase and refuse every breach of it") {
  TemporaryDirectory directory;
  Database database = open_sqlite({.path = directory.file("shop.db")});
  write(database, [](Transaction& tx) {
    for (const Sql& sql : purchase) tx.execute(sql);
  });
  for (const Breach& breach : breaches) {
    CAPTURE(breach.what);
    CHECK(fault_thrown_by([&] { write(database, [&](Transaction& tx) { tx.execute(breach.sql); }); }) == breach.fault);
  }
}

TEST_CASE("a coupon may be held again once its order has let it go") {
  TemporaryDirectory directory;
  Database database = open_sqlite({.path = directory.file("shop.db")});
  write(database, [](Transaction& tx) {
    for (const Sql& sql : purchase) tx.execute(sql);
    tx.execute("UPDATE order_coupons SET released_at = 2");
    tx.execute("INSERT INTO orders SELECT 2, 'n2', user_id, status, currency, tax_mode, subtotal, item_discount,"
               " order_discount, merchandise, shipping_fee, shipping_discount, tax, total, fingerprint, NULL, NULL, NULL,"
               " NULL, NULL, NULL, created_at, expires_at, NULL, NULL, NULL, 0 FROM orders");
    CHECK(tx.execute("INSERT INTO order_coupons VALUES (2, 1, 1, 50, NULL)") == 1);
  });
}

TEST_CASE("a change's position is never given twice, also when the last one is replaced") {
  TemporaryDirectory directory;
  Database database = open_sqlite({.path = directory.file("shop.db")});
  write(database, [](Transaction& tx) {
    std::int64_t last = 0;
    for (int i = 0; i < 3; ++i) {
      tx.execute("DELETE FROM changes WHERE kind = $1 AND entity_id = $2", "variant", 1);
      const auto position = *tx.value<std::int64_t>(
          "INSERT INTO changes (kind, entity_id, created_at) VALUES ($1, $2, $3) RETURNING position", "variant", 1, 1);
      CHECK(position > last);
      last = position;
    }
  });
}

TEST_CASE("the reads of the hot paths are looked up and never scan or sort") {
  TemporaryDirectory directory;
  Database database = open_sqlite({.path = directory.file("shop.db")});
  const Sql reads[] = {
      "EXPLAIN QUERY PLAN SELECT id FROM orders WHERE user_id = 1 AND id < 5 ORDER BY id DESC LIMIT 20",
      "EXPLAIN QUERY PLAN SELECT id FROM orders WHERE number = 'n1'",
      "EXPLAIN QUERY PLAN SELECT id FROM orders WHERE status = 'PENDING' AND expires_at <= 5",
      "EXPLAIN QUERY PLAN SELECT product_id, units FROM sales_buckets WHERE hour >= 5",
      "EXPLAIN QUERY PLAN SELECT amount FROM balance_history WHERE user_id = 1 ORDER BY position DESC LIMIT 20",
      "EXPLAIN QUERY PLAN SELECT id FROM user_coupons WHERE user_id = 1",
      "EXPLAIN QUERY PLAN SELECT id FROM user_coupons WHERE user_id = 1 AND campaign_id = 1",
      "EXPLAIN QUERY PLAN SELECT answer FROM idempotency_keys WHERE user_id = 1 AND key = 'k' AND endpoint = 'e'",
      "EXPLAIN QUERY PLAN SELECT id FROM product_variants WHERE product_id = 1",
      "EXPLAIN QUERY PLAN SELECT payload FROM outbox_events WHERE position > 5 ORDER BY position LIMIT 100",
      "EXPLAIN QUERY PLAN SELECT max(position) FROM outbox_events",
      "EXPLAIN QUERY PLAN SELECT outcome FROM webhook_deliveries WHERE endpoint_id = 1 AND position < 5"
      " ORDER BY position DESC LIMIT 20",
      "EXPLAIN QUERY PLAN DELETE FROM webhook_deliveries WHERE position < 5",
      "EXPLAIN QUERY PLAN SELECT user_id FROM user_sessions WHERE token_hash = x'00'",
  };
  const auto read = database.readers->begin();
  for (const Sql& sql : reads) {
    CAPTURE(std::string(sql.text()));
    for (const Row row : read->query(sql)) {
      const std::string step = row.get<std::string>(3);
      CAPTURE(step);
      CHECK(step.starts_with("SEARCH"));
    }
  }
}

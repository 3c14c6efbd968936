#include "tests/unit/shop_write_fixture.h"

#include <thread>

#include "server/shop/accounts.h"

namespace cartwright::test {

using store::Transaction;

namespace {

void add_variant(Transaction& tx, VariantId id, std::string_view name, Amount price, std::int64_t stock, bool active,
                 std::int64_t max_quantity) {
  const ProductId product{id.value - 10};
  tx.execute("INSERT INTO products (id, handle, base_price, max_quantity, created_at, updated_at)"
             " VALUES ($1, $2, $3, $4, $5, $5)",
             product, name, price, max_quantity, start);
  tx.execute("INSERT INTO product_texts (product_id, language, name) VALUES ($1, 'en', $2)", product, name);
  tx.execute("INSERT INTO product_variants (id, product_id, price, stock, active) VALUES ($1, $2, $3, $4, $5)", id,
             product, price, stock, active);
  tx.execute("INSERT INTO stock_movements (variant_id, delta, reason, created_at) VALUES ($1, $2, 'RECEIVED', $3)", id,
             stock, start);
}

void add_rule(Transaction& tx, std::int64_t id, std::string_view kind, std::string_view rule,
              std::optional<std::int64_t> valid_days) {
  tx.execute("INSERT INTO coupons (id, kind, rule, valid_days, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)",
             id, kind, rule, valid_days, start);
  tx.execute("INSERT INTO coupon_texts (coupon_id, language, name) VALUES ($1, 'ko', '쿠폰')", id);
}

void add_campaign(Transaction& tx, CampaignId id, std::int64_t coupon, TimeMs starts_at, TimeMs ends_at) {
  tx.execute("INSERT INTO fcfs_coupons (id, coupon_id, total_quantity, remaining_quantity, starts_at, ends_at,"
             " created_at) VALUES ($1, $2, 50, 50, $3, $4, $5)",
             id, coupon, starts_at, ends_at, start);
}

}  // namespace

void Shop::fill() {
  write([](Transaction& tx) {
    tx.execute("INSERT INTO shop (id, name, currency, shipping_fee, shipping_free_from, created_at)"
               " VALUES (1, 'Cartwright', 'KRW', 3000, 50000, $1)",
               start);
    tx.execute("INSERT INTO tax_rates (tax_class, basis_points) VALUES ('standard', 1000)");
    add_variant(tx, mug, "mug", 10000, 100, true, 20);
    add_variant(tx, tee, "tee", 25000, 5, true, 0);
    add_variant(tx, sticker, "sticker", 0, 1000, true, 0);
    add_variant(tx, hidden, "hidden", 7000, 10, false, 0);
    add_rule(tx, 1, "coupon", R"({"id":1,"target":"order","type":"fixed","amount":1000})", 7);
    add_rule(tx, 2, "coupon", R"({"id":2,"target":"order","type":"percent","basis_points":1000,"first_order_only":true})",
             30);
    add_rule(tx, 3, "promotion",
             R"({"id":3,"target":"line","type":"percent","basis_points":500,"min_quantity":10})", std::nullopt);
    add_campaign(tx, open_campaign, 1, start, after(start, 10 * day_ms));
    add_campaign(tx, coming_campaign, 1, after(start, 20 * day_ms), after(start, 30 * day_ms));
    add_campaign(tx, ended_campaign, 1, after(start, -2 * day_ms), start);
    add_campaign(tx, CampaignId{4}, 2, start, after(start, 10 * day_ms));
  });
  add_users(1, 2, 0);
}

void Shop::add_users(std::int64_t first, std::int64_t count, Amount balance) {
  write([&](Transaction& tx) {
    for (std::int64_t id = first; id < first + count; ++id) {
      tx.execute("INSERT INTO users (id, email, password_hash, name, created_at) VALUES ($1, $2, '-', 'Shopper', $3)",
                 id, "shopper" + std::to_string(id) + "@example.com", start);
      tx.execute("INSERT INTO user_balances (user_id) VALUES ($1)", id);
    }
  });
  if (balance == 0) return;
  at_once(count, [&](std::int64_t i) { give_balance(UserId{first + i}, balance); });
}

void at_once(std::int64_t count, const std::function<void(std::int64_t)>& client) {
  std::vector<std::jthread> clients;
  for (std::int64_t i = 0; i < count; ++i) clients.emplace_back([&client, i] { client(i); });
}

std::int64_t Shop::paid_orders(UserId user) {
  const auto read = database_.readers->begin();
  return shop::count_paid_orders(*read, user, TimeMs{now_ms.load()});
}

std::string code_of(const Response& response) {
  const auto document = json::Document::parse(response.body);
  const json::Node* code = document ? document->root().member("code") : nullptr;
  if (code == nullptr) return std::to_string(response.status);
  CHECK(response.content_type == "application/problem+json");
  return std::string(code->text);
}

std::int64_t number_in(const Response& response, std::string_view name) {
  const auto document = json::Document::parse(response.body);
  const json::Node* node = document ? document->root().member(name) : nullptr;
  REQUIRE(node != nullptr);
  return node->integer;
}

}  // namespace cartwright::test

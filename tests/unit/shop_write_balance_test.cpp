#include "server/wire_charges.h"
#include "tests/unit/shop_write_fixture.h"

namespace cartwright::test {

TEST_CASE("a charge by the instant provider is credited at once and stands in the history") {
  Shop shop;
  const Response response = shop.charge(minji, R"({"amount":5000})", "k1");
  CHECK(response.status == 201);
  const auto charge = json::decode<wire::Charge>(response.body).value();
  CHECK(charge.status == ChargeStatus::COMPLETED);
  CHECK(charge.balance == 5000);
  const Response balance = shop.get(api::show_balance, minji);
  CHECK(number_in(balance, "balance") == 5000);
  CHECK(number_in(shop.get(api::show_balance, junho), "balance") == 0);
}

TEST_CASE("each refusal of a charge has its code, and nothing is credited") {
  Shop shop;
  CHECK(code_of(shop.charge(minji, R"({"amount":5000})", "")) == "idempotency_key_required");
  CHECK(code_of(shop.charge(minji, R"({"amount":0})", "k1")) == "invalid_request");
  CHECK(code_of(shop.charge(minji, R"({"amount":-1})", "k2")) == "invalid_request");
  CHECK(code_of(shop.charge(minji, R"({"amount":1.5})", "k3")) == "invalid_request");
  CHECK(code_of(shop.charge(minji, R"({"amount":9007199254740993})", "k4")) == "invalid_request");
  CHECK(code_of(shop.charge(minji, R"({"amount":99999999999999999999})", "k4")) != "201");
  CHECK(code_of(shop.charge(minji, R"({"amount":)", "k5")) == "malformed_json");
  CHECK(code_of(shop.charge(minji, "", "k5")) == "unsupported_media_type");
  CHECK(code_of(shop.charge(minji, R"({"amount":1000001})", "k6")) == "charge_limit");
  shop.services.settings.balance_max = 1'500'000;
  CHECK(shop.charge(minji, R"({"amount":1000000})", "k7").status == 201);
  const Response full = shop.charge(minji, R"({"amount":600000})", "k8");
  CHECK(code_of(full) == "charge_limit");
  CHECK(number_in(full, "available") == 500'000);
  shop.services.settings.charge_provider = shop::ChargeProvider::none;
  const Response none = shop.charge(minji, R"({"amount":1})", "k9");
  CHECK(code_of(none) == "provider_unavailable");
  CHECK(none.find_header("Retry-After") != nullptr);
  CHECK(shop.value("SELECT balance FROM user_balances WHERE user_id = 1") == 1'000'000);
}

TEST_CASE("a bank transfer waits and credits nothing yet") {
  Shop shop;
  shop.services.settings.charge_provider = shop::ChargeProvider::bank_transfer;
  const auto charge = json::decode<wire::Charge>(shop.charge(minji, R"({"amount":5000})", "k1").body).value();
  CHECK(charge.status == ChargeStatus::PENDING);
  CHECK(charge.balance == 0);
  CHECK(shop.value("SELECT balance FROM user_balances WHERE user_id = 1") == 0);
}

TEST_CASE("a key gives the first answer again, a refusal too, and refuses another body") {
  Shop shop;
  const Response first = shop.charge(minji, R"({"amount":5000})", "k1");
  const Response again = shop.charge(minji, R"({"amount":5000})", "k1");
  CHECK(again.status == 201);
  CHECK(again.body == first.body);
  CHECK(*again.find_header("Idempotency-Replayed") == "true");
  CHECK(first.find_header("Idempotency-Replayed") == nullptr);
  CHECK(code_of(shop.charge(minji, R"({"amount":5001})", "k1")) == "idempotency_key_reused");

  const Response refused = shop.charge(minji, R"({"amount":1000001})", "k2");
  shop.services.settings.charge_max = 2'000'000;
  const Response still = shop.charge(minji, R"({"amount":1000001})", "k2");
  CHECK(still.body == refused.body);
  CHECK(code_of(still) == "charge_limit");
  CHECK(*still.find_header("Idempotency-Replayed") == "true");
  CHECK(shop.charge(minji, R"({"amount":1000001})", "k3").status == 201);

  CHECK(shop.charge(junho, R"({"amount":7})", "k1").status == 201);  // a key belongs to its user
  shop.now_ms += 400 * day_ms;
  CHECK(shop::sweep(shop.services, TimeMs{shop.now_ms}).keys == 0);  // kept for ever
  shop.services.settings.charge_provider = shop::ChargeProvider::none;  // what was charged before stays told
  CHECK(shop.charge(minji, R"({"amount":5000})", "k1").body == first.body);
}

TEST_CASE("a key that is still being worked on is told so") {
  Shop shop;
  const auto hold = shop.services.running_keys->take("1 POST /api/v1/me/balance/charges k1");
  REQUIRE(hold);
  CHECK(code_of(shop.charge(minji, R"({"amount":5000})", "k1")) == "idempotency_in_flight");
  CHECK(shop.charge(minji, R"({"amount":5000})", "k2").status == 201);
}

TEST_CASE("the history comes newest first, page by page, with an unbroken chain") {
  Shop shop;
  for (int i = 1; i <= 5; ++i) shop.give_balance(minji, i);
  std::vector<wire::BalanceHistory> all;
  std::vector<http::Pair> query = {{"limit", "2"}};
  while (true) {
    const auto page =
        json::decode<wire::Page<wire::BalanceHistory>>(shop.get(api::list_balance_history, minji, query).body).value();
    all.insert(all.end(), page.items.begin(), page.items.end());
    if (!page.next_cursor) break;
    query = {{"limit", "2"}, {"cursor", *page.next_cursor}};
  }
  REQUIRE(all.size() == 5);
  CHECK(all[0].balance_after == 15);
  for (std::size_t i = 0; i + 1 < all.size(); ++i) CHECK(all[i].balance_before == all[i + 1].balance_after);
  CHECK(all[4].balance_before == 0);
}

TEST_CASE("when the writer is stopped nothing is stored and the client may come again") {
  Shop shop;
  shop.services.writer.stop();
  const Response response = shop.charge(minji, R"({"amount":5000})", "k1");
  CHECK(code_of(response) == "overloaded");
  CHECK(response.status == 503);
  CHECK(response.find_header("Retry-After") != nullptr);
  CHECK(shop.value("SELECT count(*) FROM idempotency_keys") == 0);
}

}  // namespace cartwright::test

// A small shop in a real database, and its handlers called as the route table calls them; for the tests of what writes.
// At the end of each test the audit must find nothing.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "server/api/balance_handlers.h"
#include "server/api/cart_handlers.h"
#include "server/api/coupon_handlers.h"
#include "server/api/order_handlers.h"
#include "server/shop/audit.h"
#include "server/shop/catalogue.h"
#include "server/shop/coupons.h"
#include "server/shop/expiry.h"
#include "tests/unit/store_fixture.h"

namespace cartwright::test {

using api::Call;
using http::Response;

inline constexpr TimeMs start{1'764'000'000'000};
inline constexpr UserId minji{1};
inline constexpr UserId junho{2};
inline constexpr VariantId mug{11};     // 10000, 100 units, at most 20 a line
inline constexpr VariantId tee{12};     // 25000, 5 units
inline constexpr VariantId sticker{13};  // 0, 1000 units
inline constexpr VariantId hidden{14};  // inactive
inline constexpr CampaignId open_campaign{1};  // 50 coupons of 1000 off
inline constexpr CampaignId coming_campaign{2};
inline constexpr CampaignId ended_campaign{3};

struct Sent {
  http::Method method = http::Method::POST;
  std::string path;
  std::string body = {};
  std::string key = {};
  std::vector<http::Pair> params = {};
  std::vector<http::Pair> query = {};
  std::vector<http::Pair> headers = {};
};

// `client(i)` for each i below `count`, each on a thread of its own; waits for all.
void at_once(std::int64_t count, const std::function<void(std::int64_t)>& client);

class Shop {
 public:
  // `options`: all but the path.
  explicit Shop(store::SqliteOptions options = {}) : database_(open(std::move(options))),
        services{.writer = *database_.writer,
                 .readers = *database_.readers,
                 .now = [this] { return TimeMs{now_ms.load()}; },
                 .settings = {.charge_provider = shop::ChargeProvider::instant}} {
    fill();
  }
  ~Shop() {
    const auto read = database_.readers->begin();
    for (const shop::Breach& breach : shop::audit(*read)) {
      const std::string words = shop::describe(breach);
      CHECK_MESSAGE(false, words);
    }
  }

  template <class Use>
  void write(Use use) {
    store::write(database_, use);
  }
  template <class T = std::int64_t, class... Args>
  T value(store::Sql sql, const Args&... args) {
    return database_.readers->begin()->value<T>(sql, args...).value();
  }

  Response call(Response (*handler)(const Call&), UserId user, const Sent& sent) {
    http::Request request;
    request.method = sent.method;
    request.path = sent.path;
    request.path_params = sent.params;
    request.query = sent.query;
    request.body = sent.body;
    if (!sent.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    if (!sent.key.empty()) request.headers.push_back({"Idempotency-Key", sent.key});
    for (const http::Pair& header : sent.headers) request.headers.push_back({header.name, header.value});
    return handler(Call{.request = request,
                        .shop = services,
                        .caller = api::Caller{.user = user},
                        .now = TimeMs{now_ms.load()}});
  }

  // ---- what shoppers do

  Response issue(UserId user, CampaignId campaign, const std::string& key) {
    const std::string id = std::to_string(campaign.value);
    return call(api::issue_coupon, user,
                {.path = "/api/v1/campaigns/" + id + "/issue", .key = key, .params = {{"id", id}}});
  }
  Response charge(UserId user, const std::string& body, const std::string& key) {
    return call(api::charge_balance, user, {.path = "/api/v1/me/balance/charges", .body = body, .key = key});
  }
  Response order(UserId user, const wire::NewOrder& wanted, const std::string& key) {
    return call(api::place_order, user, {.path = "/api/v1/orders", .body = json::encode(wanted), .key = key});
  }
  Response pay(UserId user, const std::string& number, const std::string& key) {
    return call(api::pay_order, user,
                {.path = "/api/v1/orders/" + number + "/payment", .key = key, .params = {{"number", number}}});
  }
  Response cancel(UserId user, const std::string& number) {
    return call(api::cancel_order, user,
                {.path = "/api/v1/orders/" + number + "/cancel", .params = {{"number", number}}});
  }
  Response get(Response (*handler)(const Call&), UserId user, std::vector<http::Pair> query = {},
               std::vector<http::Pair> params = {}) {
    return call(handler, user,
                {.method = http::Method::GET, .path = "/get", .params = std::move(params), .query = std::move(query)});
  }

  // What a client shows that has the right data: lines with these coupons.
  wire::NewOrder shown(UserId user, std::vector<CartLine> lines, std::vector<Pick> picks = {}) {
    const auto read = database_.readers->begin();
    wire::NewOrder wanted{.lines = lines};
    if (!picks.empty()) wanted.choice = {.mode = ChoiceMode::listed, .coupons = picks};
    QuoteRequest request{.now = TimeMs{now_ms.load()}, .shop = shop::load_shop_rules(*read)};
    request.customer.paid_orders = paid_orders(user);
    request.variants = shop::load_variants(*read, lines);
    request.lines = std::move(lines);
    request.promotions = shop::load_promotions(*read);
    request.coupons = shop::load_coupons(*read, user, picks);
    request.choice = wanted.choice;
    const Quote quote = cartwright::quote(request).value();
    wanted.expected_total = quote.total;
    wanted.fingerprint = quote.fingerprint;
    return wanted;
  }
  std::int64_t paid_orders(UserId user);

  // A coupon in the user's wallet: the issue's answer.
  CouponId coupon(UserId user, const std::string& key) {
    const Response response = issue(user, open_campaign, key);
    REQUIRE(response.status == 201);
    return json::decode<wire::WalletCoupon>(response.body)->id;
  }
  // A pending order's number.
  std::string placed(UserId user, const wire::NewOrder& wanted, const std::string& key) {
    const Response response = order(user, wanted, key);
    INFO(response.body);
    REQUIRE(response.status == 201);
    return json::decode<wire::Order>(response.body)->number;
  }
  void give_balance(UserId user, Amount amount) {
    const Response response =
        charge(user, "{\"amount\":" + std::to_string(amount) + "}", "gift-" + std::to_string(++gifts_));
    INFO(response.body);
    REQUIRE(response.status == 201);
  }
  void add_users(std::int64_t first, std::int64_t count, Amount balance);
  std::string coupon_status(CouponId id) {
    return value<std::string>("SELECT status FROM user_coupons WHERE id = $1", id);
  }

 private:
  store::Database open(store::SqliteOptions options) {
    options.path = directory_.file("shop.db");
    return store::open_sqlite(options);
  }
  void fill();

  store::TemporaryDirectory directory_;
  store::Database database_;
  std::atomic<int> gifts_ = 0;

 public:
  std::atomic<std::int64_t> now_ms{start.ms};
  shop::Services services;
};

// The `code` of a problem; the status when it is none.
std::string code_of(const Response& response);
std::int64_t number_in(const Response& response, std::string_view name);

}  // namespace cartwright::test

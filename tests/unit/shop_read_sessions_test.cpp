#include <doctest/doctest.h>

#include <thread>

#include "server/api/account_handlers.h"
#include "server/shop/accounts.h"
#include "tests/unit/shop_read_fixture.h"

using namespace cartwright;
using namespace cartwright::shop;

namespace {

const wire::Registration somebody = {
    .email = "  Kim@Example.com ", .password = "correct horse", .name = " 김 ", .language = wire::Language::ko};

// Without a password's 64 MiB: a session begins with a row.
struct SignedIn : TestShop {
  UserId user = add_user("someone@example.com");

  UserId add_user(const std::string& email) {
    UserId id;
    write([&](store::Transaction& tx) {
      id = *create_account(tx, {.email = email, .name = "Someone"}, "no hash", now);
    });
    return id;
  }
  std::string begin_session(UserId whose) {
    const std::string token = make_token();
    write([&](store::Transaction& tx) {
      tx.execute("INSERT INTO user_sessions (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
                 hash_of_token(token), whose, now, after(now, 30 * day_ms));
    });
    return token;
  }
  std::optional<SessionUser> who(const std::string& token) { return sign_ins.sessions.find(services, token, now); }
};

}  // namespace

TEST_CASE("who registers is signed in, can sign in again and is known by either token") {
  TestShop shop;
  const auto session = register_account(shop.services, somebody, {}, shop.now);
  REQUIRE(session.ok());
  CHECK(session->me.email == "kim@example.com");
  CHECK(session->me.name == "김");
  CHECK(session->token.size() == 43);
  std::int64_t retry_after_ms = 0;
  const auto again = sign_in(shop.services, {.email = "KIM@example.com", .password = "correct horse"}, {}, shop.now,
                             retry_after_ms);
  REQUIRE(again.ok());
  CHECK(again->token != session->token);
  CHECK(shop.sign_ins.sessions.find(shop.services, session->token, shop.now)->user == session->me.id);
  CHECK(shop.sign_ins.sessions.find(shop.services, again->token, shop.now)->user == session->me.id);

  CHECK(register_account(shop.services, somebody, {}, shop.now).error().code == ErrorCode::email_taken);
  const auto wrong = sign_in(shop.services, {.email = "kim@example.com", .password = "wrong horse"}, {}, shop.now,
                             retry_after_ms);
  CHECK(wrong.error().code == ErrorCode::invalid_credentials);
  const auto nobody = sign_in(shop.services, {.email = "nobody@example.com", .password = "wrong horse"}, {}, shop.now,
                              retry_after_ms);
  CHECK(nobody.error().code == ErrorCode::invalid_credentials);
  CHECK(nobody.error().detail == wrong.error().detail);
}

TEST_CASE("registration says what is wrong before it does any work") {
  TestShop shop;
  const auto error = [&](auto change) {
    wire::Registration registration = somebody;
    change(registration);
    const auto session = register_account(shop.services, registration, {}, shop.now);
    REQUIRE_FALSE(session.ok());
    return std::string(name_of(session.error().code)) + session.error().path;
  };
  CHECK(error([](auto& r) { r.password = "short"; }) == "weak_password$.password");
  CHECK(error([](auto& r) { r.name = " \t "; }) == "invalid_request$.name");
  for (const char* email : {"", "a", "a@b", "@example.com", "a@@example.com", "a b@example.com", "a@example.", "a@.com",
                            "a@ex..com", "a\n@example.com"}) {
    CAPTURE(email);
    CHECK(error([&](auto& r) { r.email = email; }) == "invalid_request$.email");
  }
}

TEST_CASE("a session ends when it is signed out of, and when nobody uses it for thirty days") {
  SignedIn shop;
  const std::string token = shop.begin_session(shop.user);
  const std::string other = shop.begin_session(shop.user);
  REQUIRE(shop.who(token));
  REQUIRE(sign_out(shop.services, token, shop.now).ok());
  CHECK_FALSE(shop.who(token));
  CHECK(shop.who(other));
  CHECK(sign_out(shop.services, "never was", shop.now).ok());
  shop.now = after(shop.now, 30 * day_ms);
  CHECK_FALSE(shop.who(other));
}

TEST_CASE("using a session lets it slide, once a day and not oftener") {
  SignedIn shop;
  const std::string token = shop.begin_session(shop.user);
  const auto commits = [&] { return shop.services.writer.statistics().commands; };
  const auto before = commits();
  REQUIRE(shop.who(token));
  shop.now = after(shop.now, day_ms - 1);
  REQUIRE(shop.who(token));
  CHECK(commits() == before);
  for (int use = 0; use < 40; ++use) {
    shop.now = after(shop.now, 25 * hour_ms);
    REQUIRE(shop.who(token));
    REQUIRE(shop.who(token));
  }
  CHECK(commits() == before + 40);
}

TEST_CASE("a renewed session's old token lives a minute more and doesn't slide") {
  SignedIn shop;
  const std::string old = shop.begin_session(shop.user);
  shop.now = after(shop.now, 5 * day_ms);
  REQUIRE(shop.who(old));
  const auto renewed = renew_session(shop.services, old, {}, shop.now);
  REQUIRE(renewed.ok());
  CHECK(shop.who(renewed->token));
  shop.now = after(shop.now, renewed_token_ms - 1);
  CHECK(shop.who(old));
  // The answer was lost: the old token asks again.
  CHECK(renew_session(shop.services, old, {}, shop.now).ok());
  shop.now = after(shop.now, 1);
  CHECK_FALSE(shop.who(old));
  CHECK(shop.who(renewed->token));
  CHECK(renew_session(shop.services, old, {}, shop.now).error().code == ErrorCode::unauthenticated);
}

TEST_CASE("signing out ends the token that the session was renewed from, and no other session") {
  SignedIn shop;
  const std::string old = shop.begin_session(shop.user);
  const std::string elsewhere = shop.begin_session(shop.user);
  const auto renewed = renew_session(shop.services, old, {}, shop.now);
  REQUIRE(renewed.ok());
  REQUIRE(shop.who(old));
  REQUIRE(sign_out(shop.services, renewed->token, shop.now).ok());
  CHECK_FALSE(shop.who(renewed->token));
  CHECK_FALSE(shop.who(old));
  CHECK(renew_session(shop.services, old, {}, shop.now).error().code == ErrorCode::unauthenticated);
  CHECK(shop.who(elsewhere));
}

TEST_CASE("a touched user is looked up anew, an erased one is nobody") {
  SignedIn shop;
  const std::string token = shop.begin_session(shop.user);
  REQUIRE(shop.who(token)->role == wire::Role::shopper);
  shop.write([&](store::Transaction& tx) {
    tx.execute("UPDATE users SET role = 'admin' WHERE id = $1", shop.user);
    tx.touch(Topic::session, shop.user.value);
  });
  CHECK(shop.who(token)->role == wire::Role::admin);
  shop.write([&](store::Transaction& tx) {
    tx.execute("UPDATE users SET email = NULL, password_hash = NULL, erased_at = 1 WHERE id = $1", shop.user);
    tx.touch(Topic::session, shop.user.value);
  });
  CHECK_FALSE(shop.who(token));
  CHECK(find_me(shop.services, shop.user).error().code == ErrorCode::unauthenticated);
}

TEST_CASE("too many wrong passwords close an account for a while, a right one clears it") {
  SignInLimits limits({.per_account = 3, .per_address = 100, .window_ms = 1000});
  TimeMs now{1000};
  for (int i = 0; i < 3; ++i) CHECK(limits.begin("a", "x", now) == 0);
  CHECK(limits.begin("a", "y", now) == 1000);
  CHECK(limits.begin("b", "x", now) == 0);
  now = after(now, 999);
  CHECK(limits.begin("a", "x", now) == 1);
  now = after(now, 1);
  CHECK(limits.begin("a", "x", now) == 0);
  limits.succeeded("a", "x");
  for (int i = 0; i < 3; ++i) CHECK(limits.begin("a", "x", now) == 0);
  CHECK(limits.begin("a", "x", now) > 0);
}

TEST_CASE("an address that tries many accounts is slowed, and an own account doesn't buy it more") {
  SignInLimits limits({.per_account = 100, .per_address = 3, .window_ms = 1000});
  const TimeMs now{1000};
  for (const char* account : {"a", "b"}) CHECK(limits.begin(account, "x", now) == 0);
  CHECK(limits.begin("own", "x", now) == 0);
  limits.succeeded("own", "x");
  CHECK(limits.begin("c", "x", now) == 0);
  CHECK(limits.begin("d", "x", now) == 1000);
  CHECK(limits.begin("d", "y", now) == 0);
}

TEST_CASE("hashing has a few places, a short queue, and says so when both are full") {
  Passwords passwords({.at_once = 1, .waiting = 0});
  std::atomic<int> done{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto hash = passwords.hash("correct horse");
      ++(hash.ok() ? done : refused);
      if (!hash.ok()) CHECK(hash.error().code == ErrorCode::overloaded);
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(done >= 1);
  CHECK(done + refused == 4);
  const auto hash = passwords.hash("correct horse");
  CHECK(*passwords.verify(*hash, "correct horse"));
  CHECK_FALSE(*passwords.verify(*hash, "wrong horse"));
  CHECK_FALSE(*passwords.verify(std::nullopt, "correct horse"));
}

TEST_CASE("the session cookie is the token's, out of reach of scripts, and bound to the host under TLS") {
  TestShop shop;
  const std::string body = R"({"email":"kim@example.com","password":"correct horse","name":"Kim"})";
  const auto plain = TestCall(shop).body(body)(api::register_account);
  CHECK(plain.status == 201);
  const std::string cookie = header_of(plain, "Set-Cookie");
  CHECK(cookie.starts_with("cartwright_session="));
  CHECK(cookie.find("HttpOnly") != std::string::npos);
  CHECK(cookie.find("SameSite=Lax") != std::string::npos);
  CHECK(cookie.find("Secure") == std::string::npos);
  CHECK(header_of(plain, "Cache-Control") == "no-store");

  const std::string token = cookie.substr(19, 43);
  const auto caller = [&](const TestCall& call) { return api::find_caller(shop.services, call.request(), shop.now); };
  CHECK(caller(TestCall(shop).header("Cookie", "cartwright_session=" + token)));
  CHECK(caller(TestCall(shop).header("Authorization", "Bearer " + token)));
  CHECK_FALSE(caller(TestCall(shop)));
  CHECK_FALSE(caller(TestCall(shop).header("Authorization", "Basic " + token)));
  CHECK_FALSE(caller(TestCall(shop).secure().header("Cookie", "cartwright_session=" + token)));
  CHECK_FALSE(caller(TestCall(shop)
                         .header("Authorization", "Bearer wrong")
                         .header("Cookie", "cartwright_session=" + token)));

  const auto secure = TestCall(shop).secure().body(R"({"email":"kim@example.com","password":"correct horse"})")(api::sign_in);
  CHECK(secure.status == 200);
  CHECK(header_of(secure, "Set-Cookie").starts_with("__Host-cartwright_session="));
  CHECK(header_of(secure, "Set-Cookie").find("Secure") != std::string::npos);

  const auto out = TestCall(shop).header("Authorization", "Bearer " + token)(api::sign_out);
  CHECK(out.status == 204);
  CHECK(header_of(out, "Set-Cookie").find("Max-Age=0") != std::string::npos);
  CHECK_FALSE(caller(TestCall(shop).header("Authorization", "Bearer " + token)));
}

TEST_CASE("the tenth wrong password within a quarter of an hour is the last one looked at") {
  SignedIn shop;
  const std::string body = R"({"email":"someone@example.com","password":"wrong horse"})";
  for (int i = 0; i < 10; ++i) CHECK(TestCall(shop).body(body)(api::sign_in).status == 401);
  const auto limited = TestCall(shop).body(body)(api::sign_in);
  CHECK(limited.status == 429);
  CHECK(header_of(limited, "Retry-After") == "900");
  shop.now = after(shop.now, 15 * minute_ms);
  CHECK(TestCall(shop).body(body)(api::sign_in).status == 401);
}

TEST_CASE("bodies of the wrong kind are refused with their own codes") {
  TestShop shop;
  const auto code = [](const http::Response& response) {
    const std::size_t at = response.body.find("\"code\":\"") + 8;
    return response.body.substr(at, response.body.find('"', at) - at);
  };
  CHECK(code(TestCall(shop).body("{")(api::sign_in)) == "malformed_json");
  CHECK(code(TestCall(shop).body("{}")(api::sign_in)) == "invalid_request");
  CHECK(code(TestCall(shop).body("{}").header("Content-Type", "text/plain")(api::sign_in)) == "unsupported_media_type");
  CHECK(code(TestCall(shop).body(R"({"email":1,"password":"x"})")(api::sign_in)) == "invalid_request");
}

TEST_CASE("orders that wait for their payment or were paid count against first orders, others don't") {
  SignedIn shop;
  shop.write([&](store::Transaction& tx) {
    const auto add = [&](std::string_view number, std::string_view status, TimeMs expires_at = {max_amount}) {
      const bool cancelled = status == "CANCELLED";
      tx.execute("INSERT INTO orders (number, user_id, status, currency, tax_mode, subtotal, item_discount,"
                 " order_discount, merchandise, shipping_fee, shipping_discount, tax, total, fingerprint, created_at,"
                 " expires_at, paid_at, cancelled_at, cancel_reason) VALUES ($1, $2, $3, 'KRW', 'inclusive', 0, 0, 0, 0,"
                 " 0, 0, 0, 0, '0123456789abcdef', 1, $7, $4, $5, $6)",
                 number, shop.user, status, status == "PAID" ? std::optional<std::int64_t>(1) : std::nullopt,
                 cancelled ? std::optional<std::int64_t>(1) : std::nullopt,
                 cancelled ? std::optional<std::string_view>("shopper") : std::nullopt, expires_at);
    };
    add("a", "PENDING");
    add("b", "PAID");
    add("c", "CANCELLED");
    add("d", "PENDING", {2});  // its time is over, and no sweep has seen it
    tx.execute("UPDATE user_balances SET paid_orders = 1 WHERE user_id = $1", shop.user);
  });
  CHECK(find_me(shop.services, shop.user)->paid_orders == 2);
}

#include <netdb.h>

#include <algorithm>

#include "server/http/outside.h"
#include "server/relay/endpoints.h"
#include "server/relay/events.h"
#include "server/relay/pauses.h"
#include "server/relay/signature.h"
#include "tests/unit/shop_write_fixture.h"

using namespace cartwright;
using namespace cartwright::test;
using store::Transaction;
using wire::WebhookState;

namespace {

constexpr std::int64_t day = 86'400'000;

struct Telling : Shop {
  // One event for each time, in this order.
  void tell(const std::vector<std::int64_t>& times_ms) {
    write([&](Transaction& tx) {
      for (const std::int64_t time : times_ms) {
        tx.execute("INSERT INTO outbox_events (type, payload, created_at) VALUES ('order.paid', '{}', $1)", time);
      }
    });
  }
  std::int64_t add_webhook(const wire::NewWebhook& wanted) {
    std::int64_t id = 0;
    write([&](Transaction& tx) {
      id = relay::create_webhook(tx, {.now = start}, wanted, relay::make_secret()).value().id;
    });
    return id;
  }
  relay::Endpoint webhook(std::int64_t id) { return *relay::load_endpoint(*services.readers.begin(), id); }
  void record(const relay::Endpoint& endpoint, std::int64_t position, const relay::Attempt& attempt) {
    write([&](Transaction& tx) { relay::record_attempt(tx, services.settings, endpoint, position, attempt); });
  }
  std::vector<std::int64_t> kept() {
    std::vector<std::int64_t> positions;
    for (const auto& event : relay::read_events(*services.readers.begin(), 0, 10000)) positions.push_back(event.position);
    return positions;
  }
};

http::SocketAddress address_of(const char* text) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo* list = nullptr;
  REQUIRE(getaddrinfo(text, nullptr, &hints, &list) == 0);
  http::SocketAddress address;
  std::copy_n(reinterpret_cast<const char*>(list->ai_addr), list->ai_addrlen,
              reinterpret_cast<char*>(&address.storage));
  address.size = list->ai_addrlen;
  freeaddrinfo(list);
  return address;
}

relay::Attempt failed(TimeMs at, std::int64_t pause_ms = 5000) {
  return {.at = at, .outcome = "500", .pause_ms = pause_ms};
}

}  // namespace

TEST_CASE("a signature is the one that the Standard Webhooks specification gives as its example") {
  CHECK(relay::sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                    {.id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
                     .timestamp_s = 1614265330,
                     .body = R"({"test": 2432232314})"}) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  CHECK(relay::make_secret() != relay::make_secret());
}

TEST_CASE("pauses grow, differ by up to a fifth, and end at half a day") {
  const std::int64_t seconds[] = {5, 30, 120, 600, 3600, 10800, 21600, 43200, 43200, 43200};
  std::int64_t failures = 0;
  for (const std::int64_t pause : seconds) {
    ++failures;
    for (const std::uint32_t random : {0U, 1U, 4'000'000'000U}) {
      const std::int64_t ms = relay::pause_ms(failures, random);
      CHECK(ms >= pause * 1000);
      CHECK(ms < pause * 1200);
    }
  }
  CHECK(relay::pause_ms(1'000'000, 0) == 43'200'000);
}

TEST_CASE("Retry-After is read as seconds or as a date, up to a day") {
  const TimeMs now{1'764'000'000'000};  // Mon, 24 Nov 2025 16:00:00 GMT
  CHECK(relay::retry_after_ms("", now) == 0);
  CHECK(relay::retry_after_ms("0", now) == 0);
  CHECK(relay::retry_after_ms("90", now) == 90'000);
  CHECK(relay::retry_after_ms("99999999999999999999", now) == day);
  CHECK(relay::retry_after_ms("-5", now) == 0);
  CHECK(relay::retry_after_ms("soon", now) == 0);
  CHECK(relay::retry_after_ms("90 seconds", now) == 0);
  CHECK(relay::retry_after_ms("Mon, 24 Nov 2025 16:10:00 GMT", now) == 600'000);
  CHECK(relay::retry_after_ms("Mon, 24 Nov 2025 15:00:00 GMT", now) == 0);
  CHECK(relay::retry_after_ms("Fri, 24 Nov 2045 16:00:00 GMT", now) == day);
}

TEST_CASE("what is public is what the whole world may reach") {
  for (const char* text : {"8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1",
                           "192.167.1.1", "192.169.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::200e"}) {
    CAPTURE(text);
    CHECK(http::is_public(address_of(text)));
  }
  for (const char* text :
       {"0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1",
        "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
        "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
        "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
        "3fff::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1"}) {
    CAPTURE(text);
    CHECK_FALSE(http::is_public(address_of(text)));
  }
}

TEST_CASE("an address of the web is taken apart, or refused") {
  const auto url = http::parse_url("https://hooks.example.com:8443?a=b");
  REQUIRE(url);
  CHECK(url->is_tls);
  CHECK(url->host == "hooks.example.com");
  CHECK(url->port == 8443);
  CHECK(url->authority == "hooks.example.com:8443");
  CHECK(url->target == "/?a=b");
  CHECK(http::parse_url("http://[2606:4700::1111]/x")->host == "2606:4700::1111");
  CHECK(http::parse_url("http://[2606:4700::1111]:80/x")->authority == "[2606:4700::1111]");
  CHECK(http::parse_url("https://example.com")->port == 443);
  for (const char* text : {"", "example.com", "HTTPS//x", "gopher://example.com/", "http://", "http://:80/",
                           "http://a@example.com/", "http://example.com:/", "http://example.com:65536/",
                           "http://example.com/#x", "http://example.com/ x", "http://example.com\\@inside/",
                           "http://[::1", "http://[127.0.0.1]/", "http://예시.example.com/"}) {
    CAPTURE(text);
    CHECK_FALSE(http::parse_url(text));
  }
}

TEST_CASE("an interrupted wait for a name ends, and so does one whose time is over") {
  http::Interrupt interrupt;
  interrupt.raise();
  const auto url = *http::parse_url("http://localhost/");
  const auto resolved = http::resolve(url, std::chrono::steady_clock::now() + std::chrono::hours(1), interrupt);
  CHECK(resolved.end == http::Resolved::End::interrupted);
}

TEST_CASE("positions are given once, in the order of the events, batch by batch, without a hole") {
  Telling shop;
  const auto given = [&] { return relay::give_positions(shop.services).value(); };
  CHECK(given() == 0);
  shop.tell(std::vector<std::int64_t>(static_cast<std::size_t>(relay::dispatch_batch) + 2, 5));
  CHECK(shop.kept().empty());
  CHECK(given() == relay::dispatch_batch);
  CHECK(given() == 2);
  CHECK(given() == 0);
  shop.tell({3});
  CHECK(given() == 1);
  const std::int64_t count = relay::dispatch_batch + 3;
  CHECK(shop.value("SELECT max(position) FROM outbox_events") == count);
  CHECK(shop.value("SELECT count(*) FROM outbox_events WHERE position = id") == count);
}

TEST_CASE("old events go, but none that a living webhook waits for, and never the newest") {
  Telling shop;
  const std::int64_t now = 200 * day;
  const std::int64_t old = now - 91 * day;
  shop.tell({old, old + 3, old + 2, old + 4, now - 1});
  REQUIRE(relay::give_positions(shop.services));
  const std::int64_t waiting = shop.add_webhook({.url = "https://a.example.com/", .after = 1});
  const std::int64_t dead = shop.add_webhook({.url = "https://b.example.com/", .after = 0});
  const auto forget = [&](std::int64_t at) { return relay::forget_events(shop.services, TimeMs{at}); };
  CHECK(forget(now) == 0);
  shop.record(shop.webhook(dead), 1, {.at = start, .is_gone = true, .outcome = "410"});
  CHECK(shop.webhook(dead).state == WebhookState::dead);
  CHECK(forget(now) == 1);
  CHECK(shop.kept() == std::vector<std::int64_t>{2, 3, 4, 5});
  shop.record(shop.webhook(waiting), 2, {.at = start, .is_delivered = true, .outcome = "204"});
  CHECK(forget(now) == 0);  // the third is older than the second, which would look as if it had to be there
  shop.record(shop.webhook(waiting), 3, {.at = start, .is_delivered = true, .outcome = "204"});
  CHECK(forget(now) == 2);
  shop.write([&](Transaction& tx) { CHECK(relay::remove_webhook(tx, {.now = start}, waiting)); });
  CHECK(forget(now) == 1);
  CHECK(shop.kept() == std::vector<std::int64_t>{5});
  CHECK(forget(now + 1000 * day) == 0);
  shop.tell({now});
  REQUIRE(relay::give_positions(shop.services));
  CHECK(shop.kept() == std::vector<std::int64_t>{5, 6});
  CHECK(shop.value("SELECT count(*) FROM webhook_deliveries") == 0);
}

TEST_CASE("a webhook pauses when it fails, dies after days of it, and comes back to life") {
  Telling shop;
  shop.tell({1, 2});
  REQUIRE(relay::give_positions(shop.services));
  const std::int64_t id = shop.add_webhook({.url = "https://a.example.com/", .after = 0});
  shop.record(shop.webhook(id), 1, failed(start));
  auto webhook = shop.webhook(id);
  CHECK(webhook.state == WebhookState::paused);
  CHECK(webhook.next_attempt_at == TimeMs{start.ms + 5000});
  shop.record(webhook, 1, failed(TimeMs{start.ms + 5 * day - 1}));
  webhook = shop.webhook(id);
  CHECK(webhook.state == WebhookState::paused);
  CHECK(webhook.failures == 2);
  CHECK(webhook.failing_since == start);
  shop.record(webhook, 1, failed(TimeMs{start.ms + 5 * day}));
  CHECK(shop.webhook(id).state == WebhookState::dead);
  shop.write([&](Transaction& tx) {
    CHECK(relay::change_webhook(tx, {.now = start}, id, {.active = true})->state == WebhookState::active);
  });
  shop.record(shop.webhook(id), 1, {.at = start, .is_delivered = true, .outcome = "200"});
  webhook = shop.webhook(id);
  CHECK(webhook.cursor == 1);
  CHECK(webhook.failures == 0);
  CHECK(shop.value("SELECT attempts FROM webhook_deliveries WHERE position = 1") == 4);
}

TEST_CASE("an attempt that ends after an admin has changed the webhook changes nothing but the delivery") {
  Telling shop;
  shop.tell({1, 2, 3});
  REQUIRE(relay::give_positions(shop.services));
  const std::int64_t id = shop.add_webhook({.url = "https://a.example.com/", .after = 2});
  const auto before = shop.webhook(id);
  shop.write([&](Transaction& tx) { REQUIRE(relay::replay_webhook(tx, {.now = start}, id, 0)); });
  shop.record(before, 3, {.at = start, .is_delivered = true, .outcome = "204"});
  CHECK(shop.webhook(id).cursor == 0);
  shop.record(before, 3, failed(start));
  CHECK(shop.webhook(id).state == WebhookState::active);

  const auto asked = shop.webhook(id);
  shop.write([&](Transaction& tx) {
    REQUIRE(relay::change_webhook(tx, {.now = start}, id, {.url = "https://b.example.com/"}));
  });
  shop.record(asked, 1, failed(start));
  CHECK(shop.webhook(id).state == WebhookState::active);
  shop.write([&](Transaction& tx) { REQUIRE(relay::change_webhook(tx, {.now = start}, id, {.active = false})); });
  shop.record(shop.webhook(id), 1, {.at = start, .is_delivered = true, .outcome = "204"});
  CHECK(shop.webhook(id).cursor == 0);
  CHECK(shop.webhook(id).state == WebhookState::stopped);
}

TEST_CASE("the next event is the next wanted one") {
  Telling shop;
  shop.tell({1, 2, 3});
  REQUIRE(relay::give_positions(shop.services));
  shop.write([](Transaction& tx) { tx.execute("UPDATE outbox_events SET type = 'order.refunded' WHERE position = 2"); });
  const auto next = [&](std::int64_t after, std::string_view types) {
    const auto event = relay::next_event(*shop.services.readers.begin(), after, types);
    return event ? event->position : 0;
  };
  CHECK(next(0, "") == 1);
  CHECK(next(0, "order.refunded") == 2);
  CHECK(next(1, "order.paid order.cancelled") == 3);
  CHECK(next(2, "order.refunded") == 0);
  CHECK(next(0, "order.refund") == 0);
  shop.write([](Transaction& tx) { tx.execute("UPDATE outbox_events SET type = 'order.paid'"); });
}

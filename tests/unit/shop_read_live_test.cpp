#include <doctest/doctest.h>

#include "server/api/live.h"
#include "tests/unit/shop_read_fixture.h"

using namespace cartwright;
using namespace cartwright::shop;

namespace {

// What was published, in the place of the HTTP server.
struct Heard {
  std::mutex mutex;
  std::vector<std::string> events;  // "topic|bytes"

  api::Outlet outlet() {
    return {.publish =
                [this](std::string_view topic, std::shared_ptr<const std::string> bytes) {
                  const std::lock_guard lock(mutex);
                  events.push_back(std::string(topic) + "|" + *bytes);
                },
            .position =
                [this] {
                  const std::lock_guard lock(mutex);
                  return static_cast<std::uint64_t>(events.size());
                }};
  }
  std::string all() {
    const std::lock_guard lock(mutex);
    std::string text;
    for (const std::string& event : events) text += event;
    return text;
  }
};

struct Streaming : TestShop {
  Streaming() { add({.id = 1, .handle = "tee", .ko = "티", .variants = {{.id = 11, .price = 1, .stock = 5}}}); }
  Heard heard;
  api::Live live{readers(), heard.outlet(), TimeMs{77}};
};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what commits touched is told with the newest value, and a shopper's hints only to the shopper") {
  Streaming shop;
  shop.sell(11, 1);
  shop.sell(11, 1);
  const std::vector<store::Touch> touched = {{static_cast<std::uint32_t>(Topic::stock), 11},
                                             {static_cast<std::uint32_t>(Topic::stock), 11},
                                             {static_cast<std::uint32_t>(Topic::order), 5},
                                             {static_cast<std::uint32_t>(Topic::session), 5},
                                             {static_cast<std::uint32_t>(Topic::popular), 0}};
  shop.live.on_commit({.number = 1, .touched = touched});
  shop.live.stop();
  shop.live.publish_waiting();  // whatever the thread has left
  const std::string all = shop.heard.all();
  CHECK(contains(all, "public|id: 77-1\nevent: stock\ndata: {\"variant_id\":11,\"stock\":3}\n\n"));
  CHECK(contains(all, "user/5|id: 77-"));
  CHECK(contains(all, "event: orders\ndata: {}\n\n"));
  CHECK(contains(all, "event: popular\ndata: {}\n\n"));
  CHECK(shop.heard.events.size() == 3);
}

TEST_CASE("a stream begins with all that is new, or goes on where it was") {
  Streaming shop;
  const std::vector<store::Touch> touched = {{static_cast<std::uint32_t>(Topic::stock), 11}};
  shop.live.on_commit({.number = 1, .touched = touched});
  shop.live.stop();
  shop.live.publish_waiting();
  const auto open = [&](const std::string& last, std::optional<UserId> user = {}) {
    TestCall call(shop);
    if (!last.empty()) call.header("Last-Event-ID", last);
    if (user) call.as(*user);
    const auto response = call([&](const api::Call& c) { return shop.live.open(c); });
    REQUIRE(response.stream);
    return *response.stream;
  };
  CHECK(open("").since == 1);
  CHECK(contains(open("").initial, "{\"resumed\":false}"));
  CHECK(open("").topics == std::vector<std::string>{"public"});
  CHECK(open("", UserId{5}).topics == std::vector<std::string>{"public", "user/5"});
  CHECK(contains(open("77-1").initial, "{\"resumed\":true}"));
  for (const char* other : {"76-1", "77-2", "77-x", "77-0", "1"}) {
    CAPTURE(other);
    CHECK(contains(open(other).initial, "{\"resumed\":false}"));
  }
}

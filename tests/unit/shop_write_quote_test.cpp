// What bounds the searches for the best coupons; prices over REST are tests/integration/quotes.test.mjs.
#include "server/api/quote_handlers.h"
#include "tests/unit/shop_write_fixture.h"

using namespace cartwright;
using namespace cartwright::test;

namespace {

Response ask(Shop& shop, const std::string& body) {
  return shop.call(api::quote_lines, minji, {.path = "/api/v1/quotes", .body = body});
}

const std::string none = R"({"lines":[{"variant_id":11,"quantity":1}]})";
const std::string best = R"({"lines":[{"variant_id":11,"quantity":1}],"choice":{"mode":"best"}})";

}  // namespace

TEST_CASE("slots are given to as many as there are, and come back") {
  shop::WorkSlots slots({.at_once = 2, .patience = std::chrono::milliseconds(0)});
  auto first = std::optional(slots.take());
  const auto second = slots.take();
  CHECK(first->ok());
  CHECK(second.ok());
  CHECK(slots.take().error().code == ErrorCode::overloaded);
  first.reset();
  CHECK(slots.take().ok());
  CHECK(slots.take().ok());  // the one before was given back at once
}

TEST_CASE("who waits for a slot gets it when it comes free") {
  shop::WorkSlots slots({.at_once = 1, .most_waiting = 8, .patience = std::chrono::minutes(1)});
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  at_once(9, [&](std::int64_t) {
    const auto slot = slots.take();
    CHECK(slot.ok());
    const int now = ++inside;
    if (now > most) most = now;
    --inside;
  });
  CHECK(most == 1);
}

TEST_CASE("while others search, `best` is refused in time and everything else is answered") {
  Shop shop;
  shop.services.long_work = std::make_shared<shop::WorkSlots>(
      shop::WorkLimits{.at_once = 1, .patience = std::chrono::milliseconds(0)});
  {
    const auto taken = shop.services.long_work->take();
    REQUIRE(taken.ok());
    const Response refused = ask(shop, best);
    CHECK(refused.status == 503);
    CHECK(code_of(refused) == "overloaded");
    REQUIRE(refused.find_header("Retry-After") != nullptr);
    CHECK(ask(shop, none).status == 200);
    CHECK(code_of(ask(shop, none + std::string(70000, ' '))) == "overloaded");  // large bodies are read few at a time

    wire::NewOrder order = shop.shown(minji, {{.variant_id = mug, .quantity = 1}});
    order.choice.mode = ChoiceMode::best;
    CHECK(code_of(shop.order(minji, order, "k1")) == "overloaded");
  }
  CHECK(ask(shop, best).status == 200);
  CHECK(ask(shop, none + std::string(70000, ' ')).status == 200);
  wire::NewOrder order = shop.shown(minji, {{.variant_id = mug, .quantity = 1}});
  order.choice.mode = ChoiceMode::best;
  CHECK(shop.order(minji, order, "k1").status == 201);  // the refusal was not stored under its key
}

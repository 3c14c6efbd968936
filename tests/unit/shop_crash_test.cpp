// A power cut at every moment at which something was synced: nothing that was acknowledged may be missing.
#include "tests/unit/shop_write_fixture.h"
#include "tests/unit/store_crash_vfs.h"

namespace cartwright::test {

namespace {

using store::Disk;
using store::DiskEvent;
using store::recorder;

constexpr std::int64_t shoppers = 6;
constexpr int rounds = 4;

// What a shopper does all day; each answer that was given is noted with its key.
void go_shopping(Shop& shop, UserId user) {
  const auto noted = [](const Response& response, const std::string& key) {
    CHECK(response.status < 500);
    recorder().acknowledge(key);
    return response.status;
  };
  const std::string name = std::to_string(user.value) + '-';
  (void)noted(shop.issue(user, open_campaign, name + "coupon"), name + "coupon");
  for (int round = 0; round < rounds; ++round) {
    const std::string key = name + std::to_string(round);
    (void)noted(shop.charge(user, R"({"amount":30000})", key + "charge"), key + "charge");
    const Response placed = shop.order(user, shop.shown(user, {{.variant_id = mug, .quantity = 1}}), key + "order");
    if (noted(placed, key + "order") != 201) continue;
    const std::string number = json::decode<wire::Order>(placed.body)->number;
    (void)noted(shop.pay(user, number, key + "pay"), key + "pay");
  }
}

// How many acknowledged answers are missing from what is on the disk; a database that can't be used misses all.
std::size_t missing(const std::string& path, std::span<const std::string> acknowledged) {
  try {
    const auto database = store::open_sqlite({.path = path, .create = false, .readers = 1});
    const auto read = database.readers->begin();
    for (const shop::Breach& breach : shop::audit(*read)) {
      const std::string words = shop::describe(breach);
      CHECK_MESSAGE(false, words);
    }
    return static_cast<std::size_t>(std::count_if(acknowledged.begin(), acknowledged.end(), [&](const std::string& key) {
      return !read->value<std::int64_t>("SELECT id FROM idempotency_keys WHERE key = $1", key);
    }));
  } catch (const store::StoreError&) {
    return acknowledged.size();
  }
}

struct Cuts {
  std::size_t syncs = 0;
  std::size_t missing = 0;
};

// Records a load, then cuts the power before and after each sync of it (or, when none counts, at its end).
Cuts cut_power_everywhere(bool syncs_count) {
  store::TemporaryDirectory after_the_cut;
  const std::filesystem::path folder = after_the_cut.file("disk");
  {
    Shop shop({.path = {}, .checkpoint_pages = 60, .vfs = store::recording_vfs(syncs_count)});
    shop.add_users(3, shoppers, 0);
    recorder().acknowledge("");  // the shop is open
    at_once(shoppers, [&](std::int64_t i) { go_shopping(shop, UserId{3 + i}); });
  }
  const std::vector<DiskEvent> events = recorder().events();
  Disk disk;
  Cuts cuts;
  std::vector<std::string> acknowledged;
  bool open = false;
  std::mt19937 random(1);
  const auto look = [&](auto chance) {
    disk.write_to(folder, chance);
    cuts.missing += missing(folder / "shop.db", acknowledged);
  };
  for (const DiskEvent& event : events) {
    if (event.kind == DiskEvent::Kind::acknowledge) {
      if (open) acknowledged.push_back(event.file);
      open = true;
    }
    if (open && event.kind == DiskEvent::Kind::sync) {
      ++cuts.syncs;
      look([] { return false; });
      look([&] { return random() % 2 == 0; });  // the disk had begun with some of it
    }
    disk.apply(event);
  }
  look([] { return false; });
  return cuts;
}

}  // namespace

TEST_CASE("a power cut at any sync loses nothing that was acknowledged, and leaves nothing half done") {
  const Cuts cuts = cut_power_everywhere(true);
  CHECK(cuts.syncs > 20);
  CHECK(cuts.missing == 0);
}

TEST_CASE("the same without syncs (synchronous = OFF) does lose what was acknowledged, so the test above can fail") {
  CHECK(cut_power_everywhere(false).missing > 0);
}

}  // namespace cartwright::test

#include "tests/unit/shop_write_fixture.h"

namespace cartwright::test {

TEST_CASE("issuing a coupon takes one from the campaign and puts it into the wallet") {
  Shop shop;
  const Response response = shop.issue(minji, open_campaign, "k1");
  CHECK(response.status == 201);
  const auto coupon = json::decode<wire::WalletCoupon>(response.body).value();
  CHECK(coupon.status == CouponStatus::AVAILABLE);
  CHECK(coupon.expires_at == after(start, 7 * day_ms));
  CHECK(coupon.name.en == "쿠폰");
  CHECK(shop.value("SELECT remaining_quantity FROM fcfs_coupons WHERE id = 1") == 49);
  CHECK(shop.value("SELECT count(*) FROM user_coupon_history WHERE event = 'ISSUED'") == 1);
}

TEST_CASE("each refusal of a campaign has its code") {
  Shop shop;
  CHECK(code_of(shop.issue(minji, coming_campaign, "k1")) == "campaign_not_started");
  CHECK(code_of(shop.issue(minji, ended_campaign, "k2")) == "campaign_ended");
  CHECK(code_of(shop.issue(minji, CampaignId{99}, "k3")) == "not_found");
  CHECK(shop.issue(minji, open_campaign, "k4").status == 201);
  CHECK(code_of(shop.issue(minji, open_campaign, "k5")) == "already_issued");
  CHECK(code_of(shop.issue(minji, open_campaign, "")) == "idempotency_key_required");
  CHECK(code_of(shop.issue(minji, open_campaign, "a b")) == "invalid_request");
  CHECK(code_of(shop.issue(minji, open_campaign, std::string(256, 'k'))) == "invalid_request");
  shop.write([](auto& tx) { tx.execute("UPDATE coupons SET active = 0 WHERE id = 1"); });
  CHECK(code_of(shop.issue(junho, open_campaign, "k6")) == "campaign_ended");
}

TEST_CASE("a retry of an issue gets the first answer, also when the campaign is over") {
  Shop shop;
  const Response first = shop.issue(minji, open_campaign, "k1");
  shop.now_ms += 11 * hour_ms;
  const Response again = shop.issue(minji, open_campaign, "k1");
  CHECK(again.status == 201);
  CHECK(again.body == first.body);
  CHECK(*again.find_header("Idempotency-Replayed") == "true");
  const Response quoted = shop.issue(minji, open_campaign, "\"k1\"");
  CHECK(quoted.body == first.body);
  shop.now_ms += 14 * hour_ms;  // kept for a day
  CHECK(code_of(shop.issue(minji, open_campaign, "k1")) == "already_issued");
}

TEST_CASE("200 shoppers race for 50 coupons and exactly 50 get one") {
  Shop shop;
  shop.add_users(1000, 200, 0);
  std::atomic<int> issued = 0;
  std::atomic<int> exhausted = 0;
  at_once(200, [&](std::int64_t i) {
    const Response response = shop.issue(UserId{1000 + i}, open_campaign, "race");
    if (response.status == 201) ++issued;
    if (response.status != 201 && response.body.find("\"campaign_exhausted\"") != std::string::npos) ++exhausted;
  });
  CHECK(issued == 50);
  CHECK(exhausted == 150);
  CHECK(shop.value("SELECT remaining_quantity FROM fcfs_coupons WHERE id = 1") == 0);
  CHECK(shop.value("SELECT count(*) FROM user_coupons") == 50);
}

TEST_CASE("one shopper's many requests at once make one coupon") {
  Shop shop;
  std::atomic<int> issued = 0;
  at_once(20, [&](std::int64_t i) {
    if (shop.issue(minji, open_campaign, "k" + std::to_string(i)).status == 201) ++issued;
  });
  CHECK(issued == 1);
  CHECK(shop.value("SELECT remaining_quantity FROM fcfs_coupons WHERE id = 1") == 49);
}

TEST_CASE("the wallet shows a coupon past its time as expired before and after the sweep") {
  Shop shop;
  const CouponId id = shop.coupon(minji, "k1");
  shop.now_ms += 7 * day_ms;
  const auto wallet = [&](const std::string& status) {
    const Response response = shop.get(api::list_my_coupons, minji, {{"status", status}});
    REQUIRE(response.status == 200);
    return json::decode<wire::Page<wire::WalletCoupon>>(response.body)->items.size();
  };
  CHECK(wallet("AVAILABLE") == 0);
  CHECK(wallet("EXPIRED") == 1);
  CHECK(shop.coupon_status(id) == "AVAILABLE");
  CHECK(shop::sweep(shop.services, TimeMs{shop.now_ms}).coupons == 1);
  CHECK(shop.coupon_status(id) == "EXPIRED");
  CHECK(wallet("EXPIRED") == 1);
  CHECK(shop::sweep(shop.services, TimeMs{shop.now_ms}).coupons == 0);
  CHECK(code_of(shop.get(api::list_my_coupons, minji, {{"status", "GONE"}})) == "invalid_request");
}

TEST_CASE("the wallet comes in pages, and a cursor of another list is refused") {
  Shop shop;
  shop.coupon(minji, "k1");
  CHECK(shop.issue(minji, CampaignId{4}, "k2").status == 201);
  const auto first =
      json::decode<wire::Page<wire::WalletCoupon>>(shop.get(api::list_my_coupons, minji, {{"limit", "1"}}).body)
          .value();
  REQUIRE(first.items.size() == 1);
  REQUIRE(first.next_cursor);
  const auto second = json::decode<wire::Page<wire::WalletCoupon>>(
                          shop.get(api::list_my_coupons, minji, {{"limit", "1"}, {"cursor", *first.next_cursor}}).body)
                          .value();
  REQUIRE(second.items.size() == 1);
  CHECK(second.items[0].id < first.items[0].id);
  CHECK_FALSE(second.next_cursor);
  CHECK(code_of(shop.get(api::list_orders, minji, {{"cursor", *first.next_cursor}})) == "invalid_request");
  CHECK(code_of(shop.get(api::list_my_coupons, minji, {{"cursor", "nonsense"}})) == "invalid_request");
  CHECK(code_of(shop.get(api::list_my_coupons, minji, {{"limit", "101"}})) == "invalid_request");
}

}  // namespace cartwright::test

#include "server/api/admin_rule_handlers.h"

#include "server/api/once.h"
#include "server/api/versioned.h"
#include "server/shop/admin_campaigns.h"
#include "server/shop/admin_rules.h"
#include "server/shop/stats.h"
#include "server/shop/writing.h"

namespace cartwright::api {

namespace {

using wire::RuleKind;

shop::By by(const Call& call) { return {.admin = call.user(), .now = call.now}; }

std::int64_t version_of_rule(const wire::AdminRule& rule) { return rule.version; }
std::int64_t version_of_campaign(const wire::AdminCampaign& campaign) { return campaign.version; }
std::int64_t version_of_report(const wire::CampaignReport& report) { return report.campaign.version; }

std::string place_of(const Call& call, std::int64_t id) { return call.request.path + '/' + std::to_string(id); }

http::Response list_rules(const Call& call, RuleKind kind) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto active = query_integer(call, "active", 0, 1);
  if (!active) return refuse(call, active.error());
  const auto read = call.shop.readers.begin();
  const auto rules =
      shop::list_rules(*read, kind, *active ? std::optional(**active == 1) : std::nullopt, *page);
  if (!rules) return refuse(call, rules.error());
  return answer_personal(call, json::encode(*rules));
}

http::Response create_rule(const Call& call, RuleKind kind) {
  const auto request = once_request(call, Key::required, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto wanted = body_of<wire::NewRule>(call);
  if (!wanted) return refuse(call, wanted.error());
  return run_once(call, *request, [&](store::Transaction& tx) {
    const auto rule = shop::create_rule(tx, by(call), kind, *wanted);
    if (!rule) return refused(call, rule.error());
    return succeeded(*rule, 201, place_of(call, rule->id.value));
  });
}

http::Response show_rule(const Call& call, RuleKind kind) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto read = call.shop.readers.begin();
  return answer_versioned(call, shop::show_rule(*read, kind, RuleId{*id}), version_of_rule);
}

http::Response change_rule(const Call& call, RuleKind kind) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto expected = required_version(call);
  if (!expected) return refuse(call, expected.error());
  const auto change = body_of<wire::RuleChange>(call);
  if (!change) return refuse(call, change.error());
  const auto rule = shop::write(call.shop, [&](store::Transaction& tx) {
    return shop::change_rule(tx, by(call), kind, RuleId{*id}, *change, *expected);
  });
  return answer_versioned(call, rule, version_of_rule);
}

http::Response archive_rule(const Call& call, RuleKind kind) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const Status archived = shop::write(
      call.shop, [&](store::Transaction& tx) { return shop::archive_rule(tx, by(call), kind, RuleId{*id}); });
  return archived ? http::Response::empty(204) : refuse(call, archived.error());
}

}  // namespace

http::Response list_admin_coupons(const Call& call) { return list_rules(call, RuleKind::coupon); }
http::Response list_admin_promotions(const Call& call) { return list_rules(call, RuleKind::promotion); }
http::Response create_admin_coupon(const Call& call) { return create_rule(call, RuleKind::coupon); }
http::Response create_admin_promotion(const Call& call) { return create_rule(call, RuleKind::promotion); }
http::Response show_admin_coupon(const Call& call) { return show_rule(call, RuleKind::coupon); }
http::Response show_admin_promotion(const Call& call) { return show_rule(call, RuleKind::promotion); }
http::Response change_admin_coupon(const Call& call) { return change_rule(call, RuleKind::coupon); }
http::Response change_admin_promotion(const Call& call) { return change_rule(call, RuleKind::promotion); }
http::Response archive_admin_coupon(const Call& call) { return archive_rule(call, RuleKind::coupon); }
http::Response archive_admin_promotion(const Call& call) { return archive_rule(call, RuleKind::promotion); }

http::Response list_coupon_codes(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto read = call.shop.readers.begin();
  const auto codes = shop::list_codes(*read, RuleId{*id});
  if (!codes) return refuse(call, codes.error());
  return answer_personal(call, json::encode(*codes));
}

http::Response set_coupon_code(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto request = once_request(call, Key::required, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto wanted = body_of<wire::NewCode>(call);
  if (!wanted) return refuse(call, wanted.error());
  return run_once(call, *request, [&](store::Transaction& tx) {
    return answered(call, shop::set_code(tx, by(call), RuleId{*id}, *wanted), 201);
  });
}

http::Response remove_coupon_code(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const Status removed = shop::write(
      call.shop, [&](store::Transaction& tx) { return shop::remove_code(tx, by(call), RuleId{*id}); });
  return removed ? http::Response::empty(204) : refuse(call, removed.error());
}

http::Response grant_coupons(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto request = once_request(call, Key::required, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto wanted = body_of<wire::NewGrants>(call);
  if (!wanted) return refuse(call, wanted.error());
  return run_once(call, *request, [&](store::Transaction& tx) {
    return answered(call, shop::grant_coupons(tx, by(call), RuleId{*id}, *wanted), 201);
  });
}

http::Response list_admin_campaigns(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto read = call.shop.readers.begin();
  const auto campaigns = shop::list_all_campaigns(*read, *page, call.now);
  if (!campaigns) return refuse(call, campaigns.error());
  return answer_personal(call, json::encode(*campaigns));
}

http::Response create_admin_campaign(const Call& call) {
  const auto request = once_request(call, Key::required, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto wanted = body_of<wire::NewCampaign>(call);
  if (!wanted) return refuse(call, wanted.error());
  return run_once(call, *request, [&](store::Transaction& tx) {
    const auto campaign = shop::create_campaign(tx, by(call), *wanted);
    if (!campaign) return refused(call, campaign.error());
    return succeeded(*campaign, 201, place_of(call, campaign->id.value));
  });
}

http::Response show_admin_campaign(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto read = call.shop.readers.begin();
  return answer_versioned(call, shop::report_campaign(*read, CampaignId{*id}, call.now), version_of_report);
}

http::Response change_admin_campaign(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto expected = required_version(call);
  if (!expected) return refuse(call, expected.error());
  const auto change = body_of<wire::CampaignChange>(call);
  if (!change) return refuse(call, change.error());
  const auto campaign = shop::write(call.shop, [&](store::Transaction& tx) {
    return shop::change_campaign(tx, by(call), CampaignId{*id}, *change, *expected);
  });
  return answer_versioned(call, campaign, version_of_campaign);
}

http::Response end_admin_campaign(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  if (const Status status = check_empty_body(call); !status) return refuse(call, status.error());
  return run_once(call, Key::welcome, shop::Keep::one_day, [&](store::Transaction& tx) {
    return answered(call, shop::end_campaign(tx, by(call), CampaignId{*id}), 200);
  });
}

http::Response show_stats(const Call& call) {
  const auto days = query_integer(call, "days", 1, 90);
  if (!days) return refuse(call, days.error());
  const auto low_stock = query_integer(call, "low_stock", 0, 20);
  if (!low_stock) return refuse(call, low_stock.error());
  const auto stats =
      shop::load_stats(call.shop, {.days = days->value_or(7), .low_stock = low_stock->value_or(5)}, call.now);
  if (!stats) return refuse(call, stats.error());
  return answer_personal(call, json::encode(*stats));
}

}  // namespace cartwright::api

#include "server/shop/campaigns_read.h"

#include "server/shop/catalogue.h"
#include "server/shop/texts.h"

namespace cartwright::shop {

namespace {

using store::Reader;

constexpr std::int64_t shown_after_end_ms = 7 * day_ms;
constexpr std::int64_t most_campaigns = 100;

wire::Campaign load_campaign(Reader& reader, CampaignId id, std::optional<UserId> user, TimeMs now) {
  wire::Campaign campaign{.id = id, .now = now};
  std::int64_t coupon = 0;
  if (const auto row = reader.first("SELECT f.coupon_id, c.rule, f.total_quantity, f.remaining_quantity, f.starts_at,"
                                    " f.ends_at FROM fcfs_coupons f JOIN coupons c ON c.id = f.coupon_id"
                                    " WHERE f.id = $1",
                                    id)) {
    coupon = row->get<std::int64_t>(0);
    campaign.rule = read_rule(row->get<std::string_view>(1));
    campaign.total_quantity = row->get<std::int64_t>(2);
    campaign.remaining_quantity = row->get<std::int64_t>(3);
    campaign.starts_at = row->get<TimeMs>(4);
    campaign.ends_at = row->get<TimeMs>(5);
  }
  for (const auto row :
       reader.query("SELECT language, name, description FROM coupon_texts WHERE coupon_id = $1", coupon)) {
    const auto language = row.get<std::string>(0);
    set_text(campaign.name, language, row.get<std::string_view>(1));
    set_text(campaign.description, language, row.get<std::string_view>(2));
  }
  fill_missing(campaign.name);
  fill_missing(campaign.description);
  campaign.phase = campaign_phase({.starts_at = campaign.starts_at,
                                   .ends_at = campaign.ends_at,
                                   .total_quantity = campaign.total_quantity,
                                   .remaining_quantity = campaign.remaining_quantity},
                                  now);
  if (user) {
    campaign.issued_to_me = reader
                                .value<std::int64_t>("SELECT id FROM user_coupons WHERE user_id = $1"
                                                     " AND campaign_id = $2",
                                                     *user, id)
                                .has_value();
  }
  return campaign;
}

}  // namespace

Result<wire::CampaignList> list_campaigns(Services& services, std::optional<UserId> user, TimeMs now) {
  auto read = services.readers.begin();
  std::vector<CampaignId> ids;
  for (const auto row : read->query("SELECT f.id FROM fcfs_coupons f JOIN coupons c ON c.id = f.coupon_id"
                                    " WHERE f.ends_at > $1 AND c.active = 1"
                                    " ORDER BY CASE WHEN f.ends_at > $2 THEN 0 ELSE 1 END, f.ends_at, f.id LIMIT $3",
                                    after(now, -shown_after_end_ms), now, most_campaigns)) {
    ids.push_back(row.get<CampaignId>(0));
  }
  wire::CampaignList list;
  for (const CampaignId id : ids) list.items.push_back(load_campaign(*read, id, user, now));
  return list;
}

Result<wire::Campaign> find_campaign(Services& services, CampaignId id, std::optional<UserId> user, TimeMs now) {
  auto read = services.readers.begin();
  const auto there = read->value<std::int64_t>("SELECT f.id FROM fcfs_coupons f JOIN coupons c ON c.id = f.coupon_id"
                                               " WHERE f.id = $1 AND c.active = 1",
                                               id);
  if (!there) return Error{.code = ErrorCode::not_found, .detail = "There is no such campaign."};
  return load_campaign(*read, id, user, now);
}

}  // namespace cartwright::shop

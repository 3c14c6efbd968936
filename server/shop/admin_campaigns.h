// Campaigns [선착순 쿠폰] as admins open, change and end them. What remains is always the total less what was issued: both are
// changed together, behind the same lock that issuing takes. Each deed stands in the admins' log.
#pragma once

#include <optional>

#include "server/shop/admin_rules.h"

namespace cartwright::shop {

// Newest first. Error: `invalid_request` (cursor).
Result<wire::Page<wire::AdminCampaign>> list_all_campaigns(store::Reader& reader, const PageRequest& page, TimeMs now);

// Error: `not_found`.
Result<wire::CampaignReport> report_campaign(store::Reader& reader, CampaignId id, TimeMs now);

// Error: `invalid_request` (no such coupon, an archived one, an end that is over).
Result<wire::AdminCampaign> create_campaign(store::Transaction& tx, const By& by, const wire::NewCampaign& wanted);

// `expected`: the version that the admin has seen; empty: any. Another window may end it at once or open it again.
// Errors: `not_found`, `changed_meanwhile`, `invalid_request` (fewer than were issued, an end before its start). [베타락]
Result<wire::AdminCampaign> change_campaign(store::Transaction& tx, const By& by, CampaignId id,
                                            const wire::CampaignChange& change, std::optional<std::int64_t> expected);

// From now on nobody gets one. One that has not begun never will: it gets a window that is over. Errors: `not_found`,
// `campaign_ended`. [베타락]
Result<wire::AdminCampaign> end_campaign(store::Transaction& tx, const By& by, CampaignId id);

}  // namespace cartwright::shop

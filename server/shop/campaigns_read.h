// Campaigns [선착순 쿠폰] as shoppers see them: what there is, how many are left, when it opens, by the server's clock.
#pragma once

#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// Those that run or come, the next to end first, then those that ended in the last week. `user`: who asks, if anyone.
Result<wire::CampaignList> list_campaigns(Services& services, std::optional<UserId> user, TimeMs now);

// Error: `not_found`.
Result<wire::Campaign> find_campaign(Services& services, CampaignId id, std::optional<UserId> user, TimeMs now);

}  // namespace cartwright::shop

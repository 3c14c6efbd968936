// First come, first served [선착순 쿠폰]: may this user have one now? (COMMERCE.md "Coupon issue")
#pragma once

#include "core/result.h"
#include "core/time.h"

namespace cartwright {

struct CampaignState {
  TimeMs starts_at = {};
  TimeMs ends_at = {};
  std::int64_t total_quantity = 0;
  std::int64_t remaining_quantity = 0;
};

enum class CampaignPhase : std::uint8_t { coming, open, exhausted, ended };

CampaignPhase campaign_phase(const CampaignState& campaign, TimeMs now);

// Errors in this order: `campaign_not_started`, `campaign_ended`, `already_issued`, `campaign_exhausted`: who has one
// already is told so, also when the last one is gone.
Status may_issue(const CampaignState& campaign, bool already_issued, TimeMs now);

}  // namespace cartwright

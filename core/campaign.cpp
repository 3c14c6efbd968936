#include "core/campaign.h"

namespace cartwright {

CampaignPhase campaign_phase(const CampaignState& campaign, TimeMs now) {
  if (now < campaign.starts_at) return CampaignPhase::coming;
  if (campaign.ends_at <= now) return CampaignPhase::ended;
  return campaign.remaining_quantity > 0 ? CampaignPhase::open : CampaignPhase::exhausted;
}

Status may_issue(const CampaignState& campaign, bool already_issued, TimeMs now) {
  const CampaignPhase phase = campaign_phase(campaign, now);
  if (phase == CampaignPhase::coming) {
    return Error{.code = ErrorCode::campaign_not_started, .detail = "This campaign has not started yet."};
  }
  if (phase == CampaignPhase::ended) {
    return Error{.code = ErrorCode::campaign_ended, .detail = "This campaign has ended."};
  }
  if (already_issued) {
    return Error{.code = ErrorCode::already_issued, .detail = "You have this campaign's coupon already."};
  }
  if (phase == CampaignPhase::exhausted) {
    return Error{.code = ErrorCode::campaign_exhausted, .detail = "All coupons of this campaign are gone."};
  }
  return {};
}

}  // namespace cartwright

// Coupons, promotions, codes, gifts and campaigns as admins make and change them (API.md "admin"). A change needs the
// If-Match of what was read (versioned.h); what is created needs an Idempotency-Key.
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

// Of coupons: at /admin/coupons. Of promotions: the same at /admin/promotions.
http::Response list_admin_coupons(const Call& call);     // GET ?active=0|1&cursor=&limit= -> 200 Page<AdminRule>
http::Response list_admin_promotions(const Call& call);
http::Response create_admin_coupon(const Call& call);    // POST (NewRule) -> 201 AdminRule
http::Response create_admin_promotion(const Call& call);
http::Response show_admin_coupon(const Call& call);      // GET /{id} -> 200 AdminRule
http::Response show_admin_promotion(const Call& call);
http::Response change_admin_coupon(const Call& call);    // PATCH /{id} (RuleChange) -> 200 AdminRule; also `active`
http::Response change_admin_promotion(const Call& call);
http::Response archive_admin_coupon(const Call& call);   // DELETE /{id} -> 204
http::Response archive_admin_promotion(const Call& call);

http::Response list_coupon_codes(const Call& call);    // GET /admin/coupons/{id}/codes -> 200 IssuedCodeList
http::Response set_coupon_code(const Call& call);      // POST /admin/coupons/{id}/codes (NewCode) -> 201 IssuedCode
http::Response remove_coupon_code(const Call& call);   // DELETE /admin/coupons/{id}/codes -> 204
http::Response grant_coupons(const Call& call);        // POST /admin/coupons/{id}/grants (NewGrants) -> 201 GrantList

http::Response list_admin_campaigns(const Call& call);   // GET /admin/campaigns?cursor=&limit= -> 200 Page<AdminCampaign>
http::Response create_admin_campaign(const Call& call);  // POST /admin/campaigns (NewCampaign) -> 201 AdminCampaign
http::Response show_admin_campaign(const Call& call);    // GET /admin/campaigns/{id} -> 200 CampaignReport
http::Response change_admin_campaign(const Call& call);  // PATCH /admin/campaigns/{id} (CampaignChange) -> 200 AdminCampaign
http::Response end_admin_campaign(const Call& call);     // POST /admin/campaigns/{id}/end -> 200 AdminCampaign; key welcome

http::Response show_stats(const Call& call);  // GET /admin/stats?days=7&low_stock=5 -> 200 Stats

}  // namespace cartwright::api

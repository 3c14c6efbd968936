// The wallet: coupons issued to a user, first come first served (COMMERCE.md "Coupon issue"), held by orders and given
// back. Functions that take a Transaction run inside a command; those that take a Reader work anywhere.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/quote.h"
#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// May this user have one now? Errors: `not_found`, `campaign_not_started`, `campaign_ended`, `already_issued`,
// `campaign_exhausted`. Asked of a snapshot, a refusal is final as long as no admin changes the campaign: what was
// issued stays issued. So the crowd that comes too late needs no place in the queue.
Status may_issue_coupon(store::Reader& reader, UserId user, CampaignId campaign, TimeMs now);

// One coupon of the campaign for this user. Errors: as above, and then nothing is written.
Result<wire::WalletCoupon> issue_coupon(store::Transaction& tx, UserId user, CampaignId campaign, TimeMs now);

// A coupon code [쿠폰 코드] as it is kept: trimmed, in upper case (ASCII), so it doesn't matter how it is typed.
std::string normalise_code(std::string_view code);

// May this user have the code's coupon now? Errors: `coupon_code_unknown`, `campaign_not_started` and `campaign_ended` (by
// the rule's window, or archived), `already_issued` (once per user), `coupon_code_exhausted`. A refusal asked of a snapshot
// is as true as the writer's, as long as no admin changes the coupon.
Result<RuleId> may_redeem_code(store::Reader& reader, UserId user, std::string_view code, TimeMs now);

// One coupon of the code for this user. Errors: as above, and then nothing is written. [베타락]
Result<wire::WalletCoupon> redeem_code(store::Transaction& tx, UserId user, std::string_view code, TimeMs now);

// A gift of an admin's, as often as they like. Errors: `not_found` (coupon or user), `campaign_ended` (archived).
Result<wire::WalletCoupon> grant_coupon(store::Transaction& tx, UserId user, RuleId coupon, TimeMs now);

// Newest first; all of it without a status. A coupon past its time is EXPIRED here, whether or not the sweep has marked
// it. Error: `invalid_request` (cursor).
Result<wire::Page<wire::WalletCoupon>> list_coupons(store::Reader& reader, UserId user,
                                                    std::optional<CouponStatus> status, const PageRequest& page,
                                                    TimeMs now);

// The usable part of the wallet, as much of it as a quote takes (200), in the order of ids.
std::vector<wire::WalletCoupon> available_coupons(store::Reader& reader, UserId user, TimeMs now);

// The wallet as the quote sees it: the available coupons, and of the others those that were picked.
std::vector<Coupon> load_wallet(store::Reader& reader, UserId user, TimeMs now);
std::vector<Coupon> load_coupons(store::Reader& reader, UserId user, std::span<const Pick> picks);

// AVAILABLE -> USED, held by the order. [베타락]
void hold_coupon(store::Transaction& tx, CouponId coupon, OrderId order, TimeMs now);

// Gives back what the order holds: AVAILABLE again, or EXPIRED when its time has passed meanwhile. [베타락]
void restore_coupons(store::Transaction& tx, OrderId order, UserId user, TimeMs now);

// AVAILABLE -> EXPIRED, for the sweep; one that changed meanwhile stays as it is.
void expire_coupon(store::Transaction& tx, CouponId coupon, TimeMs now);

}  // namespace cartwright::shop

// The wallet and first come first served (COMMERCE.md "Coupon issue").
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response issue_coupon(const Call& call);     // POST /campaigns/{id}/issue -> 201 WalletCoupon; key required
http::Response redeem_code(const Call& call);      // POST /me/coupons (CouponCode) -> 201 WalletCoupon; key required
http::Response list_my_coupons(const Call& call);  // GET /me/coupons?status=&cursor=&limit= -> 200 Page<WalletCoupon>

}  // namespace cartwright::api

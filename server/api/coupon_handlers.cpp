#include "server/api/coupon_handlers.h"

#include <algorithm>

#include "server/api/once.h"
#include "server/shop/coupons.h"
#include "server/wire_accounts.h"

namespace cartwright::api {

namespace {

Result<std::optional<CouponStatus>> status_of(const Call& call) {
  const std::string* word = call.request.find("status");
  if (word == nullptr) return std::optional<CouponStatus>();
  constexpr auto& words = Names<CouponStatus>::list;
  const auto at = std::find(words.begin(), words.end(), *word);
  if (at == words.end()) {
    return Error{.code = ErrorCode::invalid_request,
                 .path = "$.status",
                 .detail = "must be one of AVAILABLE USED EXPIRED"};
  }
  return std::optional(static_cast<CouponStatus>(at - words.begin()));
}

// What a snapshot can tell without a place in the queue: the stored answer to a retry, and a refusal that time doesn't
// mend, which is as true as the writer's (shop/coupons.h). Such a refusal is not stored, or a rush would wait for the
// disk: the same key may have the coupon once an admin has raised the campaign's total.
std::optional<http::Response> answer_at_once(const Call& call, const shop::OnceRequest& request, CampaignId campaign) {
  const auto read = call.shop.readers.begin();
  const auto found = shop::find_answer(*read, request);
  if (!found) return refuse(call, found.error());
  if (*found) return respond(**found);
  const Status status = shop::may_issue_coupon(*read, call.user(), campaign, call.now);
  if (!status && status.error().code != ErrorCode::campaign_not_started) return refuse(call, status.error());
  return std::nullopt;
}

}  // namespace

http::Response issue_coupon(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto request = once_request(call, Key::required, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  if (const Status status = check_empty_body(call); !status) return refuse(call, status.error());
  const CampaignId campaign{*id};
  if (auto response = answer_at_once(call, *request, campaign)) return std::move(*response);
  return run_once(call, *request, [&](store::Transaction& tx) {
    return answered(call, shop::issue_coupon(tx, call.user(), campaign, call.now), 201);
  });
}

http::Response redeem_code(const Call& call) {
  const auto request = once_request(call, Key::required, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto wanted = body_of<wire::CouponCode>(call);
  if (!wanted) return refuse(call, wanted.error());
  {
    // Who guesses needs no place in the queue; every other refusal is stored.
    const auto read = call.shop.readers.begin();
    const auto found = shop::find_answer(*read, *request);
    if (!found) return refuse(call, found.error());
    if (*found) return respond(**found);
    const auto coupon = shop::may_redeem_code(*read, call.user(), wanted->code, call.now);
    if (!coupon && coupon.error().code == ErrorCode::coupon_code_unknown) return refuse(call, coupon.error());
  }
  return run_once(call, *request, [&](store::Transaction& tx) {
    return answered(call, shop::redeem_code(tx, call.user(), wanted->code, call.now), 201);
  });
}

http::Response list_my_coupons(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto status = status_of(call);
  if (!status) return refuse(call, status.error());
  const auto read = call.shop.readers.begin();
  const auto coupons = shop::list_coupons(*read, call.user(), *status, *page, call.now);
  if (!coupons) return refuse(call, coupons.error());
  return answer_personal(call, json::encode(*coupons));
}

}  // namespace cartwright::api

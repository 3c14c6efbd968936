#include "server/shop/coupons.h"

#include <algorithm>

#include "core/campaign.h"
#include "server/shop/catalogue.h"
#include "server/shop/figures.h"
#include "server/shop/texts.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;

constexpr std::int64_t quote_coupons = 200;  // PRICING.md "Request"

struct Campaign {
  CampaignState state;
  RuleId coupon;
};

Campaign read_campaign(const store::Row& row) {
  Campaign campaign;
  row.into(campaign.state.starts_at, campaign.state.ends_at, campaign.state.total_quantity,
           campaign.state.remaining_quantity, campaign.coupon);
  return campaign;
}

// What of a coupon is issued: its own columns and its names.
struct Issuable {
  RuleId id;
  bool active = true;
  std::optional<std::int64_t> valid_days;
  Rule rule = {};
  wire::Text name = {};
};

std::optional<Issuable> find_issuable(Reader& reader, RuleId id) {
  const auto row = reader.first("SELECT c.active, c.valid_days, c.rule, ko.name, en.name FROM coupons c"
                                " LEFT JOIN coupon_texts ko ON ko.coupon_id = c.id AND ko.language = 'ko'"
                                " LEFT JOIN coupon_texts en ON en.coupon_id = c.id AND en.language = 'en'"
                                " WHERE c.id = $1 AND c.kind = 'coupon'",
                                id);
  if (!row) return std::nullopt;
  Issuable coupon{.id = id,
                  .active = row->get<bool>(0),
                  .valid_days = row->get<std::optional<std::int64_t>>(1),
                  .rule = read_rule(row->get<std::string_view>(2))};
  coupon.name.ko = row->get<std::optional<std::string>>(3).value_or("");
  coupon.name.en = row->get<std::optional<std::string>>(4).value_or("");
  fill_missing(coupon.name);
  return coupon;
}

// Into the wallet, and into the coupon's history.
wire::WalletCoupon put_in_wallet(Transaction& tx, UserId user, Issuable coupon, wire::CouponOrigin origin,
                                 std::optional<CampaignId> campaign, TimeMs now) {
  wire::WalletCoupon issued{.name = std::move(coupon.name),
                            .origin = origin,
                            .issued_at = now,
                            .rule = std::move(coupon.rule)};
  if (coupon.valid_days) issued.expires_at = after(now, *coupon.valid_days * day_ms);
  issued.id = tx.insert<CouponId>("INSERT INTO user_coupons (user_id, coupon_id, origin, campaign_id, issued_at,"
                                  " expires_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
                                  user, coupon.id, name_of(origin), campaign, now, issued.expires_at);
  tx.execute("INSERT INTO user_coupon_history (user_coupon_id, event, created_at) VALUES ($1, 'ISSUED', $2)",
             issued.id, now);
  count_issue(tx, coupon.id, campaign, now);
  tx.touch(Topic::wallet, user.value);
  return issued;
}

Error no_such_campaign() { return {.code = ErrorCode::not_found, .detail = "There is no such campaign."}; }

bool has_coupon_of(Reader& reader, UserId user, CampaignId campaign) {
  return reader
      .value<std::int64_t>("SELECT id FROM user_coupons WHERE user_id = $1 AND campaign_id = $2", user, campaign)
      .has_value();
}

// A coupon that was archived is issued no more, whatever its campaign says.
Status may_issue_now(Reader& reader, UserId user, CampaignId id, const Campaign& campaign, bool active, TimeMs now) {
  const Status status = may_issue(campaign.state, has_coupon_of(reader, user, id), now);
  if (status && !active) {
    return Error{.code = ErrorCode::campaign_ended, .detail = "This coupon is not issued any more."};
  }
  return status;
}

// A coupon's own columns and its names; the columns of wallet queries, in this order.
wire::WalletCoupon read_wallet_coupon(const store::Row& row, TimeMs now) {
  wire::WalletCoupon coupon;
  coupon.id = row.get<CouponId>(0);
  coupon.origin = read_word<wire::CouponOrigin>(row.get<std::string_view>(1));
  coupon.status = read_word<CouponStatus>(row.get<std::string_view>(2));
  coupon.expires_at = row.get<std::optional<TimeMs>>(3);
  coupon.issued_at = row.get<TimeMs>(4);
  coupon.used_at = row.get<std::optional<TimeMs>>(5);
  coupon.rule = read_rule(row.get<std::string_view>(6));
  coupon.name.ko = row.get<std::optional<std::string>>(7).value_or("");
  coupon.name.en = row.get<std::optional<std::string>>(8).value_or("");
  fill_missing(coupon.name);
  if (coupon.status == CouponStatus::AVAILABLE && coupon.expires_at && *coupon.expires_at <= now) {
    coupon.status = CouponStatus::EXPIRED;
  }
  return coupon;
}

Coupon read_coupon(const store::Row& row) {
  return {.id = row.get<CouponId>(0),
          .status = read_word<CouponStatus>(row.get<std::string_view>(1)),
          .expires_at = row.get<std::optional<TimeMs>>(2),
          .rule = read_rule(row.get<std::string_view>(3))};
}

}  // namespace

Status may_issue_coupon(Reader& reader, UserId user, CampaignId id, TimeMs now) {
  Campaign campaign;
  bool active = false;
  {
    const auto row = reader.first("SELECT f.starts_at, f.ends_at, f.total_quantity, f.remaining_quantity, f.coupon_id,"
                                  " c.active FROM fcfs_coupons f JOIN coupons c ON c.id = f.coupon_id WHERE f.id = $1",
                                  id);
    if (!row) return no_such_campaign();
    campaign = read_campaign(*row);
    active = row->get<bool>(5);
  }
  return may_issue_now(reader, user, id, campaign, active, now);
}

Result<wire::WalletCoupon> issue_coupon(Transaction& tx, UserId user, CampaignId id, TimeMs now) {
  Campaign campaign;
  {
    const auto row = tx.first(Lock::exclusive,
                              "SELECT starts_at, ends_at, total_quantity, remaining_quantity, coupon_id"
                              " FROM fcfs_coupons WHERE id = $1",
                              id);
    if (!row) return no_such_campaign();
    campaign = read_campaign(*row);
  }
  auto coupon = find_issuable(tx, campaign.coupon);
  if (!coupon) return no_such_campaign();
  if (const Status status = may_issue_now(tx, user, id, campaign, coupon->active, now); !status) {
    return status.error();
  }
  tx.execute("UPDATE fcfs_coupons SET remaining_quantity = remaining_quantity - 1 WHERE id = $1", id);
  tx.touch(Topic::campaign, id.value);
  return put_in_wallet(tx, user, *std::move(coupon), wire::CouponOrigin::campaign, id, now);
}

std::string normalise_code(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  std::string code(text.substr(begin, text.find_last_not_of(space) - begin + 1));
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return code;
}

Result<RuleId> may_redeem_code(Reader& reader, UserId user, std::string_view code, TimeMs now) {
  RuleId id;
  bool active = false;
  std::optional<TimeMs> starts_at;
  std::optional<TimeMs> ends_at;
  std::optional<std::int64_t> total;
  std::int64_t issued = 0;
  {
    const auto row = reader.first("SELECT id, active, starts_at, ends_at, code_total, code_issued FROM coupons"
                                  " WHERE code = $1 AND kind = 'coupon'",
                                  normalise_code(code));
    if (!row) return Error{.code = ErrorCode::coupon_code_unknown, .detail = "There is no such coupon code."};
    row->into(id, active, starts_at, ends_at, total, issued);
  }
  if (starts_at && now < *starts_at) {
    return Error{.code = ErrorCode::campaign_not_started, .detail = "This code can't be used yet."};
  }
  if (!active || (ends_at && *ends_at <= now)) {
    return Error{.code = ErrorCode::campaign_ended, .detail = "This code can't be used any more."};
  }
  if (reader.value<std::int64_t>("SELECT id FROM user_coupons WHERE user_id = $1 AND coupon_id = $2 AND origin = 'code'",
                                 user, id)) {
    return Error{.code = ErrorCode::already_issued, .detail = "You have had this coupon already."};
  }
  if (total && issued >= *total) {
    return Error{.code = ErrorCode::coupon_code_exhausted, .detail = "This code has been used up."};
  }
  return id;
}

Result<wire::WalletCoupon> redeem_code(Transaction& tx, UserId user, std::string_view code, TimeMs now) {
  // The code's coupon is this command's alone from here on.
  (void)tx.value<RuleId>(Lock::exclusive, "SELECT id FROM coupons WHERE code = $1", normalise_code(code));
  const auto id = may_redeem_code(tx, user, code, now);
  if (!id) return id.error();
  auto coupon = find_issuable(tx, *id);
  CARTWRIGHT_ASSERT(coupon);
  tx.execute("UPDATE coupons SET code_issued = code_issued + 1 WHERE id = $1", *id);
  return put_in_wallet(tx, user, *std::move(coupon), wire::CouponOrigin::code, {}, now);
}

Result<wire::WalletCoupon> grant_coupon(Transaction& tx, UserId user, RuleId id, TimeMs now) {
  auto coupon = find_issuable(tx, id);
  const auto shopper = tx.value<UserId>("SELECT id FROM users WHERE id = $1 AND erased_at IS NULL", user);
  if (!coupon || !shopper) return Error{.code = ErrorCode::not_found, .detail = "There is no such coupon or user."};
  if (!coupon->active) return Error{.code = ErrorCode::campaign_ended, .detail = "This coupon is not issued any more."};
  return put_in_wallet(tx, user, *std::move(coupon), wire::CouponOrigin::grant, {}, now);
}

Result<wire::Page<wire::WalletCoupon>> list_coupons(Reader& reader, UserId user, std::optional<CouponStatus> status,
                                                    const PageRequest& request, TimeMs now) {
  const std::string context = "coupons " + std::string(status ? name_of(*status) : "");
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  wire::Page<wire::WalletCoupon> page;
  for (const auto row :
       reader.query("SELECT u.id, u.origin, u.status, u.expires_at, u.issued_at, u.used_at, c.rule, ko.name, en.name"
                    " FROM user_coupons u JOIN coupons c ON c.id = u.coupon_id"
                    " LEFT JOIN coupon_texts ko ON ko.coupon_id = c.id AND ko.language = 'ko'"
                    " LEFT JOIN coupon_texts en ON en.coupon_id = c.id AND en.language = 'en'"
                    " WHERE u.user_id = $1 AND u.id < $2 AND ($3 = '' OR $3 ="
                    "   CASE WHEN u.status = 'AVAILABLE' AND u.expires_at <= $4 THEN 'EXPIRED' ELSE u.status END)"
                    " ORDER BY u.id DESC LIMIT $5",
                    user, *below, status ? name_of(*status) : std::string_view(), now, request.limit + 1)) {
    page.items.push_back(read_wallet_coupon(row, now));
  }
  end_page(page, context, request, [](const wire::WalletCoupon& coupon) { return coupon.id.value; });
  return page;
}

std::vector<wire::WalletCoupon> available_coupons(Reader& reader, UserId user, TimeMs now) {
  auto coupons = list_coupons(reader, user, CouponStatus::AVAILABLE, {.limit = quote_coupons}, now)->items;
  std::reverse(coupons.begin(), coupons.end());
  return coupons;
}

std::vector<Coupon> load_wallet(Reader& reader, UserId user, TimeMs now) {
  std::vector<Coupon> coupons;
  for (wire::WalletCoupon& coupon : available_coupons(reader, user, now)) {
    coupons.push_back({.id = coupon.id,
                       .status = coupon.status,
                       .expires_at = coupon.expires_at,
                       .rule = std::move(coupon.rule)});
  }
  return coupons;
}

std::vector<Coupon> load_coupons(Reader& reader, UserId user, std::span<const Pick> picks) {
  std::vector<Coupon> coupons;
  for (const Pick& pick : picks) {
    const auto row = reader.first("SELECT u.id, u.status, u.expires_at, c.rule FROM user_coupons u"
                                  " JOIN coupons c ON c.id = u.coupon_id WHERE u.id = $1 AND u.user_id = $2",
                                  pick.id, user);
    if (row) coupons.push_back(read_coupon(*row));
  }
  std::sort(coupons.begin(), coupons.end(), [](const Coupon& a, const Coupon& b) { return a.id < b.id; });
  return coupons;
}

void hold_coupon(Transaction& tx, CouponId coupon, OrderId order, TimeMs now) {
  const std::int64_t held = tx.execute("UPDATE user_coupons SET status = 'USED', used_at = $3, order_id = $2"
                                       " WHERE id = $1 AND status = 'AVAILABLE'",
                                       coupon, order, now);
  CARTWRIGHT_ASSERT(held == 1);  // the quote in this transaction found it usable
  tx.execute("INSERT INTO user_coupon_history (user_coupon_id, event, order_id, created_at)"
             " VALUES ($1, 'USED', $2, $3)",
             coupon, order, now);
}

void restore_coupons(Transaction& tx, OrderId order, UserId user, TimeMs now) {
  std::vector<CouponId> held;
  for (const auto row : tx.query(Lock::exclusive,
                                 "SELECT user_coupon_id FROM order_coupons WHERE order_id = $1 AND released_at IS NULL",
                                 order)) {
    held.push_back(row.get<CouponId>(0));
  }
  for (const CouponId coupon : held) {
    tx.execute("UPDATE order_coupons SET released_at = $3 WHERE order_id = $1 AND user_coupon_id = $2", order, coupon,
               now);
    const auto status = tx.value<std::string>(
        "UPDATE user_coupons SET used_at = NULL, order_id = NULL,"
        " status = CASE WHEN expires_at <= $3 THEN 'EXPIRED' ELSE 'AVAILABLE' END"
        " WHERE id = $1 AND order_id = $2 RETURNING status",
        coupon, order, now);
    CARTWRIGHT_ASSERT(status);  // the order held it
    const bool expired = *status == name_of(CouponStatus::EXPIRED);
    tx.execute("INSERT INTO user_coupon_history (user_coupon_id, event, order_id, created_at)"
               " VALUES ($1, $2, $3, $4)",
               coupon, expired ? "EXPIRED" : "RESTORED", order, now);
  }
  if (!held.empty()) tx.touch(Topic::wallet, user.value);
}

void expire_coupon(Transaction& tx, CouponId coupon, TimeMs now) {
  const auto user = tx.value<UserId>("UPDATE user_coupons SET status = 'EXPIRED'"
                                     " WHERE id = $1 AND status = 'AVAILABLE' AND expires_at <= $2 RETURNING user_id",
                                     coupon, now);
  if (!user) return;
  tx.execute("INSERT INTO user_coupon_history (user_coupon_id, event, created_at) VALUES ($1, 'EXPIRED', $2)", coupon,
             now);
  tx.touch(Topic::wallet, user->value);
}

}  // namespace cartwright::shop

// Coupons, promotions and campaigns as admins make and change them, over REST.
#pragma once

#include "server/wire_fields.h"

namespace cartwright {

namespace wire {

enum class RuleKind : std::uint8_t { coupon, promotion };

// PRICING.md's RULE as an admin writes it: the shop gives the id, which may be left out, and the name, which is the English
// one.
struct RuleTerms : Rule {};

// Plain text.
struct RuleText {
  std::string ko = {};
  std::string en = {};
};

// A coupon code [쿠폰 코드]: `total` is how many of the coupon codes may give out in all; null: any number.
struct NewCode {
  std::string code = {};
  std::optional<std::int64_t> total = {};
};

struct IssuedCode {
  std::string code = {};
  std::optional<std::int64_t> total = {};
  std::int64_t issued = 0;
};

struct IssuedCodeList {
  std::vector<IssuedCode> items = {};  // one at most
};

// `used` and `discount`: in orders that were paid and not refunded whole.
struct RuleUptake {
  std::int64_t issued = 0;  // into wallets; a promotion needs none
  std::int64_t used = 0;
  Amount discount = 0;
};

struct AdminRule {
  RuleId id = {};
  RuleKind kind = RuleKind::coupon;
  Text name = {};
  RuleText description = {};
  Rule rule = {};
  std::optional<std::int64_t> valid_days = {};  // null: for ever, and for promotions
  std::optional<IssuedCode> code = {};
  bool active = true;                           // false: archived
  RuleUptake uptake = {};
  std::int64_t version = 1;                     // as in its ETag
  TimeMs created_at = {};
  TimeMs updated_at = {};
};

// valid_days (0: for ever) and code are for coupons.
struct NewRule {
  Text name = {};
  RuleText description = {};
  RuleTerms rule = {};
  std::int64_t valid_days = 0;
  std::optional<NewCode> code = {};
};

// What is left out stays; what is given is replaced whole.
struct RuleChange {
  std::optional<Text> name = {};
  std::optional<RuleText> description = {};
  std::optional<RuleTerms> rule = {};
  std::optional<std::int64_t> valid_days = {};
  std::optional<bool> active = {};
};

// One coupon for each of these accounts.
struct NewGrants {
  std::vector<UserId> user_ids = {};
  std::vector<std::string> emails = {};
  std::string note = {};  // for the admins' log
};

struct Grant {
  UserId user_id = {};
  CouponId id = {};  // in the wallet
};

struct GrantList {
  std::vector<Grant> items = {};  // user_ids first, then emails
};

struct AdminCampaign {
  CampaignId id = {};
  RuleId coupon_id = {};
  Text name = {};  // the coupon's
  std::int64_t total_quantity = 0;
  std::int64_t remaining_quantity = 0;
  std::int64_t issued = 0;
  TimeMs starts_at = {};
  TimeMs ends_at = {};
  CampaignPhase phase = CampaignPhase::coming;
  std::int64_t version = 1;  // as in its ETag; issuing is no change
  TimeMs created_at = {};
};

struct NewCampaign {
  RuleId coupon_id = {};
  std::int64_t total_quantity = 1;
  TimeMs starts_at = {};
  TimeMs ends_at = {};
};

struct CampaignChange {
  std::optional<std::int64_t> total_quantity = {};
  std::optional<TimeMs> starts_at = {};
  std::optional<TimeMs> ends_at = {};
};

struct IssueStep {
  TimeMs at = {};  // its beginning
  std::int64_t issued = 0;
};

// The campaign and how it went: a step for each minute (or hour, once it took more than a day) in which one was issued.
struct CampaignReport {
  AdminCampaign campaign = {};
  std::int64_t step_ms = 0;
  std::vector<IssueStep> steps = {};
};

}  // namespace wire

template <>
struct Names<wire::RuleKind> {
  static constexpr auto last = wire::RuleKind::promotion;
  static constexpr auto list = std::to_array<std::string_view>({"coupon", "promotion"});
};
template <>
struct Fields<wire::RuleTerms> {
  static constexpr std::size_t shared_limit = Fields<Rule>::shared_limit;
  static constexpr auto list = std::apply(
      [](const auto&, const auto&... rest) { return std::tuple{field("id", &Rule::id), rest...}; }, Fields<Rule>::list);
};
template <>
struct Fields<wire::RuleText> {
  static constexpr auto list = std::tuple{field("ko", &wire::RuleText::ko).most(2000),
                                          field("en", &wire::RuleText::en).most(2000)};
};
template <>
struct Fields<wire::NewCode> {
  static constexpr auto list = std::tuple{field("code", &wire::NewCode::code).required().most(100),
                                          field("total", &wire::NewCode::total).range(1, max_amount)};
};
template <>
struct Fields<wire::IssuedCode> {
  using S = wire::IssuedCode;
  static constexpr auto list =
      std::tuple{field("code", &S::code), field("total", &S::total), field("issued", &S::issued)};
};
template <>
struct Fields<wire::IssuedCodeList> {
  static constexpr auto list = std::tuple{field("items", &wire::IssuedCodeList::items)};
};
template <>
struct Fields<wire::RuleUptake> {
  using S = wire::RuleUptake;
  static constexpr auto list =
      std::tuple{field("issued", &S::issued), field("used", &S::used), field("discount", &S::discount)};
};
template <>
struct Fields<wire::AdminRule> {
  using S = wire::AdminRule;
  static constexpr auto list = std::tuple{
      field("id", &S::id),         field("kind", &S::kind),             field("name", &S::name),
      field("description", &S::description), field("rule", &S::rule),   field("valid_days", &S::valid_days),
      field("code", &S::code),     field("active", &S::active),         field("uptake", &S::uptake),
      field("version", &S::version), field("created_at", &S::created_at), field("updated_at", &S::updated_at)};
};
template <>
struct Fields<wire::NewRule> {
  using S = wire::NewRule;
  static constexpr auto list = std::tuple{
      field("name", &S::name).required(), field("description", &S::description), field("rule", &S::rule).required(),
      field("valid_days", &S::valid_days).range(0, 36500), field("code", &S::code)};
};
template <>
struct Fields<wire::RuleChange> {
  using S = wire::RuleChange;
  static constexpr auto list = std::tuple{
      field("name", &S::name), field("description", &S::description), field("rule", &S::rule),
      field("valid_days", &S::valid_days).range(0, 36500), field("active", &S::active)};
};
template <>
struct Fields<wire::NewGrants> {
  using S = wire::NewGrants;
  static constexpr auto list = std::tuple{field("user_ids", &S::user_ids).most(500),
                                          field("emails", &S::emails).most(500), field("note", &S::note).most(500)};
};
template <>
struct Fields<wire::Grant> {
  static constexpr auto list = std::tuple{field("user_id", &wire::Grant::user_id), field("id", &wire::Grant::id)};
};
template <>
struct Fields<wire::GrantList> {
  static constexpr auto list = std::tuple{field("items", &wire::GrantList::items)};
};
template <>
struct Fields<wire::AdminCampaign> {
  using S = wire::AdminCampaign;
  static constexpr auto list = std::tuple{field("id", &S::id),
                                          field("coupon_id", &S::coupon_id),
                                          field("name", &S::name),
                                          field("total_quantity", &S::total_quantity),
                                          field("remaining_quantity", &S::remaining_quantity),
                                          field("issued", &S::issued),
                                          field("starts_at", &S::starts_at),
                                          field("ends_at", &S::ends_at),
                                          field("phase", &S::phase),
                                          field("version", &S::version),
                                          field("created_at", &S::created_at)};
};
template <>
struct Fields<wire::NewCampaign> {
  using S = wire::NewCampaign;
  static bool has_window(const S& campaign) { return campaign.starts_at < campaign.ends_at; }
  static constexpr auto list = std::tuple{field("coupon_id", &S::coupon_id).required(),
                                          field("total_quantity", &S::total_quantity).required().range(1, max_amount),
                                          field("starts_at", &S::starts_at).required(),
                                          field("ends_at", &S::ends_at).required().must(has_window)};
};
template <>
struct Fields<wire::CampaignChange> {
  using S = wire::CampaignChange;
  static constexpr auto list =
      std::tuple{field("total_quantity", &S::total_quantity).range(1, max_amount), field("starts_at", &S::starts_at),
                 field("ends_at", &S::ends_at)};
};
template <>
struct Fields<wire::IssueStep> {
  static constexpr auto list = std::tuple{field("at", &wire::IssueStep::at), field("issued", &wire::IssueStep::issued)};
};
template <>
struct Fields<wire::CampaignReport> {
  using S = wire::CampaignReport;
  static constexpr auto list =
      std::tuple{field("campaign", &S::campaign), field("step_ms", &S::step_ms), field("steps", &S::steps)};
};
static_assert(lists_every_member<wire::RuleText> && lists_every_member<wire::NewCode> &&
              lists_every_member<wire::IssuedCode> && lists_every_member<wire::IssuedCodeList> &&
              lists_every_member<wire::RuleUptake> && lists_every_member<wire::AdminRule> &&
              lists_every_member<wire::NewRule> && lists_every_member<wire::RuleChange> &&
              lists_every_member<wire::NewGrants> && lists_every_member<wire::Grant> &&
              lists_every_member<wire::GrantList> && lists_every_member<wire::AdminCampaign> &&
              lists_every_member<wire::NewCampaign> && lists_every_member<wire::CampaignChange> &&
              lists_every_member<wire::IssueStep> && lists_every_member<wire::CampaignReport>);

}  // namespace cartwright

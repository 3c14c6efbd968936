#include "server/shop/admin_campaigns.h"

#include <algorithm>

#include "core/campaign.h"
#include "server/json.h"
#include "server/shop/admin_log.h"
#include "server/shop/changes.h"
#include "server/shop/texts.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;
using wire::AdminCampaign;

Error invalid(std::string path, std::string detail) {
  return {.code = ErrorCode::invalid_request, .path = std::move(path), .detail = std::move(detail)};
}

Error no_such_campaign() { return {.code = ErrorCode::not_found, .detail = "There is no such campaign."}; }

void set_phase(AdminCampaign& campaign, TimeMs now) {
  campaign.phase = campaign_phase({.starts_at = campaign.starts_at,
                                   .ends_at = campaign.ends_at,
                                   .total_quantity = campaign.total_quantity,
                                   .remaining_quantity = campaign.remaining_quantity},
                                  now);
}

std::optional<AdminCampaign> load_campaign(Reader& reader, CampaignId id, TimeMs now) {
  AdminCampaign campaign{.id = id};
  {
    const auto row = reader.first("SELECT coupon_id, total_quantity, remaining_quantity, starts_at, ends_at, version,"
                                  " created_at FROM fcfs_coupons WHERE id = $1",
                                  id);
    if (!row) return std::nullopt;
    row->into(campaign.coupon_id, campaign.total_quantity, campaign.remaining_quantity, campaign.starts_at,
              campaign.ends_at, campaign.version, campaign.created_at);
  }
  campaign.issued = campaign.total_quantity - campaign.remaining_quantity;
  set_phase(campaign, now);
  for (const auto row :
       reader.query("SELECT language, name FROM coupon_texts WHERE coupon_id = $1", campaign.coupon_id)) {
    set_text(campaign.name, row.get<std::string_view>(0), row.get<std::string_view>(1));
  }
  fill_missing(campaign.name);
  return campaign;
}

std::optional<AdminCampaign> lock_campaign(Transaction& tx, CampaignId id, TimeMs now) {
  (void)tx.value<CampaignId>(Lock::exclusive, "SELECT id FROM fcfs_coupons WHERE id = $1", id);
  return load_campaign(tx, id, now);
}

void write_campaign(Transaction& tx, AdminCampaign& campaign, TimeMs now) {
  campaign.remaining_quantity = campaign.total_quantity - campaign.issued;
  ++campaign.version;
  set_phase(campaign, now);
  tx.execute("UPDATE fcfs_coupons SET total_quantity = $2, remaining_quantity = $3, starts_at = $4, ends_at = $5,"
             " version = $6 WHERE id = $1",
             campaign.id, campaign.total_quantity, campaign.remaining_quantity, campaign.starts_at, campaign.ends_at,
             campaign.version);
}

// The log, offline clients, and the pages: both that its numbers moved and that there is something new to read.
void tell_others(Transaction& tx, const By& by, std::string_view action, const AdminCampaign* before,
                 const AdminCampaign& after) {
  log_admin(tx,
            {.admin = by.admin,
             .action = action,
             .entity = "campaign",
             .entity_id = after.id.value,
             .before = before != nullptr ? json::encode(*before) : std::string(),
             .after = json::encode(after)},
            by.now);
  note_change(tx, {.kind = "campaign", .id = after.id.value}, by.now);
  tx.touch(Topic::campaign, after.id.value);
  tx.touch(Topic::campaign);
}

}  // namespace

Result<wire::Page<AdminCampaign>> list_all_campaigns(Reader& reader, const PageRequest& request, TimeMs now) {
  constexpr std::string_view context = "admin campaigns";
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  std::vector<CampaignId> ids;
  for (const auto row : reader.query("SELECT id FROM fcfs_coupons WHERE id < $1 ORDER BY id DESC LIMIT $2", *below,
                                     request.limit + 1)) {
    ids.push_back(row.get<CampaignId>(0));
  }
  wire::Page<AdminCampaign> page;
  for (const CampaignId id : ids) page.items.push_back(*load_campaign(reader, id, now));
  end_page(page, context, request, [](const AdminCampaign& campaign) { return campaign.id.value; });
  return page;
}

Result<wire::CampaignReport> report_campaign(Reader& reader, CampaignId id, TimeMs now) {
  const auto campaign = load_campaign(reader, id, now);
  if (!campaign) return no_such_campaign();
  wire::CampaignReport report{.campaign = *campaign, .step_ms = minute_ms};
  if (const auto row = reader.first("SELECT COALESCE(min(minute), 0), COALESCE(max(minute), 0) FROM coupon_issues"
                                    " WHERE coupon_id = $1 AND campaign_id = $2",
                                    campaign->coupon_id, id)) {
    const bool is_long = row->get<std::int64_t>(1) - row->get<std::int64_t>(0) >= day_ms / minute_ms;
    if (is_long) report.step_ms = hour_ms;
  }
  for (const auto row :
       reader.query("SELECT minute / $3, CAST(sum(issued) AS BIGINT) FROM coupon_issues"
                    " WHERE coupon_id = $1 AND campaign_id = $2 GROUP BY minute / $3 ORDER BY minute / $3",
                    campaign->coupon_id, id, report.step_ms / minute_ms)) {
    report.steps.push_back({.at = {row.get<std::int64_t>(0) * report.step_ms}, .issued = row.get<std::int64_t>(1)});
  }
  return report;
}

Result<AdminCampaign> create_campaign(Transaction& tx, const By& by, const wire::NewCampaign& wanted) {
  const auto active = tx.value<bool>("SELECT active FROM coupons WHERE id = $1 AND kind = 'coupon'", wanted.coupon_id);
  if (!active) return invalid("$.coupon_id", "is no coupon");
  if (!*active) return invalid("$.coupon_id", "is archived");
  if (wanted.ends_at <= by.now) return invalid("$.ends_at", "is over already");
  const auto id = tx.insert<CampaignId>(
      "INSERT INTO fcfs_coupons (coupon_id, total_quantity, remaining_quantity, starts_at, ends_at, created_at)"
      " VALUES ($1, $2, $2, $3, $4, $5) RETURNING id",
      wanted.coupon_id, wanted.total_quantity, wanted.starts_at, wanted.ends_at, by.now);
  AdminCampaign campaign = *load_campaign(tx, id, by.now);
  tell_others(tx, by, "campaign.create", nullptr, campaign);
  return campaign;
}

Result<AdminCampaign> change_campaign(Transaction& tx, const By& by, CampaignId id,
                                      const wire::CampaignChange& change, std::optional<std::int64_t> expected) {
  const auto before = lock_campaign(tx, id, by.now);
  if (!before) return no_such_campaign();
  if (expected && *expected != before->version) {
    return Error{.code = ErrorCode::changed_meanwhile, .detail = "The campaign has changed since you read it."};
  }
  AdminCampaign after = *before;
  if (change.total_quantity) after.total_quantity = *change.total_quantity;
  if (change.starts_at) after.starts_at = *change.starts_at;
  if (change.ends_at) after.ends_at = *change.ends_at;
  if (after.total_quantity < before->issued) {
    return invalid("$.total_quantity", std::to_string(before->issued) + " are issued already");
  }
  if (after.ends_at <= after.starts_at) {
    return invalid(change.ends_at ? "$.ends_at" : "$.starts_at", "the end must be later than the start");
  }
  write_campaign(tx, after, by.now);
  tell_others(tx, by, "campaign.change", &*before, after);
  return after;
}

Result<AdminCampaign> end_campaign(Transaction& tx, const By& by, CampaignId id) {
  const auto before = lock_campaign(tx, id, by.now);
  if (!before) return no_such_campaign();
  if (before->ends_at <= by.now) {
    return Error{.code = ErrorCode::campaign_ended, .detail = "The campaign has ended already."};
  }
  AdminCampaign after = *before;
  after.ends_at = by.now;
  after.starts_at = std::min(before->starts_at, TimeMs{by.now.ms - 1});
  write_campaign(tx, after, by.now);
  tell_others(tx, by, "campaign.end", &*before, after);
  return after;
}

}  // namespace cartwright::shop

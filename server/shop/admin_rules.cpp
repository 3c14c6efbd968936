#include "server/shop/admin_rules.h"

#include "core/fields.h"
#include "server/json.h"
#include "server/shop/catalogue.h"
#include "server/shop/changes.h"
#include "server/shop/rule_codes.h"
#include "server/shop/texts.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Sql;
using store::Transaction;
using wire::RuleKind;

constexpr std::int64_t most_promotions = 200;  // PRICING.md "Request"

Error invalid(std::string path, std::string detail) {
  return {.code = ErrorCode::invalid_request, .path = std::move(path), .detail = std::move(detail)};
}

Error no_such_rule() { return {.code = ErrorCode::not_found, .detail = "There is nothing of that id."}; }

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// ---- reading ----------------------------------------------------------------------------------------------------

// Without its uptake, which nobody changes by hand.
std::optional<wire::AdminRule> load_rule(Reader& reader, RuleKind kind, RuleId id) {
  wire::AdminRule rule{.id = id, .kind = kind};
  {
    const auto row = reader.first("SELECT rule, valid_days, code, code_total, code_issued, active, version, created_at,"
                                  " updated_at FROM coupons WHERE id = $1 AND kind = $2",
                                  id, name_of(kind));
    if (!row) return std::nullopt;
    rule.rule = read_rule(row->get<std::string_view>(0));
    rule.valid_days = row->get<std::optional<std::int64_t>>(1);
    if (const auto code = row->get<std::optional<std::string>>(2)) {
      rule.code = wire::IssuedCode{.code = *code,
                                   .total = row->get<std::optional<std::int64_t>>(3),
                                   .issued = row->get<std::int64_t>(4)};
    }
    rule.active = row->get<bool>(5);
    rule.version = row->get<std::int64_t>(6);
    rule.created_at = row->get<TimeMs>(7);
    rule.updated_at = row->get<TimeMs>(8);
  }
  for (const auto row : reader.query("SELECT language, name, description FROM coupon_texts WHERE coupon_id = $1", id)) {
    const auto language = row.get<std::string>(0);
    set_text(rule.name, language, row.get<std::string_view>(1));
    (language == "ko" ? rule.description.ko : rule.description.en) = row.get<std::string>(2);
  }
  fill_missing(rule.name);
  return rule;
}

void add_uptake(Reader& reader, wire::AdminRule& rule) {
  rule.uptake.issued =
      reader.value<std::int64_t>("SELECT CAST(COALESCE(sum(issued), 0) AS BIGINT) FROM coupon_issues WHERE coupon_id = $1",
                                 rule.id)
          .value_or(0);
  if (const auto row = reader.first("SELECT CAST(COALESCE(sum(uses), 0) AS BIGINT),"
                                    " CAST(COALESCE(sum(discount), 0) AS BIGINT) FROM coupon_uses WHERE coupon_id = $1",
                                    rule.id)) {
    row->into(rule.uptake.used, rule.uptake.discount);
  }
}

// ---- what may be written ------------------------------------------------------------------------------------------

template <class IdType>
Status check_ids(Reader& reader, Sql find, const std::vector<IdType>& ids, const std::string& path) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!reader.value<std::int64_t>(find, ids[i])) {
      return invalid(path + '[' + std::to_string(i) + ']', "names nothing that this shop has");
    }
  }
  return {};
}

Status check_filter(Reader& reader, const IdFilter& filter, const std::string& path) {
  if (Status status = check_ids(reader, "SELECT id FROM products WHERE id = $1", filter.product_ids,
                                path + ".product_ids");
      !status) {
    return status;
  }
  if (Status status = check_ids(reader, "SELECT id FROM categories WHERE id = $1", filter.category_ids,
                                path + ".category_ids");
      !status) {
    return status;
  }
  return check_ids(reader, "SELECT id FROM product_variants WHERE id = $1", filter.variant_ids, path + ".variant_ids");
}

// What the core's reader can't know. `own`: the rule's id, 0 for a new one.
Status check_terms(Reader& reader, const Rule& rule, RuleId own) {
  if (rule.id.value != 0 && rule.id != own) return invalid("$.rule.id", "is given by the shop: leave it out");
  if (Status status = check_filter(reader, rule.include, "$.rule.include"); !status) return status;
  if (Status status = check_filter(reader, rule.exclude, "$.rule.exclude"); !status) return status;
  if (rule.starts_at && rule.ends_at && *rule.ends_at <= *rule.starts_at) {
    return invalid("$.rule.ends_at", "must be later than starts_at");
  }
  return {};
}

Status check_name(const wire::Text& name) {
  if (is_blank(name.ko) && is_blank(name.en)) return invalid("$.name", "must not be empty");
  return {};
}

Status check_room(Reader& reader, RuleKind kind) {
  if (kind != RuleKind::promotion) return {};
  const auto count =
      reader.value<std::int64_t>("SELECT count(*) FROM coupons WHERE kind = 'promotion' AND active = 1");
  if (count.value_or(0) < most_promotions) return {};
  return Error{.code = ErrorCode::limit_reached, .detail = "200 promotions apply already: archive one first."};
}

// ---- writing ------------------------------------------------------------------------------------------------------

std::optional<std::int64_t> days_or_ever(std::int64_t days) { return days == 0 ? std::nullopt : std::optional(days); }

void write_texts(Transaction& tx, const wire::AdminRule& rule) {
  tx.execute("DELETE FROM coupon_texts WHERE coupon_id = $1", rule.id);
  tx.execute("INSERT INTO coupon_texts (coupon_id, language, name, description)"
             " VALUES ($1, 'ko', $2, $3), ($1, 'en', $4, $5)",
             rule.id, rule.name.ko, rule.description.ko, rule.name.en, rule.description.en);
}

// The row of `rule` and its texts as they are in it now.
void write_rule(Transaction& tx, wire::AdminRule& rule, TimeMs now) {
  if (is_blank(rule.name.ko)) rule.name.ko.clear();
  if (is_blank(rule.name.en)) rule.name.en.clear();
  fill_missing(rule.name);
  rule.rule.id = rule.id;
  rule.rule.name = rule.name.en;
  rule.updated_at = now;
  tx.execute("UPDATE coupons SET rule = $2, starts_at = $3, ends_at = $4, valid_days = $5, active = $6, version = $7,"
             " updated_at = $8 WHERE id = $1",
             rule.id, json::encode(rule.rule), rule.rule.starts_at, rule.rule.ends_at, rule.valid_days, rule.active,
             rule.version, now);
  write_texts(tx, rule);
}

// Prices change with a promotion, and what a campaign says with its coupon; offline clients learn both.
void tell_others(Transaction& tx, const wire::AdminRule& rule, TimeMs now) {
  note_change(tx, {.kind = "rule", .id = rule.id.value, .deleted = !rule.active}, now);
  tx.touch(rule.kind == RuleKind::promotion ? Topic::catalogue : Topic::campaign);
}

void log_rule(Transaction& tx, const By& by, std::string_view verb, const wire::AdminRule* before,
              const wire::AdminRule& after) {
  const std::string kind(name_of(after.kind));
  log_admin(tx,
            {.admin = by.admin,
             .action = kind + '.' + std::string(verb),
             .entity = kind,
             .entity_id = after.id.value,
             .before = before != nullptr ? json::encode(*before) : std::string(),
             .after = json::encode(after)},
            by.now);
}

std::string_view verb_of(const wire::AdminRule& before, const wire::AdminRule& after) {
  if (before.active == after.active) return "change";
  return after.active ? "restore" : "archive";
}

}  // namespace

Result<wire::Page<wire::AdminRule>> list_rules(Reader& reader, RuleKind kind, std::optional<bool> active,
                                               const PageRequest& request) {
  const std::string context = std::string("admin ") + std::string(name_of(kind)) +
                              (active ? *active ? " active" : " archived" : "");
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  std::vector<RuleId> ids;
  for (const auto row : reader.query("SELECT id FROM coupons WHERE kind = $1 AND id < $2 AND ($3 < 0 OR active = $3)"
                                     " ORDER BY id DESC LIMIT $4",
                                     name_of(kind), *below, active ? std::int64_t{*active} : -1, request.limit + 1)) {
    ids.push_back(row.get<RuleId>(0));
  }
  wire::Page<wire::AdminRule> page;
  for (const RuleId id : ids) {
    page.items.push_back(*load_rule(reader, kind, id));
    add_uptake(reader, page.items.back());
  }
  end_page(page, context, request, [](const wire::AdminRule& rule) { return rule.id.value; });
  return page;
}

Result<wire::AdminRule> show_rule(Reader& reader, RuleKind kind, RuleId id) {
  auto rule = load_rule(reader, kind, id);
  if (!rule) return no_such_rule();
  add_uptake(reader, *rule);
  return *std::move(rule);
}

Result<wire::AdminRule> create_rule(Transaction& tx, const By& by, RuleKind kind, const wire::NewRule& wanted) {
  if (const Status status = check_name(wanted.name); !status) return status.error();
  if (const Status status = check_terms(tx, wanted.rule, {}); !status) return status.error();
  if (kind == RuleKind::promotion) {
    if (wanted.valid_days != 0) return invalid("$.valid_days", "is for coupons");
    if (wanted.code) return invalid("$.code", "is for coupons");
  }
  if (wanted.code) {
    if (const Status status = check_new_code(tx, {}, *wanted.code, "$.code"); !status) return status.error();
  }
  if (const Status status = check_room(tx, kind); !status) return status.error();

  wire::AdminRule rule{.kind = kind,
                       .name = wanted.name,
                       .description = wanted.description,
                       .rule = wanted.rule,
                       .valid_days = days_or_ever(wanted.valid_days),
                       .created_at = by.now};
  rule.id = tx.insert<RuleId>("INSERT INTO coupons (kind, rule, created_at, updated_at) VALUES ($1, '{}', $2, $2)"
                              " RETURNING id",  // the rule holds its own id
                              name_of(kind), by.now);
  write_rule(tx, rule, by.now);
  if (wanted.code) rule.code = write_code(tx, rule.id, *wanted.code);
  log_rule(tx, by, "create", nullptr, rule);
  tell_others(tx, rule, by.now);
  return rule;
}

Result<wire::AdminRule> change_rule(Transaction& tx, const By& by, RuleKind kind, RuleId id,
                                    const wire::RuleChange& change, std::optional<std::int64_t> expected) {
  (void)tx.value<RuleId>(Lock::exclusive, "SELECT id FROM coupons WHERE id = $1", id);
  const auto before = load_rule(tx, kind, id);
  if (!before) return no_such_rule();
  if (expected && *expected != before->version) {
    return Error{.code = ErrorCode::changed_meanwhile, .detail = "It has changed since you read it."};
  }
  if (change.name) {
    if (const Status status = check_name(*change.name); !status) return status.error();
  }
  if (change.rule) {
    if (const Status status = check_terms(tx, *change.rule, id); !status) return status.error();
  }
  if (change.valid_days && kind == RuleKind::promotion) return invalid("$.valid_days", "is for coupons");
  if (change.active.value_or(false) && !before->active) {
    if (const Status status = check_room(tx, kind); !status) return status.error();
  }
  wire::AdminRule after = *before;
  if (change.name) after.name = *change.name;
  if (change.description) after.description = *change.description;
  if (change.rule) after.rule = *change.rule;
  if (change.valid_days) after.valid_days = days_or_ever(*change.valid_days);
  if (change.active) after.active = *change.active;
  ++after.version;
  write_rule(tx, after, by.now);
  log_rule(tx, by, verb_of(*before, after), &*before, after);
  tell_others(tx, after, by.now);
  add_uptake(tx, after);
  return after;
}

Status archive_rule(Transaction& tx, const By& by, RuleKind kind, RuleId id) {
  const auto rule = load_rule(tx, kind, id);
  if (!rule) return no_such_rule();
  if (!rule->active) return {};
  const auto archived = change_rule(tx, by, kind, id, {.active = false}, {});
  return archived ? Status() : archived.error();
}

}  // namespace cartwright::shop

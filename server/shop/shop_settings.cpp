#include "server/shop/shop_settings.h"

#include <algorithm>
#include <filesystem>

#include "server/etag.h"
#include "server/json.h"
#include "server/shop/admin_log.h"
#include "server/shop/catalogue.h"
#include "server/shop/changes.h"
#include "server/shop/texts.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;

struct Policy {
  std::string_view kind;
  wire::PolicyText wire::ShopPolicies::*text;
};
constexpr Policy policies[] = {{"terms", &wire::ShopPolicies::terms},
                               {"privacy", &wire::ShopPolicies::privacy},
                               {"returns", &wire::ShopPolicies::returns},
                               {"shipping", &wire::ShopPolicies::shipping}};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// As the operating system has them: "Asia/Seoul". Browsers know the same names.
bool is_time_zone(const std::string& name) {
  if (name == "UTC") return true;
  const bool has_name = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '-' || c == '+';
  });
  if (!has_name || name.empty() || name.front() == '/') return false;
  std::error_code fault;
  return std::filesystem::is_regular_file("/usr/share/zoneinfo/" + name, fault);
}

Status check(const wire::ShopSettingsChange& change) {
  if (change.name && is_blank(change.name->ko) && is_blank(change.name->en)) {
    return Error{.code = ErrorCode::invalid_request, .path = "$.name", .detail = "must not be empty"};
  }
  if (change.time_zone && !is_time_zone(*change.time_zone)) {
    return Error{.code = ErrorCode::invalid_request,
                 .path = "$.time_zone",
                 .detail = "is no time zone, like Asia/Seoul or UTC"};
  }
  return {};
}

void write_policies(Transaction& tx, const wire::ShopPolicies& wanted) {
  tx.execute("DELETE FROM shop_policies");
  for (const Policy& policy : policies) {
    const wire::PolicyText& text = wanted.*policy.text;
    for (const auto& [language, words] : {std::pair{"ko", &text.ko}, std::pair{"en", &text.en}}) {
      if (words->empty()) continue;
      tx.execute("INSERT INTO shop_policies (kind, language, text) VALUES ($1, $2, $3)", policy.kind, language, *words);
    }
  }
}

void write_settings(Transaction& tx, const wire::ShopSettings& settings) {
  wire::Text name = settings.name;
  fill_missing(name);
  tx.execute("UPDATE shop SET name = $1, currency = $2, time_zone = $3, discount_multiple = $4, shipping_fee = $5,"
             " shipping_free_from = $6, shipping_tax_class = $7, tax_mode = $8 WHERE id = 1",
             name.ko == name.en ? name.ko : json::encode(name), settings.currency, settings.time_zone,
             settings.discount_multiple, settings.shipping.fee, settings.shipping.free_from,
             settings.shipping.tax_class, name_of(settings.tax.mode));
  tx.execute("DELETE FROM tax_rates");
  for (const TaxRate& rate : settings.tax.rates) {
    tx.execute("INSERT INTO tax_rates (tax_class, basis_points) VALUES ($1, $2)", rate.tax_class, rate.basis_points);
  }
  write_policies(tx, settings.policies);
}

}  // namespace

wire::ShopPolicies load_policies(Reader& reader) {
  wire::ShopPolicies all;
  for (const auto row : reader.query("SELECT kind, language, text FROM shop_policies")) {
    const auto kind = row.get<std::string_view>(0);
    const auto at = std::find_if(std::begin(policies), std::end(policies), [&](auto& each) { return each.kind == kind; });
    if (at == std::end(policies)) continue;
    wire::PolicyText& text = all.*at->text;
    (row.get<std::string_view>(1) == "ko" ? text.ko : text.en) = row.get<std::string>(2);
  }
  return all;
}

wire::ShopSettings load_shop_settings(Reader& reader) {
  const ShopRules rules = load_shop_rules(reader);
  wire::ShopSettings settings{.currency = rules.currency,
                              .discount_multiple = rules.discount_multiple,
                              .shipping = rules.shipping,
                              .tax = rules.tax,
                              .policies = load_policies(reader)};
  if (const auto row = reader.first("SELECT name, time_zone FROM shop WHERE id = 1")) {
    settings.name = read_names(row->get<std::string_view>(0));
    settings.time_zone = row->get<std::string>(1);
  }
  settings.currency_is_fixed =
      reader.value<bool>("SELECT EXISTS (SELECT 1 FROM products) OR EXISTS (SELECT 1 FROM coupons)"
                         " OR EXISTS (SELECT 1 FROM charge_requests) OR EXISTS (SELECT 1 FROM orders)")
          .value_or(true);
  return settings;
}

Result<wire::ShopSettings> change_shop_settings(Transaction& tx, UserId admin, const wire::ShopSettingsChange& change,
                                                std::string_view expected, TimeMs now) {
  const wire::ShopSettings before = load_shop_settings(tx);
  const std::string written = json::encode(before);
  if (!expected.empty() && expected != etag_of(written)) {
    return Error{.code = ErrorCode::changed_meanwhile, .detail = "The settings have changed since you read them."};
  }
  if (const Status status = check(change); !status) return status.error();
  wire::ShopSettings after = before;
  if (change.name) after.name = *change.name;
  if (change.currency) after.currency = *change.currency;
  if (change.time_zone) after.time_zone = *change.time_zone;
  if (change.discount_multiple) after.discount_multiple = *change.discount_multiple;
  if (change.shipping) after.shipping = *change.shipping;
  if (change.tax) after.tax = *change.tax;
  if (change.policies) after.policies = *change.policies;
  if (after.currency != before.currency && before.currency_is_fixed) {
    return Error{.code = ErrorCode::still_in_use,
                 .path = "$.currency",
                 .detail = "Prices, coupons, charges or orders are in " + before.currency + " already."};
  }
  write_settings(tx, after);
  after = load_shop_settings(tx);
  if (json::encode(after) == written) return after;
  note_change(tx, {.kind = "shop", .id = 1}, now);
  log_admin(tx,
            {.admin = admin,
             .action = "shop.change",
             .entity = "shop",
             .entity_id = 1,
             .before = written,
             .after = json::encode(after)},
            now);
  return after;
}

}  // namespace cartwright::shop

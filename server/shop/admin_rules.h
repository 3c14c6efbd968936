// Coupons and promotions as admins make, change and archive them. A rule is one row that all wallets share:
// - A change of its terms or names applies at once to every coupon that was issued and not used yet, and to every cart;
//   orders that were placed keep the quote that they were made with. Its valid_days applies to what is issued from then on.
// - An archived coupon is issued no more, by no campaign, code or gift; what is in wallets stays usable. An archived
//   promotion takes nothing off any more.
// Each deed stands in the admins' log. All functions that take a Transaction run inside a command and ask everything before
// their first write.
#pragma once

#include <optional>

#include "server/shop/admin_log.h"
#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire_admin_rules.h"

namespace cartwright::shop {

// Newest first. Error: `invalid_request` (cursor).
Result<wire::Page<wire::AdminRule>> list_rules(store::Reader& reader, wire::RuleKind kind, std::optional<bool> active,
                                               const PageRequest& page);

// Error: `not_found`.
Result<wire::AdminRule> show_rule(store::Reader& reader, wire::RuleKind kind, RuleId id);

// Errors: `invalid_request` (blank name, a window that ends before it starts, ids that name nothing, what isn't for this
// kind), `limit_reached` (200 promotions apply at most), `already_exists` (the code).
Result<wire::AdminRule> create_rule(store::Transaction& tx, const By& by, wire::RuleKind kind,
                                    const wire::NewRule& wanted);

// `expected`: the version that the admin has seen; empty: any. Errors: as above, `not_found`, `changed_meanwhile`.
Result<wire::AdminRule> change_rule(store::Transaction& tx, const By& by, wire::RuleKind kind, RuleId id,
                                    const wire::RuleChange& change, std::optional<std::int64_t> expected);

// As PATCH `active` false, which brings it back with true. Error: `not_found`.
Status archive_rule(store::Transaction& tx, const By& by, wire::RuleKind kind, RuleId id);

// A coupon has one code at most. With the code that it has, its total is set; `total` counts all that codes ever gave out
// of the coupon. Errors: `not_found`; `already_exists` (it has another code, or another coupon has this one);
// `invalid_request` (no code, fewer than are issued already).
Result<wire::IssuedCode> set_code(store::Transaction& tx, const By& by, RuleId coupon, const wire::NewCode& wanted);
Result<wire::IssuedCodeList> list_codes(store::Reader& reader, RuleId coupon);

// What was issued stays in wallets. Error: `not_found` (coupon, code).
Status remove_code(store::Transaction& tx, const By& by, RuleId coupon);

// One for each of them, or for none. Errors: `not_found` (coupon), `campaign_ended` (archived), `invalid_request` (nobody,
// who has no account, who is named twice).
Result<wire::GrantList> grant_coupons(store::Transaction& tx, const By& by, RuleId coupon,
                                      const wire::NewGrants& wanted);

}  // namespace cartwright::shop

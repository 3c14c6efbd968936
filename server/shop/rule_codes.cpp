#include "server/shop/rule_codes.h"

#include <algorithm>

#include "server/json.h"
#include "server/shop/accounts.h"
#include "server/shop/admin_log.h"
#include "server/shop/admin_rules.h"
#include "server/shop/coupons.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;

Error invalid(std::string path, std::string detail) {
  return {.code = ErrorCode::invalid_request, .path = std::move(path), .detail = std::move(detail)};
}

Error no_such_coupon() { return {.code = ErrorCode::not_found, .detail = "There is no such coupon."}; }

// Empty: there is no such coupon; `code` is empty where it has none.
std::optional<wire::IssuedCode> load_code(Reader& reader, RuleId coupon) {
  const auto row = reader.first("SELECT COALESCE(code, ''), code_total, code_issued FROM coupons"
                                " WHERE id = $1 AND kind = 'coupon'",
                                coupon);
  if (!row) return std::nullopt;
  return wire::IssuedCode{.code = row->get<std::string>(0),
                          .total = row->get<std::optional<std::int64_t>>(1),
                          .issued = row->get<std::int64_t>(2)};
}

void lock_coupon(Transaction& tx, RuleId coupon) {
  (void)tx.value<RuleId>(Lock::exclusive, "SELECT id FROM coupons WHERE id = $1", coupon);
}

std::string logged(const wire::IssuedCode& code) { return code.code.empty() ? std::string() : json::encode(code); }

void log_code(Transaction& tx, const By& by, RuleId coupon, const wire::IssuedCode& before,
              const wire::IssuedCode& after) {
  tx.execute("UPDATE coupons SET version = version + 1, updated_at = $2 WHERE id = $1", coupon, by.now);
  log_admin(tx,
            {.admin = by.admin,
             .action = "coupon.code",
             .entity = "coupon",
             .entity_id = coupon.value,
             .before = logged(before),
             .after = logged(after)},
            by.now);
}

// The accounts that are meant, each once.
Result<std::vector<UserId>> find_users(Reader& reader, const wire::NewGrants& wanted) {
  std::vector<UserId> users;
  const auto add = [&](std::optional<UserId> user, std::string_view list, std::size_t index) -> Status {
    const std::string path = "$." + std::string(list) + '[' + std::to_string(index) + ']';
    if (!user) return invalid(path, "has no account");
    if (std::find(users.begin(), users.end(), *user) != users.end()) return invalid(path, "stands here twice");
    users.push_back(*user);
    return {};
  };
  for (std::size_t i = 0; i < wanted.user_ids.size(); ++i) {
    const auto user = reader.value<UserId>("SELECT id FROM users WHERE id = $1 AND erased_at IS NULL", wanted.user_ids[i]);
    if (const Status status = add(user, "user_ids", i); !status) return status.error();
  }
  for (std::size_t i = 0; i < wanted.emails.size(); ++i) {
    std::optional<UserId> user;
    if (const auto email = normalise_email(wanted.emails[i])) {
      user = reader.value<UserId>("SELECT id FROM users WHERE email = $1", *email);
    }
    if (const Status status = add(user, "emails", i); !status) return status.error();
  }
  if (users.empty()) return invalid("$.user_ids", "names nobody");
  return users;
}

// What the log keeps of a gift.
std::string gift(const std::vector<UserId>& users, const std::string& note) {
  return json::encode(wire::NewGrants{.user_ids = users, .note = note});
}

}  // namespace

Status check_new_code(Reader& reader, RuleId coupon, const wire::NewCode& wanted, const std::string& path) {
  const std::string code = normalise_code(wanted.code);
  const bool has_space = std::any_of(code.begin(), code.end(), [](char c) {
    return c == ' ' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (code.empty() || has_space) return invalid(path + ".code", "must be one word");
  const auto holder = reader.value<RuleId>("SELECT id FROM coupons WHERE code = $1", code);
  if (holder && *holder != coupon) {
    return Error{.code = ErrorCode::already_exists, .path = path + ".code", .detail = "Another coupon has this code."};
  }
  return {};
}

wire::IssuedCode write_code(Transaction& tx, RuleId coupon, const wire::NewCode& wanted) {
  tx.execute("UPDATE coupons SET code = $2, code_total = $3 WHERE id = $1", coupon, normalise_code(wanted.code),
             wanted.total);
  return *load_code(tx, coupon);
}

Result<wire::IssuedCode> set_code(Transaction& tx, const By& by, RuleId coupon, const wire::NewCode& wanted) {
  lock_coupon(tx, coupon);
  const auto before = load_code(tx, coupon);
  if (!before) return no_such_coupon();
  if (const Status status = check_new_code(tx, coupon, wanted, "$"); !status) return status.error();
  if (!before->code.empty() && before->code != normalise_code(wanted.code)) {
    return Error{.code = ErrorCode::already_exists,
                 .path = "$.code",
                 .detail = "The coupon has the code " + before->code + " already: delete that one first."};
  }
  if (wanted.total && *wanted.total < before->issued) {
    return invalid("$.total", std::to_string(before->issued) + " are issued already");
  }
  const wire::IssuedCode after = write_code(tx, coupon, wanted);
  log_code(tx, by, coupon, *before, after);
  return after;
}

Result<wire::IssuedCodeList> list_codes(Reader& reader, RuleId coupon) {
  auto code = load_code(reader, coupon);
  if (!code) return no_such_coupon();
  wire::IssuedCodeList list;
  if (!code->code.empty()) list.items.push_back(*std::move(code));
  return list;
}

Status remove_code(Transaction& tx, const By& by, RuleId coupon) {
  lock_coupon(tx, coupon);
  const auto before = load_code(tx, coupon);
  if (!before) return no_such_coupon();
  if (before->code.empty()) return Error{.code = ErrorCode::not_found, .detail = "The coupon has no code."};
  tx.execute("UPDATE coupons SET code = NULL, code_total = NULL WHERE id = $1", coupon);
  log_code(tx, by, coupon, *before, {});
  return {};
}

Result<wire::GrantList> grant_coupons(Transaction& tx, const By& by, RuleId coupon,
                                      const wire::NewGrants& wanted) {
  if (!load_code(tx, coupon)) return no_such_coupon();
  const auto users = find_users(tx, wanted);
  if (!users) return users.error();
  wire::GrantList list;
  for (const UserId user : *users) {
    const auto issued = grant_coupon(tx, user, coupon, by.now);
    if (!issued) {
      CARTWRIGHT_ASSERT(list.items.empty());  // archived: none of them gets one
      return issued.error();
    }
    list.items.push_back({.user_id = user, .id = issued->id});
  }
  log_admin(tx,
            {.admin = by.admin,
             .action = "coupon.grant",
             .entity = "coupon",
             .entity_id = coupon.value,
             .after = gift(*users, wanted.note)},
            by.now);
  return list;
}

}  // namespace cartwright::shop

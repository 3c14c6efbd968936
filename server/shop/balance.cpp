#include "server/shop/balance.h"

#include "server/shop/figures.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;

std::string_view word_of(ChargeProvider provider) {
  switch (provider) {
    case ChargeProvider::none:
      break;
    case ChargeProvider::instant:
      return "instant";
    case ChargeProvider::bank_transfer:
      return "bank_transfer";
  }
  CARTWRIGHT_ASSERT(false);
  return {};
}

}  // namespace

Amount load_balance(Reader& reader, UserId user) {
  return reader.value<Amount>("SELECT balance FROM user_balances WHERE user_id = $1", user).value_or(0);
}

BalanceState lock_balance(Transaction& tx, UserId user) {
  BalanceState state;
  const auto row =
      tx.first(Lock::exclusive, "SELECT balance, receivable FROM user_balances WHERE user_id = $1", user);
  if (row) row->into(state.balance, state.receivable);
  return state;
}

Amount change_balance(Transaction& tx, UserId user, BalanceEntry type, Amount amount, const BalanceCause& cause,
                      TimeMs now) {
  std::int64_t position = 0;
  Amount balance = 0;
  {
    // The row is made with the account; a USE is a paid order, which rules ask for.
    const auto row = tx.first("UPDATE user_balances SET balance = balance + $2, history_count = history_count + 1,"
                              " paid_orders = paid_orders + $3 WHERE user_id = $1 RETURNING balance, history_count",
                              user, amount, type == BalanceEntry::USE ? 1 : 0);
    CARTWRIGHT_ASSERT(row);
    row->into(balance, position);
  }
  tx.execute("INSERT INTO balance_history (user_id, position, type, amount, balance_before, balance_after, order_id,"
             " charge_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
             user, position, name_of(type), amount, balance - amount, balance, cause.order, cause.charge_id, now);
  if (type == BalanceEntry::CHARGE || type == BalanceEntry::REVERSAL) count(tx, {.charged = amount}, now);
  tx.touch(Topic::balance, user.value);
  return balance;
}

Result<Amount> credit(Transaction& tx, UserId user, Amount amount, OrderId order, TimeMs now) {
  if (amount > max_amount - lock_balance(tx, user).balance) {
    return Error{.code = ErrorCode::amount_overflow, .detail = "The balance can't hold so much."};
  }
  return change_balance(tx, user, BalanceEntry::REFUND, amount, {.order = order}, now);
}

Result<wire::Charge> charge_balance(Transaction& tx, const Settings& settings, UserId user, Amount amount,
                                    const std::string& number, TimeMs now) {
  if (settings.charge_provider == ChargeProvider::none) {
    return Error{.code = ErrorCode::provider_unavailable, .detail = "This shop takes no charges at the moment."};
  }
  const Amount balance = lock_balance(tx, user).balance;
  const auto charged =
      charge(balance, amount, {.per_charge = settings.charge_max, .balance = settings.balance_max});
  if (!charged) return charged.error();

  const bool instant = settings.charge_provider == ChargeProvider::instant;
  wire::Charge answer{.provider = std::string(word_of(settings.charge_provider)),
                      .amount = amount,
                      .status = instant ? wire::ChargeStatus::COMPLETED : wire::ChargeStatus::PENDING,
                      .created_at = now,
                      .balance = balance};
  answer.id = tx.insert<std::int64_t>(
      "INSERT INTO charge_requests (number, user_id, provider, amount, status, created_at, finished_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
      number, user, answer.provider, amount, name_of(answer.status), now,
      instant ? std::optional(now) : std::nullopt);
  if (instant) {
    answer.balance = change_balance(tx, user, BalanceEntry::CHARGE, amount, {.charge_id = answer.id}, now);
    CARTWRIGHT_ASSERT(answer.balance == *charged);
  }
  return answer;
}

Result<wire::Page<wire::BalanceHistory>> list_balance_history(Reader& reader, UserId user,
                                                              const PageRequest& request) {
  constexpr std::string_view context = "balance_history";
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  wire::Page<wire::BalanceHistory> page;
  for (const auto row :
       reader.query("SELECT h.position, h.type, h.amount, h.balance_before, h.balance_after, o.number, h.charge_id,"
                    " h.created_at FROM balance_history h LEFT JOIN orders o ON o.id = h.order_id"
                    " WHERE h.user_id = $1 AND h.position < $2 ORDER BY h.position DESC LIMIT $3",
                    user, *below, request.limit + 1)) {
    wire::BalanceHistory& entry = page.items.emplace_back();
    entry.id = row.get<std::int64_t>(0);
    entry.type = read_word<BalanceEntry>(row.get<std::string_view>(1));
    entry.amount = row.get<Amount>(2);
    entry.balance_before = row.get<Amount>(3);
    entry.balance_after = row.get<Amount>(4);
    const auto order = row.get<std::optional<std::string>>(5);
    const auto charge_id = row.get<std::optional<std::int64_t>>(6);
    if (order) entry.reference = *order;
    if (charge_id) entry.reference = std::to_string(*charge_id);
    entry.created_at = row.get<TimeMs>(7);
  }
  end_page(page, context, request, [](const wire::BalanceHistory& entry) { return entry.id; });
  return page;
}

}  // namespace cartwright::shop

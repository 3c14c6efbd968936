#include "server/shop/balance.h"

#include "server/shop/figures.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;

struct OpenReversal {
  std::int64_t charge_id = 0;
  Amount open = 0;
};

std::vector<OpenReversal> open_reversals(Transaction& tx, UserId user) {
  std::vector<OpenReversal> open;
  for (const auto row : tx.query("SELECT c.id, c.amount + CAST(COALESCE((SELECT sum(h.amount) FROM balance_history h"
                                 "   WHERE h.user_id = c.user_id AND h.charge_id = c.id AND h.type = 'REVERSAL'), 0)"
                                 " AS BIGINT) FROM charge_requests c"
                                 " WHERE c.user_id = $1 AND c.status = 'REVERSED' ORDER BY c.finished_at, c.id",
                                 user)) {
    const OpenReversal reversal{.charge_id = row.get<std::int64_t>(0), .open = row.get<Amount>(1)};
    if (reversal.open > 0) open.push_back(reversal);
  }
  return open;
}

// The new balance, which is 0 unless nothing is owed any more.
Amount settle(Transaction& tx, UserId user, TimeMs now) {
  BalanceState state = lock_balance(tx, user);
  if (state.receivable == 0 || state.balance == 0) return state.balance;
  for (const OpenReversal& reversal : open_reversals(tx, user)) {
    const Amount taken = covered(state, reversal.open);
    if (taken == 0) break;
    state.balance =
        change_balance(tx, user, BalanceEntry::REVERSAL, -taken, {.charge_id = reversal.charge_id}, now);
    tx.execute("UPDATE user_balances SET receivable = receivable - $2 WHERE user_id = $1", user, taken);
  }
  return state.balance;
}

}  // namespace

BalanceState load_balance(Reader& reader, UserId user) {
  BalanceState state;
  const auto row = reader.first("SELECT balance, receivable FROM user_balances WHERE user_id = $1", user);
  if (row) row->into(state.balance, state.receivable);
  return state;
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
    // Not UPDATE … RETURNING, for which SQLite makes a table each time.
    const auto row = tx.first(Lock::exclusive,
                              "SELECT balance + $2, history_count + 1 FROM user_balances WHERE user_id = $1", user,
                              amount);
    CARTWRIGHT_ASSERT(row);  // it is made with the account
    row->into(balance, position);
  }
  // A USE is a paid order, which rules ask for.
  tx.execute("UPDATE user_balances SET balance = $2, history_count = $3, paid_orders = paid_orders + $4"
             " WHERE user_id = $1",
             user, balance, position, type == BalanceEntry::USE ? 1 : 0);
  tx.execute("INSERT INTO balance_history (user_id, position, type, amount, balance_before, balance_after, order_id,"
             " charge_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
             user, position, name_of(type), amount, balance - amount, balance, cause.order, cause.charge_id, now);
  if (type == BalanceEntry::CHARGE || type == BalanceEntry::REVERSAL) count(tx, {.charged = amount}, now);
  tx.touch(Topic::balance, user.value);
  return balance;
}

Result<Amount> credit(Transaction& tx, UserId user, Amount amount, const BalanceCause& cause, TimeMs now) {
  if (amount > max_amount - lock_balance(tx, user).balance) {
    return Error{.code = ErrorCode::amount_overflow, .detail = "The balance can't hold so much."};
  }
  change_balance(tx, user, cause.charge_id ? BalanceEntry::CHARGE : BalanceEntry::REFUND, amount, cause, now);
  return settle(tx, user, now);
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

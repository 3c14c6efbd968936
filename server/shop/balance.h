// The balance [잔액]: every change of it has a row in its history, in one unbroken chain (COMMERCE.md "Balance").
#pragma once

#include <optional>
#include <string>

#include "core/payment.h"
#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// Zero for a user without a balance.
BalanceState load_balance(store::Reader& reader, UserId user);

// Inside the command that changes it. [베타락]
BalanceState lock_balance(store::Transaction& tx, UserId user);

// What a change is for; exactly one of the two.
struct BalanceCause {
  std::optional<OrderId> order = {};             // USE, REFUND
  std::optional<std::int64_t> charge_id = {};  // CHARGE, REVERSAL
};

// Adds `amount` (negative: takes) and its history row; the caller has asked the core whether it may. Returns the new
// balance. [베타락]
Amount change_balance(store::Transaction& tx, UserId user, BalanceEntry type, Amount amount, const BalanceCause& cause,
                      TimeMs now);

// Money that comes: for a charge (CHARGE), or back to its owner for an order (REFUND). `balance_max` limits what may be
// charged, never what is credited. What reversed charges left open is settled from it at once, the oldest first: each by a
// REVERSAL row of its own behind the credit's, so that the chain stays unbroken and whoever owes has nothing left. Returns
// the new balance. Error, before anything is written: `amount_overflow`, when no balance could hold it. [베타락]
Result<Amount> credit(store::Transaction& tx, UserId user, Amount amount, const BalanceCause& cause, TimeMs now);

// Newest first. Error: `invalid_request` (cursor).
Result<wire::Page<wire::BalanceHistory>> list_balance_history(store::Reader& reader, UserId user,
                                                              const PageRequest& page);

}  // namespace cartwright::shop

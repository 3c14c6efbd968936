// The balance [잔액]: every change of it has a row in its history, in one unbroken chain (COMMERCE.md "Balance").
#pragma once

#include <optional>
#include <string>

#include "core/payment.h"
#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

struct BalanceState {
  Amount balance = 0;
  Amount receivable = 0;  // what a reversed charge left uncovered: blocks spending
};

// Zero for a user without a balance.
Amount load_balance(store::Reader& reader, UserId user);

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

// Money that comes back to its owner for an order (REFUND): `balance_max` limits what is charged, never what is given
// back. Returns the new balance. What a reversed charge left open needs no settling here: the balance that grows by this
// is what it is asked of at the next payment. Error, before anything is written: `amount_overflow`, when no balance could
// hold it. [베타락]
Result<Amount> credit(store::Transaction& tx, UserId user, Amount amount, OrderId order, TimeMs now);

// instant: credited at once; bank_transfer: PENDING until an admin confirms. `number` is the provider's word for it.
// Errors: `provider_unavailable` (charging is switched off), `invalid_request`, `charge_limit`.
Result<wire::Charge> charge_balance(store::Transaction& tx, const Settings& settings, UserId user, Amount amount,
                                    const std::string& number, TimeMs now);

// Newest first. Error: `invalid_request` (cursor).
Result<wire::Page<wire::BalanceHistory>> list_balance_history(store::Reader& reader, UserId user,
                                                              const PageRequest& page);

}  // namespace cartwright::shop

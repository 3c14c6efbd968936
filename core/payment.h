// A payment's life, and the balance it is taken from (COMMERCE.md "Payment" and "Balance").
#pragma once

#include "core/money.h"
#include "core/result.h"

namespace cartwright {

enum class PaymentStatus : std::uint8_t { PENDING, COMPLETED, FAILED, CANCELLED };

enum class PaymentEvent : std::uint8_t {
  complete,
  fail,
  cancel,  // the order it was begun for was cancelled, or refunded whole before shipping
};

// Error: `order_not_pending` when the payment has come to an end already.
Result<PaymentStatus> transition(PaymentStatus status, PaymentEvent event);

// A charge of the balance on its way.
enum class ChargeStatus : std::uint8_t { PENDING, COMPLETED, FAILED, REVERSED };

enum class ChargeEvent : std::uint8_t {
  complete,  // the money has come: credited
  fail,      // it has not and will not
  reverse,   // it was taken back from where it came
};

// Errors: `charge_not_pending` (complete, fail), `charge_not_reversible`.
Result<ChargeStatus> transition(ChargeStatus status, ChargeEvent event);

enum class BalanceEntry : std::uint8_t { CHARGE, USE, REFUND, REVERSAL };

struct ChargeLimits {
  Amount per_charge = 0;  // minor units
  Amount balance = 0;     // the highest balance an account may have
};

// What a user has, and what reversed charges left uncovered.
struct BalanceState {
  Amount balance = 0;
  Amount receivable = 0;
};

// The new balance. Errors: `receivable_outstanding` (nothing is bought before it is covered), `insufficient_balance`; both
// with what has to be charged before this can be paid.
Result<Amount> spend(const BalanceState& state, Amount amount);

// How much of what is owed a balance covers: all of either.
inline Amount covered(const BalanceState& state, Amount owed) { return owed < state.balance ? owed : state.balance; }

// The new balance. Errors: `invalid_request` (not 1 or more), `charge_limit`.
Result<Amount> charge(Amount balance, Amount amount, const ChargeLimits& limits);

}  // namespace cartwright

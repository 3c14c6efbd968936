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

enum class BalanceEntry : std::uint8_t { CHARGE, USE, REFUND, REVERSAL };

struct ChargeLimits {
  Amount per_charge = 0;  // minor units
  Amount balance = 0;     // the highest balance an account may have
};

// The new balance. Error: `insufficient_balance` with what is missing.
Result<Amount> spend(Amount balance, Amount amount);

// The new balance. Errors: `invalid_request` (not 1 or more), `charge_limit`.
Result<Amount> charge(Amount balance, Amount amount, const ChargeLimits& limits);

}  // namespace cartwright

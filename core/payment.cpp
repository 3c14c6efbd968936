#include "core/payment.h"

namespace cartwright {

Result<PaymentStatus> transition(PaymentStatus status, PaymentEvent event) {
  const Error over{.code = ErrorCode::order_not_pending, .detail = "This payment has come to its end already."};
  switch (event) {
    case PaymentEvent::complete:
      if (status == PaymentStatus::PENDING) return PaymentStatus::COMPLETED;
      return over;
    case PaymentEvent::fail:
      if (status == PaymentStatus::PENDING) return PaymentStatus::FAILED;
      return over;
    case PaymentEvent::cancel:
      if (status == PaymentStatus::PENDING || status == PaymentStatus::COMPLETED) return PaymentStatus::CANCELLED;
      return over;
  }
  CARTWRIGHT_ASSERT(false);
  return over;
}

Result<ChargeStatus> transition(ChargeStatus status, ChargeEvent event) {
  const Error over{.code = ErrorCode::charge_not_pending, .detail = "This charge has come to its end already."};
  switch (event) {
    case ChargeEvent::complete:
      if (status == ChargeStatus::PENDING) return ChargeStatus::COMPLETED;
      return over;
    case ChargeEvent::fail:
      if (status == ChargeStatus::PENDING) return ChargeStatus::FAILED;
      return over;
    case ChargeEvent::reverse:
      if (status == ChargeStatus::COMPLETED) return ChargeStatus::REVERSED;
      return Error{.code = ErrorCode::charge_not_reversible, .detail = "Only a completed charge is reversed, and once."};
  }
  CARTWRIGHT_ASSERT(false);
  return over;
}

Result<Amount> spend(const BalanceState& state, Amount amount) {
  if (state.receivable > 0) {
    return Error{.code = ErrorCode::receivable_outstanding,
                 .detail = "A charge was reversed after it had been spent. That has to be covered first.",
                 .missing = state.receivable + amount - state.balance};
  }
  if (amount > state.balance) {
    return Error{.code = ErrorCode::insufficient_balance,
                 .detail = "The balance is too small for this payment.",
                 .missing = amount - state.balance};
  }
  return state.balance - amount;
}

Result<Amount> charge(Amount balance, Amount amount, const ChargeLimits& limits) {
  if (amount < 1) {
    return Error{.code = ErrorCode::invalid_request, .path = "$.amount", .detail = "Charge 1 or more."};
  }
  if (amount > limits.per_charge) {
    return Error{.code = ErrorCode::charge_limit,
                 .path = "$.amount",
                 .detail = "This is more than can be charged at once.",
                 .available = limits.per_charge};
  }
  if (amount > limits.balance - balance) {
    return Error{.code = ErrorCode::charge_limit,
                 .path = "$.amount",
                 .detail = "The balance would grow beyond what an account may hold.",
                 .available = limits.balance > balance ? limits.balance - balance : 0};
  }
  return balance + amount;
}

}  // namespace cartwright

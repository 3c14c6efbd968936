#include "server/shop/gateway_charges.h"

#include <algorithm>

#include "server/shop/charges.h"
#include "server/shop/decimals.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;

constexpr std::int64_t longest_pause_s = 3'600;

std::string currency_of(Reader& reader) {
  return reader.value<std::string>("SELECT currency FROM shop WHERE id = 1").value_or("");
}

bool is_taken(Transaction& tx, const std::string& payment_key) {
  return tx.value<std::int64_t>(Lock::shared,
                                "SELECT id FROM charge_requests WHERE provider = 'gateway' AND provider_id = $1",
                                payment_key)
      .has_value();
}

}  // namespace

bool awaits_return(Reader& reader, std::string_view number) {
  return reader
      .value<std::int64_t>("SELECT id FROM charge_requests WHERE number = $1 AND provider = 'gateway'"
                           " AND status = 'PENDING' AND provider_id IS NULL",
                           number)
      .has_value();
}

void take_return(Transaction& tx, const GatewayReturn& returned, TimeMs now) {
  const auto id = tx.value<std::int64_t>("SELECT id FROM charge_requests WHERE number = $1", returned.number);
  const auto charge = id ? lock_charge(tx, *id) : std::nullopt;
  if (!charge || charge->provider != ChargeProvider::gateway || charge->status != ChargeStatus::PENDING) return;
  if (charge->provider_id) return;  // it is being asked about: what a second return says changes nothing
  if (returned.payment_key.empty()) {
    (void)fail_charge(tx, *charge, name_of(ErrorCode::charge_failed), now);
    return;
  }
  if (read_decimal(returned.amount, currency_of(tx)) != charge->amount || is_taken(tx, returned.payment_key)) {
    (void)fail_charge(tx, *charge, name_of(ErrorCode::charge_differs), now);
    return;
  }
  tx.execute("UPDATE charge_requests SET provider_id = $2, next_attempt_at = $3 WHERE id = $1", charge->id,
             returned.payment_key, now);
  tx.touch(Topic::charge);
  tx.touch(Topic::balance, charge->user.value);
}

std::vector<ChargeToAsk> charges_to_ask(Reader& reader, std::int64_t count) {
  std::vector<ChargeToAsk> charges;
  for (const auto row : reader.query("SELECT id, next_attempt_at FROM charge_requests WHERE next_attempt_at IS NOT NULL"
                                     " ORDER BY next_attempt_at LIMIT $1",
                                     count)) {
    charges.push_back({.id = row.get<std::int64_t>(0), .due = row.get<TimeMs>(1)});
  }
  return charges;
}

void ask_all_now(Transaction& tx, TimeMs now) {
  tx.execute("UPDATE charge_requests SET next_attempt_at = $1 WHERE next_attempt_at > $1", now);
}

std::optional<GatewayCharge> begin_attempt(Transaction& tx, std::int64_t id, TimeMs now) {
  GatewayCharge charge;
  {
    const auto row = tx.first(Lock::exclusive,
                              "SELECT id, number, provider_id, amount, attempts FROM charge_requests"
                              " WHERE id = $1 AND next_attempt_at IS NOT NULL",
                              id);
    if (!row) return std::nullopt;
    row->into(charge.id, charge.number, charge.payment_key, charge.amount, charge.attempt);
  }
  ++charge.attempt;
  charge.currency = currency_of(tx);
  tx.execute("UPDATE charge_requests SET attempts = $2, next_attempt_at = $3 WHERE id = $1", id, charge.attempt,
             after(now, ask_pause_ms(charge.attempt)));
  return charge;
}

bool end_attempt(Transaction& tx, std::int64_t id, Verdict verdict, TimeMs now) {
  const auto charge = lock_charge(tx, id);
  CARTWRIGHT_ASSERT(charge);
  switch (verdict) {
    case Verdict::paid:
      return charge->status == ChargeStatus::COMPLETED || complete_charge(tx, *charge, now).ok();
    case Verdict::refused:
      (void)fail_charge(tx, *charge, name_of(ErrorCode::charge_failed), now);
      return true;
    case Verdict::differs:
      (void)fail_charge(tx, *charge, name_of(ErrorCode::charge_differs), now);
      return false;
    case Verdict::unclear:
      return true;
  }
  CARTWRIGHT_ASSERT(false);
  return false;
}

std::int64_t ask_pause_ms(std::int64_t attempt) {
  return std::min(longest_pause_s, std::int64_t{1} << std::clamp<std::int64_t>(attempt, 1, 20)) * 1000;
}

}  // namespace cartwright::shop

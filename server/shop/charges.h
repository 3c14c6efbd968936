// Charges of the balance (COMMERCE.md "Balance"): how they begin, and how each comes to its one end. What a payment company
// has to do with it is gateway_charges.h.
#pragma once

#include <optional>
#include <string>

#include "core/payment.h"
#include "server/shop/admin_log.h"
#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire_charges.h"

namespace cartwright::shop {

// "none", "instant", "bank_transfer", "gateway"
std::string_view word_of(ChargeProvider provider);

// instant: credited at once; bank_transfer: PENDING until an admin confirms it; gateway: PENDING until the payment company
// does. `number` is what the provider knows it by. Pending charges count as if their money were there already.
// Errors: `provider_unavailable` (charging is switched off), `invalid_request`, `charge_limit`, `amount_overflow`.
Result<wire::Charge> charge_balance(store::Transaction& tx, const Settings& settings, UserId user, Amount amount,
                                    const std::string& number, TimeMs now);

// Newest first; of one state, or all. Error: `invalid_request` (cursor).
Result<wire::Page<wire::Charge>> list_own_charges(store::Reader& reader, const Settings& settings, UserId user,
                                                  std::optional<ChargeStatus> status, const PageRequest& page);
Result<wire::Page<wire::AdminCharge>> list_all_charges(store::Reader& reader, std::optional<ChargeStatus> status,
                                                       const PageRequest& page);

// What a person has looked up in the bank's records: the money has come, or won't. A charge that the gateway is being asked
// about is the gateway's to decide, until `charge_days` are over. All of it stands in the admins' log.
// Errors: `not_found`, `charge_not_pending`, `amount_overflow`. [베타락]
Result<wire::AdminCharge> confirm_charge(store::Transaction& tx, const Settings& settings, const By& by, std::int64_t id);
Result<wire::AdminCharge> refuse_charge(store::Transaction& tx, const Settings& settings, const By& by, std::int64_t id);

// The money was taken back outside (or will be): the balance gives what it has, the rest is the user's receivable.
// Errors: `not_found`, `charge_not_reversible`, `amount_overflow`. [베타락]
Result<wire::AdminCharge> reverse_charge(store::Transaction& tx, const By& by, std::int64_t id,
                                         const std::string& reason);

// For the sweep: FAILED, unless its money has come, or it is being asked about, by now. [베타락]
void expire_charge(store::Transaction& tx, std::int64_t id, TimeMs now);

// ---- for gateway_charges.h

struct ChargeRow {
  std::int64_t id = 0;
  UserId user;
  ChargeProvider provider = ChargeProvider::none;
  Amount amount = 0;
  ChargeStatus status = ChargeStatus::PENDING;
  TimeMs created_at;
  std::optional<std::string> provider_id = {};
};

// [베타락]
std::optional<ChargeRow> lock_charge(store::Transaction& tx, std::int64_t id);

// One charge's end, once. Errors: `charge_not_pending`, `amount_overflow`. [베타락]
Result<Amount> complete_charge(store::Transaction& tx, const ChargeRow& charge, TimeMs now);
Status fail_charge(store::Transaction& tx, const ChargeRow& charge, std::string_view reason, TimeMs now);

}  // namespace cartwright::shop

// Charges that a payment company takes (COMMERCE.md "Balance"), as far as the database goes: each step is one command, and
// the company is asked between them, outside of any transaction (server/gateway/).
//
//   the shopper comes back from its page -> take_return(): the charge has a provider_id and is to be asked about
//   begin_attempt() -> the company is asked -> end_attempt(): COMPLETED, FAILED, or asked again later
//
// Whatever dies in between, the charge is still PENDING with a next_attempt_at, and is asked about after the restart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/shop/services.h"

namespace cartwright::shop {

// What the payment page sends the shopper back with. Without a key it did not come to a payment.
struct GatewayReturn {
  std::string number;       // orderId
  std::string payment_key;  // 1..200 visible characters; empty: cancelled, or refused before there was anything to confirm
  std::string amount;       // as it says: "5000", "12.90"
};

// Is there anything to write for it? A number that is nobody's, and one that has come back already, end here.
bool awaits_return(store::Reader& reader, std::string_view number);

// Whoever comes second changes nothing. FAILED: `charge_differs` (another amount than ours, or a key that another charge
// had), `charge_failed` (no key). [베타락]
void take_return(store::Transaction& tx, const GatewayReturn& returned, TimeMs now);

struct ChargeToAsk {
  std::int64_t id = 0;
  TimeMs due;
};

// The first `count` charges, by when they are to be asked about.
std::vector<ChargeToAsk> charges_to_ask(store::Reader& reader, std::int64_t count);

// After a restart nobody waits for an answer any more: all of them are due.
void ask_all_now(store::Transaction& tx, TimeMs now);

struct GatewayCharge {
  std::int64_t id = 0;
  std::string number;
  std::string payment_key;
  Amount amount = 0;
  std::string currency;
  std::int64_t attempt = 1;  // this one
};

// Notes the attempt, and when the next one would be. Empty: it came to its end meanwhile. [베타락]
std::optional<GatewayCharge> begin_attempt(store::Transaction& tx, std::int64_t id, TimeMs now);

enum class Verdict : std::uint8_t {
  paid,
  refused,   // and there is nothing to come
  differs,   // paid, but not what we asked for
  unclear,   // no answer, or none that decides: ask again
};

// False when the charge had come to another end meanwhile, by an admin, though it was paid: somebody has to look. [베타락]
bool end_attempt(store::Transaction& tx, std::int64_t id, Verdict verdict, TimeMs now);

// 2 s, 4 s, 8 s, … up to an hour.
std::int64_t ask_pause_ms(std::int64_t attempt);

}  // namespace cartwright::shop

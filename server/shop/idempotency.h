// The same request sent twice happens once (COMMERCE.md "Payment", API.md "Idempotency-Key"). A key belongs to a user,
// a method and a path. The first answer, a refusal too, is stored in its command's own transaction and given again to
// every retry with the same body. What never got to a command (a malformed body, a full queue, a failed commit) is not
// stored.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "core/id.h"
#include "core/result.h"
#include "server/shop/services.h"

namespace cartwright::shop {

enum class Keep : std::uint8_t {
  for_ever,  // orders, payments, charges, refunds: an offline phone may come back next week
  one_day,   // all else
};

using RequestHash = std::array<unsigned char, 32>;

struct OnceRequest {
  UserId user;
  std::string endpoint;  // method and path
  std::string key = {};  // empty: without a key, nothing is stored or replayed
  RequestHash hash = {};
  Keep keep = Keep::for_ever;
  TimeMs now;
};

struct Answer {
  int status = 200;
  std::string body = {};
  std::string location = {};  // of what was created
  bool replayed = false;
};

// The key from its header's text: 1..255 visible characters, bare or as a quoted string. Error: `invalid_request`.
Result<std::string> read_key(std::string_view header);

RequestHash hash_of(std::string_view body);

// The stored answer to this key, empty when there is none. Error: `idempotency_key_reused` (another body).
Result<std::optional<Answer>> find_answer(store::Reader& reader, const OnceRequest& request);

// A command refuses by its answer's status. What it has written by then stays, like the stored answer, so it must ask
// everything before its first write, except for what is meant to last (a FAILED payment).
using OnceCommand = std::function<Answer(store::Transaction&)>;

// For the sweep. A refused order is kept for ever like any other answer, or a phone's retry of last month would become an
// order after all; but the fresh quote in it is old after a day, and would let anyone fill the disk. From then on a retry
// gets the same refusal without it. (What can be stored by one user is bounded by the limits on orders and payments.)
void shorten_refusal(store::Transaction& tx, std::int64_t id);

// Errors: `idempotency_key_reused`, `idempotency_in_flight`, `unauthenticated` (the account was erased meanwhile), and
// those of error_of().
Result<Answer> run_once(Services& shop, const OnceRequest& request, const OnceCommand& command);

}  // namespace cartwright::shop

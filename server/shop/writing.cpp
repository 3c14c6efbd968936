#include "server/shop/writing.h"

namespace cartwright::shop {

Error error_of(const store::Submitted& submitted) {
  switch (submitted.fate) {
    case store::Fate::queue_full:
      return {.code = ErrorCode::overloaded, .detail = "Too many requests are waiting. Please try again."};
    case store::Fate::stopping:
      return {.code = ErrorCode::overloaded, .detail = "The server is restarting. Please try again."};
    case store::Fate::commit_failed:
      return {.code = ErrorCode::storage_failed, .detail = "Nothing was stored. Please try again."};
    case store::Fate::outcome_unknown:
      return {.code = ErrorCode::outcome_unknown,
              .detail = "Ask again later with the same Idempotency-Key to learn what happened."};
    case store::Fate::committed:
      break;
  }
  CARTWRIGHT_ASSERT(false);
  return {};
}

}  // namespace cartwright::shop

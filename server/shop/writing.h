// Sends one command through the writer's queue and says what became of it, in the shop's own errors.
#pragma once

#include <optional>

#include "core/result.h"
#include "server/shop/services.h"

namespace cartwright::shop {

// For a command that was not committed: `overloaded` (nothing ran), `storage_failed` (nothing was stored) or
// `outcome_unknown`. None of them is ever stored under an idempotency key.
Error error_of(const store::Submitted& submitted);

// Runs `command(Transaction&) -> Result<T>` in a transaction of its own; an error rolls its writes back.
template <class Command>
auto write(Services& shop, Command&& command) -> std::invoke_result_t<Command&, store::Transaction&> {
  std::optional<std::invoke_result_t<Command&, store::Transaction&>> result;
  const store::Submitted submitted = shop.writer.submit([&](store::Transaction& tx) {
    result = command(tx);
    return result->ok() ? store::Outcome::done : store::Outcome::refused;
  });
  if (!submitted.committed()) return error_of(submitted);
  return std::move(*result);
}

}  // namespace cartwright::shop

// How often a password may be tried: per account, whoever tries, and per address, whichever account. Failures of the last
// quarter of an hour count; in memory, so a restart forgets them. Memory is bounded: a flood of made-up accounts that
// fills the tables starts them anew (each guess costs a turn at password hashing first). The clock is an argument.
// Thread-safe.
#pragma once

#include <array>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/time.h"

namespace cartwright::shop {

struct SignInLimit {
  std::size_t per_account = 10;
  std::size_t per_address = 50;
  std::int64_t window_ms = 15 * minute_ms;
};

class SignInLimits {
 public:
  explicit SignInLimits(SignInLimit limit = {}) : limit_(limit) {}

  // Counts an attempt before its password is looked at, so that many at once don't slip through. 0: go on; else the
  // milliseconds after which it makes sense to try again, and nothing was counted.
  std::int64_t begin(std::string_view account, std::string_view address, TimeMs now);

  // The password was right: the account's count is cleared, and the attempt is no longer the address's. (Clearing the
  // address too would let anyone with one account of their own try others without end.)
  void succeeded(std::string_view account, std::string_view address);

  // The account has a new password by another way: what was guessed before counts no more.
  void forgive(std::string_view account);

  // The attempt came to nothing for another reason (overloaded): it counts for neither.
  void withdraw(std::string_view account, std::string_view address);

 private:
  using Attempts = std::deque<TimeMs>;  // oldest first
  using Table = std::unordered_map<std::string, Attempts>;

  void forget_old(Table& table, TimeMs now);
  static void take_back(Table& table, std::string_view key);
  std::int64_t wait_ms(Attempts& attempts, std::size_t most, TimeMs now) const;

  const SignInLimit limit_;
  std::mutex mutex_;
  Table accounts_;
  Table addresses_;
  static constexpr std::size_t most_keys = 200'000;
  std::size_t sweep_at_ = 1024;
};

}  // namespace cartwright::shop

// Password hashing, argon2id by libsodium at its interactive limits: 64 MiB and some 50 ms of a core each, so only a few
// run at once, some wait, and the rest are told to come back. Never call it inside a writer's command. Thread-safe.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace cartwright::shop {

struct PasswordLimits {
  int at_once = 2;
  int waiting = 32;
};

class Passwords {
 public:
  explicit Passwords(PasswordLimits limits = {});

  // The encoded hash for the table. Error: `overloaded`.
  Result<std::string> hash(std::string_view password);

  // Whether the password is the hash's. Without a hash (no such account) it takes as long and says no, so the time
  // doesn't tell who has an account. Error: `overloaded`.
  Result<bool> verify(const std::optional<std::string>& hash, std::string_view password);

 private:
  class Turn;
  bool take_turn();
  void end_turn();

  const PasswordLimits limits_;
  std::mutex mutex_;
  std::condition_variable free_;
  int running_ = 0;
  int waiting_ = 0;
};

}  // namespace cartwright::shop

// How often something may be asked for: per user, per address, per e-mail. Each limit is a quota that fills up again
// evenly (GCRA: one number per key, the time at which its quota is whole again). In memory, so a restart forgets it.
//
// Memory is bounded: whoever's quota is whole again is forgotten, and when a flood of keys fills the table all the same it
// starts anew; then the bounded queues behind hold (password hashing, the writer). The clock is an argument. Thread-safe.
#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/field.h"
#include "core/result.h"
#include "core/time.h"

namespace cartwright::shop {

enum class LimitName : std::uint8_t {
  register_address,
  reset_address,
  reset_email,
  issue_user,
  issue_address,
  code_user,
  code_address,
  order_user,
  payment_user,
};

struct RateLimit {
  std::int64_t quota = 0;  // 0: no limit
  std::int64_t window_s = 60;
};

// What is left to a key after it was asked.
struct Standing {
  LimitName name = LimitName::register_address;
  RateLimit limit = {};
  std::int64_t remaining = 0;
  std::int64_t reset_ms = 0;  // until the quota is whole again
  std::int64_t wait_ms = 0;   // above 0: refused, and so long until one more fits
};

class RateLimits {
 public:
  explicit RateLimits(std::size_t most_keys = 200'000) : most_keys_(most_keys) {}

  // Before the first use.
  void set(LimitName name, RateLimit limit) { limits_[static_cast<std::size_t>(name)] = limit; }

  // "order_user=100/60" (a hundred in sixty seconds) or "order_user=off". Error: `invalid_request`.
  Status set(std::string_view text);

  // Counts one, unless it is refused. Empty: there is no such limit here.
  std::optional<Standing> take(LimitName name, std::string_view key, TimeMs now);

  std::size_t key_count();

 private:
  void make_room(std::int64_t now_us);

  // Generous to people, and to a crowd behind one address (a campaign's rush in an office); not to a loop.
  std::array<RateLimit, 9> limits_ = {{
      {.quota = 30, .window_s = 3600},     // register_address
      {.quota = 30, .window_s = 3600},     // reset_address
      {.quota = 3, .window_s = 3600},      // reset_email
      {.quota = 300, .window_s = 600},     // issue_user
      {.quota = 6000, .window_s = 60},     // issue_address
      {.quota = 10, .window_s = 600},      // code_user: what guesses
      {.quota = 200, .window_s = 600},     // code_address
      {.quota = 300, .window_s = 600},     // order_user: a refused order is kept for ever
      {.quota = 600, .window_s = 600},     // payment_user: charges, payments, cancellations, returns
  }};
  const std::size_t most_keys_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::int64_t> whole_at_us_;
  std::size_t sweep_at_ = 1024;
};

}  // namespace cartwright::shop

namespace cartwright {
template <>
struct Names<shop::LimitName> {
  static constexpr auto last = shop::LimitName::payment_user;
  static constexpr auto list =
      std::to_array<std::string_view>({"register_address", "reset_address", "reset_email", "issue_user",
                                       "issue_address", "code_user", "code_address", "order_user", "payment_user"});
};
}  // namespace cartwright

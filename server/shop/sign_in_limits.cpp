#include "server/shop/sign_in_limits.h"

#include <algorithm>

namespace cartwright::shop {

// Drops what is out of the window; how long until one more fits.
std::int64_t SignInLimits::wait_ms(Attempts& attempts, std::size_t most, TimeMs now) const {
  while (!attempts.empty() && after(attempts.front(), limit_.window_ms) <= now) attempts.pop_front();
  if (attempts.size() < most) return 0;
  return attempts.front().ms + limit_.window_ms - now.ms;
}

std::int64_t SignInLimits::begin(std::string_view account, std::string_view address, TimeMs now) {
  const std::lock_guard lock(mutex_);
  if (accounts_.size() + addresses_.size() > sweep_at_) {
    forget_old(accounts_, now);
    forget_old(addresses_, now);
    if (accounts_.size() + addresses_.size() > most_keys) {
      accounts_.clear();
      addresses_.clear();
    }
    sweep_at_ = std::max<std::size_t>(1024, 2 * (accounts_.size() + addresses_.size()));
  }
  Attempts& of_account = accounts_[std::string(account)];
  Attempts& of_address = addresses_[std::string(address)];
  const std::int64_t wait =
      std::max(wait_ms(of_account, limit_.per_account, now), wait_ms(of_address, limit_.per_address, now));
  if (wait > 0) return wait;
  of_account.push_back(now);
  of_address.push_back(now);
  return 0;
}

void SignInLimits::succeeded(std::string_view account, std::string_view address) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(std::string(account));
  take_back(addresses_, address);
}

void SignInLimits::forgive(std::string_view account) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(std::string(account));
}

void SignInLimits::withdraw(std::string_view account, std::string_view address) {
  const std::lock_guard lock(mutex_);
  take_back(accounts_, account);
  take_back(addresses_, address);
}

void SignInLimits::take_back(Table& table, std::string_view key) {
  const auto at = table.find(std::string(key));
  if (at == table.end()) return;
  if (!at->second.empty()) at->second.pop_back();
  if (at->second.empty()) table.erase(at);
}

void SignInLimits::forget_old(Table& table, TimeMs now) {
  std::erase_if(table, [&](auto& entry) {
    return entry.second.empty() || after(entry.second.back(), limit_.window_ms) <= now;
  });
}

}  // namespace cartwright::shop

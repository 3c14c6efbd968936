// The idempotency keys whose requests are being worked on right now, in this process. Thread-safe.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>

namespace cartwright::shop {

class RunningKeys {
 public:
  // Marks a key as running as long as it lives.
  class Hold {
   public:
    Hold(Hold&& other) noexcept : keys_(other.keys_), key_(std::move(other.key_)) { other.keys_ = nullptr; }
    Hold& operator=(Hold&&) = delete;
    ~Hold() {
      if (keys_ != nullptr) keys_->release(key_);
    }

   private:
    friend class RunningKeys;
    Hold(RunningKeys& keys, std::string key) : keys_(&keys), key_(std::move(key)) {}
    RunningKeys* keys_;
    std::string key_;
  };

  // Empty when it is running already.
  std::optional<Hold> take(std::string key) {
    const std::lock_guard lock(mutex_);
    if (!keys_.insert(key).second) return std::nullopt;
    return Hold(*this, std::move(key));
  }

 private:
  void release(const std::string& key) {
    const std::lock_guard lock(mutex_);
    keys_.erase(key);
  }

  std::mutex mutex_;
  std::unordered_set<std::string> keys_;
};

}  // namespace cartwright::shop

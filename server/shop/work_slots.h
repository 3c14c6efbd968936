// Lets few at once do what takes a processor for long and costs whoever asks for it nothing: searches for the best
// coupons, large bodies. The others wait a little, and not too many of them: each holds a worker meanwhile.
// Thread-safe.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>

#include "core/result.h"

namespace cartwright::shop {

struct WorkLimits {
  std::size_t at_once = std::max(2U, std::thread::hardware_concurrency()) / 2;  // half of the processors
  std::size_t most_waiting = 16;
  std::chrono::milliseconds patience{500};
};

class WorkSlots {
 public:
  explicit WorkSlots(const WorkLimits& limits = {}) : limits_(limits), free_(limits.at_once) {}

  // A slot is the holder's as long as it lives.
  class Hold {
   public:
    Hold(Hold&& other) noexcept : slots_(other.slots_) { other.slots_ = nullptr; }
    Hold& operator=(Hold&&) = delete;
    ~Hold() {
      if (slots_ != nullptr) slots_->release();
    }

   private:
    friend class WorkSlots;
    explicit Hold(WorkSlots& slots) : slots_(&slots) {}
    WorkSlots* slots_;
  };

  // Error: `overloaded` (none came free in time, or enough wait already).
  Result<Hold> take() {
    std::unique_lock lock(mutex_);
    if (free_ == 0 && waiting_ < limits_.most_waiting) {
      ++waiting_;
      freed_.wait_for(lock, limits_.patience, [this] { return free_ > 0; });
      --waiting_;
    }
    if (free_ == 0) {
      return Error{.code = ErrorCode::overloaded,
                   .detail = "Too many long computations are asked for just now. Please try again in a moment."};
    }
    --free_;
    return Hold(*this);
  }

 private:
  void release() {
    {
      const std::lock_guard lock(mutex_);
      ++free_;
    }
    freed_.notify_one();
  }

  const WorkLimits limits_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t free_;
  std::size_t waiting_ = 0;
};

}  // namespace cartwright::shop

#include "server/store/sqlite/checkpointer.h"

#include <sqlite3.h>

namespace cartwright::store {

namespace {

constexpr int little = 256;    // pages that the writer may copy itself
constexpr int most_rounds = 4;  // of the thread, before the writer has to do the rest whatever it is

bool is_failed_sync(int code) {
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC || code == SQLITE_IOERR_CLOSE;
}

}  // namespace

Checkpointer::Checkpointer(std::unique_ptr<Connection> own, Connection& writing, int pages)
    : own_(std::move(own)), writing_(writing), pages_(pages), next_round_(pages) {
  sqlite3_wal_hook(
      writing_.handle(),
      [](void* self, sqlite3*, const char*, int pages_now) {
        static_cast<Checkpointer*>(self)->log_pages_ = pages_now;
        return SQLITE_OK;
      },
      this);
  thread_ = std::thread([this] { run(); });
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
  sqlite3_wal_hook(writing_.handle(), nullptr, nullptr);
}

std::optional<Fault> Checkpointer::broken() const noexcept {
  const int fault = broken_.load(std::memory_order_acquire);
  if (fault < 0) return std::nullopt;
  return static_cast<Fault>(fault);
}

int Checkpointer::copy(Connection& connection) noexcept {
  int in_log = 0;
  int copied = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
  if (is_failed_sync(code)) broken_.store(static_cast<int>(Fault::io), std::memory_order_release);
  return in_log - copied;  // also when busy or out of disk: the log keeps everything, and the next round tries again
}

bool Checkpointer::maintain(bool idle) noexcept {
  if (log_pages_ < copied_at_) copied_at_ = 0;  // the log has started over
  if (log_pages_ < next_round_ - pages_) next_round_ = pages_;
  if (busy_.load(std::memory_order_acquire) || broken()) return log_pages_ > copied_at_;
  if (nearly_done_.exchange(false) || (idle && log_pages_ > copied_at_)) {
    if (copy(writing_) == 0) copied_at_ = log_pages_;
    next_round_ = log_pages_ + pages_;
  } else if (log_pages_ >= next_round_) {
    start_thread_round();
  }
  return log_pages_ > copied_at_;
}

void Checkpointer::start_thread_round() noexcept {
  busy_.store(true, std::memory_order_release);
  {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  wake_.notify_one();
}

void Checkpointer::run() noexcept {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return wanted_ || stopping_; });
    if (stopping_) return;
    wanted_ = false;
    lock.unlock();
    for (int round = 0; round < most_rounds && copy(*own_) > little; ++round) {
    }
    nearly_done_.store(true, std::memory_order_release);
    busy_.store(false, std::memory_order_release);
    lock.lock();
  }
}

}  // namespace cartwright::store

// Keeps the log of changes (WAL) short without stopping the writer. Inside store/sqlite/ only.
//
// SQLite's own way copies the log into the database file inside the commit that fills it: one payment in a thousand then
// waits for all of it and for another sync. Here a thread of its own copies (PASSIVE: it waits for nobody and nobody waits
// for it) while the writer goes on writing. That alone would never end, as the log can only start over from its beginning
// when all of it has been copied; so when little is left, the writer copies that little between two transactions, and its
// next one starts the log over, unless a reader still looks at it, and then soon. The log's file is not cut (below
// journal_size_limit): writing over blocks that are there syncs faster than growing.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "server/store/sqlite/connection.h"

namespace cartwright::store {

class Checkpointer {
 public:
  // `own` is used by the thread only, `writing` by the writer's thread, from which all calls here come.
  Checkpointer(std::unique_ptr<Connection> own, Connection& writing, int pages);
  ~Checkpointer();

  // Between two transactions. Returns whether there is something to copy when idle.
  bool maintain(bool idle) noexcept;

  // A sync of the database file failed: what it holds is not known any more, only the log still is.
  std::optional<Fault> broken() const noexcept;

  // Pages in the log after the last commit.
  int log_pages() const noexcept { return log_pages_; }

 private:
  void run() noexcept;
  // Pages in the log that are not copied yet, after copying.
  int copy(Connection& connection) noexcept;
  void start_thread_round() noexcept;

  std::unique_ptr<Connection> own_;
  Connection& writing_;
  const int pages_;

  int log_pages_ = 0;  // told by SQLite after each commit
  int copied_at_ = 0;  // log_pages_ when we last copied all
  int next_round_ = 0;

  std::atomic<bool> busy_{false};          // the thread copies
  std::atomic<bool> nearly_done_{false};   // it has, and little was left
  std::atomic<int> broken_{-1};

  std::mutex mutex_;
  std::condition_variable wake_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace cartwright::store

#pragma once
// The worker threads: a queue of connections with a whole request each, and the threads that serve them.
//
// Waking a thread costs more than serving a small request, so at most one sleeping worker is being woken at a
// time; a worker that takes a request and sees more wakes the next. While requests are quick one or two workers
// drain whole batches; when they wait (for a commit) the next worker is there as soon as one blocks. The worker
// that slept shortest is woken first: its stack is still warm.

#include <pthread.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace cartwright::http {

struct Connection;

class Pool {
 public:
  struct Options {
    std::size_t worker_count = 1;
    std::size_t stack_bytes = 512 * 1024;
  };
  /// `serve` is called on worker threads. Throws std::system_error when threads cannot be made.
  Pool(Options options, std::function<void(Connection&)> serve);
  /// Waits for what is being served; what still waits is dropped.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Takes all of `batch` in order and clears it.
  void submit(std::vector<Connection*>& batch);
  /// How many wait for a worker.
  std::size_t waiting() const;

 private:
  struct Worker {
    pthread_t thread{};
    std::condition_variable wake;
    bool is_woken = false;
    Pool* pool = nullptr;
  };

  void start(Worker& worker, std::size_t stack_bytes);
  void run(Worker& worker);
  void stop();
  /// Picks the sleeper to wake, if one is needed and none is on its way. Call locked, notify unlocked.
  Worker* next_to_wake();

  std::function<void(Connection&)> serve_;
  mutable std::mutex mutex_;
  std::deque<Connection*> queue_;
  std::vector<Worker*> sleeping_;
  bool is_waking_ = false;
  bool is_stopping_ = false;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace cartwright::http

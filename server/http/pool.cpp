#include "server/http/pool.h"

#include <csignal>
#include <system_error>

namespace cartwright::http {

Pool::Pool(Options options, std::function<void(Connection&)> serve) : serve_(std::move(serve)) {
  workers_.reserve(options.worker_count);
  try {
    for (std::size_t i = 0; i < options.worker_count; ++i) {
      auto worker = std::make_unique<Worker>();
      start(*worker, options.stack_bytes);
      workers_.push_back(std::move(worker));
    }
  } catch (...) {
    stop();
    throw;
  }
}

Pool::~Pool() { stop(); }

void Pool::start(Worker& worker, std::size_t stack_bytes) {
  worker.pool = this;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  // Signals are the main thread's business: workers start with all of them blocked.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const auto entry = [](void* argument) -> void* {
    auto* self = static_cast<Worker*>(argument);
    self->pool->run(*self);
    return nullptr;
  };
  const int fault = pthread_create(&worker.thread, &attributes, entry, &worker);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  if (fault != 0) throw std::system_error(fault, std::generic_category(), "cannot start a worker thread");
}

void Pool::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    queue_.clear();
  }
  for (const auto& worker : workers_) worker->wake.notify_one();
  for (const auto& worker : workers_) pthread_join(worker->thread, nullptr);
  workers_.clear();
}

Pool::Worker* Pool::next_to_wake() {
  if (is_waking_ || queue_.empty() || sleeping_.empty()) return nullptr;
  Worker* worker = sleeping_.back();
  sleeping_.pop_back();
  worker->is_woken = true;
  is_waking_ = true;
  return worker;
}

void Pool::submit(std::vector<Connection*>& batch) {
  if (batch.empty()) return;
  Worker* woken = nullptr;
  {
    const std::lock_guard lock(mutex_);
    queue_.insert(queue_.end(), batch.begin(), batch.end());
    woken = next_to_wake();
  }
  if (woken != nullptr) woken->wake.notify_one();
  batch.clear();
}

std::size_t Pool::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void Pool::run(Worker& worker) {
  std::unique_lock lock(mutex_);
  while (true) {
    while (queue_.empty() && !is_stopping_) {
      sleeping_.push_back(&worker);
      worker.is_woken = false;
      worker.wake.wait(lock, [&] { return worker.is_woken || is_stopping_; });
      is_waking_ = false;
    }
    if (is_stopping_) return;
    Connection* connection = queue_.front();
    queue_.pop_front();
    Worker* next = next_to_wake();
    lock.unlock();
    if (next != nullptr) next->wake.notify_one();
    serve_(*connection);
    lock.lock();
  }
}

}  // namespace cartwright::http

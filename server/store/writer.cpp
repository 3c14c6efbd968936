#include "server/store/writer.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bit>
#include <chrono>
#include <climits>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "core/result.h"

namespace cartwright::store {

namespace {

// A submitted command; it lies on its caller's stack while the caller waits.
struct Waiting {
  void* callable;
  Outcome (*call)(void*, Transaction&);
  std::uint32_t group = 0;
  Waiting* next = nullptr;
  Submitted result = {};
  std::exception_ptr thrown = {};
};

// Commands in the order of their arrival.
struct Batch {
  Waiting* first = nullptr;
  Waiting* last = nullptr;
  std::size_t size = 0;

  void push(Waiting& waiting) {
    (last ? last->next : first) = &waiting;
    last = &waiting;
    ++size;
  }
};

constexpr auto idle_before_housekeeping = std::chrono::milliseconds(500);

// Not std::atomic::wait(), which yields the processor several times before it sleeps: with a hundred callers that took more
// of it than their payments did.
void sleep_while(const std::atomic<std::uint32_t>& number, std::uint32_t value) {
  static_assert(sizeof number == sizeof value && std::atomic<std::uint32_t>::is_always_lock_free);
  syscall(SYS_futex, &number, FUTEX_WAIT_PRIVATE, value, nullptr, nullptr, 0);
}

void wake_all(const std::atomic<std::uint32_t>& number) {
  syscall(SYS_futex, &number, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

Fault fault_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const StoreError& error) {
    return error.fault();
  } catch (...) {
    return Fault::misuse;
  }
}

}  // namespace

struct Writer::State {
  std::unique_ptr<WriteConnection> connection;
  WriterLimits limits;

  std::mutex mutex;
  std::condition_variable arrived;
  // Commands that will share a commit share a group, so that one wake answers them all. The last group in the queue is
  // open while it has room; a command joins it on arrival, and the thread takes whole groups.
  Batch queue;
  std::uint32_t open_group = 1;
  std::size_t open_size = 0;
  bool sleeping = false;
  bool stopping = false;
  std::vector<OnCommit> on_commit;

  // Group g has been answered when answered[g % size] has reached g. Only groups that wait at the same time matter, and
  // sharing a slot costs a needless wake and no more.
  std::array<std::atomic<std::uint32_t>, 64> answered = {};

  std::atomic<int> broken{-1};  // a Fault
  std::atomic<std::uint64_t> batches{0}, commands{0}, refused_full{0}, failed_batches{0}, largest_batch{0},
      queued{0}, commit_total_us{0};
  std::array<std::atomic<std::uint64_t>, WriterStatistics::buckets> commit_us = {};

  std::thread thread;

  void run();
  Batch take();
  void process(Batch& batch);
  bool run_one(Waiting& waiting);
  void finish(Batch& batch);
  void fail_all(Batch& batch, Fate fate, Fault fault);
  void answer(const Batch& batch);
  void count_commit(const Batch& batch, std::chrono::steady_clock::duration took);
};

Writer::Writer(std::unique_ptr<WriteConnection> connection, WriterLimits limits) : state_(std::make_unique<State>()) {
  CARTWRIGHT_ASSERT(limits.queue >= 1 && limits.batch >= 1);
  state_->connection = std::move(connection);
  state_->limits = limits;
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

Writer::~Writer() { stop(); }

void Writer::on_commit(OnCommit callback) {
  const std::lock_guard lock(state_->mutex);
  state_->on_commit.push_back(std::move(callback));
}

Submitted Writer::submit_call(void* callable, Call call) {
  State& state = *state_;
  CARTWRIGHT_ASSERT(std::this_thread::get_id() != state.thread.get_id());
  Waiting waiting{callable, call};
  bool wake = false;
  {
    const std::lock_guard lock(state.mutex);
    if (state.stopping) return {Fate::stopping};
    if (const auto fault = broken()) return {Fate::outcome_unknown, Outcome::refused, *fault};
    if (state.queue.size >= state.limits.queue) {
      state.refused_full.fetch_add(1, std::memory_order_relaxed);
      return {Fate::queue_full};
    }
    if (state.open_size == state.limits.batch) {
      ++state.open_group;
      state.open_size = 0;
    }
    ++state.open_size;
    waiting.group = state.open_group;
    state.queue.push(waiting);
    state.queued.store(state.queue.size, std::memory_order_relaxed);
    wake = std::exchange(state.sleeping, false);
  }
  if (wake) state.arrived.notify_one();

  auto& answered = state.answered[waiting.group % state.answered.size()];
  for (;;) {
    const std::uint32_t reached = answered.load(std::memory_order_acquire);
    if (static_cast<std::int32_t>(reached - waiting.group) >= 0) break;  // the numbers may wrap around
    sleep_while(answered, reached);
  }
  if (waiting.thrown) std::rethrow_exception(waiting.thrown);
  return waiting.result;
}

void Writer::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    state_->sleeping = false;
  }
  state_->arrived.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

std::optional<Fault> Writer::broken() const {
  const int fault = state_->broken.load(std::memory_order_acquire);
  if (fault < 0) return std::nullopt;
  return static_cast<Fault>(fault);
}

WriterStatistics Writer::statistics() const {
  const auto read = [](const std::atomic<std::uint64_t>& figure) { return figure.load(std::memory_order_relaxed); };
  WriterStatistics result;
  result.batches = read(state_->batches);
  result.commands = read(state_->commands);
  result.refused_full = read(state_->refused_full);
  result.failed_batches = read(state_->failed_batches);
  result.largest_batch = read(state_->largest_batch);
  result.waiting = read(state_->queued);
  result.commit_total_us = read(state_->commit_total_us);
  for (std::size_t i = 0; i < result.commit_us.size(); ++i) result.commit_us[i] = read(state_->commit_us[i]);
  return result;
}

void Writer::State::run() {
  for (;;) {
    Batch batch = take();
    if (!batch.first) return;
    process(batch);
    answer(batch);
    connection->maintain(false);
  }
}

// The front group, or nothing when there is nothing left to do for ever. Takes what is there and doesn't wait for more:
// holding back until those who were just answered had come again was tried, and was slower at 64 and 128 callers, since
// they do their own work while this thread syncs.
Batch Writer::State::take() {
  std::unique_lock lock(mutex);
  bool housekeeping = true;
  while (!queue.first) {
    if (stopping) return {};
    sleeping = true;
    const auto woken = [this] { return !sleeping; };
    if (!housekeeping) {
      arrived.wait(lock, woken);
    } else if (!arrived.wait_for(lock, idle_before_housekeeping, woken)) {
      sleeping = false;
      lock.unlock();
      housekeeping = connection->maintain(true);
      lock.lock();
    }
  }
  Batch batch;
  const std::uint32_t group = queue.first->group;
  while (queue.first && queue.first->group == group) {
    Waiting& waiting = *queue.first;
    queue.first = std::exchange(waiting.next, nullptr);
    if (!queue.first) queue.last = nullptr;
    --queue.size;
    batch.push(waiting);
  }
  if (group == open_group) {
    ++open_group;
    open_size = 0;
  }
  queued.store(queue.size, std::memory_order_relaxed);
  return batch;
}

void Writer::State::process(Batch& batch) {
  if (const auto fault = connection->broken()) broken.store(static_cast<int>(*fault), std::memory_order_release);
  if (const int fault = broken.load(); fault >= 0) {
    return fail_all(batch, Fate::outcome_unknown, static_cast<Fault>(fault));
  }
  connection->touched().clear();
  try {
    connection->begin();
    for (Waiting* waiting = batch.first; waiting; waiting = waiting->next) {
      if (run_one(*waiting)) continue;
      return fail_all(batch, Fate::commit_failed, fault_of(waiting->thrown));
    }
  } catch (const StoreError& error) {  // of the transaction itself, not of a command
    if (connection->rollback()) return fail_all(batch, Fate::commit_failed, error.fault());
    broken.store(static_cast<int>(error.fault()), std::memory_order_release);
    return fail_all(batch, Fate::outcome_unknown, error.fault());
  }
  finish(batch);
}

// False when the command's failure took the whole transaction, and so the others' work, with it.
bool Writer::State::run_one(Waiting& waiting) {
  const std::size_t touched_before = connection->touched().size();
  connection->set_savepoint();
  Outcome outcome = Outcome::refused;
  try {
    outcome = waiting.call(waiting.callable, *connection);
    waiting.result = {Fate::committed, outcome};
  } catch (...) {
    waiting.thrown = std::current_exception();
    if (!connection->in_transaction()) return false;
  }
  if (outcome == Outcome::refused) {
    connection->rollback_to_savepoint();
    connection->touched().resize(touched_before);
  }
  connection->release_savepoint();
  if (waiting.thrown) {
    if (const Fault fault = fault_of(waiting.thrown); !is_about_data(fault)) {
      waiting.thrown = nullptr;
      waiting.result = {Fate::commit_failed, Outcome::refused, fault};
    }
  }
  return true;
}

void Writer::State::finish(Batch& batch) {
  const auto before = std::chrono::steady_clock::now();
  const CommitResult result = connection->commit();
  switch (result.end) {
    case CommitResult::End::durable: {
      count_commit(batch, std::chrono::steady_clock::now() - before);
      std::vector<OnCommit> callbacks;
      {
        const std::lock_guard lock(mutex);
        callbacks = on_commit;
      }
      const Commit commit{batches.load(std::memory_order_relaxed), connection->touched()};
      for (const OnCommit& callback : callbacks) callback(commit);
      return;
    }
    case CommitResult::End::rolled_back: return fail_all(batch, Fate::commit_failed, result.fault);
    case CommitResult::End::unknown:
      broken.store(static_cast<int>(result.fault), std::memory_order_release);
      return fail_all(batch, Fate::outcome_unknown, result.fault);
  }
}

// What a command threw by itself stays its answer: nothing of it was to be stored anyway.
void Writer::State::fail_all(Batch& batch, Fate fate, Fault fault) {
  failed_batches.fetch_add(1, std::memory_order_relaxed);
  for (Waiting* waiting = batch.first; waiting; waiting = waiting->next) {
    if (waiting->thrown && is_about_data(fault_of(waiting->thrown))) continue;
    waiting->thrown = nullptr;
    waiting->result = {fate, Outcome::refused, fault};
  }
}

// After the store below the callers go their way: nothing of the batch may be touched any more.
void Writer::State::answer(const Batch& batch) {
  const std::uint32_t group = batch.first->group;
  auto& slot = answered[group % answered.size()];
  slot.store(group, std::memory_order_release);
  wake_all(slot);
}

void Writer::State::count_commit(const Batch& batch, std::chrono::steady_clock::duration took) {
  const auto us = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  const auto bucket = std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(us)), commit_us.size() - 1);
  const auto add = [](std::atomic<std::uint64_t>& figure, std::uint64_t by) {
    figure.fetch_add(by, std::memory_order_relaxed);
  };
  add(commit_us[bucket], 1);
  add(commit_total_us, us);
  add(commands, batch.size);
  add(batches, 1);
  if (batch.size > largest_batch.load(std::memory_order_relaxed)) largest_batch.store(batch.size);
}

}  // namespace cartwright::store

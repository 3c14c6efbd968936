// The one writer: a bounded queue, one thread, group commit (ARCHITECTURE.md "Writing").
//
// The thread takes what is waiting, opens one transaction, runs each command inside its own savepoint, commits once,
// durably, and only then answers all. So one sync serves many payments, the order of arrival is the order of service,
// and no lock can be lost.
//
//   Payment payment;
//   const Submitted submitted = writer.submit([&](Transaction& tx) {
//     payment = {};  // may run more than once
//     …
//     return Outcome::done;
//   });
//
// A command may run more than once and must have no effect outside its transaction, other than on its caller's own
// variables, which mean something only when submit() says `committed`.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <type_traits>

#include "server/store/database.h"

namespace cartwright::store {

// How a command ended.
enum class Outcome : std::uint8_t {
  done,
  refused_recorded,  // its writes stay: a FAILED payment, the stored idempotent answer
  refused,           // its writes are rolled back
};

// What became of a submitted command.
enum class Fate : std::uint8_t {
  committed,        // the command's outcome stands, and what it wrote or relied on is on disk
  queue_full,       // nothing ran: answer 503 with Retry-After
  commit_failed,    // nothing was stored (disk full, …): see `fault`; the next command may well succeed
  outcome_unknown,  // the sync failed: only a restart tells what reached the disk; no write is taken any more
  stopping,         // nothing ran: the server is going down
};

struct [[nodiscard]] Submitted {
  Fate fate = Fate::stopping;
  Outcome outcome = Outcome::refused;  // when committed
  Fault fault = Fault::misuse;         // when commit_failed or outcome_unknown

  bool committed() const { return fate == Fate::committed; }
};

// How a commit ended.
struct CommitResult {
  enum class End : std::uint8_t { durable, rolled_back, unknown };
  End end = End::durable;
  Fault fault = Fault::misuse;  // unless durable
};

// What the writer needs of a store: one connection that may write. Used by the writer's thread only.
class WriteConnection : public Transaction {
 public:
  virtual ~WriteConnection() = default;

  virtual void begin() = 0;  // throws StoreError
  virtual CommitResult commit() noexcept = 0;
  // False when it can't be told whether the transaction is gone.
  virtual bool rollback() noexcept = 0;
  // False after an error that took the whole transaction with it.
  virtual bool in_transaction() const noexcept = 0;

  // One savepoint at a time, around one command.
  virtual void set_savepoint() = 0;
  virtual void release_savepoint() = 0;
  virtual void rollback_to_savepoint() = 0;

  // Housekeeping between transactions. `idle`: nothing is waiting. Returns whether it wants to be called when idle.
  virtual bool maintain(bool idle) noexcept = 0;
  // A failure of the store's own background work after which nothing written is safe any more; checked before each batch.
  virtual std::optional<Fault> broken() const noexcept = 0;
};

struct WriterLimits {
  std::size_t queue = 4096;  // commands that wait; one more is refused
  std::size_t batch = 256;   // commands that share a commit
};

// Figures for the metrics page; each is read on its own, without a lock.
struct WriterStatistics {
  // Commits that took below 2^i microseconds (and not below the bound before); the last one holds all longer ones too.
  static constexpr std::size_t buckets = 24;

  std::uint64_t batches = 0;   // committed
  std::uint64_t commands = 0;  // in committed batches
  std::uint64_t refused_full = 0;
  std::uint64_t failed_batches = 0;
  std::uint64_t largest_batch = 0;
  std::uint64_t waiting = 0;  // queue depth now
  std::uint64_t commit_total_us = 0;
  std::array<std::uint64_t, buckets> commit_us = {};
};

// A committed batch, told before its callers are answered, so that who reads after an answer finds the caches fresh.
struct Commit {
  std::uint64_t number = 0;        // 1, 2, 3, … since the start
  std::span<const Touch> touched;  // of all commands that stand, in their order
};

// Thread-safe.
class Writer {
 public:
  // Called on the writer's thread after each commit: be quick, don't throw, don't submit.
  using OnCommit = std::function<void(const Commit&)>;

  explicit Writer(std::unique_ptr<WriteConnection> connection, WriterLimits limits = {});
  ~Writer();  // stops
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Adds one more to be told of the commits from now on; they are called in the order in which they were added.
  void on_commit(OnCommit callback);

  // Runs `command(Transaction&) -> Outcome` and waits until its batch is on disk or failed. What the command throws is
  // thrown here, and nothing of it is stored. Not from inside a command.
  template <class Command>
  Submitted submit(Command&& command) {
    static_assert(std::is_same_v<std::invoke_result_t<Command&, Transaction&>, Outcome>);
    using Callable = std::remove_reference_t<Command>;
    return submit_call(const_cast<void*>(static_cast<const void*>(std::addressof(command))),
                       [](void* callable, Transaction& tx) { return (*static_cast<Callable*>(callable))(tx); });
  }

  // Takes no more, finishes what was accepted, ends the thread. May be called twice.
  void stop();

  // Set once a sync failed: for /readyz. Everything is answered `outcome_unknown` from then on.
  std::optional<Fault> broken() const;

  WriterStatistics statistics() const;

 private:
  using Call = Outcome (*)(void*, Transaction&);
  Submitted submit_call(void* callable, Call call);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cartwright::store

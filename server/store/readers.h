// Read connections. Pages read here, from a snapshot, and never wait for the writer (ARCHITECTURE.md "Reading").
#pragma once

#include <memory>

#include "server/store/database.h"

namespace cartwright::store {

// A connection that can show one state of the database at a time; each store implements it.
class ReadConnection : public Reader {
 public:
  virtual ~ReadConnection() = default;
  virtual void begin_snapshot() = 0;  // the state is taken at the first read
  virtual void end_snapshot() noexcept = 0;
};

// A fixed number of connections, each with its kept statements. Thread-safe. Outlives its snapshots.
//
//   auto read = readers.begin();
//   const auto stock = read->value<std::int64_t>("SELECT stock FROM product_variants WHERE id = $1", id);
class Readers {
 public:
  // A snapshot of the last commit, given back when it goes out of scope. Keep it for one answer and no longer: the log
  // of changes can't shrink below the oldest snapshot.
  class Snapshot {
   public:
    Snapshot(Snapshot&& other) noexcept;
    Snapshot& operator=(Snapshot&&) = delete;
    ~Snapshot();
    Reader* operator->() const { return connection_.get(); }
    Reader& operator*() const { return *connection_; }

   private:
    friend class Readers;
    Snapshot(Readers& pool, std::unique_ptr<ReadConnection> connection);
    Readers* pool_;
    std::unique_ptr<ReadConnection> connection_;
  };

  explicit Readers(std::vector<std::unique_ptr<ReadConnection>> connections);
  ~Readers();

  // Waits for a free connection at most that long, then throws StoreError (busy).
  Snapshot begin(std::int64_t wait_ms = 2000);

 private:
  void give_back(std::unique_ptr<ReadConnection> connection);

  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace cartwright::store

#include "server/store/readers.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "core/result.h"

namespace cartwright::store {

struct Readers::Shared {
  std::mutex mutex;
  std::condition_variable returned;
  std::vector<std::unique_ptr<ReadConnection>> free;  // the last one back goes out first: its cache is warm
  std::size_t total = 0;
};

Readers::Readers(std::vector<std::unique_ptr<ReadConnection>> connections) : shared_(std::make_unique<Shared>()) {
  shared_->total = connections.size();
  shared_->free = std::move(connections);
}

Readers::~Readers() { CARTWRIGHT_ASSERT(shared_->free.size() == shared_->total); }

Readers::Snapshot Readers::begin(std::int64_t wait_ms) {
  std::unique_ptr<ReadConnection> connection;
  {
    std::unique_lock lock(shared_->mutex);
    const bool found = shared_->returned.wait_for(lock, std::chrono::milliseconds(wait_ms),
                                                  [this] { return !shared_->free.empty(); });
    if (!found) throw StoreError(Fault::busy, "all read connections are in use");
    connection = std::move(shared_->free.back());
    shared_->free.pop_back();
  }
  try {
    connection->begin_snapshot();
  } catch (...) {
    give_back(std::move(connection));
    throw;
  }
  return Snapshot(*this, std::move(connection));
}

void Readers::give_back(std::unique_ptr<ReadConnection> connection) {
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->free.push_back(std::move(connection));
  }
  shared_->returned.notify_one();
}

Readers::Snapshot::Snapshot(Readers& pool, std::unique_ptr<ReadConnection> connection)
    : pool_(&pool), connection_(std::move(connection)) {}

Readers::Snapshot::Snapshot(Snapshot&& other) noexcept = default;

Readers::Snapshot::~Snapshot() {
  if (!connection_) return;
  connection_->end_snapshot();
  pool_->give_back(std::move(connection_));
}

}  // namespace cartwright::store

// Answers that many ask for, kept encoded until a commit changes what they were made of; never by time alone.
//
//   const std::uint64_t as_of = cache.position();  // before the snapshot is taken
//   auto read = readers.begin();
//   …
//   cache.keep(key, as_of, {{Topic::catalogue}, {Topic::stock, variant}}, encoded);
//
// An answer that was read before a commit and is kept after it is never found: each remembers the commit it is as of, and
// every thing remembers the last commit that touched it. Things share 4096 places, so an answer may fall now and then
// without need, never stay without right.
//
// Thread-safe. on_commit() runs on the writer's thread, before the callers of the commit are answered: who reads after an
// answer finds what it tells of.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/shop/services.h"

namespace cartwright::shop {

// A body ready to be sent. The API makes it; the cache only keeps it.
struct Encoded {
  std::shared_ptr<const std::string> plain = {};
  std::shared_ptr<const std::string> gzipped = {};  // null where it isn't worth it
  std::string etag = {};                            // of the content, so it outlives a restart
  std::shared_ptr<const void> parts = {};           // instead of both: a body that is put together for each answer
  std::size_t bytes = 0;                            // of all of them
};

class Cache {
 public:
  struct Dependency {
    Topic topic = Topic::catalogue;
    std::int64_t id = 0;  // 0: anything of the topic
  };

  explicit Cache(std::size_t max_bytes = 48U << 20U) : max_bytes_(max_bytes) {}

  void on_commit(const store::Commit& commit);

  // The number of the last commit that it was told of.
  std::uint64_t position() const { return position_.load(std::memory_order_acquire); }

  // Null when it isn't there or no longer true. With `arrived`, a position(), one will do that has all that had been
  // committed by then: so a crowd that waited shares what was made meanwhile, however fast commits follow each other.
  std::shared_ptr<const Encoded> find(const std::string& key, std::uint64_t arrived = UINT64_MAX) const;

  // Who makes an answer that takes long holds this meanwhile and looks again first: a crowd makes it once, and leaves the
  // read connections to others.
  std::mutex& one_at_a_time() { return making_; }

  void keep(std::string key, std::uint64_t as_of, std::span<const Dependency> dependencies,
            std::shared_ptr<const Encoded> encoded);

 private:
  static constexpr std::size_t place_count = 4096;
  static constexpr std::size_t topic_count = static_cast<std::size_t>(Topic::webhook) + 1;

  struct Entry {
    std::shared_ptr<const Encoded> encoded;
    std::uint64_t as_of = 0;
    std::size_t bytes = 0;
    std::vector<Topic> topics = {};          // anything of them
    std::vector<std::uint16_t> places = {};  // single things
    std::vector<Topic> wholes = {};          // the topics of these: a touch of id 0 means all of them
  };
  using Commits = std::atomic<std::uint64_t>;

  bool is_true(const Entry& entry) const;
  void make_room(std::size_t bytes);

  const std::size_t max_bytes_;
  std::atomic<std::uint64_t> position_{0};
  std::array<Commits, place_count> touched_place_ = {};
  std::array<Commits, topic_count> touched_any_ = {};
  std::array<Commits, topic_count> touched_whole_ = {};
  std::mutex making_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace cartwright::shop

#pragma once
// Who listens to which topic, and what was said lately. Loop thread only, but for the inbox of what is published.

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/http/connection.h"
#include "server/http/options.h"

namespace cartwright::http {

using SharedBytes = std::shared_ptr<const std::string>;

struct Published {
  std::uint64_t position = 0;
  std::string topic;
  SharedBytes bytes;
};

/// Where publishers put events. Any thread.
class PublishInbox {
 public:
  /// True when the inbox was empty: the loop wants a wake-up.
  bool put(std::string_view topic, SharedBytes bytes);
  std::vector<Published> take();
  /// The position of the last event published.
  std::uint64_t position() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Published> waiting_;
  std::uint64_t position_ = 0;
};

class Streams {
 public:
  explicit Streams(const ServerOptions& options) : options_(options) {}

  /// Subscribes the connection and queues what was published since `start.since`. False: too many streams (all
  /// told, or from this address), or `since` is further back than the history goes.
  bool admit(Connection& connection, StreamStart start, std::string address);
  void remove(Connection& connection);

  /// Keeps the event and queues it for its subscribers; returns them.
  std::vector<Connection*> deliver(Published event);
  std::size_t count() const { return count_.load(std::memory_order_relaxed); }

 private:
  const ServerOptions& options_;
  std::unordered_map<std::string, std::vector<Connection*>> subscribers_;
  std::unordered_map<std::string, std::size_t> count_by_address_;
  std::deque<Published> history_;
  std::uint64_t forgotten_ = 0;     ///< position of the last event that is no longer in the history
  std::atomic<std::size_t> count_{0};
};

}  // namespace cartwright::http

#include "server/http/streams.h"

#include <algorithm>

namespace cartwright::http {

bool PublishInbox::put(std::string_view topic, SharedBytes bytes) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back({++position_, std::string(topic), std::move(bytes)});
  return waiting_.size() == 1;
}

std::vector<Published> PublishInbox::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

std::uint64_t PublishInbox::position() const {
  const std::lock_guard lock(mutex_);
  return position_;
}

bool Streams::admit(Connection& connection, StreamStart start, std::string address) {
  if (count() >= options_.max_streams) return false;
  if (start.since != 0 && start.since < forgotten_) return false;
  std::size_t& from_there = count_by_address_[address];
  if (from_there >= options_.max_streams_per_address) return false;
  ++from_there;
  count_.fetch_add(1, std::memory_order_relaxed);

  // A topic named twice would be heard twice.
  std::sort(start.topics.begin(), start.topics.end());
  start.topics.erase(std::unique(start.topics.begin(), start.topics.end()), start.topics.end());
  connection.stream = std::make_unique<EventStream>();
  connection.stream->address = std::move(address);
  connection.stream->topics = std::move(start.topics);
  connection.phase = Connection::Phase::streaming;
  const auto& topics = connection.stream->topics;
  for (const std::string& topic : topics) subscribers_[topic].push_back(&connection);
  if (start.since == 0) return true;
  for (const Published& event : history_) {
    if (event.position <= start.since || !std::binary_search(topics.begin(), topics.end(), event.topic)) continue;
    connection.stream->push(event.bytes);
  }
  return true;
}

void Streams::remove(Connection& connection) {
  if (!connection.stream) return;
  for (const std::string& topic : connection.stream->topics) {
    const auto found = subscribers_.find(topic);
    std::erase(found->second, &connection);
    if (found->second.empty()) subscribers_.erase(found);
  }
  const auto from_there = count_by_address_.find(connection.stream->address);
  if (--from_there->second == 0) count_by_address_.erase(from_there);
  count_.fetch_sub(1, std::memory_order_relaxed);
  connection.stream.reset();
}

std::vector<Connection*> Streams::deliver(Published event) {
  std::vector<Connection*> listeners;
  if (const auto found = subscribers_.find(event.topic); found != subscribers_.end()) listeners = found->second;
  for (Connection* listener : listeners) listener->stream->push(event.bytes);
  history_.push_back(std::move(event));
  while (history_.size() > options_.stream_history_count) {
    forgotten_ = history_.front().position;
    history_.pop_front();
  }
  return listeners;
}

}  // namespace cartwright::http

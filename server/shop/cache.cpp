#include "server/shop/cache.h"

#include <algorithm>
#include <mutex>

namespace cartwright::shop {

namespace {

std::size_t index_of(Topic topic) { return static_cast<std::size_t>(topic); }

std::uint16_t place_of(Topic topic, std::int64_t id) {
  const std::uint64_t mixed = (static_cast<std::uint64_t>(id) * 16 + index_of(topic)) * 0x9e3779b97f4a7c15U;
  return static_cast<std::uint16_t>(mixed >> 52U);  // 12 bits: 4096 places
}

}  // namespace

void Cache::on_commit(const store::Commit& commit) {
  for (const store::Touch touch : commit.touched) {
    if (touch.topic >= topic_count) continue;
    touched_any_[touch.topic].store(commit.number, std::memory_order_release);
    Commits& single = touch.id == 0 ? touched_whole_[touch.topic]
                                    : touched_place_[place_of(static_cast<Topic>(touch.topic), touch.id)];
    single.store(commit.number, std::memory_order_release);
  }
  position_.store(commit.number, std::memory_order_release);
}

bool Cache::is_true(const Entry& entry) const {
  const auto untouched = [&](const Commits& last) { return last.load(std::memory_order_acquire) <= entry.as_of; };
  return std::all_of(entry.topics.begin(), entry.topics.end(),
                     [&](Topic topic) { return untouched(touched_any_[index_of(topic)]); }) &&
         std::all_of(entry.wholes.begin(), entry.wholes.end(),
                     [&](Topic topic) { return untouched(touched_whole_[index_of(topic)]); }) &&
         std::all_of(entry.places.begin(), entry.places.end(),
                     [&](std::uint16_t place) { return untouched(touched_place_[place]); });
}

std::shared_ptr<const Encoded> Cache::find(const std::string& key, std::uint64_t arrived) const {
  const std::shared_lock lock(mutex_);
  const auto at = entries_.find(key);
  if (at == entries_.end() || (at->second.as_of < arrived && !is_true(at->second))) return nullptr;
  return at->second.encoded;
}

void Cache::keep(std::string key, std::uint64_t as_of, std::span<const Dependency> dependencies,
                 std::shared_ptr<const Encoded> encoded) {
  Entry entry{.encoded = std::move(encoded), .as_of = as_of};
  entry.bytes = key.size() + sizeof(Entry) + entry.encoded->bytes;
  for (const Dependency& dependency : dependencies) {
    if (dependency.id == 0) {
      entry.topics.push_back(dependency.topic);
      continue;
    }
    entry.places.push_back(place_of(dependency.topic, dependency.id));
    if (std::find(entry.wholes.begin(), entry.wholes.end(), dependency.topic) == entry.wholes.end()) {
      entry.wholes.push_back(dependency.topic);
    }
  }
  if (entry.bytes > max_bytes_) return;

  const std::unique_lock lock(mutex_);
  const auto old = entries_.find(key);
  if (old != entries_.end()) {
    if (old->second.as_of > as_of) return;  // another reader has kept a newer one
    bytes_ -= old->second.bytes;
    entries_.erase(old);
  }
  make_room(entry.bytes);
  bytes_ += entry.bytes;
  entries_.emplace(std::move(key), std::move(entry));
}

// What is no longer true goes first; when that isn't enough, all goes: those who are asked for come back at once.
void Cache::make_room(std::size_t bytes) {
  if (bytes_ + bytes <= max_bytes_) return;
  for (auto at = entries_.begin(); at != entries_.end();) {
    if (is_true(at->second)) {
      ++at;
    } else {
      bytes_ -= at->second.bytes;
      at = entries_.erase(at);
    }
  }
  if (bytes_ + bytes <= max_bytes_) return;
  entries_.clear();
  bytes_ = 0;
}

}  // namespace cartwright::shop

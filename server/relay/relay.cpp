#include "server/relay/relay.h"

#include <algorithm>
#include <chrono>

#include "server/log.h"

namespace cartwright::relay {

namespace {

constexpr auto pause = std::chrono::milliseconds(50);  // between two rounds: the events of more commits go together
constexpr auto pause_after_trouble = std::chrono::seconds(1);

}  // namespace

Relay::Relay(shop::Services& shop)
    : shop_(shop), poster_({.allow_private = shop.settings.webhook_allow_private}), thread_([this] { run(); }) {}

Relay::~Relay() { stop(); }

void Relay::on_commit(const store::Commit& commit) {
  const bool is_news = std::any_of(commit.touched.begin(), commit.touched.end(), [](const store::Touch touch) {
    const auto topic = static_cast<shop::Topic>(touch.topic);
    return topic == shop::Topic::outbox || topic == shop::Topic::webhook;
  });
  if (!is_news) return;
  {
    const std::lock_guard lock(mutex_);
    has_news_ = true;
  }
  wake_.notify_one();
}

void Relay::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Relay::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    has_news_ = false;
    lock.unlock();
    const bool is_done = work();
    lock.lock();
    if (!is_done) has_news_ = true;
    if (wake_.wait_for(lock, is_done ? pause : pause_after_trouble, [this] { return stopping_; })) break;
    wake_.wait(lock, [this] { return stopping_ || has_news_; });
  }
  lock.unlock();
  for (const auto& [id, courier] : couriers_) courier->stop();  // all at once; then each is waited for
  couriers_.clear();
}

bool Relay::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

bool Relay::work() {
  try {
    Result<std::int64_t> given{dispatch_batch};
    while (given && *given == dispatch_batch && !is_stopping()) given = give_positions(shop_);
    hire_and_dismiss();
    for (const auto& [id, courier] : couriers_) courier->wake();
    return given.ok();
  } catch (const store::StoreError& error) {
    log::write(log::Level::error, error.what(), {{"during", "relay"}});
    return false;
  }
}

void Relay::hire_and_dismiss() {
  const auto ids = endpoint_ids(*shop_.readers.begin());
  std::erase_if(couriers_, [&](const auto& entry) { return !std::binary_search(ids.begin(), ids.end(), entry.first); });
  for (const std::int64_t id : ids) {
    if (!couriers_.contains(id)) couriers_.emplace(id, std::make_unique<Courier>(shop_, poster_, id));
  }
}

}  // namespace cartwright::relay

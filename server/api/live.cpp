#include "server/api/live.h"

#include <charconv>
#include <chrono>

namespace cartwright::api {

namespace {

using shop::Topic;

constexpr std::string_view public_topic = "public";
constexpr auto pause = std::chrono::milliseconds(50);  // between two rounds: more commits are told together
constexpr std::uint64_t most_to_catch_up = 500;        // events; below ServerOptions::stream_history_count

std::string own_topic(std::int64_t user) { return "user/" + std::to_string(user); }

// What a shopper's own hint is called; empty for topics that are everyone's or nobody's.
std::string_view hint_name(Topic topic) {
  switch (topic) {
    case Topic::wallet: return "wallet";
    case Topic::balance: return "balance";
    case Topic::order: return "orders";
    case Topic::cart: return "cart";
    case Topic::catalogue:
    case Topic::stock:
    case Topic::campaign:
    case Topic::popular:
    case Topic::session:
    case Topic::outbox:
    case Topic::webhook:
    case Topic::charge: return {};
  }
  return {};
}

std::string numbers(std::string_view id_name, std::int64_t id, std::string_view name, std::int64_t value) {
  std::string data = "{\"";
  data.append(id_name).append("\":").append(std::to_string(id)).append(",\"").append(name).append("\":");
  return data.append(std::to_string(value)).append("}");
}

}  // namespace

Live::Live(store::Readers& readers, Outlet outlet, TimeMs started_at)
    : readers_(readers), outlet_(std::move(outlet)), run_(std::to_string(started_at.ms)), thread_([this] { run(); }) {}

Live::~Live() { stop(); }

void Live::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Live::on_commit(const store::Commit& commit) {
  {
    const std::lock_guard lock(mutex_);
    for (const store::Touch touch : commit.touched) waiting_.emplace(static_cast<Topic>(touch.topic), touch.id);
  }
  wake_.notify_one();
}

void Live::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    lock.unlock();
    try {
      publish_waiting();
    } catch (const store::StoreError&) {
      // No connection was to be had, or the disk is broken: the hints are lost, pages ask again by themselves.
    }
    lock.lock();
    wake_.wait_for(lock, pause, [&] { return stopping_; });
  }
}

void Live::publish_waiting() {
  const std::lock_guard one_at_a_time(publishing_);
  Things things;
  {
    const std::lock_guard lock(mutex_);
    things.swap(waiting_);
  }
  if (things.empty()) return;
  auto read = readers_.begin();
  for (const auto& [topic, id] : things) {
    if (topic == Topic::stock && id != 0) {
      const auto stock = read->value<std::int64_t>("SELECT stock FROM product_variants WHERE id = $1", id);
      if (stock) send(public_topic, "stock", numbers("variant_id", id, "stock", *stock));
    } else if (topic == Topic::campaign && id != 0) {
      const auto remaining = read->value<std::int64_t>("SELECT remaining_quantity FROM fcfs_coupons WHERE id = $1", id);
      if (remaining) send(public_topic, "campaign", numbers("campaign_id", id, "remaining_quantity", *remaining));
    } else if (topic == Topic::popular) {
      send(public_topic, "popular", "{}");
    } else if (topic == Topic::catalogue || topic == Topic::stock || topic == Topic::campaign) {
      send(public_topic, "catalogue", "{}");
    } else if (const std::string_view hint = hint_name(topic); !hint.empty() && id != 0) {
      send(own_topic(id), hint, "{}");
    }
  }
}

void Live::send(std::string_view topic, std::string_view event, std::string_view data) {
  std::string bytes = "id: " + run_ + "-" + std::to_string(outlet_.position() + 1) + "\nevent: ";
  bytes.append(event).append("\ndata: ").append(data).append("\n\n");
  outlet_.publish(topic, std::make_shared<const std::string>(std::move(bytes)));
}

http::Response Live::open(const Call& call) const {
  const std::uint64_t position = outlet_.position();
  http::StreamStart start{.initial = "retry: 3000\n", .topics = {std::string(public_topic)}, .since = position};
  if (call.caller) start.topics.push_back(own_topic(call.caller->user.value));

  // Last-Event-ID: the run and the position of the last event that the page has seen.
  const std::string_view last = call.request.header("Last-Event-ID");
  bool resumed = false;
  if (last.starts_with(run_ + "-")) {
    const std::string_view digits = last.substr(run_.size() + 1);
    std::uint64_t seen = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seen);
    resumed = error == std::errc() && end == digits.data() + digits.size() && seen > 0 && seen <= position &&
              position - seen <= most_to_catch_up;
    if (resumed) start.since = seen;
  }
  start.initial += "event: ready\ndata: {\"resumed\":";
  start.initial += resumed ? "true" : "false";
  start.initial += "}\n\n";
  http::Response response = http::Response::events(std::move(start));
  response.set_header("Cache-Control", "no-store");
  return response;
}

}  // namespace cartwright::api

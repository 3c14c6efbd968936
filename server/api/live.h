// The live stream (GET /stream): from the writer's commits to the shop's pages as server-sent events.
//
//   stock      {"variant_id", "stock"}                 to everyone
//   campaign   {"campaign_id", "remaining_quantity"}   to everyone
//   popular, catalogue   {}    a hint to everyone to ask again
//   orders, wallet, balance, cart   {}    a hint to the shopper whose they are
//   ready      {"resumed"}     first of all: whether nothing was missed since Last-Event-ID
//
// Commits only note what they touched; a thread of its own reads the values of the newest state and publishes them, many
// commits together, so a busy writer isn't slowed and a stock that changes ten times a moment is told once. Hints hold
// nothing of what they are about.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "server/api/call.h"

namespace cartwright::api {

// http::Server's publish() and stream_position(). Nobody else may publish: event ids are counted along.
struct Outlet {
  std::function<void(std::string_view topic, std::shared_ptr<const std::string> bytes)> publish;
  std::function<std::uint64_t()> position;
};

class Live {
 public:
  // Everything must outlive it; stop the writer before it goes.
  Live(store::Readers& readers, Outlet outlet, TimeMs started_at);
  ~Live();  // stops
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  void on_commit(const store::Commit& commit);

  // GET /stream
  http::Response open(const Call& call) const;

  // Publishes what is waiting, and returns then. The thread calls it; tests may too.
  void publish_waiting();

  void stop();

 private:
  using Things = std::set<std::pair<shop::Topic, std::int64_t>>;  // each once, topic by topic

  void run();
  void send(std::string_view topic, std::string_view event, std::string_view data);

  store::Readers& readers_;
  const Outlet outlet_;
  const std::string run_;  // begins every event id: positions start anew with each start
  std::mutex mutex_;
  std::condition_variable wake_;
  Things waiting_;
  bool stopping_ = false;
  std::mutex publishing_;
  std::thread thread_;
};

}  // namespace cartwright::api

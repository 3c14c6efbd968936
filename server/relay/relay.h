// The outbox's way out (COMMERCE.md "Data platform"): gives committed events their positions, and keeps a courier for
// each webhook. The feed reads what has a position (events.h); the live stream is api/live.h.
//
// Commits only wake its thread, which works through the writer's queue like everybody else; a burst of commits is served
// by a few commands.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "server/http/post.h"
#include "server/relay/courier.h"

namespace cartwright::relay {

class Relay {
 public:
  // Begins with what was left over from before. The services must outlive it; stop it before their writer.
  explicit Relay(shop::Services& shop);
  ~Relay();  // stops
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  void on_commit(const store::Commit& commit);  // for Writer::on_commit
  void stop();                                  // deliveries under way are broken off, and made again after a restart

 private:
  void run();
  bool is_stopping();
  bool work();  // false: try again soon
  void hire_and_dismiss();

  shop::Services& shop_;
  const http::Poster poster_;
  std::map<std::int64_t, std::unique_ptr<Courier>> couriers_;  // the thread's own
  std::mutex mutex_;
  std::condition_variable wake_;
  bool has_news_ = true;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace cartwright::relay

// Brings events to one webhook, in order, on a thread of its own: a slow or dead receiver keeps nobody else waiting.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "server/http/post.h"
#include "server/relay/endpoints.h"

namespace cartwright::relay {

class Courier {
 public:
  // All must outlive it.
  Courier(shop::Services& shop, const http::Poster& poster, std::int64_t endpoint);
  ~Courier();  // stops and waits; whatever it waits for itself is interrupted
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  void wake();  // there are new events, or the endpoint has changed
  void stop();  // at once, without waiting for its end

 private:
  void run();
  // Delivers what is due. When to come back: nothing for "when woken".
  std::optional<TimeMs> deliver();
  std::optional<TimeMs> deliver_next();  // one event; the present when there may be more
  Attempt attempt(const Endpoint& endpoint, const Event& event) const;
  bool store(const Endpoint& endpoint, std::int64_t position, const Attempt* attempt);

  shop::Services& shop_;
  const http::Poster& poster_;
  const std::int64_t endpoint_;
  http::Interrupt interrupt_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = true;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace cartwright::relay

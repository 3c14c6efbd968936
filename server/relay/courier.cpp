#include "server/relay/courier.h"

#include <signal.h>
#include <sodium.h>

#include <algorithm>
#include <chrono>

#include "server/log.h"
#include "server/relay/pauses.h"
#include "server/relay/signature.h"

namespace cartwright::relay {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t longest_wait_ms = 60'000;  // the clock may have been set meanwhile
constexpr std::int64_t after_trouble_ms = 1'000;  // a full queue, a disk that can't be written
constexpr std::int64_t skip_step = 500;           // unwanted events in a row that are worth a commit

}  // namespace

Courier::Courier(shop::Services& shop, const http::Poster& poster, std::int64_t endpoint)
    : shop_(shop), poster_(poster), endpoint_(endpoint), thread_([this] { run(); }) {}

Courier::~Courier() {
  stop();
  thread_.join();
}

void Courier::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void Courier::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  interrupt_.raise();
  wake_.notify_one();
}

void Courier::run() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    woken_ = false;
    lock.unlock();
    const auto next = deliver();
    const std::int64_t wait = next ? std::max<std::int64_t>(next->ms - shop_.now().ms, 0) : longest_wait_ms;
    lock.lock();
    wake_.wait_for(lock, milliseconds(std::min(wait, longest_wait_ms)), [this] { return stopping_ || woken_; });
  }
}

std::optional<TimeMs> Courier::deliver() {
  try {
    return deliver_next();
  } catch (const store::StoreError& error) {
    log::write(log::Level::error, error.what(), {{"webhook", endpoint_}});
    return TimeMs{shop_.now().ms + after_trouble_ms};
  }
}

std::optional<TimeMs> Courier::deliver_next() {
  std::optional<Endpoint> endpoint;
  std::optional<Event> event;
  std::int64_t last = 0;
  {
    const auto read = shop_.readers.begin();
    endpoint = load_endpoint(*read, endpoint_);
    if (!endpoint) return std::nullopt;
    if (endpoint->state != wire::WebhookState::active && endpoint->state != wire::WebhookState::paused) {
      return std::nullopt;
    }
    if (endpoint->next_attempt_at && endpoint->next_attempt_at->ms > shop_.now().ms) return endpoint->next_attempt_at;
    event = next_event(*read, endpoint->cursor, endpoint->event_types);
    last = last_position(*read);
  }
  bool stored = true;
  if (event) {
    const Attempt made = attempt(*endpoint, *event);
    if (made.outcome == name_of(http::PostEnd::interrupted)) return std::nullopt;
    stored = store(*endpoint, event->position, &made);
  } else if (last - endpoint->cursor >= skip_step) {
    stored = store(*endpoint, last, nullptr);
  } else {
    return std::nullopt;
  }
  return TimeMs{shop_.now().ms + (stored ? 0 : after_trouble_ms)};
}

Attempt Courier::attempt(const Endpoint& endpoint, const Event& event) const {
  const std::string body = cloud_event(event, source_of(shop_.settings));
  const std::string id = event_id(event.id, event.time);
  const TimeMs begun = shop_.now();
  const std::int64_t timestamp = begun.ms / 1000;
  const std::vector<http::Pair> headers = {
      {"Content-Type", "application/cloudevents+json; charset=utf-8"},
      {"webhook-id", id},
      {"webhook-timestamp", std::to_string(timestamp)},
      {"webhook-signature", sign(endpoint.secret, {.id = id, .timestamp_s = timestamp, .body = body})}};
  const auto url = http::parse_url(endpoint.url);
  CARTWRIGHT_ASSERT(url);
  const http::Posted posted = poster_.post(*url, headers, body, interrupt_);
  const bool is_answered = posted.end == http::PostEnd::answered;
  Attempt made{.at = shop_.now(),
               .is_delivered = is_answered && posted.status < 300,
               .is_gone = posted.status == 410,
               .outcome = is_answered ? std::to_string(posted.status) : std::string(name_of(posted.end))};
  if (!made.is_delivered) {
    made.pause_ms = std::max(pause_ms(endpoint.failures + 1, randombytes_random()),
                             retry_after_ms(posted.retry_after, made.at));
    log::write(log::Level::warn, "an event was not taken",
               {{"webhook", endpoint.id}, {"event", id}, {"outcome", made.outcome}});
  }
  return made;
}

// What was delivered and couldn't be noted is delivered again.
bool Courier::store(const Endpoint& endpoint, std::int64_t position, const Attempt* attempt) {
  return shop_.writer
      .submit([&](store::Transaction& tx) {
        if (attempt != nullptr) {
          record_attempt(tx, shop_.settings, endpoint, position, *attempt);
        } else {
          skip_to(tx, endpoint, position);
        }
        return store::Outcome::done;
      })
      .committed();
}

}  // namespace cartwright::relay

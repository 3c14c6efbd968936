// The loop's work on one connection: read, dispatch, answer, stream. See event_loop.h.

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "server/http/event_loop.h"

namespace cartwright::http {

namespace {

constexpr int steps_per_turn = 64;  // so that one busy connection does not starve the others
using Owner = Connection::Owner;
using Phase = Connection::Phase;
using Sent = Outbox::Sent;

}  // namespace

void EventLoop::on_event(Connection& connection, std::uint32_t events) {
  if (connection.is_closed()) return;
  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) connection.is_hung_up = true;
  if ((events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) connection.is_readable = true;
  Owner owner = connection.owner.load(std::memory_order_acquire);
  // While a worker has it, leave a note; when the exchange fails the worker has just given it back.
  while (owner == Owner::worker) {
    if (connection.owner.compare_exchange_weak(owner, Owner::worker_with_news, std::memory_order_acq_rel)) return;
  }
  if (owner == Owner::loop) advance(connection);
}

void EventLoop::advance(Connection& connection) {
  for (int step = 0; step < steps_per_turn; ++step) {
    if (!advance_once(connection)) return;
  }
  if (std::exchange(connection.is_queued_again, true)) return;
  again_.push_back(&connection);
}

/// One step; true while there may be another for the loop to make.
bool EventLoop::advance_once(Connection& connection) {
  if (connection.phase == Phase::streaming) {
    advance_stream(connection);
    return false;
  }
  if (connection.out.has_unsent() && !flush(connection)) return false;
  if (connection.phase == Phase::lingering) return read_more(connection);
  if (connection.exchange.closes) {
    after_last_answer(connection);
    return !connection.is_closed();
  }
  if (connection.in.empty()) return read_more(connection);
  switch (reader_.read(connection)) {
    case RequestReader::Step::needs_more: return read_more(connection);
    case RequestReader::Step::invites_body:
      connection.out.head = "HTTP/1.1 100 Continue\r\n\r\n";
      return true;
    case RequestReader::Step::refused: answer_here(connection); return true;
    case RequestReader::Step::ready: break;
  }
  const Route* route = connection.exchange.match.route;
  if (is_stopping_ && connection.in.empty()) connection.exchange.closes = true;
  if (route != nullptr && route->options.runs_inline) {
    answer_here(connection);
    return true;
  }
  if (room_ == 0) {
    connection.exchange.refusal = Refusal{503, "overloaded", "too many requests are waiting"};
    answer_here(connection);
    return true;
  }
  dispatch(connection);
  return false;
}

void EventLoop::dispatch(Connection& connection) {
  --room_;
  const bool has_more = !connection.in.empty() || connection.is_readable || is_stopping_;
  connection.owner.store(has_more ? Owner::worker_with_news : Owner::worker, std::memory_order_release);
  batch_.push_back(&connection);
}

/// Reads what the socket holds; false when there is nothing (more), and the connection waits or is closed.
bool EventLoop::read_more(Connection& connection) {
  if (connection.is_readable && !connection.is_at_end) {
    const ssize_t got = recv(connection.fd, scratch_.data(), scratch_.size(), MSG_DONTWAIT);
    if (got > 0) {
      const auto size = static_cast<std::size_t>(got);
      // A short read empties the socket, unless its end was announced: that must be read too.
      if (size < scratch_.size() && !connection.is_hung_up) connection.is_readable = false;
      if (connection.phase == Phase::lingering || connection.phase == Phase::streaming) return true;
      if (connection.in.empty()) set_deadline(connection, options_.head_timeout_ms);
      connection.in.append(scratch_.data(), size);
      if (connection.phase == Phase::body && !charge_body(connection)) {
        refuse(connection, {503, "overloaded", "too many large bodies are on their way"});
      }
      return true;
    }
    if (got == 0) connection.is_at_end = true;
    if (got < 0 && errno == EINTR) return true;
    connection.is_readable = false;
    if (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK) connection.is_at_end = true;
  }
  if (connection.is_at_end || (is_stopping_ && connection.phase != Phase::lingering)) close(connection);
  return false;
}

/// Sends what waits; false when the socket is full or gone.
bool EventLoop::flush(Connection& connection) {
  switch (connection.out.send_to(connection.fd)) {
    case Sent::all:
      if (connection.phase == Phase::head) {
        set_deadline(connection, connection.in.empty() ? options_.idle_timeout_ms : options_.head_timeout_ms);
      }
      return true;
    case Sent::some: set_deadline(connection, options_.write_timeout_ms); return false;
    case Sent::none: return false;
    case Sent::broken: close(connection); return false;
  }
  return false;
}

bool EventLoop::charge_body(Connection& connection) {
  const std::size_t held = connection.in.size() + connection.exchange.chunked_body.size();
  if (held <= options_.small_body_bytes || held <= connection.charged_bytes) return true;
  const std::size_t more = held - connection.charged_bytes;
  if (large_body_bytes_.fetch_add(more) + more > options_.max_large_body_bytes) {
    large_body_bytes_.fetch_sub(more);
    return false;
  }
  connection.charged_bytes = held;
  return true;
}

void EventLoop::release_body(Connection& connection) {
  if (connection.charged_bytes == 0) return;
  connection.exchange.drop_request();
  large_body_bytes_.fetch_sub(std::exchange(connection.charged_bytes, 0));
}

void EventLoop::answer_here(Connection& connection) {
  engine_.answer(connection);
  release_body(connection);
  if (connection.exchange.stream) start_stream(connection);
  set_deadline(connection, options_.write_timeout_ms);
}

void EventLoop::refuse(Connection& connection, const Refusal& refusal) {
  connection.exchange.refusal = refusal;
  connection.exchange.closes = true;
  connection.exchange.ready_us = monotonic_us();
  connection.exchange.stream.reset();
  answer_here(connection);
}

/// The answer that closes the connection is out. Closing with unread bytes would destroy it on its way (RST).
void EventLoop::after_last_answer(Connection& connection) {
  const bool is_fully_read = !connection.exchange.refusal && connection.in.empty() && !connection.is_readable;
  if (is_fully_read || connection.is_at_end) return close(connection);
  shutdown(connection.fd, SHUT_WR);
  connection.phase = Phase::lingering;
  connection.in.clear();
  connection.is_readable = true;
  set_deadline(connection, options_.linger_timeout_ms);
}

void EventLoop::start_stream(Connection& connection) {
  StreamStart start = std::move(*connection.exchange.stream);
  connection.exchange.stream.reset();
  connection.in.clear();
  if (!is_stopping_ && streams_.admit(connection, std::move(start), connection.exchange.client_address)) return;
  refuse(connection, {503, "too_many_streams", "the server has as many streams as it takes"});
}

void EventLoop::advance_stream(Connection& connection) {
  // What the client of a stream sends means nothing; only its end does.
  for (int i = 0; i < steps_per_turn && connection.is_readable && read_more(connection); ++i) continue;
  if (connection.is_closed()) return;
  if (is_stopping_) return close(connection);
  if (!connection.out.has_unsent() || flush(connection)) send_events(connection);
  if (connection.is_closed()) return;
  if (connection.stream->backlog_bytes > options_.max_stream_backlog_bytes) close(connection);
}

void EventLoop::send_events(Connection& connection) {
  EventStream& stream = *connection.stream;
  switch (stream.send_to(connection.fd)) {
    case Sent::all:
      stream.is_blocked = false;
      return set_deadline(connection, options_.heartbeat_ms);
    case Sent::some: stream.is_blocked = false; [[fallthrough]];
    case Sent::none:
      if (!std::exchange(stream.is_blocked, true)) set_deadline(connection, options_.write_timeout_ms);
      return;
    case Sent::broken: return close(connection);
  }
}

void EventLoop::publish(std::string_view topic, SharedBytes bytes) {
  if (inbox_.put(topic, std::move(bytes))) wake();
}

void EventLoop::deliver_published() {
  std::vector<Connection*> listeners;
  for (Published& event : inbox_.take()) {
    const std::vector<Connection*> some = streams_.deliver(std::move(event));
    listeners.insert(listeners.end(), some.begin(), some.end());
  }
  std::sort(listeners.begin(), listeners.end());
  listeners.erase(std::unique(listeners.begin(), listeners.end()), listeners.end());
  for (Connection* listener : listeners) advance_stream(*listener);
}

/// On a worker's thread: answers, sends what the socket takes, and gives the connection back; quietly if it can.
void EventLoop::serve(Connection& connection) {
  engine_.answer(connection);
  release_body(connection);
  const Exchange& exchange = connection.exchange;
  if (!exchange.stream && connection.out.send_to(connection.fd) == Sent::all && !exchange.closes) {
    connection.exchange.clear();
    connection.deadline_ms.store(monotonic_ms() + options_.idle_timeout_ms, std::memory_order_relaxed);
    Owner owner = Owner::worker;
    if (connection.owner.compare_exchange_strong(owner, Owner::loop, std::memory_order_acq_rel)) return;
  }
  bool is_first = false;
  {
    const std::lock_guard lock(returned_mutex_);
    is_first = returned_.empty();
    returned_.push_back(&connection);
  }
  if (is_first) wake();
}

void EventLoop::take_returned() {
  std::vector<Connection*> returned;
  {
    const std::lock_guard lock(returned_mutex_);
    returned.swap(returned_);
  }
  for (Connection* connection : returned) {
    connection->owner.store(Owner::loop, std::memory_order_relaxed);
    if (connection->exchange.stream) start_stream(*connection);
    set_deadline(*connection, connection->out.has_unsent() ? options_.write_timeout_ms
                              : connection->in.empty()     ? options_.idle_timeout_ms
                                                           : options_.head_timeout_ms);
    advance(*connection);
  }
}

}  // namespace cartwright::http

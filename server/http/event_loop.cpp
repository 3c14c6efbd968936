#include "server/http/event_loop.h"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace cartwright::http {

namespace {

constexpr std::size_t events_per_turn = 512;
constexpr std::size_t scratch_bytes = 64 * 1024;
constexpr int accepts_per_turn = 256;

int or_throw(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

/// Fine enough for the shortest time-out, coarse enough to cost nothing.
std::int64_t sweep_interval(const ServerOptions& options) {
  const std::int64_t shortest =
      std::min({options.idle_timeout_ms, options.head_timeout_ms, options.body_timeout_ms, options.write_timeout_ms,
                options.linger_timeout_ms, options.stop_timeout_ms, options.heartbeat_ms});
  return std::clamp<std::int64_t>(shortest / 4, 5, 1000);
}

}  // namespace

EventLoop::EventLoop(const ServerOptions& options, Engine& engine)
    : options_(options),
      engine_(engine),
      reader_(options, engine),
      streams_(options),
      heartbeat_(std::make_shared<const std::string>(":\n\n")),
      epoll_(or_throw(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      wakeup_(or_throw(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd")),
      sweep_interval_ms_(sweep_interval(options)),
      scratch_(scratch_bytes),
      events_(events_per_turn) {
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  wanted.data.ptr = &wakeup_;
  or_throw(epoll_ctl(epoll_, EPOLL_CTL_ADD, wakeup_, &wanted), "epoll_ctl");
}

EventLoop::~EventLoop() {
  pool_.reset();
  connections_.clear();
  ::close(wakeup_);
  ::close(epoll_);
}

bool EventLoop::run() {
  const Pool::Options size{options_.worker_count, options_.worker_stack_bytes};
  pool_ = std::make_unique<Pool>(size, [this](Connection& connection) { serve(connection); });
  watch_listener(true);
  now_ms_ = monotonic_ms();
  while (!is_stopping_ || (!connections_.empty() && now_ms_ < stop_deadline_ms_)) turn();
  const bool is_clean = connections_.empty();
  for (std::size_t i = connections_.size(); i-- > 0;) {
    if (connections_[i]->owner.load(std::memory_order_acquire) == Connection::Owner::loop) close(*connections_[i]);
  }
  pool_.reset();
  connections_.clear();
  connection_count_ = 0;
  return is_clean;
}

void EventLoop::stop() noexcept {
  is_stop_wanted_.store(true);
  wake();
}

void EventLoop::wake() noexcept {
  if (is_woken_.exchange(true)) return;
  const std::uint64_t one = 1;
  // Can only fail when the counter is full, and then the loop is awake anyway.
  [[maybe_unused]] const ssize_t written = ::write(wakeup_, &one, sizeof one);
}

int EventLoop::wait_ms() const {
  if (!again_.empty()) return 0;
  if (connections_.empty() && is_listening_ && !is_stopping_) return -1;
  return static_cast<int>(std::clamp<std::int64_t>(next_sweep_ms_ - now_ms_, 0, 1000));
}

void EventLoop::turn() {
  const int count = epoll_wait(epoll_, events_.data(), static_cast<int>(events_.size()), wait_ms());
  now_ms_ = monotonic_ms();
  const std::size_t waiting = pool_->waiting();
  room_ = options_.max_waiting_requests - std::min(options_.max_waiting_requests, waiting);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events_[static_cast<std::size_t>(i)];
    if (event.data.ptr == &wakeup_) {
      std::uint64_t ignored = 0;
      [[maybe_unused]] const ssize_t got = ::read(wakeup_, &ignored, sizeof ignored);
      is_woken_.store(false);
    } else if (event.data.ptr == &engine_) {
      accept_waiting();
    } else {
      on_event(*static_cast<Connection*>(event.data.ptr), event.events);
    }
  }
  for (Connection* connection : std::exchange(again_, {})) {
    connection->is_queued_again = false;
    on_event(*connection, 0);
  }
  take_returned();
  deliver_published();
  if (is_stop_wanted_.load() && !is_stopping_) begin_stopping();
  pool_->submit(batch_);
  if (now_ms_ >= next_sweep_ms_) sweep();
  closed_.clear();
}

void EventLoop::watch_listener(bool on) {
  if (on == is_listening_ || engine_.listener() == INVALID_SOCKET) return;
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  wanted.data.ptr = &engine_;
  is_listening_ = epoll_ctl(epoll_, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, engine_.listener(), &wanted) == 0 && on;
}

void EventLoop::accept_waiting() {
  for (int i = 0; i < accepts_per_turn; ++i) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const int fd =
        accept4(engine_.listener(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      adopt(fd, Address::of(peer));
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      watch_listener(false);  // until the next sweep: asking again at once would only burn the processor
      return;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return;
    }
  }
}

bool EventLoop::is_capped(const Address& peer) const {
  return !is_trusted(peer, options_.uncapped_peers) && !is_trusted(peer, options_.trusted_proxies);
}

void EventLoop::adopt(int fd, const Address& peer) {
  const std::size_t refused_places = options_.max_connections / 16 + 16;
  auto owned = std::make_unique<Connection>();
  Connection& connection = *owned;
  connection.fd = fd;
  std::size_t* const from_there = is_capped(peer) ? &count_by_network_[network_of(peer).bytes] : nullptr;
  const bool is_flood = from_there != nullptr && *from_there >= options_.max_connections_per_address + 16;
  if (connections_.size() >= options_.max_connections + refused_places || is_flood) return;  // not even a word for it
  connection.peer = peer;
  connection.peer_text = peer.text();
  connection.slot = connections_.size();
  epoll_event wanted{};
  wanted.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  wanted.data.ptr = &connection;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &wanted) != 0) return;
  set_deadline(connection, options_.idle_timeout_ms);
  connections_.push_back(std::move(owned));
  connection_count_.store(connections_.size(), std::memory_order_relaxed);
  if (from_there != nullptr) {
    ++*from_there;
    connection.is_counted = true;
  }
  const bool is_one_too_many = from_there != nullptr && *from_there > options_.max_connections_per_address;
  if (connections_.size() <= options_.max_connections && !is_one_too_many) return;
  refuse(connection, {503, "too_many_connections", "the server has as many connections as it takes"});
  advance(connection);
}

void EventLoop::close(Connection& connection) {
  if (connection.is_closed()) return;
  streams_.remove(connection);
  release_body(connection);
  if (connection.is_counted) {
    const auto from_there = count_by_network_.find(network_of(connection.peer).bytes);
    if (--from_there->second == 0) count_by_network_.erase(from_there);
  }
  connection.close();
  std::unique_ptr<Connection>& place = connections_[connection.slot];
  closed_.push_back(std::move(place));
  if (&place != &connections_.back()) {
    place = std::move(connections_.back());
    place->slot = connection.slot;
  }
  connections_.pop_back();
  connection_count_.store(connections_.size(), std::memory_order_relaxed);
  if (connection.is_queued_again) std::erase(again_, &connection);
}

void EventLoop::set_deadline(Connection& connection, std::int64_t timeout_ms) {
  connection.deadline_ms.store(now_ms_ + timeout_ms, std::memory_order_relaxed);
}

void EventLoop::sweep() {
  next_sweep_ms_ = now_ms_ + sweep_interval_ms_;
  if (!is_stopping_) watch_listener(true);
  // From the end: closing one moves the last, already seen, into its place.
  for (std::size_t i = connections_.size(); i-- > 0;) {
    Connection& connection = *connections_[i];
    if (connection.owner.load(std::memory_order_acquire) != Connection::Owner::loop) continue;
    if (connection.deadline_ms.load(std::memory_order_relaxed) <= now_ms_) on_timeout(connection);
  }
  pool_->submit(batch_);
}

void EventLoop::on_timeout(Connection& connection) {
  const bool is_reading = connection.phase == Connection::Phase::head || connection.phase == Connection::Phase::body;
  if (connection.phase == Connection::Phase::streaming && !connection.out.has_unsent() &&
      connection.stream->queue.empty()) {
    connection.stream->push(heartbeat_);
    return advance_stream(connection);
  }
  if (!is_reading || connection.out.has_unsent() || connection.in.empty()) return close(connection);
  refuse(connection, {408, "request_timeout", "the request did not come in time"});
  advance(connection);
}

void EventLoop::begin_stopping() {
  is_stopping_ = true;
  stop_deadline_ms_ = now_ms_ + options_.stop_timeout_ms;
  next_sweep_ms_ = now_ms_;
  // Whoever has a connection by now was accepted in the client's eyes: they get their answers.
  accept_waiting();
  watch_listener(false);
  engine_.close_listener();
  for (std::size_t i = connections_.size(); i-- > 0;) on_event(*connections_[i], EPOLLIN);
}

}  // namespace cartwright::http

#pragma once
// The one thread that owns all connections: accepts, reads, times out, and sends what clients are slow to take.
//
// A connection is registered once, edge-triggered, and stays in epoll for its life: no system call per request
// beyond recv and sendmsg. Reading stops while a request is being served, so a client that pipelines without end
// fills its own socket, not our memory. The workers' side is serve(), the only function here that is not the
// loop's own.

#include <sys/epoll.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "server/http/connection.h"
#include "server/http/engine.h"
#include "server/http/options.h"
#include "server/http/pool.h"
#include "server/http/reader.h"
#include "server/http/streams.h"

namespace cartwright::http {

class EventLoop {
 public:
  /// Everything given must outlive the loop. Throws std::system_error when the kernel has no epoll left to give.
  EventLoop(const ServerOptions& options, Engine& engine);
  ~EventLoop();

  /// Serves until stop(), then finishes what was accepted. False when stop_timeout_ms was not enough.
  bool run();
  /// Async-signal-safe; may come before run().
  void stop() noexcept;

  void publish(std::string_view topic, SharedBytes bytes);
  std::uint64_t stream_position() const { return inbox_.position(); }
  std::size_t connection_count() const { return connection_count_.load(std::memory_order_relaxed); }
  std::size_t stream_count() const { return streams_.count(); }

 private:
  void turn();
  void wake() noexcept;
  int wait_ms() const;

  // New connections.
  void accept_waiting();
  void adopt(int fd, const Address& peer);
  void watch_listener(bool on);
  bool is_capped(const Address& peer) const;

  // Connections that are the loop's.
  void on_event(Connection& connection, std::uint32_t events);
  void advance(Connection& connection);
  bool advance_once(Connection& connection);
  bool read_more(Connection& connection);
  bool flush(Connection& connection);
  void dispatch(Connection& connection);
  void answer_here(Connection& connection);
  void refuse(Connection& connection, const Refusal& refusal);
  void after_last_answer(Connection& connection);
  void close(Connection& connection);
  void set_deadline(Connection& connection, std::int64_t timeout_ms);

  // Memory for large bodies: counted as they come, given back when they are answered.
  bool charge_body(Connection& connection);
  void release_body(Connection& connection);

  // Streams.
  void start_stream(Connection& connection);
  void advance_stream(Connection& connection);
  void send_events(Connection& connection);
  void deliver_published();

  // Workers.
  void serve(Connection& connection);
  void take_returned();

  // Time and end.
  void sweep();
  void on_timeout(Connection& connection);
  void begin_stopping();

  const ServerOptions& options_;
  Engine& engine_;
  RequestReader reader_;
  Streams streams_;
  PublishInbox inbox_;
  SharedBytes heartbeat_;

  int epoll_ = -1;
  int wakeup_ = -1;
  bool is_listening_ = false;
  bool is_stopping_ = false;
  std::atomic<bool> is_stop_wanted_{false};
  std::atomic<bool> is_woken_{false};
  std::int64_t now_ms_ = 0;
  std::int64_t sweep_interval_ms_;
  std::int64_t next_sweep_ms_ = 0;
  std::int64_t stop_deadline_ms_ = 0;

  std::vector<std::unique_ptr<Connection>> connections_;
  std::atomic<std::size_t> connection_count_{0};
  std::map<std::array<std::uint8_t, 16>, std::size_t> count_by_network_;   ///< of capped peers
  std::atomic<std::size_t> large_body_bytes_{0};
  std::vector<std::unique_ptr<Connection>> closed_;   ///< kept to the end of the turn: events may still name them
  std::vector<Connection*> again_;                    ///< had their share of this turn
  std::vector<Connection*> batch_;                    ///< for the pool, at the end of the turn
  std::size_t room_ = 0;                              ///< requests the pool's queue still takes in this turn
  std::vector<char> scratch_;
  std::vector<epoll_event> events_;

  std::mutex returned_mutex_;
  std::vector<Connection*> returned_;
  std::unique_ptr<Pool> pool_;                        ///< last: its threads use what stands above
};

}  // namespace cartwright::http

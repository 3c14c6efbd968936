#pragma once
// One client's connection, and the one exchange (request and answer) it is at.
//
// Thread rule: a connection belongs to the loop, except between dispatch and answer, when `exchange` and `out`
// belong to the worker that serves it. `owner` says whose they are; all else is the loop's alone. So there is no
// lock, and in the steady state a worker gives a connection back without waking the loop.

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/http/address.h"
#include "server/http/head.h"
#include "server/http/message.h"
#include "server/http/router.h"
#include "server/http/target.h"

namespace cartwright::http {

/// A whole request in its buffer, and what the loop already found out about it.
struct Exchange {
  std::string bytes;                ///< head, then the body unless it came chunked
  std::string chunked_body;
  Head head;
  TargetPath path;
  RouteMatch match;
  std::optional<Refusal> refusal;   ///< set: the server itself answers
  bool closes = false;              ///< the connection ends with this answer
  std::int64_t ready_us = 0;        ///< monotonic, when the request was whole
  std::optional<StreamStart> stream;
  std::string client_address;       ///< set with `stream`: on whose quota it goes

  std::string_view body() const {
    return head.is_chunked ? std::string_view(chunked_body) : std::string_view(bytes).substr(head.size);
  }
  void clear();                     ///< for the next request; keeps small buffers
  void drop_request();              ///< it has been answered: its bytes are not needed any more
};

/// An answer on its way: the head and the body leave in one write, the body without being copied.
struct Outbox {
  std::string head;
  std::string body;
  std::shared_ptr<const std::string> shared_body;
  std::size_t sent = 0;

  std::string_view body_view() const { return shared_body ? *shared_body : body; }
  bool has_unsent() const { return sent < head.size() + body_view().size(); }
  void clear();

  enum class Sent : std::uint8_t { all, some, none, broken };
  /// Sends what the socket takes. `some` and `none`: it is full, wait until it is writable.
  Sent send_to(int fd);
};

/// What waits for a subscriber of topics.
struct EventStream {
  std::vector<std::string> topics;
  std::string address;              ///< whose quota it counts on
  std::deque<std::shared_ptr<const std::string>> queue;
  std::size_t front_sent = 0;       ///< bytes of the front that are out already
  std::size_t backlog_bytes = 0;
  bool is_blocked = false;          ///< the socket is full, and the write time-out runs

  void push(std::shared_ptr<const std::string> bytes);
  Outbox::Sent send_to(int fd);
};

struct Connection {
  enum class Owner : std::uint8_t { loop, worker, worker_with_news };
  enum class Phase : std::uint8_t { head, body, lingering, streaming };

  int fd = -1;
  std::size_t slot = 0;             ///< its place in the loop's list
  Address peer;
  std::string peer_text;

  std::atomic<Owner> owner{Owner::loop};
  std::atomic<std::int64_t> deadline_ms{0};   ///< monotonic; what happens then depends on the phase

  Phase phase = Phase::head;
  std::string in;                   ///< received, not yet taken into `exchange`
  HeadScanner scanner;
  ChunkDecoder chunks;
  bool skipped_blank_line = false;
  bool is_readable = false;         ///< the socket may hold bytes
  bool is_hung_up = false;          ///< the end of the stream has been announced: read until it is seen
  bool is_at_end = false;           ///< it has been seen
  bool is_queued_again = false;     ///< waits in the loop for its next turn
  std::unique_ptr<EventStream> stream;

  Exchange exchange;
  Outbox out;
  std::size_t charged_bytes = 0;    ///< of large bodies, in the loop's count; belongs to the exchange's owner
  bool is_counted = false;          ///< in the loop's count of its address

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  bool is_closed() const { return fd < 0; }
  void close();
};

}  // namespace cartwright::http

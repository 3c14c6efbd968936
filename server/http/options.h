#pragma once
// Every number the server obeys, in one place, with its unit in its name.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/address.h"
#include "server/http/message.h"

namespace cartwright::http {

struct ServerOptions {
  std::string host = "127.0.0.1";            ///< name or address to listen on; "::" and "0.0.0.0" for everywhere
  int port = 8080;                           ///< 0: any free port, see Server::port()
  int backlog = 4096;                        ///< connections waiting to be accepted (the kernel caps it: somaxconn)
  std::size_t max_connections = 20'000;      ///< more are answered 503 and closed
  /// Of one IPv4 address or IPv6 /64; trusted proxies speak for many and don't count.
  std::size_t max_connections_per_address = 512;
  std::vector<Cidr> uncapped_peers = {*Cidr::parse("127.0.0.0/8"), *Cidr::parse("::1/128")};

  std::size_t worker_count = 128;            ///< threads for handlers; bounds how many may wait for one commit
  std::size_t worker_stack_bytes = 512 * 1024;
  std::size_t max_waiting_requests = 4096;   ///< whole requests waiting for a worker; more are answered 503

  std::size_t max_target_bytes = 8000;       ///< longer: 414 (the library's own limit is 8192)
  std::size_t max_head_bytes = 16'384;       ///< request line and header fields; longer: 431
  std::size_t max_header_count = 100;        ///< more: 431
  /// Bodies above small_body_bytes (or one read, 64 KiB) that are held at a time, together; more are answered 503. Small ones always have room:
  /// a payment is one, so senders of large bodies can't keep it out.
  std::size_t max_large_body_bytes = 256U << 20U;
  std::size_t small_body_bytes = 64U << 10U;

  std::int64_t idle_timeout_ms = 60'000;     ///< kept alive without a request
  std::int64_t head_timeout_ms = 10'000;     ///< from the first byte of a head to its last; then 408
  std::int64_t body_timeout_ms = 30'000;     ///< from the head to the last byte of the body; then 408
  std::int64_t write_timeout_ms = 30'000;    ///< an answer of which the client takes no byte for so long
  std::int64_t linger_timeout_ms = 2'000;    ///< after a refusal: reading on, so that the client gets to see it
  std::int64_t stop_timeout_ms = 10'000;     ///< for finishing accepted requests after stop()

  std::size_t max_streams = 2'000;           ///< server-sent event streams; more: 503
  std::size_t max_streams_per_address = 100; ///< as seen through trusted proxies
  std::size_t max_stream_backlog_bytes = 262'144;  ///< unsent bytes after which a slow stream is closed
  std::size_t stream_history_count = 1'024;  ///< published events kept for StreamStart::since
  std::int64_t heartbeat_ms = 15'000;        ///< a comment on streams that are silent for so long

  std::vector<Cidr> trusted_proxies;         ///< whose X-Forwarded-For, -Proto and X-Request-Id count
};

/// What the application adds around every answer. Called from many threads at once, the epoll thread among them:
/// quick and thread-safe.
struct Hooks {
  /// Before the handler, also when no route matched (then `route` is empty): sessions, CORS, rate limits. An
  /// answer here is the answer.
  std::function<std::optional<Response>(Request&)> before;
  /// On every answer, refusals of the server itself included (their Request is empty but for address and id):
  /// headers, metrics, logs. `duration_us` runs from the whole request in the buffer to here.
  std::function<void(const Request&, Response&, std::string_view route, std::int64_t duration_us)> after;
  /// A handler threw: the client is told `internal`, this is told what.
  std::function<void(const Request&, std::string_view what)> failed;
};

}  // namespace cartwright::http

#pragma once
// An HTTP/1.1 server for a proxy or a browser to talk to: construct, bind(), run(), and stop() from anywhere.
//
// How it is made. Connections live in one epoll loop (event_loop.h). A request gets a thread only when its whole
// head and body lie in a bounded buffer (reader.h, head.h: strict framing), from a pool that wakes as few threads
// as it can (pool.h). The worker passes it through cpp-httplib (engine.h says what the library does and what it
// is kept away from), sends the answer itself in one write, and gives the connection back without waking the
// loop. What a client is slow to read drains from epoll. Event streams live in epoll altogether (streams.h).
//
// Thread rule: bind() and run() on one thread; stop(), publish(), stream_position() and stats() on any, stop()
// in signal handlers too. TLS is a proxy's work.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/options.h"
#include "server/http/router.h"

namespace cartwright::http {

struct ServerStats {
  std::size_t connections = 0;
  std::size_t streams = 0;
};

class Server {
 public:
  Server(ServerOptions options, Router router, Hooks hooks = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Takes the port. Nothing when it worked, else a sentence saying why not (the port is taken, no such host).
  [[nodiscard]] std::optional<std::string> bind();
  /// The port taken, useful when options.port was 0.
  int port() const;

  /// Serves until stop() and returns when all requests accepted by then are answered: whole requests in buffers
  /// are served, idle connections and streams closed. False when stop_timeout_ms ran out first; handlers still
  /// running are waited for even then (a thread cannot be taken away from a commit), others are dropped.
  bool run();

  /// Async-signal-safe.
  void stop() noexcept;

  /// Sends `bytes` (complete events) to all streams of that topic.
  void publish(std::string_view topic, std::shared_ptr<const std::string> bytes);
  /// How many events were published so far: see StreamStart::since.
  std::uint64_t stream_position() const;

  ServerStats stats() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace cartwright::http

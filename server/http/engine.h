#pragma once
// Where cpp-httplib is met: the listening socket, and the way from a whole request to the bytes of its answer.
//
// What the library does here: makes and binds the socket (bind_to_port, set_socket_options), reads the request
// line and the query (process_request), hands over to the handler (pre-routing) and writes the answer's head
// (through our Stream). What it is kept away from, and why, as read from 0.11.4: header fields (it percent-decodes
// their values) come from head.h instead, so the library is given the request line alone, which also keeps it
// from compressing and from cutting ranges out of every answer on its own; the body goes out from where it lies,
// with the head in one write, instead of in a second one.
//
// Thread rule: answer() may run on many threads at once, each with its own exchange.

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "httplib.h"
#include "server/http/connection.h"
#include "server/http/options.h"
#include "server/http/router.h"

namespace cartwright::http {

class Engine : private httplib::Server {
 public:
  /// `options` must outlive the engine.
  Engine(const ServerOptions& options, Router router, Hooks hooks);
  ~Engine() override;

  /// Listens with the real backlog; says what went wrong, nothing when all is well.
  std::optional<std::string> open_listener();
  void close_listener();
  int listener() const { return svr_sock_; }
  int port() const { return port_; }

  /// Finds path and route of `exchange.head`; a refusal when target or body size are not to be served.
  std::optional<Refusal> route(Exchange& exchange, std::string_view bytes) const;

  /// Runs hooks and handler (or words the refusal) and puts the answer into `connection.out`.
  void answer(Connection& connection);

 private:
  class RequestLineStream;
  struct Bearer;

  void fill(Connection& connection, const httplib::Request& parsed, httplib::Response& out);
  Request make_request(const Connection& connection, const httplib::Request& parsed);
  Response respond(Request& request, const RouteMatch& match);
  Response refuse(const Request& request, const Refusal& refusal) const;
  std::string next_request_id();

  const ServerOptions& options_;
  Router router_;
  Hooks hooks_;
  int port_ = 0;
  std::atomic<std::uint64_t> request_count_;
};

/// Monotonic time: microseconds, milliseconds.
std::int64_t monotonic_us();
inline std::int64_t monotonic_ms() { return monotonic_us() / 1000; }

}  // namespace cartwright::http

#pragma once
// Takes one whole request after another out of a connection's buffer. Loop thread only; no I/O of its own.

#include <cstdint>

#include "server/http/connection.h"
#include "server/http/engine.h"

namespace cartwright::http {

class RequestReader {
 public:
  enum class Step : std::uint8_t {
    needs_more,      ///< nothing, or part of a request, lies in the buffer
    invites_body,    ///< the same, and the client waits for `100 Continue` before it sends the body
    ready,           ///< `exchange` holds a whole request
    refused,         ///< `exchange.refusal` says why
  };

  RequestReader(const ServerOptions& options, const Engine& engine);

  Step read(Connection& connection) const;

 private:
  Step read_head(Connection& connection) const;
  Step read_body(Connection& connection) const;
  Step take(Connection& connection, std::size_t size) const;
  static Step refuse(Connection& connection, const Refusal& refusal);

  const Engine& engine_;
  HeadLimits limits_;
  std::int64_t body_timeout_ms_;
};

}  // namespace cartwright::http

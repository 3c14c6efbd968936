#include "server/http/reader.h"

namespace cartwright::http {

RequestReader::RequestReader(const ServerOptions& options, const Engine& engine)
    : engine_(engine),
      limits_{options.max_target_bytes, options.max_head_bytes, options.max_header_count},
      body_timeout_ms_(options.body_timeout_ms) {}

RequestReader::Step RequestReader::read(Connection& connection) const {
  return connection.phase == Connection::Phase::body ? read_body(connection) : read_head(connection);
}

RequestReader::Step RequestReader::read_head(Connection& connection) const {
  Exchange& exchange = connection.exchange;
  HeadScanner::Found found = connection.scanner.scan(connection.in, limits_);
  if (found.size == 2 && !connection.skipped_blank_line) {
    // One empty line before a request is forgiven (RFC 9112 2.2).
    connection.in.erase(0, 2);
    connection.scanner.reset();
    connection.skipped_blank_line = true;
    found = connection.scanner.scan(connection.in, limits_);
  }
  if (found.refusal) return refuse(connection, *found.refusal);
  if (found.size == 0) return Step::needs_more;
  exchange.clear();
  const std::string_view bytes = std::string_view(connection.in).substr(0, found.size);
  if (const auto refusal = parse_head(bytes, limits_, exchange.head)) return refuse(connection, *refusal);
  if (const auto refusal = engine_.route(exchange, bytes)) return refuse(connection, *refusal);
  if (!exchange.head.is_chunked && exchange.head.content_length == 0) return take(connection, found.size);
  connection.phase = Connection::Phase::body;
  connection.deadline_ms.store(monotonic_ms() + body_timeout_ms_, std::memory_order_relaxed);
  const bool is_waiting = exchange.head.expects_continue && connection.in.size() == found.size;
  const Step step = read_body(connection);
  return step == Step::needs_more && is_waiting ? Step::invites_body : step;
}

RequestReader::Step RequestReader::read_body(Connection& connection) const {
  Exchange& exchange = connection.exchange;
  if (!exchange.head.is_chunked) {
    const std::size_t whole = exchange.head.size + static_cast<std::size_t>(exchange.head.content_length);
    return connection.in.size() < whole ? Step::needs_more : take(connection, whole);
  }
  const Route* route = exchange.match.route;
  const std::size_t limit = route != nullptr ? route->options.max_body_bytes : RouteOptions{}.max_body_bytes;
  const std::string_view chunked = std::string_view(connection.in).substr(exchange.head.size);
  const std::size_t used = connection.chunks.feed(chunked, exchange.chunked_body, limit);
  connection.in.erase(exchange.head.size, used);
  if (connection.chunks.refusal()) return refuse(connection, *connection.chunks.refusal());
  return connection.chunks.is_done() ? take(connection, exchange.head.size) : Step::needs_more;
}

RequestReader::Step RequestReader::take(Connection& connection, std::size_t size) const {
  Exchange& exchange = connection.exchange;
  if (connection.in.size() == size) {
    std::swap(connection.in, exchange.bytes);
    connection.in.clear();
  } else {
    exchange.bytes.assign(connection.in, 0, size);
    connection.in.erase(0, size);
  }
  exchange.closes = exchange.head.wants_close;
  exchange.ready_us = monotonic_us();
  connection.phase = Connection::Phase::head;
  connection.scanner.reset();
  connection.chunks.reset();
  connection.skipped_blank_line = false;
  return Step::ready;
}

RequestReader::Step RequestReader::refuse(Connection& connection, const Refusal& refusal) {
  connection.exchange.refusal = refusal;
  connection.exchange.closes = true;
  connection.exchange.ready_us = monotonic_us();
  return Step::refused;
}

}  // namespace cartwright::http

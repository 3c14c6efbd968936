#pragma once
// A request as a handler sees it, and the answer it gives back.
//
// Rule: plain values, no sockets, no library types. Thread rule: a Request belongs to the one thread that serves
// it; everything in it that is a view (headers, body, target) points into the connection's buffer and ends when
// the handler and the `after` hook have returned. Copy what must live longer.

#include <any>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cartwright::http {

/// The methods this server routes; others are answered 501. Names are the words on the wire.
enum class Method : std::uint8_t { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS };
inline constexpr std::array<std::string_view, 7> method_names{"GET",   "HEAD",   "POST",   "PUT",
                                                              "PATCH", "DELETE", "OPTIONS"};
constexpr std::string_view name_of(Method method) { return method_names[static_cast<std::size_t>(method)]; }
std::optional<Method> method_of(std::string_view word);

/// A name with its value: a query or path parameter, or a header of an answer.
struct Pair {
  std::string name;
  std::string value;
};

/// A header field of a request, trimmed, in the order sent. The name keeps the case it was sent in.
struct HeaderView {
  std::string_view name;
  std::string_view value;
};

/// ASCII case-insensitive equality, as header names compare.
bool same_name(std::string_view a, std::string_view b);

struct Request {
  Method method = Method::GET;
  std::string path;                   ///< decoded UTF-8 without dot segments or control characters
  std::string_view target;            ///< as sent: path and query, still percent-encoded
  std::vector<Pair> query;            ///< decoded (`+` is a space)
  std::vector<Pair> path_params;      ///< the pattern's `{names}` with what stood there, decoded
  std::string_view route;             ///< the pattern that matched, empty when none did (a label for metrics)
  std::vector<HeaderView> headers;
  std::string_view body;
  std::string remote_address;         ///< the peer, or whom a trusted proxy says it speaks for
  std::string request_id;             ///< also sent back as X-Request-Id
  bool is_secure = false;             ///< a trusted proxy says the client came by TLS
  std::any context;                   ///< whatever `before` wants the handler to know (a session)

  /// First value of that header (any case), empty when absent.
  std::string_view header(std::string_view name) const;
  bool has_header(std::string_view name) const;
  /// First value of that query parameter, null when absent.
  const std::string* find(std::string_view name) const;
  /// A path parameter of the matched pattern; empty when the pattern has none of that name.
  std::string_view param(std::string_view name) const;
  /// Value of a cookie, nothing when absent.
  std::optional<std::string_view> cookie(std::string_view name) const;
};

/// Turns the connection into a stream of server-sent events. It lives in epoll and never holds a worker.
struct StreamStart {
  std::string initial;                ///< sent first, complete events
  std::vector<std::string> topics;    ///< what Server::publish reaches it with
  /// Server::stream_position() taken before reading what `initial` shows, so that nothing published in between
  /// is lost; 0 means from now on.
  std::uint64_t since = 0;
};

struct Response {
  int status = 200;
  std::string content_type;           ///< empty: none sent
  std::vector<Pair> headers;          ///< Content-Length, Date, Connection, X-Request-Id are the server's to add
  std::string body;
  std::shared_ptr<const std::string> shared_body;   ///< sent instead of `body` when set, never copied
  bool compress = false;              ///< gzip it when it is worth it and the client takes it
  bool close = false;                 ///< close the connection after this answer
  std::optional<StreamStart> stream;  ///< status 200 and an event stream instead of a body

  static Response json(int status, std::string body);
  static Response text(int status, std::string body);
  static Response empty(int status);
  static Response events(StreamStart start);

  /// Adds a header beside others of that name (Set-Cookie); characters that could end a line become spaces.
  Response& add_header(std::string name, std::string value);
  /// Adds a header, or replaces the first of that name.
  Response& set_header(std::string name, std::string value);
  const std::string* find_header(std::string_view name) const;
  std::string_view body_view() const { return shared_body ? *shared_body : body; }
};

}  // namespace cartwright::http

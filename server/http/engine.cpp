#include "server/http/engine.h"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <random>

#include "server/http/compress.h"
#include "server/http/fields.h"
#include "server/http/problem.h"

namespace cartwright::http {

namespace {

/// No SO_REUSEPORT: a second server on the port must fail. Accepted connections inherit TCP_NODELAY.
void set_listener_options(socket_t fd) {
  const int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

bool has_no_body(int status) { return status == 204 || status == 304 || status < 200; }

/// An identifier a proxy may hand down: short, and harmless in logs and headers.
bool is_request_id(std::string_view id) { return id.size() <= 64 && is_token(id); }

/// All lines of a field as one list: a proxy may add a line behind the client's instead of lengthening it.
std::string joined(const Request& request, std::string_view name) {
  std::string list;
  for (const HeaderView& field : request.headers) {
    if (same_name(field.name, name)) list.append(list.empty() ? "" : ", ").append(field.value);
  }
  return list;
}

/// splitmix64: consecutive numbers become unlike ones.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31U);
}

}  // namespace

/// What process_request() reads the request line from, and writes the answer's head to.
class Engine::RequestLineStream final : public httplib::Stream {
 public:
  RequestLineStream(std::string_view line, std::string& out) : line_(line), out_(out) {}

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, std::size_t size) override {
    const std::size_t taken = line_.copy(to, size);
    line_.remove_prefix(taken);
    return static_cast<ssize_t>(taken);
  }
  ssize_t write(const char* from, std::size_t size) override {
    out_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  std::string_view line_;
  std::string& out_;
};

/// Carries the connection through the library to the handlers below: Request::progress is a function object
/// that only clients use, and it can be asked for what it holds.
struct Engine::Bearer {
  Connection* connection = nullptr;
  bool operator()(std::uint64_t, std::uint64_t) const { return true; }
};

Engine::Engine(const ServerOptions& options, Router router, Hooks hooks)
    : options_(options), router_(std::move(router)), hooks_(std::move(hooks)) {
  std::random_device random;
  request_count_ = (static_cast<std::uint64_t>(random()) << 32U) | random();
  set_socket_options(set_listener_options);
  set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    fill(*request.progress.target<Bearer>()->connection, request, response);
    return HandlerResponse::Handled;
  });
  // The library has added its own headers by now; those that are not true here go.
  set_post_routing_handler([](const httplib::Request& request, httplib::Response& response) {
    const Connection& connection = *request.progress.target<Bearer>()->connection;
    response.headers.erase("Keep-Alive");
    response.headers.erase("Accept-Ranges");
    if (has_no_body(response.status) || connection.exchange.stream) response.headers.erase("Content-Length");
  });
}

Engine::~Engine() { close_listener(); }

std::optional<std::string> Engine::open_listener() {
  errno = 0;
  const bool is_any = options_.port == 0;
  port_ = is_any ? bind_to_any_port(options_.host)
                 : bind_to_port(options_.host, options_.port) ? options_.port : -1;
  if (port_ > 0 && ::listen(svr_sock_, options_.backlog) == 0 &&
      fcntl(svr_sock_, F_SETFL, O_NONBLOCK) == 0 && fcntl(svr_sock_, F_SETFD, FD_CLOEXEC) == 0) {
    return std::nullopt;
  }
  const std::string why = errno == 0 ? "the address cannot be used" : std::strerror(errno);
  close_listener();
  return "cannot listen on " + options_.host + " port " + std::to_string(options_.port) + ": " + why;
}

void Engine::close_listener() {
  const socket_t fd = svr_sock_.exchange(INVALID_SOCKET);
  if (fd != INVALID_SOCKET) httplib::detail::close_socket(fd);
}

std::optional<Refusal> Engine::route(Exchange& exchange, std::string_view bytes) const {
  const Head& head = exchange.head;
  const std::string_view target = head.target.in(bytes);
  auto path = read_path(target);
  if (!path || !is_readable_query(target)) return Refusal{400, "malformed_request", "the path or query is malformed"};
  exchange.path = std::move(*path);
  exchange.match = router_.match(head.method, exchange.path.segments());
  const std::size_t limit =
      exchange.match.route != nullptr ? exchange.match.route->options.max_body_bytes : RouteOptions{}.max_body_bytes;
  if (head.content_length > limit) return Refusal{413, "payload_too_large", "the body is too large"};
  return std::nullopt;
}

void Engine::answer(Connection& connection) {
  const Exchange& exchange = connection.exchange;
  std::string line = "GET / HTTP/1.1\r\n\r\n";
  if (!exchange.refusal) {
    line.assign(name_of(exchange.head.method)).append(" ");
    line.append(exchange.head.target.in(exchange.bytes)).append(" HTTP/1.1\r\n\r\n");
  }
  connection.out.clear();
  RequestLineStream stream(line, connection.out.head);
  bool is_closed = false;
  // Whether the connection closes is only known after the handler; fill() says so in the answer.
  process_request(stream, false, is_closed,
                  [&](httplib::Request& request) { request.progress = Bearer{&connection}; });
}

void Engine::fill(Connection& connection, const httplib::Request& parsed, httplib::Response& out) {
  Exchange& exchange = connection.exchange;
  Request request = make_request(connection, parsed);
  Response response;
  try {
    response = exchange.refusal ? refuse(request, *exchange.refusal) : respond(request, exchange.match);
    if (hooks_.after) hooks_.after(request, response, request.route, monotonic_us() - exchange.ready_us);
    compress_if_wanted(response, request.header("Accept-Encoding"));
  } catch (const std::exception& fault) {
    if (hooks_.failed) hooks_.failed(request, fault.what());
    response = refuse(request, {500, "internal", "something went wrong here"});
  }
  const bool is_head = !exchange.refusal && exchange.head.method == Method::HEAD;
  if (response.stream && !is_head) exchange.stream = std::move(response.stream);
  exchange.closes = exchange.closes || response.close || exchange.stream.has_value();

  out.status = response.status;
  out.headers.emplace("Date", http_date_now());
  out.headers.emplace("X-Request-Id", request.request_id);
  if (!response.content_type.empty()) out.headers.emplace("Content-Type", std::move(response.content_type));
  if (exchange.closes) out.headers.emplace("Connection", "close");
  for (Pair& header : response.headers) out.headers.emplace(std::move(header.name), std::move(header.value));
  if (exchange.stream) {
    exchange.client_address = request.remote_address;
    connection.out.body = std::move(exchange.stream->initial);
    return;
  }
  out.headers.emplace("Content-Length", std::to_string(response.body_view().size()));
  if (is_head || has_no_body(response.status)) return;
  connection.out.body = std::move(response.body);
  connection.out.shared_body = std::move(response.shared_body);
}

Request Engine::make_request(const Connection& connection, const httplib::Request& parsed) {
  const Exchange& exchange = connection.exchange;
  Request request;
  request.remote_address = connection.peer_text;
  if (exchange.refusal) {
    request.request_id = next_request_id();
    return request;
  }
  request.method = exchange.head.method;
  request.path = exchange.path.text;
  request.target = exchange.head.target.in(exchange.bytes);
  request.body = exchange.body();
  request.headers.reserve(exchange.head.fields.size());
  for (const FieldSpan& field : exchange.head.fields) {
    request.headers.push_back({field.name.in(exchange.bytes), field.value.in(exchange.bytes)});
  }
  for (const auto& [name, value] : parsed.params) request.query.push_back({name, value});
  if (exchange.match.route != nullptr) {
    const Route& route = *exchange.match.route;
    request.route = route.pattern;
    for (std::size_t i = 0; i < route.names.size(); ++i) {
      request.path_params.push_back({route.names[i], exchange.match.values[i]});
    }
  }
  if (is_trusted(connection.peer, options_.trusted_proxies)) {
    request.remote_address =
        client_address(connection.peer, joined(request, "X-Forwarded-For"), options_.trusted_proxies).text();
    request.is_secure = same_name(request.header("X-Forwarded-Proto"), "https");
    request.request_id = request.header("X-Request-Id");
  }
  if (!is_request_id(request.request_id)) request.request_id = next_request_id();
  return request;
}

Response Engine::respond(Request& request, const RouteMatch& match) {
  try {
    if (hooks_.before) {
      if (auto response = hooks_.before(request)) return std::move(*response);
    }
    if (match.route != nullptr) return match.route->handler(request);
  } catch (const std::exception& fault) {
    if (hooks_.failed) hooks_.failed(request, fault.what());
    return refuse(request, {500, "internal", "something went wrong here"});
  }
  if (!match.is_wrong_method()) return refuse(request, {404, "not_found", "there is nothing here"});
  Response response = refuse(request, {405, "method_not_allowed", "this is not served with that method"});
  response.set_header("Allow", match.allow);
  return response;
}

Response Engine::refuse(const Request& request, const Refusal& refusal) const {
  Response response = problem_response(refusal.status, problem_json({.status = refusal.status,
                                                                     .code = refusal.code,
                                                                     .title = {},
                                                                     .detail = refusal.detail,
                                                                     .instance = request.path,
                                                                     .members = {}}));
  if (refusal.status == 503) response.set_header("Retry-After", "1");
  return response;
}

std::string Engine::next_request_id() {
  static constexpr std::string_view hex = "0123456789abcdef";
  std::uint64_t number = mixed(request_count_.fetch_add(1, std::memory_order_relaxed));
  std::string id(16, '0');
  for (char& digit : id) {
    digit = hex[number & 0x0fU];
    number >>= 4U;
  }
  return id;
}

std::int64_t monotonic_us() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

}  // namespace cartwright::http

#pragma once
// The route table: one readable list, matched segment by segment through a tree.
//
// Rule: in each segment a literal wins over `{name}`, and that over a final `{*rest}`; when the winner has no
// handler for the method the next name is tried, but no rest. HEAD is served by GET's handler (the server leaves
// the body out). Immutable once the server runs: matching is safe from any thread.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace cartwright::http {

using Handler = std::function<Response(const Request&)>;

struct RouteOptions {
  std::size_t max_body_bytes = 1U << 20U;  ///< a larger body is answered 413 before it is read
  /// Runs on the epoll thread: only for handlers that never wait (a lock, a disk, a commit) and take microseconds.
  bool runs_inline = false;
};

struct Route {
  Method method = Method::GET;
  std::string pattern;                     ///< "/api/v1/products/{id}", "/assets/{*file}"
  Handler handler;
  RouteOptions options;
  std::vector<std::string> names{};        ///< the pattern's names in order, filled in by Router::add()
};

struct RouteMatch {
  const Route* route = nullptr;            ///< null: not found, or not with this method
  std::vector<std::string> values;         ///< what stood for the pattern's names, in order
  std::string allow;                       ///< with a null route: the methods there are ("GET, HEAD"), else empty

  bool is_wrong_method() const { return route == nullptr && !allow.empty(); }
};

class Router {
 public:
  Router();
  /// Asserts that patterns are well formed and that no two routes are the same.
  explicit Router(std::vector<Route> routes);
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  void add(Route route);

  RouteMatch match(Method method, const std::vector<std::string_view>& segments) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

}  // namespace cartwright::http

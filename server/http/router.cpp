#include "server/http/router.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace cartwright::http {

namespace {

constexpr std::size_t method_count = method_names.size();
constexpr std::size_t index_of(Method method) { return static_cast<std::size_t>(method); }

std::vector<std::string_view> split(std::string_view pattern) {
  std::vector<std::string_view> parts;
  pattern.remove_prefix(1);
  while (true) {
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    parts.push_back(pattern.substr(0, end));
    if (end == pattern.size()) return parts;
    pattern.remove_prefix(end + 1);
  }
}

bool is_name(std::string_view part) { return part.size() > 2 && part.front() == '{' && part.back() == '}'; }
bool is_rest(std::string_view part) { return is_name(part) && part[1] == '*'; }

/// A wrong route table is a programmer's mistake, found at the first start.
void require(bool condition, const Route& route, const char* rule) {
  if (condition) return;
  std::fprintf(stderr, "route %s: %s\n", route.pattern.c_str(), rule);
  std::abort();
}

}  // namespace

struct Router::Node {
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;
  std::unique_ptr<Node> name;
  std::unique_ptr<Node> rest;
  std::array<std::unique_ptr<Route>, method_count> routes;

  Node& literal(std::string_view part) {
    for (auto& [word, child] : literals) {
      if (word == part) return *child;
    }
    return *literals.emplace_back(std::string(part), std::make_unique<Node>()).second;
  }

  const Node* find_literal(std::string_view part) const {
    for (const auto& [word, child] : literals) {
      if (word == part) return child.get();
    }
    return nullptr;
  }

  /// This method's route, GET's for HEAD; notes what there is when there is none.
  const Route* route_for(Method method, std::array<bool, method_count>& allowed) const {
    if (const auto& route = routes[index_of(method)]) return route.get();
    if (method == Method::HEAD && routes[index_of(Method::GET)]) return routes[index_of(Method::GET)].get();
    for (std::size_t i = 0; i < method_count; ++i) allowed[i] = allowed[i] || routes[i] != nullptr;
    return nullptr;
  }
};

namespace {

/// One walk down the tree, trying the next-best child when a branch ends without a handler.
struct Walk {
  Method method;
  const std::vector<std::string_view>& segments;
  std::vector<std::string> values{};
  std::array<bool, method_count> allowed{};

  template <class Node>
  const Route* from(const Node& node, std::size_t at) {
    if (at == segments.size()) return node.route_for(method, allowed);
    if (const Node* child = node.find_literal(segments[at])) {
      if (const Route* route = from(*child, at + 1)) return route;
    }
    if (node.name && !segments[at].empty()) {
      values.emplace_back(segments[at]);
      if (const Route* route = from(*node.name, at + 1)) return route;
      values.pop_back();
    }
    // A rest takes what nothing else is there for: a path with other methods keeps its 405.
    if (!node.rest || std::find(allowed.begin(), allowed.end(), true) != allowed.end()) return nullptr;
    const Route* route = node.rest->route_for(method, allowed);
    if (route != nullptr) values.push_back(joined(at));
    return route;
  }

  std::string joined(std::size_t at) const {
    std::string text(segments[at]);
    for (std::size_t i = at + 1; i < segments.size(); ++i) text.append("/").append(segments[i]);
    return text;
  }
};

std::string allow_list(std::array<bool, method_count> allowed) {
  if (allowed[index_of(Method::GET)]) allowed[index_of(Method::HEAD)] = true;
  std::string list;
  for (std::size_t i = 0; i < method_count; ++i) {
    if (allowed[i]) list.append(list.empty() ? "" : ", ").append(method_names[i]);
  }
  return list;
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

Router::Router(std::vector<Route> routes) : Router() {
  for (Route& route : routes) add(std::move(route));
}

void Router::add(Route route) {
  require(!route.pattern.empty() && route.pattern.front() == '/', route, "a pattern begins with /");
  require(static_cast<bool>(route.handler), route, "a route has a handler");
  Node* node = root_.get();
  route.names.clear();
  const std::vector<std::string_view> parts = split(route.pattern);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    require(!is_rest(parts[i]) || i + 1 == parts.size(), route, "{*rest} stands last");
    if (!is_name(parts[i])) {
      node = &node->literal(parts[i]);
      continue;
    }
    const std::size_t skip = is_rest(parts[i]) ? 2 : 1;
    route.names.emplace_back(parts[i].substr(skip, parts[i].size() - skip - 1));
    std::unique_ptr<Node>& child = is_rest(parts[i]) ? node->rest : node->name;
    if (!child) child = std::make_unique<Node>();
    node = child.get();
  }
  std::unique_ptr<Route>& place = node->routes[index_of(route.method)];
  require(place == nullptr, route, "is there twice");
  place = std::make_unique<Route>(std::move(route));
}

RouteMatch Router::match(Method method, const std::vector<std::string_view>& segments) const {
  Walk walk{method, segments};
  RouteMatch match;
  match.route = walk.from(*root_, 0);
  if (match.route != nullptr) {
    match.values = std::move(walk.values);
  } else {
    match.allow = allow_list(walk.allowed);
  }
  return match;
}

}  // namespace cartwright::http

#include "server/api/origin.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cartwright::api {

namespace {

constexpr std::string_view methods = "GET, POST, PUT, PATCH, DELETE";
constexpr std::string_view request_headers =
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID";
constexpr std::string_view answer_headers =
    "ETag, Idempotency-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";
constexpr std::string_view preflight_s = "7200";  // browsers keep it no longer

bool is_api(const http::Request& request) { return request.path.starts_with("/api/v1/"); }

bool is_preflight(const http::Request& request) {
  return request.method == http::Method::OPTIONS && request.has_header("Access-Control-Request-Method");
}

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
}

// What is kept of an answer between visitors depends on who asked.
void vary_by_origin(http::Response& response) {
  const std::string* vary = response.find_header("Vary");
  response.set_header("Vary", vary == nullptr ? "Origin" : *vary + ", Origin");
}

}  // namespace

bool is_origin(std::string_view text) {
  for (const auto& [scheme, own_port] : {std::pair{std::string_view("https://"), std::string_view(":443")},
                                         std::pair{std::string_view("http://"), std::string_view(":80")}}) {
    if (!text.starts_with(scheme)) continue;
    const std::string_view host = text.substr(scheme.size());
    const bool is_host = !host.empty() && std::all_of(host.begin(), host.end(), is_host_char);
    return is_host && !host.ends_with(own_port);  // browsers leave a scheme's own port out
  }
  return false;
}

bool is_same_origin(const http::Request& request) {
  const std::string_view site = request.header("Sec-Fetch-Site");
  if (!site.empty()) return site == "same-origin" || site == "none";
  const std::string_view origin = request.header("Origin");
  if (origin.empty()) return true;  // no browser
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return false;  // "null"
  return origin.substr(scheme + 3) == request.header("Host");
}

bool is_listed(const http::Request& request, const Origins& origins) {
  return std::find(origins.begin(), origins.end(), request.header("Origin")) != origins.end();
}

http::Hooks with_cors(http::Hooks hooks, Origins origins) {
  if (origins.empty()) return hooks;
  hooks.before = [origins](http::Request& request) -> std::optional<http::Response> {
    if (!is_api(request) || !is_preflight(request) || !is_listed(request, origins)) return std::nullopt;
    http::Response response = http::Response::empty(204);
    response.set_header("Access-Control-Allow-Methods", std::string(methods));
    response.set_header("Access-Control-Allow-Headers", std::string(request_headers));
    response.set_header("Access-Control-Max-Age", std::string(preflight_s));
    return response;
  };
  const auto after = std::move(hooks.after);
  hooks.after = [after, origins = std::move(origins)](const http::Request& request, http::Response& response,
                                                      std::string_view route, std::int64_t duration_us) {
    after(request, response, route, duration_us);
    if (!is_api(request)) return;
    vary_by_origin(response);
    if (!is_listed(request, origins) || is_same_origin(request)) return;
    // Never with credentials: a listed site has its own token, and sets no cookie of this shop.
    response.set_header("Access-Control-Allow-Origin", std::string(request.header("Origin")));
    response.set_header("Access-Control-Expose-Headers", std::string(answer_headers));
    std::erase_if(response.headers, [](const http::Pair& header) { return http::same_name(header.name, "Set-Cookie"); });
  };
  return hooks;
}

}  // namespace cartwright::api

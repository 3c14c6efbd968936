#include "server/api/application.h"

#include <spdlog/spdlog.h>

#include "server/api/account_handlers.h"
#include "server/store/database.h"

namespace cartwright::api {

namespace {

bool is_write(http::Method method) {
  switch (method) {
    case http::Method::GET:
    case http::Method::HEAD:
    case http::Method::OPTIONS:
      return false;
    case http::Method::POST:
    case http::Method::PUT:
    case http::Method::PATCH:
    case http::Method::DELETE:
      return true;
  }
  return true;
}

std::optional<Error> denied(const ApiRoute& route, const Call& call) {
  if (is_write(route.method) && !is_same_origin(call.request)) {
    return Error{.code = ErrorCode::cross_origin_refused,
                 .detail = "Writes are taken from this shop's own pages only."};
  }
  if (route.access == Access::anyone) return std::nullopt;
  if (!call.caller) {
    return Error{.code = ErrorCode::unauthenticated,
                 .detail = "There is no session, or it has ended. Please sign in."};
  }
  if (route.access == Access::admin && call.caller->role != wire::Role::admin) {
    return Error{.code = ErrorCode::forbidden, .detail = "This needs an admin's account."};
  }
  return std::nullopt;
}

http::Response serve(const ApiRoute& route, Call call) {
  try {
    call.caller = find_caller(call.shop, call.request, call.now);
    if (const auto error = denied(route, call)) return refuse(call, *error);
    return route.handler(call);
  } catch (const store::StoreError& error) {
    spdlog::error("{} {}: store: {}: {}", call.request.request_id, call.request.route, name_of(error.fault()),
                  error.what());
    http::Response response = refuse(
        call, {.code = ErrorCode::storage_failed, .detail = "Nothing was changed. Please try again in a moment."});
    response.add_header("Retry-After", "1");
    return response;
  }
}

}  // namespace

bool is_same_origin(const http::Request& request) {
  const std::string_view site = request.header("Sec-Fetch-Site");
  if (!site.empty()) return site == "same-origin" || site == "none";
  std::string_view origin = request.header("Origin");
  if (origin.empty()) return true;  // no browser
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return false;  // "null"
  return origin.substr(scheme + 3) == request.header("Host");
}

http::Route guarded(ApiRoute route, shop::Services& services) {
  const auto method = route.method;
  const auto pattern = route.pattern;
  const auto options = route.options;
  return {.method = method,
          .pattern = pattern,
          .handler =
              [route = std::move(route), &services](const http::Request& request) {
                return serve(route, Call{.request = request, .shop = services, .caller = {}, .now = services.now()});
              },
          .options = options};
}

http::Hooks hooks() {
  http::Hooks hooks;
  hooks.after = [](const http::Request& request, http::Response& response, std::string_view, std::int64_t) {
    // Imported pictures lie on other servers: images may come from there, nothing else may.
    if (response.find_header("Content-Security-Policy") == nullptr) {
      response.add_header("Content-Security-Policy",
                          "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: https:; "
                          "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    }
    response.set_header("X-Content-Type-Options", "nosniff");
    response.set_header("Referrer-Policy", "strict-origin-when-cross-origin");
    response.set_header("Cross-Origin-Opener-Policy", "same-origin");
    if (request.is_secure) response.set_header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  };
  hooks.failed = [](const http::Request& request, std::string_view what) {
    spdlog::error("{} {}: {}", request.request_id, request.route, what);
  };
  return hooks;
}

}  // namespace cartwright::api

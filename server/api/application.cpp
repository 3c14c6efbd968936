#include "server/api/application.h"

#include <algorithm>

#include "server/api/account_handlers.h"
#include "server/log.h"
#include "server/http/address.h"
#include "server/shop/rate_limits.h"
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

// Pages of other sites may not use a shopper's cookie, nor sign a shopper in, unless the shop lists them.
std::optional<Error> denied(const ApiRoute& route, const Call& call, const Origins& origins) {
  if (is_write(route.method) && !is_same_origin(call.request) &&
      !is_listed(call.request, origins)) {
    return Error{.code = ErrorCode::cross_origin_refused,
                 .detail = "Writes are taken from this shop's own pages and listed sites only."};
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

struct Counted {
  std::optional<shop::LimitName> user = {};
  std::optional<shop::LimitName> address = {};
};

Counted counted_by(Limit limit) {
  using enum shop::LimitName;
  switch (limit) {
    case Limit::none: return {};
    case Limit::registration: return {.address = register_address};
    case Limit::reset: return {.address = reset_address};
    case Limit::issue: return {.user = issue_user, .address = issue_address};
    case Limit::code: return {.user = code_user, .address = code_address};
    case Limit::order: return {.user = order_user};
    case Limit::payment: return {.user = payment_user};
  }
  return {};
}

// Counts the request. What comes from this machine itself is counted per user only: it is a test, or a proxy that nobody
// told us of, behind which everybody would share one count.
std::vector<shop::Standing> count(Limit limit, const Call& call) {
  std::vector<shop::Standing> standings;
  if (limit == Limit::none || call.shop.limits == nullptr) return standings;
  const Counted counted = counted_by(limit);
  const auto take = [&](shop::LimitName name, const std::string& key) {
    if (const auto standing = call.shop.limits->take(name, key, call.now)) standings.push_back(*standing);
  };
  if (counted.user) take(*counted.user, std::to_string(call.user().value));
  const auto address = http::Address::parse(call.request.remote_address);
  if (counted.address && address && !http::is_loopback(*address)) take(*counted.address, limit_key(call.request));
  return standings;
}

std::int64_t wait_ms(const std::vector<shop::Standing>& standings) {
  std::int64_t wait = 0;
  for (const shop::Standing& standing : standings) wait = std::max(wait, standing.wait_ms);
  return wait;
}

std::string in_seconds(std::int64_t ms) { return std::to_string((ms + second_ms - 1) / second_ms); }

// As of draft-ietf-httpapi-ratelimit-headers-10: each policy with its quota (q) in a window of seconds (w), and what is left
// of it (r) until it is whole again (t).
void add_limits(http::Response& response, const std::vector<shop::Standing>& standings) {
  std::string policies;
  std::string left;
  for (const shop::Standing& standing : standings) {
    if (!policies.empty()) policies += ", ", left += ", ";
    const std::string name = '"' + std::string(name_of(standing.name)) + '"';
    policies += name + ";q=" + std::to_string(standing.limit.quota) + ";w=" + std::to_string(standing.limit.window_s);
    left += name + ";r=" + std::to_string(standing.remaining) + ";t=" + in_seconds(standing.reset_ms);
  }
  response.set_header("RateLimit-Policy", policies);
  response.set_header("RateLimit", left);
  if (const std::int64_t wait = wait_ms(standings); wait > 0) response.set_header("Retry-After", in_seconds(wait));
}

http::Response serve(const ApiRoute& route, Call call, const Origins& origins) {
  try {
    call.caller = find_caller(call.shop, call.request, call.now);
    if (const auto error = denied(route, call, origins)) return refuse(call, *error);
    const std::vector<shop::Standing> standings = count(route.limit, call);
    http::Response response =
        wait_ms(standings) > 0
            ? refuse(call, {.code = ErrorCode::rate_limited, .detail = "That was often. Please wait a little."})
            : route.handler(call);
    if (!standings.empty()) add_limits(response, standings);
    return response;
  } catch (const store::StoreError& error) {
    log::write(log::Level::error, error.what(),
               {{"request_id", call.request.request_id},
                {"route", call.request.route},
                {"fault", name_of(error.fault())}});
    return refuse(
        call, {.code = ErrorCode::storage_failed, .detail = "Nothing was changed. Please try again in a moment."});
  }
}

}  // namespace

http::Route guarded(ApiRoute route, shop::Services& services, const Origins& origins) {
  const auto method = route.method;
  const auto pattern = route.pattern;
  const auto options = route.options;
  return {.method = method,
          .pattern = pattern,
          .handler =
              [route = std::move(route), &services, &origins](const http::Request& request) {
                const Call call{.request = request, .shop = services, .caller = {}, .now = services.now()};
                return serve(route, call, origins);
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
    log::write(log::Level::error, what, {{"request_id", request.request_id}, {"route", request.route}});
  };
  return hooks;
}

}  // namespace cartwright::api

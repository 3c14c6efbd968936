#include "server/api/account_handlers.h"

#include "server/http/fields.h"
#include "server/shop/accounts.h"
#include "server/shop/sign_ins.h"

namespace cartwright::api {

namespace {

// Browsers keep a cookie 400 days at most; when the session ends is the server's to say, and it slides.
constexpr std::int64_t cookie_s = 400 * 24 * 3600;

std::string_view cookie_name(const http::Request& request) {
  return request.is_secure ? "__Host-cartwright_session" : "cartwright_session";
}

std::string session_cookie(const http::Request& request, const std::string& token, std::int64_t max_age_s) {
  const auto cookie = http::set_cookie({.name = std::string(cookie_name(request)),
                                        .value = token,
                                        .max_age_s = max_age_s,
                                        .secure = request.is_secure});
  CARTWRIGHT_ASSERT(cookie);  // a token is base64url
  return *cookie;
}

// A bearer token that is sent counts alone, so that an app never acts for whoever's cookie lies around.
std::optional<std::string_view> token_of(const http::Request& request) {
  if (request.has_header("Authorization")) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view header = request.header("Authorization");
    if (!http::same_name(header.substr(0, scheme.size()), scheme)) return std::nullopt;
    return http::trim(header.substr(scheme.size()));
  }
  return request.cookie(cookie_name(request));
}

shop::Client client_of(const Call& call) {
  return {.address = call.request.remote_address, .device = std::string(call.request.header("User-Agent"))};
}

http::Response answer_session(const Call& call, const Result<wire::Session>& session, int status) {
  http::Response response = answer(call, session, status);
  response.set_header("Cache-Control", "no-store");
  if (session) response.add_header("Set-Cookie", session_cookie(call.request, session->token, cookie_s));
  return response;
}

}  // namespace

std::optional<Caller> find_caller(shop::Services& services, const http::Request& request, TimeMs now) {
  const auto token = token_of(request);
  if (!token || services.sign_ins == nullptr) return std::nullopt;
  const auto user = services.sign_ins->sessions.find(services, *token, now);
  if (!user) return std::nullopt;
  return Caller{.user = user->user, .role = user->role};
}

http::Response register_account(const Call& call) {
  const auto registration = body_of<wire::Registration>(call);
  if (!registration) return refuse(call, registration.error());
  return answer_session(call, shop::register_account(call.shop, *registration, client_of(call), call.now), 201);
}

http::Response sign_in(const Call& call) {
  const auto credentials = body_of<wire::Credentials>(call);
  if (!credentials) return refuse(call, credentials.error());
  std::int64_t retry_after_ms = 0;
  const auto session = shop::sign_in(call.shop, *credentials, client_of(call), call.now, retry_after_ms);
  http::Response response = answer_session(call, session, 200);
  if (retry_after_ms > 0) {
    response.set_header("Retry-After", std::to_string((retry_after_ms + second_ms - 1) / second_ms));
  }
  return response;
}

http::Response renew_session(const Call& call) {
  const auto token = token_of(call.request);
  if (!token) return refuse(call, {.code = ErrorCode::unauthenticated, .detail = "There is no session to renew."});
  return answer_session(call, shop::renew_session(call.shop, *token, client_of(call), call.now), 200);
}

http::Response sign_out(const Call& call) {
  const auto token = token_of(call.request);
  if (token) {
    const Status done = shop::sign_out(call.shop, *token, call.now);
    if (!done) return refuse(call, done.error());
  }
  http::Response response = http::Response::empty(204);
  response.set_header("Cache-Control", "no-store");
  response.add_header("Set-Cookie", session_cookie(call.request, "", 0));
  return response;
}

http::Response show_me(const Call& call) {
  http::Response response = answer(call, shop::find_me(call.shop, call.user()));
  response.set_header("Cache-Control", "private, no-store");
  return response;
}

}  // namespace cartwright::api

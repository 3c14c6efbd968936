#include "server/api/account_handlers.h"

#include "server/api/once.h"
#include "server/api/origin.h"
#include "server/http/address.h"
#include "server/http/fields.h"
#include "server/shop/account_changes.h"
#include "server/shop/password_resets.h"
#include "server/shop/rate_limits.h"
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

// A bearer token that is sent counts alone, so that an app never acts for whoever's cookie lies around; and the cookie
// never counts for another site's script.
std::optional<std::string_view> token_of(const http::Request& request) {
  if (request.has_header("Authorization")) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view header = request.header("Authorization");
    if (!http::same_name(header.substr(0, scheme.size()), scheme)) return std::nullopt;
    return http::trim(header.substr(scheme.size()));
  }
  if (request.has_header("Origin") && !is_same_origin(request)) return std::nullopt;
  return request.cookie(cookie_name(request));
}

shop::Client client_of(const Call& call) {
  return {.address = limit_key(call.request), .device = std::string(call.request.header("User-Agent"))};
}

// A session goes out one way or the other: as a cookie, or as a token to a client that isn't a page of this shop.
http::Response answer_session(const Call& call, const Result<shop::NewSession>& session, wire::SessionKind kind,
                              int status) {
  if (!session) return refuse(call, session.error());
  if (!is_same_origin(call.request)) kind = wire::SessionKind::token;
  wire::Session answer{.expires_at = session->expires_at, .me = session->me};
  if (kind == wire::SessionKind::token) answer.token = session->token;
  http::Response response = answer_json(json::encode(answer), status);
  response.set_header("Cache-Control", "no-store");
  if (kind == wire::SessionKind::cookie) {
    response.add_header("Set-Cookie", session_cookie(call.request, session->token, cookie_s));
  }
  return response;
}

// After a refusal that says when to come again.
http::Response with_wait(http::Response response, std::int64_t retry_after_ms) {
  if (retry_after_ms > 0) {
    response.set_header("Retry-After", std::to_string((retry_after_ms + second_ms - 1) / second_ms));
  }
  return response;
}

// No content; or why not.
http::Response done(const Call& call, const Status& status) {
  if (!status) return refuse(call, status.error());
  http::Response response = http::Response::empty(204);
  response.set_header("Cache-Control", "no-store");
  return response;
}

shop::Owner owner_of(const Call& call) {
  return {.user = call.user(), .token = token_of(call.request).value_or(""), .client = client_of(call)};
}

}  // namespace

std::string limit_key(const http::Request& request) {
  const auto address = http::Address::parse(request.remote_address);
  return address ? http::network_of(*address).text() : request.remote_address;
}

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
  return answer_session(call, shop::register_account(call.shop, *registration, client_of(call), call.now),
                        registration->session, 201);
}

http::Response sign_in(const Call& call) {
  const auto credentials = body_of<wire::Credentials>(call);
  if (!credentials) return refuse(call, credentials.error());
  std::int64_t retry_after_ms = 0;
  const auto session = shop::sign_in(call.shop, *credentials, client_of(call), call.now, retry_after_ms);
  return with_wait(answer_session(call, session, credentials->session, 200), retry_after_ms);
}

// It goes on the way it came: no script of a page can turn the cookie into a token.
http::Response renew_session(const Call& call) {
  const auto token = token_of(call.request);
  if (!token) return refuse(call, {.code = ErrorCode::unauthenticated, .detail = "There is no session to renew."});
  const auto kind =
      call.request.has_header("Authorization") ? wire::SessionKind::token : wire::SessionKind::cookie;
  return answer_session(call, shop::renew_session(call.shop, *token, client_of(call), call.now), kind, 200);
}

http::Response sign_out(const Call& call) {
  const auto token = token_of(call.request);
  if (token) {
    const Status ended = shop::sign_out(call.shop, *token, call.now);
    if (!ended) return refuse(call, ended.error());
  }
  http::Response response = done(call, {});
  response.add_header("Set-Cookie", session_cookie(call.request, "", 0));
  return response;
}

http::Response ask_for_reset(const Call& call) {
  const auto wanted = body_of<wire::ResetRequest>(call);
  if (!wanted) return refuse(call, wanted.error());
  auto email = shop::normalise_email(wanted->email);
  if (!email) return refuse(call, email.error());
  if (call.shop.limits != nullptr) {
    const auto standing = call.shop.limits->take(shop::LimitName::reset_email, *email, call.now);
    if (standing && standing->wait_ms > 0) {
      return with_wait(refuse(call, {.code = ErrorCode::rate_limited,
                                     .detail = "A link was asked for a few times already. Please wait."}),
                       standing->wait_ms);
    }
  }
  // Whether there is such an account is found out afterwards, so neither the answer nor its time tells.
  if (call.shop.mail_reset_link) call.shop.mail_reset_link(email.take());
  http::Response response = http::Response::empty(202);
  response.set_header("Cache-Control", "no-store");
  return response;
}

http::Response confirm_reset(const Call& call) {
  const auto wanted = body_of<wire::NewPassword>(call);
  if (!wanted) return refuse(call, wanted.error());
  return done(call, shop::confirm_reset(call.shop, *wanted, call.now));
}

http::Response make_reset_link(const Call& call) {
  const auto wanted = body_of<wire::ResetRequest>(call);
  if (!wanted) return refuse(call, wanted.error());
  http::Response response =
      answer(call, shop::make_reset_link_by_admin(call.shop, call.user(), wanted->email, call.now), 201);
  response.set_header("Cache-Control", "no-store");
  return response;
}

http::Response show_me(const Call& call) {
  const auto me = shop::find_me(call.shop, call.user());
  return me ? answer_personal(call, json::encode(*me)) : refuse(call, me.error());
}

http::Response change_password(const Call& call) {
  const auto change = body_of<wire::PasswordChange>(call);
  if (!change) return refuse(call, change.error());
  std::int64_t retry_after_ms = 0;
  const Status status = shop::change_password(call.shop, owner_of(call), *change, call.now, retry_after_ms);
  return with_wait(done(call, status), retry_after_ms);
}

http::Response erase_account(const Call& call) {
  const auto erasure = body_of<wire::Erasure>(call);
  if (!erasure) return refuse(call, erasure.error());
  std::int64_t retry_after_ms = 0;
  const Status status = shop::erase_account(call.shop, owner_of(call), *erasure, call.now, retry_after_ms);
  http::Response response = with_wait(done(call, status), retry_after_ms);
  if (status) response.add_header("Set-Cookie", session_cookie(call.request, "", 0));
  return response;
}

}  // namespace cartwright::api

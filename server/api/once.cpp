#include "server/api/once.h"

#include "server/api/tagged.h"
#include "server/etag.h"

namespace cartwright::api {

Result<shop::OnceRequest> once_request(const Call& call, Key key, shop::Keep keep) {
  shop::OnceRequest request{.user = call.user(),
                            .endpoint = std::string(http::name_of(call.request.method)) + ' ' + call.request.path,
                            .hash = shop::hash_of(call.request.body),
                            .keep = keep,
                            .now = call.now};
  if (!call.request.has_header("Idempotency-Key")) {
    if (key == Key::welcome) return request;
    return Error{.code = ErrorCode::idempotency_key_required,
                 .detail = "Send a new Idempotency-Key with each new request, and the same one with each retry."};
  }
  auto text = shop::read_key(call.request.header("Idempotency-Key"));
  if (!text) return text.error();
  request.key = text.take();
  return request;
}

shop::Answer refused(const Call& call, const Error& error, std::string_view more) {
  return {.status = http_status(error.code), .body = problem_body(error, call.request.path, more)};
}

http::Response respond(const shop::Answer& answer) {
  http::Response response = answer_json(answer.body, answer.status);
  if (answer.status >= 400) response.content_type = "application/problem+json";
  if (answer.status == 503) response.set_header("Retry-After", "1");
  response.set_header("Cache-Control", "no-store");
  if (!answer.location.empty()) response.set_header("Location", answer.location);
  if (answer.replayed) response.set_header("Idempotency-Replayed", "true");
  return response;
}

http::Response run_once(const Call& call, const shop::OnceRequest& request, const shop::OnceCommand& command) {
  const auto answer = shop::run_once(call.shop, request, command);
  return answer ? respond(*answer) : refuse(call, answer.error());
}

http::Response run_once(const Call& call, Key key, shop::Keep keep, const shop::OnceCommand& command) {
  const auto request = once_request(call, key, keep);
  return request ? run_once(call, *request, command) : refuse(call, request.error());
}

http::Response answer_personal(const Call& call, std::string body) {
  const std::string etag = etag_of(body);
  return answer_tagged(call, std::move(body), etag, {.cache_control = "private, no-cache"});
}

Result<shop::PageRequest> page_of(const Call& call) {
  shop::PageRequest page;
  const auto limit = query_integer(call, "limit", 1, 100);
  if (!limit) return limit.error();
  page.limit = limit->value_or(page.limit);
  if (const std::string* cursor = call.request.find("cursor")) page.cursor = *cursor;
  return page;
}

}  // namespace cartwright::api

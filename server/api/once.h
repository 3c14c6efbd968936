// Commands that a client may send twice and that happen once: the Idempotency-Key header around shop/idempotency.h, and
// the one place where a use case's answer becomes the bytes that are stored and replayed.
#pragma once

#include <string>

#include "server/api/call.h"
#include "server/shop/idempotency.h"
#include "server/shop/paging.h"

namespace cartwright::api {

// POSTs that spend, issue or create need a key; other POSTs may have one.
enum class Key : std::uint8_t { required, welcome };

// The request as its key names it. Errors: `idempotency_key_required`, `invalid_request`.
Result<shop::OnceRequest> once_request(const Call& call, Key key, shop::Keep keep);

// What the command answers: the JSON, or the problem with further members (`"quote":{…}`).
template <class T>
shop::Answer succeeded(const T& value, int status, std::string location = {}) {
  return {.status = status, .body = json::encode(value), .location = std::move(location)};
}
shop::Answer refused(const Call& call, const Error& error, std::string_view more = {});
template <class T>
shop::Answer answered(const Call& call, const Result<T>& result, int status) {
  return result ? succeeded(*result, status) : refused(call, result.error());
}

// 2xx or problem+json, Location for what was created, `Idempotency-Replayed: true` for a stored one.
http::Response respond(const shop::Answer& answer);

http::Response run_once(const Call& call, const shop::OnceRequest& request, const shop::OnceCommand& command);
// The same for a command that needs nothing done before it.
http::Response run_once(const Call& call, Key key, shop::Keep keep, const shop::OnceCommand& command);

// What belongs to one person: kept by nobody in between, and asked for again each time.
http::Response answer_personal(const Call& call, std::string body);

// `cursor` and `limit`. Error: `invalid_request`.
Result<shop::PageRequest> page_of(const Call& call);

}  // namespace cartwright::api

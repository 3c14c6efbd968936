// One request on its way to a use case: decode -> use case -> encode. The route table (routes.cpp) has looked up the
// session and refused who may not; a handler may rely on it.
#pragma once

#include <optional>
#include <string>

#include "core/time.h"
#include "server/http/message.h"
#include "server/json.h"
#include "server/problems.h"
#include "server/shop/services.h"
#include "server/wire_fields.h"

namespace cartwright::api {

// Who asks.
struct Caller {
  UserId user;
  wire::Role role = wire::Role::shopper;
};

struct Call {
  const http::Request& request;
  shop::Services& shop;
  std::optional<Caller> caller;  // set on routes for shoppers
  TimeMs now;

  UserId user() const {
    CARTWRIGHT_ASSERT(caller);
    return caller->user;
  }
};

// application/problem+json
http::Response refuse(const Call& call, const Error& error);

// 200 and its JSON.
http::Response answer_json(std::string body, int status = 200);
template <class T>
http::Response answer(const Call& call, const Result<T>& result, int status = 200) {
  if (!result) return refuse(call, result.error());
  return answer_json(json::encode(*result), status);
}

// The body as a struct. Errors: `unsupported_media_type` (not application/json), `malformed_json`, `invalid_request`.
template <class T>
Result<T> body_of(const Call& call);

// Of a command without arguments: no body, or an empty object. Errors: as body_of().
Status check_empty_body(const Call& call);

// A query parameter as an integer in a range. Error: `invalid_request`.
Result<std::optional<std::int64_t>> query_integer(const Call& call, std::string_view name, std::int64_t min,
                                                  std::int64_t max);

// The {name} of the path as an id. Error: `not_found` (what is no id names nothing).
Result<std::int64_t> path_id(const Call& call, std::string_view name);

namespace detail {
Result<json::Document> parse_body(const http::Request& request);
}

template <class T>
Result<T> body_of(const Call& call) {
  const auto document = detail::parse_body(call.request);
  if (!document) return document.error();
  return json::decode<T>(document->root());
}

}  // namespace cartwright::api

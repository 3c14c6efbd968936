#include "server/api/call.h"

#include <charconv>

#include "server/http/fields.h"
#include "server/http/problem.h"

namespace cartwright::api {

namespace {

// Whether trying the same again soon makes sense.
bool passes_by(ErrorCode code) {
  return code == ErrorCode::overloaded || code == ErrorCode::rate_limited || code == ErrorCode::storage_failed ||
         code == ErrorCode::provider_unavailable || code == ErrorCode::idempotency_in_flight;
}

bool is_json(std::string_view content_type) {
  return http::same_name(http::trim(content_type.substr(0, content_type.find(';'))), "application/json");
}

}  // namespace

http::Response refuse(const Call& call, const Error& error) {
  http::Response response =
      http::problem_response(http_status(error.code), problem_body(error, call.request.path));
  if (error.code == ErrorCode::unauthenticated) response.set_header("WWW-Authenticate", "Bearer");
  if (passes_by(error.code)) response.set_header("Retry-After", "1");
  return response;
}

http::Response answer_json(std::string body, int status) { return http::Response::json(status, std::move(body)); }

Status check_empty_body(const Call& call) {
  if (call.request.body.empty()) return {};
  const auto document = detail::parse_body(call.request);
  if (!document) return document.error();
  const json::Node& root = document->root();
  if (root.kind == json::Node::Kind::object && root.size == 0) return {};
  return Error{.code = ErrorCode::invalid_request, .path = "$", .detail = "must be empty, or {}"};
}

Result<std::optional<std::int64_t>> query_integer(const Call& call, std::string_view name, std::int64_t min,
                                                  std::int64_t max) {
  const std::string* text = call.request.find(name);
  if (text == nullptr) return std::optional<std::int64_t>();
  std::int64_t value = 0;
  const char* const end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || rest != end || value < min || value > max) {
    return Error{.code = ErrorCode::invalid_request,
                 .path = "$." + std::string(name),
                 .detail = "must be an integer from " + std::to_string(min) + " to " + std::to_string(max)};
  }
  return std::optional<std::int64_t>(value);
}

Result<std::int64_t> path_id(const Call& call, std::string_view name) {
  const std::string_view text = call.request.param(name);
  std::int64_t id = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc() || rest != text.data() + text.size() || id < 1 || id > max_id) {
    return Error{.code = ErrorCode::not_found, .detail = "There is nothing of that name."};
  }
  return id;
}

namespace detail {

Result<json::Document> parse_body(const http::Request& request) {
  if (!is_json(request.header("Content-Type"))) {
    return Error{.code = ErrorCode::unsupported_media_type, .detail = "The body must be application/json."};
  }
  return json::Document::parse(request.body);
}

}  // namespace detail

}  // namespace cartwright::api

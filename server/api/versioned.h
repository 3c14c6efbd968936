// Things that admins change: their version is their ETag ("7"), as the cart's is, and a change must say in If-Match which
// version it was made to (`*`: whichever), so that nobody undoes what someone else did meanwhile. Figures that come along
// with a thing (how many were issued) are no change of it, so these answers are never `304`.
#pragma once

#include <charconv>
#include <optional>
#include <string>

#include "server/api/call.h"
#include "server/http/fields.h"

namespace cartwright::api {

// T has a `version`; `of` gives it.
template <class T>
http::Response answer_versioned(const Call& call, const Result<T>& result, std::int64_t (*version_of)(const T&)) {
  http::Response response = answer(call, result);
  response.set_header("Cache-Control", "private, no-store");
  if (result) response.set_header("ETag", '"' + std::to_string(version_of(*result)) + '"');
  return response;
}

// Empty: any version. What is no tag of ours matches none. Error: `precondition_required`.
inline Result<std::optional<std::int64_t>> required_version(const Call& call) {
  if (!call.request.has_header("If-Match")) {
    return Error{.code = ErrorCode::precondition_required,
                 .detail = "Send the ETag of what you have read as If-Match."};
  }
  const std::string_view tag = http::trim(call.request.header("If-Match"));
  if (tag == "*") return std::optional<std::int64_t>();
  std::int64_t version = 0;
  const char* const end = tag.data() + tag.size();
  if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return std::optional<std::int64_t>(-1);
  const auto [rest, fault] = std::from_chars(tag.data() + 1, end - 1, version);
  if (fault != std::errc() || rest != end - 1) return std::optional<std::int64_t>(-1);
  return std::optional(version);
}

}  // namespace cartwright::api

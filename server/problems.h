// From an error to the answer of the REST API (API.md "Names"): one switch for the status, one place for the words.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace cartwright {

int http_status(ErrorCode code);

// A short English title, the same for every occurrence of the code.
std::string_view problem_title(ErrorCode code);

// The problem+json body (RFC 9457) with `code`, the error's own numbers, and for 422 `errors` with a JSON pointer per
// field. `more` are further members as JSON text: `"quote":{…}`.
std::string problem_body(const Error& error, std::string_view instance, std::string_view more = {});

// "$.lines[0].quantity" -> "/lines/0/quantity" (RFC 6901).
std::string json_pointer(std::string_view path);

}  // namespace cartwright

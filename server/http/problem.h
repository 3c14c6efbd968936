#pragma once
// problem+json (RFC 9457) for every refusal, and the JSON escaping it needs. Pure functions.

#include <string>
#include <string_view>

#include "server/http/message.h"

namespace cartwright::http {

struct Problem {
  int status = 500;
  std::string_view code;      ///< the design's word for it, stable: clients switch on it
  std::string_view title;     ///< empty: the status's own words
  std::string_view detail;    ///< empty: left out
  std::string_view instance;  ///< the path, empty: left out
  std::string_view members;   ///< more members as JSON text without braces (`"available":3`), empty: none
};

std::string problem_json(const Problem& problem);

/// The whole answer: status, content type, body, never cached.
Response problem(const Problem& problem);

/// `text` as a JSON string with its quotes. Malformed UTF-8 becomes U+FFFD.
std::string json_string(std::string_view text);
void append_json_string(std::string& out, std::string_view text);

/// The reason phrase of a status, "Unknown" for one that has none here.
std::string_view status_title(int status);

}  // namespace cartwright::http

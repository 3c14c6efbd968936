#pragma once
// problem+json (RFC 9457): the one place that writes it, for the refusals of this layer and of the shop above it
// (server/problems.h). Pure functions.

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

/// The body. Its texts are UTF-8.
std::string problem_json(const Problem& problem);

/// The whole answer around such a body: status, content type, never cached.
Response problem_response(int status, std::string body);

/// The reason phrase of a status, "Unknown" for one that has none here.
std::string_view status_title(int status);

}  // namespace cartwright::http

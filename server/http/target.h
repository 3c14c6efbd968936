#pragma once
// The request target's path: percent-decoding, once and strictly, before anything looks at it. Pure functions.
//
// Rule: what cannot be read in exactly one way is refused, so there is nothing to traverse or smuggle later: bad
// percent signs, control characters, backslashes, malformed UTF-8, and segments `.` and `..` (encoded or not;
// browsers resolve them before they send).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::http {

struct TargetPath {
  std::string text;                     ///< decoded, begins with '/'
  /// Where each decoded segment lies in `text`; one that holds an encoded slash is still one segment.
  std::vector<std::string_view> segments() const;
  std::vector<std::size_t> segment_ends;
};

/// Reads the path of `target` (origin form, or `*`), up to its `?`; nothing when it is refused.
std::optional<TargetPath> read_path(std::string_view target);

/// May the query be decoded: whole percent signs, and UTF-8 without control characters after decoding?
bool is_readable_query(std::string_view target);

}  // namespace cartwright::http

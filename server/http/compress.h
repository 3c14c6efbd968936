#pragma once
// gzip for answers, by zlib. Pure functions; thread-safe.

#include <string>
#include <string_view>

#include "server/http/message.h"

namespace cartwright::http {

inline constexpr std::size_t min_compressed_bytes = 1024;  ///< below this gzip costs more than it saves

/// `text` as one gzip member. Level 1 (fast) to 9 (small).
std::string gzip(std::string_view text, int level = 6);

/// Applies `response.compress`: adds Vary, and replaces the body by its gzip form when it is long enough, not
/// coded yet and `accept_encoding` takes it. A strong ETag becomes weak then: the bytes are others.
void compress_if_wanted(Response& response, std::string_view accept_encoding);

}  // namespace cartwright::http

// Cursors of lists: where a page ended, in a text that a client hands back as it is. A cursor belongs to one list with its
// filters (the context); with another one, or changed, it is refused. It holds no secret and no right.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cartwright::shop {

// base64url of the content with a checksum over it and the context.
std::string seal_cursor(std::string_view context, std::string_view content);

// The content. Empty: not a cursor of this list.
std::optional<std::string> open_cursor(std::string_view context, std::string_view cursor);

}  // namespace cartwright::shop

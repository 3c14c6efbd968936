// Lists of one user's things, newest first, by a falling position (API.md "Lists").
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "core/money.h"
#include "core/result.h"
#include "server/shop/cursor.h"
#include "server/wire.h"

namespace cartwright::shop {

struct PageRequest {
  std::optional<std::string> cursor = {};  // of the page before; empty: the first page
  std::int64_t limit = 20;                 // 1..100
};

inline Error bad_cursor() {
  return {.code = ErrorCode::invalid_request, .path = "$.cursor", .detail = "is not a cursor of this list"};
}

// Where the page begins: positions below this one. Error: `invalid_request` for a cursor of another list.
inline Result<std::int64_t> begin_below(std::string_view context, const PageRequest& request) {
  if (!request.cursor) return max_id;
  const auto content = open_cursor(context, *request.cursor);
  std::int64_t position = 0;
  if (!content) return bad_cursor();
  const auto [end, fault] = std::from_chars(content->data(), content->data() + content->size(), position);
  if (fault != std::errc() || end != content->data() + content->size()) return bad_cursor();
  return position;
}

// One item more than `limit` was read: then there is a next page, which begins below the last item's position.
template <class T, class PositionOf>
void end_page(wire::Page<T>& page, std::string_view context, const PageRequest& request, PositionOf position_of) {
  if (static_cast<std::int64_t>(page.items.size()) <= request.limit) return;
  page.items.pop_back();
  page.next_cursor = seal_cursor(context, std::to_string(position_of(page.items.back())));
}

}  // namespace cartwright::shop

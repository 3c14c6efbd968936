// The admins' log over REST: who changed what.
#pragma once

#include "server/json.h"
#include "server/wire_fields.h"

namespace cartwright {

namespace wire {

struct AdminLogEntry {
  std::int64_t id = 0;
  UserId user_id = {};
  std::string user_name = {};
  std::string action = {};                     // "order.ship"
  std::string entity = {};                     // "order"
  std::optional<std::int64_t> entity_id = {};
  json::Raw before = {};                       // null: it was made
  json::Raw after = {};                        // null: it is gone
  TimeMs created_at = {};
};

}  // namespace wire

template <>
struct Fields<wire::AdminLogEntry> {
  using S = wire::AdminLogEntry;
  static constexpr auto list = std::tuple{
      field("id", &S::id),         field("user_id", &S::user_id),     field("user_name", &S::user_name),
      field("action", &S::action), field("entity", &S::entity),       field("entity_id", &S::entity_id),
      field("before", &S::before), field("after", &S::after),         field("created_at", &S::created_at)};
};
static_assert(lists_every_member<wire::AdminLogEntry>);

}  // namespace cartwright

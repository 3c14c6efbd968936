// Who changed what, before and after: one row for each thing that an admin did, written in the transaction that did it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire_admin_log.h"

namespace cartwright::shop {

// Who does it, and when.
struct By {
  UserId admin;
  TimeMs now;
};

struct AdminDeed {
  UserId admin;
  std::string_view action;                      // entity and verb: "order.ship", "product.change"
  std::string_view entity;                      // what the id is of: "order", "product"
  std::optional<std::int64_t> entity_id = {};
  std::string before = {};                      // JSON; empty: null, it was made
  std::string after = {};                       // JSON; empty: null, it is gone
};

// No secret and no password goes into before and after.
void log_admin(store::Transaction& tx, const AdminDeed& deed, TimeMs now);

struct AdminLogFilter {
  std::string entity = {};                      // empty: all
  std::optional<std::int64_t> entity_id = {};
};

// Newest first. Error: `invalid_request` (cursor).
Result<wire::Page<wire::AdminLogEntry>> list_admin_log(store::Reader& reader, const AdminLogFilter& filter,
                                                       const PageRequest& page);

}  // namespace cartwright::shop

#include "server/shop/admin_log.h"

namespace cartwright::shop {

namespace {

std::optional<std::string_view> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

}  // namespace

void log_admin(store::Transaction& tx, const AdminDeed& deed, TimeMs now) {
  tx.execute("INSERT INTO admin_log (user_id, action, entity, entity_id, before, after, created_at)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7)",
             deed.admin, deed.action, deed.entity, deed.entity_id, unless_empty(deed.before),
             unless_empty(deed.after), now);
}

Result<wire::Page<wire::AdminLogEntry>> list_admin_log(store::Reader& reader, const AdminLogFilter& filter,
                                                       const PageRequest& request) {
  const std::string context = "admin_log " + filter.entity + ' ' +
                              (filter.entity_id ? std::to_string(*filter.entity_id) : std::string());
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  wire::Page<wire::AdminLogEntry> page;
  for (const auto row :
       reader.query("SELECT l.id, l.user_id, u.name, l.action, l.entity, l.entity_id, l.before, l.after, l.created_at"
                    " FROM admin_log l JOIN users u ON u.id = l.user_id"
                    " WHERE l.id < $1 AND ($2 = '' OR l.entity = $2) AND ($3 = 0 OR l.entity_id = $3)"
                    " ORDER BY l.id DESC LIMIT $4",
                    *below, filter.entity, filter.entity_id.value_or(0), request.limit + 1)) {
    wire::AdminLogEntry& entry = page.items.emplace_back();
    entry.id = row.get<std::int64_t>(0);
    entry.user_id = row.get<UserId>(1);
    entry.user_name = row.get<std::string>(2);
    entry.action = row.get<std::string>(3);
    entry.entity = row.get<std::string>(4);
    entry.entity_id = row.get<std::optional<std::int64_t>>(5);
    entry.before.text = row.get<std::optional<std::string>>(6).value_or("");
    entry.after.text = row.get<std::optional<std::string>>(7).value_or("");
    entry.created_at = row.get<TimeMs>(8);
  }
  end_page(page, context, request, [](const wire::AdminLogEntry& entry) { return entry.id; });
  return page;
}

}  // namespace cartwright::shop

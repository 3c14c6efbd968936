#include "server/api/admin_log_handlers.h"

#include "server/api/once.h"
#include "server/shop/admin_log.h"

namespace cartwright::api {

http::Response list_admin_log(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto entity_id = query_integer(call, "entity_id", 1, max_id);
  if (!entity_id) return refuse(call, entity_id.error());
  shop::AdminLogFilter filter{.entity_id = *entity_id};
  if (const std::string* entity = call.request.find("entity")) filter.entity = *entity;
  const auto read = call.shop.readers.begin();
  const auto log = shop::list_admin_log(*read, filter, *page);
  if (!log) return refuse(call, log.error());
  return answer_personal(call, json::encode(*log));
}

}  // namespace cartwright::api

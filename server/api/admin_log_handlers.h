// Who changed what (API.md "/admin/log").
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response list_admin_log(const Call& call);  // GET /admin/log?entity=&entity_id=&cursor=&limit= -> 200 Page<AdminLogEntry>

}  // namespace cartwright::api

// What an admin sets about the shop, and what everyone may read of it.
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response show_policies(const Call& call);         // GET /shop/policies -> 200 ShopPolicies
http::Response show_shop_settings(const Call& call);    // GET /admin/shop -> 200 ShopSettings
http::Response change_shop_settings(const Call& call);  // PATCH /admin/shop (ShopSettingsChange) -> 200; If-Match welcome

}  // namespace cartwright::api

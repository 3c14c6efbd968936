// What an admin sets about the shop itself: its name, money, time zone, shipping, tax and what it says in writing.
#pragma once

#include <string>

#include "server/shop/services.h"
#include "server/wire_shop_settings.h"

namespace cartwright::shop {

wire::ShopSettings load_shop_settings(store::Reader& reader);
wire::ShopPolicies load_policies(store::Reader& reader);

// `expected` is the ETag of the settings that the admin has seen; empty: any. Prices, carts and quotes change at once;
// what was ordered keeps what it was quoted with. Runs inside a command.
//
// Errors: `changed_meanwhile`; `invalid_request` (blank name, time zone that this machine doesn't know); `still_in_use` (a
// currency can only be changed while nothing has a price: no product, coupon, charge or order).
Result<wire::ShopSettings> change_shop_settings(store::Transaction& tx, UserId admin,
                                                const wire::ShopSettingsChange& change, std::string_view expected,
                                                TimeMs now);

}  // namespace cartwright::shop

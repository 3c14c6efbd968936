// The shop itself: its name, money, rules and the settings that its pages show.
#pragma once

#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

Result<wire::ShopInfo> find_shop(Services& services, TimeMs now);

}  // namespace cartwright::shop

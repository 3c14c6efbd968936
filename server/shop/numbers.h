// Public numbers of orders and charges: what the outside knows them by.
#pragma once

#include <string>

#include "core/time.h"

namespace cartwright::shop {

// 16 characters of Crockford's base32. The first four are the hour, so that new ones lie together in the index; the
// other twelve are 60 random bits. Random, so never inside a command: that may run more than once.
std::string make_number(TimeMs now);

}  // namespace cartwright::shop

// A coupon's code in its row: what admin_rules.h's functions about codes share.
#pragma once

#include <string>

#include "server/shop/services.h"
#include "server/wire_admin_rules.h"

namespace cartwright::shop {

// May the coupon (0: a new one) have this code? `path` is where it stands in the request.
Status check_new_code(store::Reader& reader, RuleId coupon, const wire::NewCode& wanted, const std::string& path);

wire::IssuedCode write_code(store::Transaction& tx, RuleId coupon, const wire::NewCode& wanted);

}  // namespace cartwright::shop

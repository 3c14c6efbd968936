// The shopper's balance [잔액] (COMMERCE.md "Balance").
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response show_balance(const Call& call);          // GET /me/balance -> 200 Balance
http::Response charge_balance(const Call& call);        // POST /me/balance/charges -> 201 Charge; key required
http::Response list_balance_history(const Call& call);  // GET /me/balance/history -> 200 Page<BalanceHistory>

}  // namespace cartwright::api

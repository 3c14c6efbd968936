// Paying an order from the balance (COMMERCE.md "Payment"): one transaction, all or nothing.
#pragma once

#include <string_view>

#include "server/shop/services.h"
#include "server/wire.h"

namespace cartwright::shop {

// Errors, in this order, with what each leaves behind:
//   not_found            nothing
//   order_not_pending    nothing
//   order_expired        the order CANCELLED, its coupons returned
//   quote_changed        (the stored request doesn't give the stored answer, or a coupon isn't held any more) payment
//                        FAILED, the order CANCELLED, its coupons returned
//   receivable_outstanding, insufficient_balance
//                        payment FAILED; the order stays PENDING and keeps its coupons. With what is missing.
//   insufficient_stock   payment FAILED, the order CANCELLED, its coupons returned. With the variant and what is there.
Result<wire::Paid> pay_order(store::Transaction& tx, UserId user, std::string_view number, TimeMs now);

}  // namespace cartwright::shop

// Refunds [환불], whole or by units, from PAID to DELIVERED (COMMERCE.md "Payment"): the money goes back to the balance at
// once, each unit by its share that was fixed when the order was made (core/refund.h).
//
// COMMERCE.md lets both the shopper and an admin ask for one. As this shop has it, the shopper's request [반품] needs
// nobody's consent: any time until the order is shipped, and from then on until `return_days` after its delivery (0: not
// once it is shipped). Units that never left are on sale again at once; shipped ones only with `restock_returns`, as
// someone should look at them first and book them in. An admin may refund at any time and says what goes back on sale.
#pragma once

#include <string_view>

#include "server/shop/services.h"
#include "server/wire_admin_order.h"

namespace cartwright::shop {

// Errors, and then nothing is written: `not_found`, `order_not_refundable` (not paid, too late, or nothing is left),
// `invalid_request` (a variant that isn't in the order), `refund_exceeds_order` with the variant and what is left of it,
// `amount_overflow`. [베타락 on the order, the balance, stock and coupons]
Result<wire::Refunded> return_by_shopper(store::Transaction& tx, const Settings& settings, UserId user,
                                         std::string_view number, const wire::ReturnRequest& wanted, TimeMs now);
Result<wire::Refunded> refund_by_admin(store::Transaction& tx, UserId admin, std::string_view number,
                                       const wire::RefundRequest& wanted, TimeMs now);

}  // namespace cartwright::shop

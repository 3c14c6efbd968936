// Charges of the balance [충전] after they were asked for (COMMERCE.md "Balance"): the shopper's own, what the payment
// company tells, and the admins' part.
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response list_my_charges(const Call& call);  // GET /me/balance/charges?status -> 200 Page<Charge>

// Both public, and believed in nothing but that there is something to ask the company about.
http::Response return_from_gateway(const Call& call);   // GET /charges/return -> 303 to the balance page
http::Response notice_from_gateway(const Call& call);   // POST /charges/notices -> 204

http::Response list_admin_charges(const Call& call);    // GET /admin/charges?status -> 200 Page<AdminCharge>
http::Response confirm_charge(const Call& call);        // POST /admin/charges/{id}/confirm -> 200 AdminCharge
http::Response fail_charge(const Call& call);           // POST /admin/charges/{id}/fail -> 200 AdminCharge
http::Response reverse_charge(const Call& call);        // POST /admin/charges/{id}/reverse -> 200 AdminCharge

}  // namespace cartwright::api

// The account's delivery addresses.
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response list_addresses(const Call& call);   // GET /me/addresses -> 200 SavedAddressList
http::Response add_address(const Call& call);      // POST /me/addresses (NewSavedAddress) -> 201 SavedAddress; key welcome
http::Response change_address(const Call& call);   // PATCH /me/addresses/{id} (SavedAddressChange) -> 200 SavedAddress
http::Response remove_address(const Call& call);   // DELETE /me/addresses/{id} -> 204

}  // namespace cartwright::api

// The account's cart [장바구니] and its sync (COMMERCE.md "Cart sync"). Answers have the cart's version as ETag (a POST in its
// body only, as they may be replayed).
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response show_cart(const Call& call);         // GET /me/cart -> 200 CartState
http::Response replace_cart(const Call& call);      // PUT /me/cart (Cart) -> 200 CartState; If-Match required
http::Response add_cart_line(const Call& call);     // POST /me/cart/lines (NewCartLine) -> 201 CartState; key welcome
http::Response change_cart_line(const Call& call);  // PATCH /me/cart/lines/{variant_id} (CartLineChange) -> 200 CartState
http::Response remove_cart_line(const Call& call);  // DELETE /me/cart/lines/{variant_id} -> 200 CartState
http::Response sync_cart(const Call& call);         // POST /sync (SyncRequest) -> 200 SyncAnswer

}  // namespace cartwright::api

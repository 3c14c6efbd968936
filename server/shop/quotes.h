// A cart priced with the shop's own data: what POST /quotes answers, and what an order is checked against. Both put the
// same request together, so that both come to the same price as the browser, which has the same data by the snapshot.
#pragma once

#include <optional>
#include <vector>

#include "core/quote.h"
#include "server/shop/services.h"
#include "server/wire_quotes.h"

namespace cartwright::shop {

enum class WalletPart : std::uint8_t {
  whole,   // as a page has it: the answer says of every available coupon why it isn't applied
  chosen,  // no more than the choice needs: the same price sooner
};

struct QuoteBasis {
  std::optional<UserId> user = {};  // empty: a guest, who has no coupons and no orders
  std::vector<CartLine> lines = {};
  Choice choice = {};
  WalletPart wallet = WalletPart::whole;
};

QuoteRequest assemble_quote(store::Reader& reader, QuoteBasis basis, TimeMs now);

// The core's quote. A search for the best coupons, which may take a tenth of a second, waits for a slot; don't hold a
// read connection or the writer meanwhile. Errors: `overloaded`, and those of quote().
Result<Quote> find_quote(WorkSlots& slots, const QuoteRequest& request);

// What anyone may ask for without an account: `best` for up to 20 lines and 12 coupons, which is the size that the
// search is made for (PRICING.md "Choice"). Error: `invalid_request` with the place.
Status check_guest_limits(const QuoteRequest& request);

// Errors: those of the two above.
Result<Quote> quote_cart(Services& shop, std::optional<UserId> user, const wire::QuoteCart& cart, TimeMs now);

}  // namespace cartwright::shop

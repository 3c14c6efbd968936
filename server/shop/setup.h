// A new database becomes a shop: its currency is chosen once and for all.
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "server/shop/services.h"

namespace cartwright::shop {

struct NewShop {
  std::string name = "Cartwright";
  std::string currency = "KRW";  // ISO 4217
};

// Makes the shop's row. Errors: `invalid_request` (no such currency).
Status create_shop(store::Transaction& transaction, const NewShop& shop, TimeMs now);

// The currency of the shop in this database; empty when there is no shop yet.
std::optional<std::string> shop_currency(store::Reader& reader);

// Makes the shop where there is none (KRW unless told otherwise), and begins an epoch (snapshot.h). Errors:
// `invalid_request` when `currency` is none, or is not the one that the shop was made with.
Status ensure_shop(store::Writer& writer, const std::optional<std::string>& currency, TimeMs now);

}  // namespace cartwright::shop

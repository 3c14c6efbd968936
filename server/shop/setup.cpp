#include "server/shop/setup.h"

#include "server/shop/snapshot.h"
#include "server/shop/writing.h"

namespace cartwright::shop {

Status create_shop(store::Transaction& transaction, const NewShop& shop, TimeMs now) {
  if (!currency_exponent(shop.currency)) {
    return Error{.code = ErrorCode::invalid_request,
                 .path = "$.currency",
                 .detail = "\"" + shop.currency + "\" is not a currency of ISO 4217, like KRW or USD."};
  }
  transaction.execute("INSERT INTO shop (id, name, currency, created_at) VALUES (1, $1, $2, $3)", shop.name,
                      shop.currency, now);
  transaction.execute("INSERT INTO tax_rates (tax_class, basis_points) VALUES ('standard', 1000)");
  begin_epoch(transaction);
  return {};
}

std::optional<std::string> shop_currency(store::Reader& reader) {
  return reader.value<std::string>("SELECT currency FROM shop WHERE id = 1");
}

Status ensure_shop(store::Writer& writer, const std::optional<std::string>& currency, TimeMs now) {
  Status status;
  const store::Submitted submitted = writer.submit([&](store::Transaction& tx) {
    status = {};
    const auto current = shop_currency(tx);
    if (!current) {
      status = create_shop(tx, {.currency = currency.value_or("KRW")}, now);
    } else if (currency && *currency != *current) {
      status = Error{.code = ErrorCode::invalid_request,
                     .path = "$.currency",
                     .detail = "This shop was made with " + *current + ", and a shop's currency never changes."};
    } else {
      begin_epoch(tx);
    }
    return status.ok() ? store::Outcome::done : store::Outcome::refused;
  });
  if (!submitted.committed()) return error_of(submitted);
  return status;
}

}  // namespace cartwright::shop

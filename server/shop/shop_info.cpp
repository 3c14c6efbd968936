#include "server/shop/shop_info.h"

#include "core/version.h"
#include "server/shop/catalogue.h"
#include "server/shop/charges.h"
#include "server/shop/texts.h"

namespace cartwright::shop {

Result<wire::ShopInfo> find_shop(Services& services, TimeMs now) {
  auto read = services.readers.begin();
  const Settings& settings = services.settings;
  wire::ShopInfo shop{.rules = load_shop_rules(*read),
                      .rules_version = std::string(rules_version),
                      .now = now,
                      .charge_provider = std::string(word_of(settings.charge_provider)),
                      .charge_max = settings.charge_max,
                      .balance_max = settings.balance_max,
                      .require_address = settings.require_address,
                      .pending_minutes = settings.pending_minutes,
                      .return_days = settings.return_days};
  if (const auto row = read->first("SELECT name, time_zone FROM shop WHERE id = 1")) {
    shop.name = read_names(row->get<std::string_view>(0));
    shop.time_zone = row->get<std::string>(1);
  }
  shop.currency_exponent = currency_exponent(shop.rules.currency).value_or(0);
  return shop;
}

}  // namespace cartwright::shop

#include "server/api/shop_settings_handlers.h"

#include "server/api/once.h"
#include "server/api/tagged.h"
#include "server/shop/shop_settings.h"
#include "server/shop/writing.h"

namespace cartwright::api {

http::Response show_policies(const Call& call) {
  return answer_kept(call, "policies", [&]() -> Result<Made> {
    const auto read = call.shop.readers.begin();
    return Made{.body = json::encode(shop::load_policies(*read)), .dependencies = {{shop::Topic::catalogue}}};
  });
}

http::Response show_shop_settings(const Call& call) {
  const auto read = call.shop.readers.begin();
  return answer_personal(call, json::encode(shop::load_shop_settings(*read)));
}

http::Response change_shop_settings(const Call& call) {
  const auto change = body_of<wire::ShopSettingsChange>(call);
  if (!change) return refuse(call, change.error());
  std::string_view expected = call.request.header("If-Match");
  if (expected == "*") expected = {};
  const auto settings = shop::write(call.shop, [&](store::Transaction& tx) {
    return shop::change_shop_settings(tx, call.user(), *change, expected, call.now);
  });
  if (!settings) return refuse(call, settings.error());
  return answer_personal(call, json::encode(*settings));
}

}  // namespace cartwright::api

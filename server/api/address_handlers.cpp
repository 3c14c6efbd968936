#include "server/api/address_handlers.h"

#include "server/api/once.h"
#include "server/shop/addresses.h"
#include "server/shop/writing.h"

namespace cartwright::api {

http::Response list_addresses(const Call& call) {
  const auto read = call.shop.readers.begin();
  return answer_personal(call, json::encode(shop::list_addresses(*read, call.user())));
}

http::Response add_address(const Call& call) {
  const auto request = once_request(call, Key::welcome, shop::Keep::one_day);
  if (!request) return refuse(call, request.error());
  const auto address = body_of<wire::NewSavedAddress>(call);
  if (!address) return refuse(call, address.error());
  return run_once(call, *request, [&](store::Transaction& tx) {
    const auto added = shop::add_address(tx, call.user(), *address, call.now);
    if (!added) return refused(call, added.error());
    return succeeded(*added, 201, call.request.path + '/' + std::to_string(added->id));
  });
}

http::Response change_address(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto change = body_of<wire::SavedAddressChange>(call);
  if (!change) return refuse(call, change.error());
  http::Response response = answer(call, shop::write(call.shop, [&](store::Transaction& tx) {
                                     return shop::change_address(tx, call.user(), *id, *change);
                                   }));
  response.set_header("Cache-Control", "no-store");
  return response;
}

http::Response remove_address(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const Status removed = shop::write(
      call.shop, [&](store::Transaction& tx) { return shop::remove_address(tx, call.user(), *id); });
  return removed ? http::Response::empty(204) : refuse(call, removed.error());
}

}  // namespace cartwright::api

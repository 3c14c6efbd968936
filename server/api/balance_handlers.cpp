#include "server/api/balance_handlers.h"

#include "server/api/once.h"
#include "server/shop/balance.h"
#include "server/shop/charges.h"
#include "server/shop/numbers.h"

namespace cartwright::api {

http::Response show_balance(const Call& call) {
  const auto read = call.shop.readers.begin();
  const BalanceState state = shop::load_balance(*read, call.user());
  const bool takes_transfers = call.shop.settings.charge_provider == shop::ChargeProvider::bank_transfer;
  const wire::Balance balance{.balance = state.balance,
                              .receivable = state.receivable,
                              .charge_max = call.shop.settings.charge_max,
                              .balance_max = call.shop.settings.balance_max,
                              .bank_account = takes_transfers ? call.shop.settings.bank_account : std::string()};
  return answer_personal(call, json::encode(balance));
}

http::Response charge_balance(const Call& call) {
  const auto request = once_request(call, Key::required, shop::Keep::for_ever);
  if (!request) return refuse(call, request.error());
  const auto charge = body_of<wire::ChargeRequest>(call);
  if (!charge) return refuse(call, charge.error());
  const std::string number = shop::make_number(call.now);
  return run_once(call, *request, [&](store::Transaction& tx) {
    return answered(call,
                    shop::charge_balance(tx, call.shop.settings, call.user(), charge->amount, number, call.now), 201);
  });
}

http::Response list_balance_history(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto read = call.shop.readers.begin();
  const auto history = shop::list_balance_history(*read, call.user(), *page);
  if (!history) return refuse(call, history.error());
  return answer_personal(call, json::encode(*history));
}

}  // namespace cartwright::api

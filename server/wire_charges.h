// Charges of the balance over REST: the shopper's own, and as admins see them.
#pragma once

#include "server/wire_admin_order.h"

namespace cartwright {

namespace wire {

struct ChargeRequest {
  Amount amount = 0;
};

// What the payment company's page is opened with. `url` is that page with all of it, empty where the shop has none: then
// an app hands the rest to the company's own script.
struct Checkout {
  std::string client_key = {};
  std::string order_id = {};  // the charge's number
  std::string amount = {};    // "5000", "12.90"
  std::string currency = {};
  std::string success_url = {};
  std::string fail_url = {};
  std::string url = {};
};

struct Charge {
  std::int64_t id = 0;
  std::string number = {};
  std::string provider = {};
  Amount amount = 0;
  ChargeStatus status = ChargeStatus::PENDING;
  std::string reason = {};  // FAILED: charge_differs, charge_failed, expired, refused, account_erased; REVERSED: an admin's words
  TimeMs created_at = {};
  std::optional<TimeMs> finished_at = {};
  std::optional<Checkout> checkout = {};  // a gateway's that wasn't paid yet
  std::optional<Amount> balance = {};     // after it: where it is made
};

// As admins see it.
struct AdminCharge {
  Charge charge = {};
  OrderUser user = {};
  std::string provider_id = {};  // the payment company's key; empty: it wasn't paid there
  Amount open = 0;               // of a reversed one: what the balance has not covered yet
};

struct ChargeReversal {
  std::string reason = {};
};

// What of a charge an admin's deed changes: before and after it, in the log.
struct ChargeTrace {
  ChargeStatus status = ChargeStatus::PENDING;
  std::string reason = {};
  Amount open = 0;
};

}  // namespace wire

template <>
struct Names<ChargeStatus> {
  static constexpr auto last = ChargeStatus::REVERSED;
  static constexpr auto list = std::to_array<std::string_view>({"PENDING", "COMPLETED", "FAILED", "REVERSED"});
};
template <>
struct Fields<wire::ChargeRequest> {
  using S = wire::ChargeRequest;
  static constexpr auto list = std::tuple{field("amount", &S::amount).required().range(1, max_amount)};
};
template <>
struct Fields<wire::Checkout> {
  using S = wire::Checkout;
  static constexpr auto list = std::tuple{
      field("client_key", &S::client_key),   field("order_id", &S::order_id), field("amount", &S::amount),
      field("currency", &S::currency),       field("success_url", &S::success_url),
      field("fail_url", &S::fail_url),       field("url", &S::url)};
};
template <>
struct Fields<wire::Charge> {
  using S = wire::Charge;
  static constexpr auto list =
      std::tuple{field("id", &S::id),
                 field("number", &S::number),
                 field("provider", &S::provider),
                 field("amount", &S::amount),
                 field("status", &S::status),
                 field("reason", &S::reason),
                 field("created_at", &S::created_at),
                 field("finished_at", &S::finished_at),
                 field("checkout", &S::checkout).omit_null(),
                 field("balance", &S::balance).omit_null()};
};
template <>
struct Fields<wire::AdminCharge> {
  using S = wire::AdminCharge;
  static constexpr auto list = std::tuple{field("charge", &S::charge), field("user", &S::user),
                                          field("provider_id", &S::provider_id), field("open", &S::open)};
};
template <>
struct Fields<wire::ChargeReversal> {
  using S = wire::ChargeReversal;
  static constexpr auto list = std::tuple{field("reason", &S::reason).required().most(500)};
};
template <>
struct Fields<wire::ChargeTrace> {
  using S = wire::ChargeTrace;
  static constexpr auto list =
      std::tuple{field("status", &S::status), field("reason", &S::reason), field("open", &S::open)};
};
static_assert(lists_every_member<wire::ChargeRequest> && lists_every_member<wire::Checkout> &&
              lists_every_member<wire::Charge> && lists_every_member<wire::AdminCharge> &&
              lists_every_member<wire::ChargeReversal> && lists_every_member<wire::ChargeTrace>);

}  // namespace cartwright

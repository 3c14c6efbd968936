// What every use case is given: the store, the clock, the settings. Use cases are free functions, one file per noun:
// load -> the core decides -> write. They throw nothing of their own; store::StoreError (a full disk) passes through them
// to the API, which answers it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/money.h"
#include "core/time.h"
#include "server/shop/running_keys.h"
#include "server/shop/work_slots.h"
#include "server/store/readers.h"
#include "server/store/writer.h"

namespace cartwright::shop {

// How charging the balance works (COMMERCE.md "Balance").
enum class ChargeProvider : std::uint8_t { none, instant, bank_transfer, gateway };

struct Settings {
  std::int64_t pending_minutes = 15;   // a pending order waits that long for its payment
  std::int64_t session_days = 30;      // sliding
  ChargeProvider charge_provider = ChargeProvider::none;
  Amount charge_max = 1'000'000;       // per charge, minor units
  Amount balance_max = 10'000'000;     // an account may hold
  std::int64_t charge_days = 7;        // a charge waits that long for its money
  std::string bank_account = {};       // where transfers go, as the shopper reads it
  std::string gateway_client_key = {};    // of the payment company: what its page is opened with
  std::string gateway_checkout_url = {};  // that page; empty: apps open it by the company's script
  bool require_address = false;
  std::int64_t return_days = 7;        // a shopper may return for so long after delivery; 0: only until it is shipped
  bool restock_returns = false;        // what comes back after it was shipped is on sale again at once
  std::string public_url = {};         // for links and JSON-LD; empty: relative
  std::int64_t events_keep_days = 90;  // the feed goes back that far; longer where a webhook still waits for them
  std::int64_t webhook_dead_days = 5;  // a receiver that fails for so long is given up until an admin says otherwise
  bool webhook_allow_private = false;  // webhooks may go to loopback and private addresses
};

// What a command touched (store::Touch): the caches and the live stream listen.
enum class Topic : std::uint32_t {
  catalogue,  // id 0: products, variants, categories, promotions
  stock,      // variant
  campaign,   // campaign
  popular,    // id 0
  wallet,     // user
  balance,    // user
  order,      // user
  cart,       // user
  session,    // user
  outbox,     // id 0: there are new events
  webhook,    // endpoint
  charge,     // id 0: a gateway's charge is to be asked about
};

class Cache;     // cache.h: hot public answers
struct SignIns;  // sign_ins.h: sessions, password hashing, limits
class RateLimits;  // rate_limits.h: how often who may ask

struct Services {
  store::Writer& writer;
  store::Readers& readers;
  std::function<TimeMs()> now;
  Settings settings;
  std::shared_ptr<RunningKeys> running_keys = std::make_shared<RunningKeys>();
  std::shared_ptr<WorkSlots> long_work = std::make_shared<WorkSlots>();
  Cache* cache = nullptr;      // both live beside the writer, which tells them of commits; use cases that need
  SignIns* sign_ins = nullptr;  // neither are given neither
  RateLimits* limits = nullptr;  // null: no limits
  // A link to a new password for whom that e-mail is (nobody, maybe): returns at once, in the same time for all. Empty: no
  // mail is sent here.
  std::function<void(std::string email)> mail_reset_link = {};
};

}  // namespace cartwright::shop

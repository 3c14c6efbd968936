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
#include "server/store/readers.h"
#include "server/store/writer.h"

namespace cartwright::shop {

// How charging the balance works (COMMERCE.md "Balance").
enum class ChargeProvider : std::uint8_t { none, instant, bank_transfer };

struct Settings {
  std::int64_t pending_minutes = 15;   // a pending order waits that long for its payment
  std::int64_t session_days = 30;      // sliding
  ChargeProvider charge_provider = ChargeProvider::none;
  Amount charge_max = 1'000'000;       // per charge, minor units
  Amount balance_max = 10'000'000;     // an account may hold
  bool require_address = false;
  std::string public_url = {};         // for links and JSON-LD; empty: relative
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
};

class Cache;     // cache.h: hot public answers
struct SignIns;  // sign_ins.h: sessions, password hashing, limits

struct Services {
  store::Writer& writer;
  store::Readers& readers;
  std::function<TimeMs()> now;
  Settings settings;
  std::shared_ptr<RunningKeys> running_keys = std::make_shared<RunningKeys>();
  Cache* cache = nullptr;      // both live beside the writer, which tells them of commits; use cases that need
  SignIns* sign_ins = nullptr;  // neither are given neither
};

}  // namespace cartwright::shop

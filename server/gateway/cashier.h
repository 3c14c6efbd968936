// Asks the payment company about the charges that wait for its word (shop/gateway_charges.h), on a few threads of its own:
// no request of a shopper ever waits for it, and a company that doesn't answer holds up no more than these. One charge is
// asked about by one thread at a time.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "server/gateway/gateway.h"
#include "server/shop/services.h"

namespace cartwright::gateway {

class Cashier {
 public:
  // Begins with what was left over from before. The services must outlive it; stop it before their writer.
  Cashier(shop::Services& shop, const GatewaySettings& settings);
  ~Cashier();  // stops
  Cashier(const Cashier&) = delete;
  Cashier& operator=(const Cashier&) = delete;

  void on_commit(const store::Commit& commit);  // for Writer::on_commit
  void stop();                                  // calls under way are broken off; the next start asks again

 private:
  struct Next {
    std::optional<std::int64_t> charge = {};  // due now
    std::int64_t wait_ms = 0;                 // without one: until there may be
  };

  void run();
  Next find_next();
  void attempt(std::int64_t id);

  shop::Services& shop_;
  const Gateway gateway_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::set<std::int64_t> in_hand_;  // charges that a thread is at
  std::uint64_t news_ = 0;
  std::atomic<bool> stopping_ = false;
  std::array<std::thread, 4> threads_;
};

}  // namespace cartwright::gateway

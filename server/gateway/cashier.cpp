#include "server/gateway/cashier.h"

#include <signal.h>

#include <algorithm>
#include <chrono>

#include "server/log.h"
#include "server/shop/writing.h"

namespace cartwright::gateway {

namespace {

constexpr std::int64_t longest_wait_ms = 60'000;  // the clock may have been set meanwhile
constexpr auto pause_after_trouble = std::chrono::seconds(1);  // a full queue, a disk that can't be written

// OpenSSL writes to connections that the company may have closed.
void block_broken_pipe() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

}  // namespace

Cashier::Cashier(shop::Services& shop, const GatewaySettings& settings) : shop_(shop), gateway_(settings) {
  (void)shop_.writer.submit([&](store::Transaction& tx) {
    shop::ask_all_now(tx, shop_.now());
    return store::Outcome::done;
  });
  for (std::thread& thread : threads_) thread = std::thread([this] { run(); });
}

Cashier::~Cashier() { stop(); }

void Cashier::on_commit(const store::Commit& commit) {
  const bool is_news = std::any_of(commit.touched.begin(), commit.touched.end(), [](const store::Touch touch) {
    return static_cast<shop::Topic>(touch.topic) == shop::Topic::charge;
  });
  if (!is_news) return;
  {
    const std::lock_guard lock(mutex_);
    ++news_;
  }
  wake_.notify_all();
}

void Cashier::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Cashier::run() {
  block_broken_pipe();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const std::uint64_t seen = news_;
    std::optional<std::int64_t> taken;
    try {
      const Next next = find_next();
      taken = next.charge;
      if (!taken) {
        wake_.wait_for(lock, std::chrono::milliseconds(next.wait_ms), [&] { return stopping_ || news_ != seen; });
        continue;
      }
      in_hand_.insert(*taken);
      lock.unlock();
      attempt(*taken);
      lock.lock();
      in_hand_.erase(*taken);
    } catch (const store::StoreError& error) {
      log::write(log::Level::error, error.what(), {{"during", "gateway"}});
      if (!lock.owns_lock()) lock.lock();
      if (taken) in_hand_.erase(*taken);
      wake_.wait_for(lock, pause_after_trouble, [&] { return stopping_.load(); });
    }
  }
}

// With the mutex held, so that two threads never take the same.
Cashier::Next Cashier::find_next() {
  const auto read = shop_.readers.begin();
  const TimeMs now = shop_.now();
  for (const shop::ChargeToAsk& charge : shop::charges_to_ask(*read, static_cast<std::int64_t>(threads_.size()) + 1)) {
    if (in_hand_.contains(charge.id)) continue;
    if (charge.due.ms <= now.ms) return {.charge = charge.id};
    return {.wait_ms = std::min(charge.due.ms - now.ms, longest_wait_ms)};
  }
  return {.wait_ms = longest_wait_ms};
}

void Cashier::attempt(std::int64_t id) {
  std::optional<shop::GatewayCharge> charge;
  const auto begun = shop_.writer.submit([&](store::Transaction& tx) {
    charge = shop::begin_attempt(tx, id, shop_.now());
    return store::Outcome::done;
  });
  if (!begun.committed()) throw store::StoreError(store::Fault::busy, "an attempt could not be noted");
  if (!charge) return;
  const shop::Verdict verdict = gateway_.settle(*charge, stopping_);
  if (verdict == shop::Verdict::unclear) return;
  bool is_well = false;
  const auto ended = shop_.writer.submit([&](store::Transaction& tx) {
    is_well = shop::end_attempt(tx, id, verdict, shop_.now());
    return store::Outcome::done;
  });
  // Not stored: the next attempt learns the same.
  if (ended.committed() && !is_well) {
    log::write(log::Level::error, "a payment was taken that is not credited: look into it at the payment company",
               {{"charge", charge->number}});
  }
}

}  // namespace cartwright::gateway

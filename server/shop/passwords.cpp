#include "server/shop/passwords.h"

#include <sodium.h>

#include <array>

namespace cartwright::shop {

namespace {

Error overloaded() {
  return {.code = ErrorCode::overloaded, .detail = "Too many people are signing in. Please try again in a moment."};
}

std::optional<std::string> encode(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> encoded;
  if (crypto_pwhash_str(encoded.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return std::nullopt;  // out of memory
  }
  return encoded.data();
}

}  // namespace

// A place among those who hash now.
class Passwords::Turn {
 public:
  explicit Turn(Passwords& passwords) : passwords_(passwords), has_(passwords.take_turn()) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (has_) passwords_.end_turn();
  }
  explicit operator bool() const { return has_; }

 private:
  Passwords& passwords_;
  bool has_;
};

Passwords::Passwords(PasswordLimits limits) : limits_(limits) { CARTWRIGHT_ASSERT(sodium_init() >= 0); }

bool Passwords::take_turn() {
  std::unique_lock lock(mutex_);
  if (running_ >= limits_.at_once) {
    if (waiting_ >= limits_.waiting) return false;
    ++waiting_;
    free_.wait(lock, [&] { return running_ < limits_.at_once; });
    --waiting_;
  }
  ++running_;
  return true;
}

void Passwords::end_turn() {
  {
    const std::lock_guard lock(mutex_);
    --running_;
  }
  free_.notify_one();
}

Result<std::string> Passwords::hash(std::string_view password) {
  const Turn turn(*this);
  if (!turn) return overloaded();
  auto encoded = encode(password);
  if (!encoded) return overloaded();
  return *std::move(encoded);
}

Result<bool> Passwords::verify(const std::optional<std::string>& hash, std::string_view password) {
  const Turn turn(*this);
  if (!turn) return overloaded();
  if (hash) return crypto_pwhash_str_verify(hash->c_str(), password.data(), password.size()) == 0;
  // Making a hash does the same work as checking one.
  (void)encode(password);
  return false;
}

}  // namespace cartwright::shop

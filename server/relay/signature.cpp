#include "server/relay/signature.h"

#include <sodium.h>

#include <array>
#include <vector>

#include "core/result.h"

namespace cartwright::relay {

namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t secret_bytes = 32;

std::string base64(const unsigned char* bytes, std::size_t size) {
  std::string text(sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // its NUL
  return text;
}

void add(crypto_auth_hmacsha256_state& state, std::string_view text) {
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

}  // namespace

std::string make_secret() {
  std::array<unsigned char, secret_bytes> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return std::string(prefix) + base64(bytes.data(), bytes.size());
}

std::string sign(std::string_view secret, const Signed& content) {
  CARTWRIGHT_ASSERT(secret.starts_with(prefix));
  secret.remove_prefix(prefix.size());
  std::vector<unsigned char> key(secret.size());
  std::size_t size = 0;
  const int bad = sodium_base642bin(key.data(), key.size(), secret.data(), secret.size(), nullptr, &size, nullptr,
                                    sodium_base64_VARIANT_ORIGINAL);
  CARTWRIGHT_ASSERT(bad == 0);

  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), size);
  add(state, content.id);
  add(state, "." + std::to_string(content.timestamp_s) + ".");
  add(state, content.body);
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac;
  crypto_auth_hmacsha256_final(&state, mac.data());
  return "v1," + base64(mac.data(), mac.size());
}

}  // namespace cartwright::relay

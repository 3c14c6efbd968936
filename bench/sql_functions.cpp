// For sqlite3's `.load`, so that a shop with a million signed-in shoppers is made by SQL alone: token_of_shopper(n), the
// session's token (tests/integration/small_shop.mjs has the same ones), and sha256(text), which is what of it is stored.
#include <sodium.h>
#include <sqlite3ext.h>

#include <array>
#include <string>

SQLITE_EXTENSION_INIT1

namespace {

using Hash = std::array<unsigned char, crypto_hash_sha256_BYTES>;

Hash hash_of(const unsigned char* bytes, std::size_t size) {
  Hash hash;
  crypto_hash_sha256(hash.data(), bytes, size);
  return hash;
}

void sha256(sqlite3_context* context, int, sqlite3_value** values) {
  const unsigned char* text = sqlite3_value_text(values[0]);
  const Hash hash = hash_of(text, static_cast<std::size_t>(sqlite3_value_bytes(values[0])));
  sqlite3_result_blob(context, hash.data(), static_cast<int>(hash.size()), SQLITE_TRANSIENT);
}

void token_of_shopper(sqlite3_context* context, int, sqlite3_value** values) {
  const std::string name = "shopper " + std::to_string(sqlite3_value_int64(values[0]));
  const Hash hash = hash_of(reinterpret_cast<const unsigned char*>(name.data()), name.size());
  std::array<char, 44> text;
  sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sqlite3_result_text(context, text.data(), -1, SQLITE_TRANSIENT);
}

}  // namespace

extern "C" int sqlite3_extension_init(sqlite3* db, char**, const sqlite3_api_routines* api) {
  SQLITE_EXTENSION_INIT2(api);
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
  sqlite3_create_function(db, "sha256", 1, flags, nullptr, sha256, nullptr, nullptr);
  return sqlite3_create_function(db, "token_of_shopper", 1, flags, nullptr, token_of_shopper, nullptr, nullptr);
}

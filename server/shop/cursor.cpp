#include "server/shop/cursor.h"

#include <sodium.h>

#include <array>
#include <vector>

namespace cartwright::shop {

namespace {

constexpr std::size_t sum_size = 8;
constexpr std::size_t max_cursor_size = 2000;

std::string checksum(std::string_view context, std::string_view content) {
  const std::string text = std::to_string(context.size()) + ":" + std::string(context) + std::string(content);
  std::array<unsigned char, crypto_generichash_BYTES_MIN> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     nullptr, 0);
  return std::string(reinterpret_cast<const char*>(hash.data()), sum_size);
}

}  // namespace

std::string seal_cursor(std::string_view context, std::string_view content) {
  const std::string sealed = checksum(context, content) + std::string(content);
  std::string text(sodium_base64_encoded_len(sealed.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // the terminating zero
  return text;
}

std::optional<std::string> open_cursor(std::string_view context, std::string_view cursor) {
  if (cursor.empty() || cursor.size() > max_cursor_size) return std::nullopt;
  std::vector<unsigned char> bytes(cursor.size());
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes.data(), bytes.size(), cursor.data(), cursor.size(), nullptr, &size, &end,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != cursor.data() + cursor.size() || size < sum_size) {
    return std::nullopt;
  }
  const std::string_view sealed(reinterpret_cast<const char*>(bytes.data()), size);
  const std::string_view content = sealed.substr(sum_size);
  if (checksum(context, content) != sealed.substr(0, sum_size)) return std::nullopt;
  return std::string(content);
}

}  // namespace cartwright::shop

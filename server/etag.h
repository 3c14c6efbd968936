// The entity tag of a content: equal for equal bytes, so it outlives a restart. Weak, because gzip gives it other
// bytes.
#pragma once

#include <sodium.h>

#include <array>
#include <string>
#include <string_view>

namespace cartwright {

inline std::string etag_of(std::string_view content) {
  std::array<unsigned char, 16> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                     nullptr, 0);
  std::array<char, 33> hex;
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return "W/\"" + std::string(hex.data()) + "\"";
}

}  // namespace cartwright

#include "server/shop/numbers.h"

#include <sodium.h>

#include <array>
#include <string_view>

namespace cartwright::shop {

std::string make_number(TimeMs now) {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::string number;
  const auto hour = static_cast<std::uint64_t>(now.ms / hour_ms);
  for (int shift = 15; shift >= 0; shift -= 5) number += alphabet[(hour >> shift) & 31];
  std::array<unsigned char, 12> random{};
  randombytes_buf(random.data(), random.size());
  for (const unsigned char byte : random) number += alphabet[byte & 31];
  return number;
}

}  // namespace cartwright::shop

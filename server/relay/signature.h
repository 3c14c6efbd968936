// Standard Webhooks 1.0: how a receiver knows that a delivery is ours and whole.
//
//   webhook-id         the event's id, the same in every attempt: whoever has seen it may ignore it
//   webhook-timestamp  of the attempt, in seconds
//   webhook-signature  v1,<base64 of HMAC-SHA256 over "id.timestamp.body">
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cartwright::relay {

// "whsec_" and the base64 of 32 random bytes.
std::string make_secret();

struct Signed {
  std::string_view id;
  std::int64_t timestamp_s = 0;
  std::string_view body;
};

// The header's value. `secret`: as made by make_secret().
std::string sign(std::string_view secret, const Signed& content);

}  // namespace cartwright::relay

// A large kept answer with the server's clock in it (`"now":0` where it goes). What lies before and behind the clock is
// packed once; each answer is these two and the clock between them. In gzip the clock is a stored block of its own.
#pragma once

#include "server/api/tagged.h"

namespace cartwright::api {

struct ClockedBody {
  struct Part {
    std::string plain;
    std::string packed;  // raw deflate, ending at a byte
    unsigned long crc = 0;
  };
  Part before;
  Part behind;
};

// `text` must have `"now":0` in it; its first one is the clock's place.
ClockedBody make_clocked(std::string_view text);
std::string plain_with_clock(const ClockedBody& body, TimeMs now);
std::string gzip_with_clock(const ClockedBody& body, TimeMs now);

namespace detail {
std::shared_ptr<const shop::Encoded> encode_clocked(std::string_view text);
http::Response answer_clocked(const Call& call, const shop::Encoded& encoded, const TagOptions& options);
}  // namespace detail

// As answer_kept(), made by one at a time. The key must be used for nothing else.
template <class Make>
http::Response answer_clocked(const Call& call, const std::string& key, Make&& make, const TagOptions& options) {
  shop::Cache* cache = call.shop.cache;
  CARTWRIGHT_ASSERT(cache != nullptr);
  if (const auto kept = cache->find(key)) return detail::answer_clocked(call, *kept, options);
  const std::uint64_t arrived = cache->position();
  const std::lock_guard one_at_a_time(cache->one_at_a_time());
  if (const auto kept = cache->find(key, arrived)) return detail::answer_clocked(call, *kept, options);
  const std::uint64_t as_of = cache->position();
  Result<Made> made = make();
  if (!made) return refuse(call, made.error());
  const auto encoded = detail::encode_clocked(made->body);
  cache->keep(key, as_of, made->dependencies, encoded);
  return detail::answer_clocked(call, *encoded, options);
}

}  // namespace cartwright::api

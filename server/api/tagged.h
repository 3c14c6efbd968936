// Answers with an ETag: a client that has it gets 304. Those that many ask for are kept, encoded and packed, in
// shop::Cache until a commit changes what they were made of.
#pragma once

#include <string>
#include <vector>

#include "server/api/call.h"
#include "server/shop/cache.h"

namespace cartwright::api {

struct TagOptions {
  std::string content_type = "application/json";
  // `no-cache`: keep it, but ask each time. What differs by the person or has the clock in it is not to be kept.
  std::string cache_control = "no-cache";
  std::string vary = {};  // besides Accept-Encoding
  int status = 200;
};

// A content that is sent once: packed by the server where that is worth it.
http::Response answer_tagged(const Call& call, std::string body, const std::string& etag, const TagOptions& options = {});

// What is to be kept: the content and what it depends on.
struct Made {
  std::string body;
  std::vector<shop::Cache::Dependency> dependencies;
};

// The kept answer, or a new one by `make() -> Result<Made>`. The key names everything that the content depends on besides
// the tables: the hour, the language, the filters.
template <class Make>
http::Response answer_kept(const Call& call, const std::string& key, Make&& make, const TagOptions& options = {});

namespace detail {
void add_headers(http::Response& response, const std::string& etag, const TagOptions& options);
bool is_known(const Call& call, const std::string& etag, const TagOptions& options);
http::Response not_modified(const std::string& etag, const TagOptions& options);
std::shared_ptr<const shop::Encoded> encode_content(std::string body);
http::Response answer_encoded(const Call& call, const shop::Encoded& encoded, const TagOptions& options);
}  // namespace detail

template <class Make>
http::Response answer_kept(const Call& call, const std::string& key, Make&& make, const TagOptions& options) {
  shop::Cache* cache = call.shop.cache;
  if (cache != nullptr) {
    if (const auto kept = cache->find(key)) return detail::answer_encoded(call, *kept, options);
  }
  const std::uint64_t as_of = cache != nullptr ? cache->position() : 0;  // before make() takes its snapshot
  Result<Made> made = make();
  if (!made) return refuse(call, made.error());
  const auto encoded = detail::encode_content(std::move(made->body));
  if (cache != nullptr) cache->keep(key, as_of, made->dependencies, encoded);
  return detail::answer_encoded(call, *encoded, options);
}

}  // namespace cartwright::api

#include "server/api/tagged.h"

#include "server/etag.h"
#include "server/http/compress.h"
#include "server/http/fields.h"

namespace cartwright::api {

namespace {

constexpr std::size_t large_bytes = 1U << 20U;  // packed faster and a little worse

}  // namespace

namespace detail {

void add_headers(http::Response& response, const std::string& etag, const TagOptions& options) {
  response.set_header("ETag", etag);
  response.set_header("Cache-Control", options.cache_control);
  response.set_header("Vary", options.vary.empty() ? "Accept-Encoding" : "Accept-Encoding, " + options.vary);
}

bool is_known(const Call& call, const std::string& etag, const TagOptions& options) {
  const std::string_view known = call.request.header("If-None-Match");
  return options.status == 200 && !known.empty() && http::etag_matches(known, etag);
}

http::Response not_modified(const std::string& etag, const TagOptions& options) {
  http::Response response = http::Response::empty(304);
  add_headers(response, etag, options);
  return response;
}

}  // namespace detail

http::Response answer_tagged(const Call& call, std::string body, const std::string& etag, const TagOptions& options) {
  if (detail::is_known(call, etag, options)) return detail::not_modified(etag, options);
  http::Response response;
  response.status = options.status;
  response.content_type = options.content_type;
  response.body = std::move(body);
  response.compress = true;
  detail::add_headers(response, etag, options);
  return response;
}

namespace detail {

std::shared_ptr<const shop::Encoded> encode_content(std::string body) {
  auto encoded = std::make_shared<shop::Encoded>();
  encoded->etag = etag_of(body);
  if (body.size() >= http::min_compressed_bytes) {
    auto packed = http::gzip(body, body.size() >= large_bytes ? 4 : 6);
    if (packed.size() < body.size()) encoded->gzipped = std::make_shared<const std::string>(std::move(packed));
  }
  encoded->bytes = body.size() + (encoded->gzipped ? encoded->gzipped->size() : 0);
  encoded->plain = std::make_shared<const std::string>(std::move(body));
  return encoded;
}

http::Response answer_encoded(const Call& call, const shop::Encoded& encoded, const TagOptions& options) {
  if (is_known(call, encoded.etag, options)) return not_modified(encoded.etag, options);
  http::Response response;
  response.status = options.status;
  response.content_type = options.content_type;
  response.shared_body = encoded.plain;
  if (encoded.gzipped && http::accepts_encoding(call.request.header("Accept-Encoding"), "gzip")) {
    response.shared_body = encoded.gzipped;
    response.set_header("Content-Encoding", "gzip");
  }
  add_headers(response, encoded.etag, options);
  return response;
}

}  // namespace detail

}  // namespace cartwright::api

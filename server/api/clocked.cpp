#include "server/api/clocked.h"

#include <zlib.h>

#include "server/etag.h"
#include "server/http/fields.h"

namespace cartwright::api {

namespace {

constexpr std::string_view clock_key = "\"now\":";
constexpr int level = 4;
constexpr int raw_window = -15;  // no header, no checksum: those are the whole's

unsigned long crc_of(std::string_view text) {
  return crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size());
}

// `flush`: Z_SYNC_FLUSH leaves the stream open for what follows, Z_FINISH ends it.
std::string pack(std::string_view text, int flush) {
  z_stream stream = {};
  CARTWRIGHT_ASSERT(deflateInit2(&stream, level, Z_DEFLATED, raw_window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())) + 16, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int end = deflate(&stream, flush);
  CARTWRIGHT_ASSERT(stream.avail_in == 0 && (end == Z_OK || end == Z_STREAM_END));
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

void append_little_endian(std::string& out, unsigned long value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xffU);
}

std::string clock_text(TimeMs now) { return std::to_string(now.ms); }

}  // namespace

ClockedBody make_clocked(std::string_view text) {
  const std::size_t key = text.find(clock_key);
  CARTWRIGHT_ASSERT(key != std::string_view::npos && text.substr(key + clock_key.size()).starts_with('0'));
  const std::string_view before = text.substr(0, key + clock_key.size());
  const std::string_view behind = text.substr(before.size() + 1);
  return {.before = {.plain = std::string(before), .packed = pack(before, Z_SYNC_FLUSH), .crc = crc_of(before)},
          .behind = {.plain = std::string(behind), .packed = pack(behind, Z_FINISH), .crc = crc_of(behind)}};
}

std::string plain_with_clock(const ClockedBody& body, TimeMs now) {
  return body.before.plain + clock_text(now) + body.behind.plain;
}

std::string gzip_with_clock(const ClockedBody& body, TimeMs now) {
  const std::string clock = clock_text(now);
  std::string out;
  out.reserve(body.before.packed.size() + body.behind.packed.size() + 64);
  out.append("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  out += body.before.packed;
  out += '\0';  // a stored block, not the last one
  append_little_endian(out, clock.size(), 2);
  append_little_endian(out, ~clock.size(), 2);
  out += clock;
  out += body.behind.packed;
  const unsigned long crc = crc32_combine(crc32_combine(body.before.crc, crc_of(clock), static_cast<z_off_t>(clock.size())),
                                          body.behind.crc, static_cast<z_off_t>(body.behind.plain.size()));
  append_little_endian(out, crc, 4);
  append_little_endian(out, body.before.plain.size() + clock.size() + body.behind.plain.size(), 4);
  return out;
}

namespace detail {

std::shared_ptr<const shop::Encoded> encode_clocked(std::string_view text) {
  auto body = std::make_shared<ClockedBody>(make_clocked(text));
  auto encoded = std::make_shared<shop::Encoded>();
  encoded->etag = etag_of(text);  // with the clock at 0: without it
  encoded->bytes = text.size() + body->before.packed.size() + body->behind.packed.size();
  encoded->parts = std::move(body);
  return encoded;
}

http::Response answer_clocked(const Call& call, const shop::Encoded& encoded, const TagOptions& options) {
  if (is_known(call, encoded.etag, options)) return not_modified(encoded.etag, options);
  const auto& body = *static_cast<const ClockedBody*>(encoded.parts.get());
  http::Response response;
  response.content_type = options.content_type;
  if (http::accepts_encoding(call.request.header("Accept-Encoding"), "gzip")) {
    response.body = gzip_with_clock(body, call.now);
    response.set_header("Content-Encoding", "gzip");
  } else {
    response.body = plain_with_clock(body, call.now);
  }
  add_headers(response, encoded.etag, options);
  return response;
}

}  // namespace detail

}  // namespace cartwright::api

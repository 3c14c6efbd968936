#include "server/http/compress.h"

#include <zlib.h>

#include <new>

#include "server/http/fields.h"

namespace cartwright::http {

namespace {

constexpr int gzip_window_bits = 15 + 16;  // zlib: +16 asks for a gzip wrapper
constexpr int default_memory_level = 8;
constexpr int answer_level = 4;            // made for every answer anew: speed before size

void add_vary(Response& response) {
  const std::string* vary = response.find_header("Vary");
  if (vary == nullptr) {
    response.set_header("Vary", "Accept-Encoding");
  } else if (!has_token(*vary, "Accept-Encoding")) {
    response.set_header("Vary", *vary + ", Accept-Encoding");
  }
}

}  // namespace

std::string gzip(std::string_view text, int level) {
  z_stream stream{};
  // Fails only without memory or with wrong arguments.
  if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window_bits, default_memory_level, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string out(deflateBound(&stream, text.size()), '\0');
  // zlib's input is not const in its older interface; it does not write there.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);  // one call suffices: deflateBound() says how much room that takes
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

void compress_if_wanted(Response& response, std::string_view accept_encoding) {
  if (!response.compress) return;
  add_vary(response);
  const std::string_view body = response.body_view();
  if (body.size() < min_compressed_bytes || response.find_header("Content-Encoding") != nullptr) return;
  if (!accepts_encoding(accept_encoding, "gzip")) return;
  response.body = gzip(body, answer_level);
  response.shared_body.reset();
  response.set_header("Content-Encoding", "gzip");
  const std::string* etag = response.find_header("ETag");
  if (etag != nullptr && etag->rfind("W/", 0) != 0) response.set_header("ETag", "W/" + *etag);
}

}  // namespace cartwright::http

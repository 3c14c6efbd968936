// Any bytes as they come from a connection: framing doesn't depend on how they were cut into packets, and what passes
// holds nothing that could be read in two ways.
#include <algorithm>

#include "server/http/fields.h"
#include "server/http/head.h"
#include "server/http/target.h"
#include "tests/fuzz/target.h"

namespace {

using namespace cartwright;
using namespace cartwright::http;

constexpr HeadLimits limits{.max_target_bytes = 200, .max_head_bytes = 1000, .max_header_count = 8};
constexpr std::size_t max_body_bytes = 100;

bool same(const std::optional<Refusal>& a, const std::optional<Refusal>& b) {
  if (!a || !b) return !a && !b;
  return a->status == b->status && a->code == b->code && a->detail == b->detail;
}

HeadScanner::Found scan(std::string_view bytes) {
  HeadScanner scanner;
  return scanner.scan(bytes, limits);
}

HeadScanner::Found scan_by_bytes(std::string_view bytes) {
  HeadScanner scanner;
  HeadScanner::Found found;
  for (std::size_t size = 1; size <= bytes.size() && found.size == 0 && !found.refusal; ++size) {
    found = scanner.scan(bytes.substr(0, size), limits);
  }
  return found;
}

struct Body {
  std::string text;
  std::size_t size = 0;  // of it on the wire
  bool is_done = false;
  std::optional<Refusal> refusal;
};

Body read_body(std::string_view bytes, std::size_t packet) {
  ChunkDecoder chunks;
  Body body;
  while (body.size < bytes.size() && !chunks.is_done() && !chunks.refusal()) {
    body.size += chunks.feed(bytes.substr(body.size, packet), body.text, max_body_bytes);
  }
  body.is_done = chunks.is_done();
  body.refusal = chunks.refusal();
  return body;
}

void check_target(std::string_view target) {
  CARTWRIGHT_ASSERT(target.size() <= limits.max_target_bytes);
  is_readable_query(target);
  const auto path = read_path(target);
  if (!path || path->text == "*") return;
  CARTWRIGHT_ASSERT(path->text.starts_with('/') && is_utf8(path->text));
  CARTWRIGHT_ASSERT(path->text.find('\0') == std::string::npos && path->text.find('\\') == std::string::npos);
  std::string joined;
  for (const std::string_view segment : path->segments()) {
    CARTWRIGHT_ASSERT(segment != "." && segment != "..");
    joined.append("/").append(segment);
  }
  CARTWRIGHT_ASSERT(joined == path->text);
}

void check_head(const Head& head, std::string_view bytes) {
  CARTWRIGHT_ASSERT(head.size == bytes.size());
  CARTWRIGHT_ASSERT(!(head.is_chunked && head.has_content_length));
  CARTWRIGHT_ASSERT(head.fields.size() <= limits.max_header_count);
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  for (const FieldSpan& field : head.fields) {
    const std::string_view name = field.name.in(bytes);
    const std::string_view value = field.value.in(bytes);
    CARTWRIGHT_ASSERT(is_token(name) && trim(value) == value);
    CARTWRIGHT_ASSERT(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    hosts += same_name(name, "Host");
    lengths += same_name(name, "Content-Length") || same_name(name, "Transfer-Encoding");
    cookie_value(value, "sid");
    etag_matches(value, "\"a\"");
    accepts_encoding(value, "gzip");
  }
  CARTWRIGHT_ASSERT(hosts == 1 || (hosts == 0 && head.is_http_1_0));
  CARTWRIGHT_ASSERT(lengths == static_cast<std::size_t>(head.is_chunked || head.has_content_length));
  check_target(head.target.in(bytes));
}

void check_chunks(std::string_view bytes) {
  const Body whole = read_body(bytes, bytes.size());
  const Body bit_by_bit = read_body(bytes, 1);
  CARTWRIGHT_ASSERT(whole.is_done == bit_by_bit.is_done && same(whole.refusal, bit_by_bit.refusal));
  CARTWRIGHT_ASSERT(whole.text == bit_by_bit.text && whole.size == bit_by_bit.size);
  CARTWRIGHT_ASSERT(whole.text.size() <= max_body_bytes);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const HeadScanner::Found found = scan(bytes);
  const HeadScanner::Found slowly = scan_by_bytes(bytes);
  CARTWRIGHT_ASSERT(found.size == slowly.size);
  if (found.size == 0) return 0;
  const std::string_view whole = bytes.substr(0, found.size);
  Head head;
  if (parse_head(whole, limits, head)) return 0;
  check_head(head, whole);
  check_chunks(bytes.substr(found.size));
  return 0;
}

#include "server/http/head.h"

#include <algorithm>
#include <cstring>

#include "server/http/fields.h"

namespace cartwright::http {

namespace {

constexpr std::size_t max_length_digits = 18;  // 18 digits fit in 63 bits

Refusal malformed(std::string_view detail) { return {400, "malformed_request", detail}; }
Refusal headers_too_large() { return {431, "headers_too_large", "the header fields are too large or too many"}; }
Refusal target_too_long() { return {414, "uri_too_long", "the request target is too long"}; }

Span span_of(std::string_view part, std::string_view whole) {
  return {static_cast<std::uint32_t>(part.data() - whole.data()), static_cast<std::uint32_t>(part.size())};
}

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

/// Origin form as it is, absolute form without its authority, `*` for OPTIONS.
std::optional<std::string_view> origin_form(std::string_view target, Method method) {
  if (target.empty() || !is_visible(target) || target.find('#') != std::string_view::npos) return std::nullopt;
  if (target.front() == '/') return target;
  if (target == "*" && method == Method::OPTIONS) return target;
  for (const std::string_view scheme : {std::string_view("http://"), std::string_view("https://")}) {
    if (target.size() <= scheme.size() || !same_name(target.substr(0, scheme.size()), scheme)) continue;
    const std::size_t path = target.find_first_of("/?", scheme.size());
    // "http://host" alone means "/", which is the last slash of the scheme: a view cannot make one up elsewhere.
    if (path == std::string_view::npos) return target.substr(scheme.size() - 1, 1);
    if (target[path] == '?') return std::nullopt;  // a query and no path, which nobody sends
    return target.substr(path);
  }
  return std::nullopt;
}

std::optional<Refusal> parse_request_line(std::string_view line, std::string_view bytes, const HeadLimits& limits,
                                          Head& head) {
  const std::size_t first = line.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return malformed("the request line is not METHOD target HTTP/1.1");
  const std::string_view word = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, second - first - 1);
  const std::string_view version = line.substr(second + 1);
  if (!is_token(word)) return malformed("the method is not a word");
  if (target.size() > limits.max_target_bytes) return target_too_long();
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    if (version.substr(0, 5) != "HTTP/") return malformed("the request line is not METHOD target HTTP/1.1");
    return Refusal{505, "http_version_not_supported", "this server speaks HTTP/1.1"};
  }
  const auto method = method_of(word);
  if (!method) return Refusal{501, "method_not_supported", "this server does not know that method"};
  const auto origin = origin_form(target, *method);
  if (!origin) return malformed("the request target cannot be read");
  head.method = *method;
  head.is_http_1_0 = version == "HTTP/1.0";
  head.target = span_of(*origin, bytes);
  return std::nullopt;
}

std::optional<Refusal> read_content_length(std::string_view value, Head& head) {
  if (head.has_content_length) return malformed("Content-Length is there twice");
  const bool digits = !value.empty() && value.size() <= max_length_digits &&
                      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return malformed("Content-Length is not a number");
  head.has_content_length = true;
  for (const char c : value) head.content_length = head.content_length * 10 + static_cast<std::uint64_t>(c - '0');
  return std::nullopt;
}

std::optional<Refusal> read_transfer_encoding(std::string_view value, Head& head) {
  if (head.is_chunked) return malformed("Transfer-Encoding is there twice");
  if (head.is_http_1_0) return malformed("HTTP/1.0 has no Transfer-Encoding");
  if (!same_name(value, "chunked")) {
    return Refusal{501, "transfer_coding_not_supported", "chunked is the only transfer coding here"};
  }
  head.is_chunked = true;
  return std::nullopt;
}

struct FieldState {
  unsigned host_count = 0;
  bool keeps_alive = false;
};

/// Acts on the fields that decide framing and the connection's life.
std::optional<Refusal> read_framing_field(std::string_view name, std::string_view value, Head& head,
                                          FieldState& state) {
  switch (name.size()) {
    case 4:
      if (same_name(name, "Host")) {
        ++state.host_count;
        if (!is_visible(value) || value.find_first_of(",/@") != std::string_view::npos) {
          return malformed("Host is malformed");
        }
      }
      return std::nullopt;
    case 6:
      if (!same_name(name, "Expect")) return std::nullopt;
      if (!same_name(value, "100-continue")) {
        return Refusal{417, "expectation_failed", "the only expectation met here is 100-continue"};
      }
      head.expects_continue = !head.is_http_1_0;
      return std::nullopt;
    case 10:
      if (same_name(name, "Connection")) {
        head.wants_close = head.wants_close || has_token(value, "close");
        state.keeps_alive = state.keeps_alive || has_token(value, "keep-alive");
      }
      return std::nullopt;
    case 14: return same_name(name, "Content-Length") ? read_content_length(value, head) : std::nullopt;
    case 17: return same_name(name, "Transfer-Encoding") ? read_transfer_encoding(value, head) : std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<Refusal> parse_field(std::string_view line, std::string_view bytes, Head& head, FieldState& state) {
  if (line.front() == ' ' || line.front() == '\t') return malformed("a header field is folded");
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return malformed("a header field has no colon");
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trim(line.substr(colon + 1));
  if (!is_token(name)) return malformed("a header name is not a word");
  if (!is_field_value(value)) return malformed("a header value holds a control character");
  head.fields.push_back({span_of(name, bytes), span_of(value, bytes)});
  return read_framing_field(name, value, head, state);
}

}  // namespace

HeadScanner::Found HeadScanner::scan(std::string_view bytes, const HeadLimits& limits) {
  while (at_ < bytes.size()) {
    const void* newline = std::memchr(bytes.data() + at_, '\n', bytes.size() - at_);
    if (newline == nullptr) break;
    const auto lf = static_cast<std::size_t>(static_cast<const char*>(newline) - bytes.data());
    if (lf == line_begin_ || bytes[lf - 1] != '\r') return {0, malformed("a line ends without CR LF")};
    const bool is_empty = lf == line_begin_ + 1;
    if (line_count_ == 0 && !is_empty && lf > limits.max_target_bytes + 32) return {0, target_too_long()};
    at_ = line_begin_ = lf + 1;
    if (at_ > limits.max_head_bytes) return {0, headers_too_large()};
    if (is_empty) return {at_, std::nullopt};
    if (++line_count_ > limits.max_header_count + 1) return {0, headers_too_large()};
  }
  at_ = bytes.size();
  if (line_count_ == 0 && bytes.size() > limits.max_target_bytes + 32) return {0, target_too_long()};
  if (bytes.size() > limits.max_head_bytes) return {0, headers_too_large()};
  return {};
}

std::optional<Refusal> parse_head(std::string_view bytes, const HeadLimits& limits, Head& head) {
  std::vector<FieldSpan> fields = std::move(head.fields);
  fields.clear();
  head = Head{};
  head.fields = std::move(fields);
  head.size = bytes.size();
  FieldState state;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = bytes.find("\r\n", at);
    const std::string_view line = bytes.substr(at, end - at);
    if (line.find('\r') != std::string_view::npos) return malformed("a line holds a bare CR");
    if (line.empty()) break;
    const auto refusal =
        at == 0 ? parse_request_line(line, bytes, limits, head) : parse_field(line, bytes, head, state);
    if (refusal) return refusal;
    at = end + 2;
  }
  if (state.host_count > 1 || (state.host_count == 0 && !head.is_http_1_0)) {
    return malformed("there must be exactly one Host");
  }
  if (head.is_chunked && head.has_content_length) {
    return malformed("Content-Length and Transfer-Encoding exclude each other");
  }
  if (head.is_http_1_0 && !state.keeps_alive) head.wants_close = true;
  return std::nullopt;
}

void ChunkDecoder::refuse(std::string_view detail) { refusal_ = malformed(detail); }

void ChunkDecoder::read_size_char(char c) {
  constexpr unsigned max_digits = 8;
  const char lower = static_cast<char>(c | 0x20);
  if (c >= '0' && c <= '9') {
    remaining_ = remaining_ * 16 + static_cast<std::uint64_t>(c - '0');
  } else if (lower >= 'a' && lower <= 'f') {
    remaining_ = remaining_ * 16 + static_cast<std::uint64_t>(lower - 'a') + 10;
  } else if (digits_ > 0 && c == '\r') {
    state_ = State::size_lf;
    return;
  } else if (digits_ > 0 && (c == ';' || c == ' ' || c == '\t')) {
    state_ = c == ';' ? State::extension : State::size_blank;
    return;
  } else {
    return refuse("a chunk size is not a number");
  }
  if (++digits_ > max_digits) refuse("a chunk is too large");
}

/// Chunk extensions and trailers: nothing here means anything to us, but it is bounded and well formed.
void ChunkDecoder::read_line_char(char c) {
  constexpr unsigned max_overhead_bytes = 4096;
  const bool in_trailer = state_ == State::trailer;
  if (c == '\r') {
    state_ = !in_trailer ? State::size_lf : line_is_empty_ ? State::end_lf : State::trailer_lf;
    return;
  }
  if (static_cast<unsigned char>(c) < 0x20 && c != '\t') return refuse("a chunk line holds a control character");
  if (state_ == State::size_blank && c != ' ' && c != '\t') {
    if (c != ';') return refuse("a chunk size is not a number");
    state_ = State::extension;
  }
  line_is_empty_ = false;
  if (++overhead_ > max_overhead_bytes) refuse("chunk extensions and trailers are too long");
}

std::size_t ChunkDecoder::feed(std::string_view in, std::string& body, std::size_t max_body_bytes) {
  std::size_t at = 0;
  const auto expect = [&](char wanted, State next) {
    if (in[at++] != wanted) return refuse("a chunk is not framed by CR LF");
    state_ = next;
  };
  while (at < in.size() && !refusal_ && state_ != State::done) {
    switch (state_) {
      case State::size: read_size_char(in[at++]); break;
      case State::size_blank:
      case State::extension: read_line_char(in[at++]); break;
      case State::size_lf:
        expect('\n', remaining_ == 0 ? State::trailer : State::data);
        digits_ = 0;
        line_is_empty_ = true;
        if (remaining_ > max_body_bytes - std::min(max_body_bytes, body.size())) {
          refusal_ = Refusal{413, "payload_too_large", "the body is too large"};
        }
        break;
      case State::data: {
        const auto taken = std::min<std::uint64_t>(remaining_, in.size() - at);
        body.append(in.substr(at, taken));
        at += taken;
        remaining_ -= taken;
        if (remaining_ == 0) state_ = State::data_cr;
        break;
      }
      case State::data_cr: expect('\r', State::data_lf); break;
      case State::data_lf: expect('\n', State::size); break;
      case State::trailer: read_line_char(in[at++]); break;
      case State::trailer_lf:
        expect('\n', State::trailer);
        line_is_empty_ = true;
        break;
      case State::end_lf: expect('\n', State::done); break;
      case State::done: break;
    }
  }
  return at;
}

}  // namespace cartwright::http

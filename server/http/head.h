#pragma once
// Framing: where one request ends and the next begins. Strict on purpose: a server and a proxy that read the
// same bytes differently is how requests are smuggled (RFC 9112 11.2), so every shape that invites it is refused.
//
// Rule: no I/O and no allocation beyond the field list. Offsets, not pointers: the buffer may still move.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace cartwright::http {

/// Why a request is answered by the server itself.
struct Refusal {
  int status = 400;
  std::string_view code = "malformed_request";
  std::string_view detail;
};

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
  std::string_view in(std::string_view bytes) const { return bytes.substr(begin, size); }
};

struct FieldSpan {
  Span name;
  Span value;
};

struct HeadLimits {
  std::size_t max_target_bytes = 8000;
  std::size_t max_head_bytes = 16384;
  std::size_t max_header_count = 100;
};

struct Head {
  Method method = Method::GET;
  Span target;  ///< origin form, or `*`
  std::vector<FieldSpan> fields;
  std::size_t size = 0;  ///< bytes up to and with the empty line
  std::uint64_t content_length = 0;
  bool has_content_length = false;
  bool is_chunked = false;
  bool is_http_1_0 = false;
  bool wants_close = false;
  bool expects_continue = false;
};

/// Finds the end of a head line by line, never looking at a byte twice.
class HeadScanner {
 public:
  /// How long the head is once its empty line is there, 0 before. A refusal for a bare LF, or when a limit is passed.
  struct Found {
    std::size_t size = 0;
    std::optional<Refusal> refusal;
  };
  Found scan(std::string_view bytes, const HeadLimits& limits);
  void reset() { *this = HeadScanner(); }

 private:
  std::size_t at_ = 0;  ///< first byte not looked at
  std::size_t line_begin_ = 0;
  std::size_t line_count_ = 0;
};

/// Reads a whole head (as long as scan() said). Writes `head`, or says why not.
std::optional<Refusal> parse_head(std::string_view bytes, const HeadLimits& limits, Head& head);

/// Takes the chunked coding off a body, as the bytes come.
class ChunkDecoder {
 public:
  enum class State : std::uint8_t {
    size,
    size_blank,
    extension,
    size_lf,
    data,
    data_cr,
    data_lf,
    trailer,
    trailer_lf,
    end_lf,
    done
  };

  /// Consumes from `in`, appends to `body` up to `max_body_bytes`; returns how many bytes it took.
  std::size_t feed(std::string_view in, std::string& body, std::size_t max_body_bytes);
  bool is_done() const { return state_ == State::done; }
  const std::optional<Refusal>& refusal() const { return refusal_; }
  void reset() { *this = ChunkDecoder(); }

 private:
  void read_size_char(char c);
  void read_line_char(char c);
  void refuse(std::string_view detail);

  State state_ = State::size;
  std::uint64_t remaining_ = 0;
  unsigned digits_ = 0;
  unsigned overhead_ = 0;  ///< bytes of extensions and trailers so far
  bool line_is_empty_ = true;
  std::optional<Refusal> refusal_;
};

}  // namespace cartwright::http

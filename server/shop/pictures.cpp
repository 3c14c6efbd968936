#include "server/shop/pictures.h"

#include <sodium.h>

#include <array>
#include <optional>

namespace cartwright::shop {

namespace {

constexpr std::int64_t max_side = 10'000;
constexpr std::int64_t max_pixels = 50'000'000;

constexpr std::string_view png_magic = "\x89PNG\r\n\x1a\n";

// Numbers of the file; 0 behind its end, where every caller looks at the size too.
class Bytes {
 public:
  explicit Bytes(std::string_view text) : text_(text) {}
  std::size_t size() const { return text_.size(); }
  bool has(std::size_t from, std::size_t count) const { return from <= size() && count <= size() - from; }
  std::uint32_t byte(std::size_t at) const { return at < size() ? static_cast<unsigned char>(text_[at]) : 0; }
  std::uint32_t big16(std::size_t at) const { return byte(at) << 8 | byte(at + 1); }
  std::uint32_t big32(std::size_t at) const { return big16(at) << 16 | big16(at + 2); }
  std::uint32_t little16(std::size_t at) const { return byte(at) | byte(at + 1) << 8; }
  std::uint32_t little24(std::size_t at) const { return little16(at) | byte(at + 2) << 16; }
  std::uint32_t little32(std::size_t at) const { return little16(at) | little16(at + 2) << 16; }
  bool is(std::size_t at, std::string_view word) const { return has(at, word.size()) && text_.substr(at, word.size()) == word; }

 private:
  std::string_view text_;
};

struct Found {
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::size_t end = 0;
};

// A signature, then chunks of length, name, data, checksum: IHDR first, IEND last, IDAT between.
std::optional<Found> read_png(const Bytes& bytes) {
  Found found;
  bool has_data = false;
  for (std::size_t at = png_magic.size(); bytes.has(at, 12);) {
    const std::size_t length = bytes.big32(at);
    if (!bytes.has(at + 12, length)) return std::nullopt;
    const bool is_first = at == png_magic.size();
    if (is_first != bytes.is(at + 4, "IHDR") || (is_first && length != 13)) return std::nullopt;
    if (is_first) {
      found.width = bytes.big32(at + 8);
      found.height = bytes.big32(at + 12);
    }
    has_data = has_data || bytes.is(at + 4, "IDAT");
    const bool is_last = bytes.is(at + 4, "IEND");
    at += 12 + length;
    found.end = at;
    if (is_last) return has_data ? std::optional(found) : std::nullopt;
  }
  return std::nullopt;
}

bool is_frame(std::uint32_t marker) {  // SOF0 to SOF15 without DHT, JPG and DAC
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

// Segments of marker and length; behind SOS coded data, in which 0xff stands before 0 or a restart only; EOI at the end.
std::optional<Found> read_jpeg(const Bytes& bytes) {
  Found found;
  bool has_data = false;
  for (std::size_t at = 2; bytes.has(at, 2);) {
    if (bytes.byte(at) != 0xff) return std::nullopt;
    const std::uint32_t marker = bytes.byte(at + 1);
    if (marker == 0xff) {  // a filling byte
      ++at;
      continue;
    }
    at += 2;
    found.end = at;
    if (marker == 0xd9) return has_data && found.width > 0 ? std::optional(found) : std::nullopt;
    const std::size_t length = bytes.big16(at);
    if (length < 2 || !bytes.has(at, length)) return std::nullopt;
    if (is_frame(marker) && length >= 8) {
      found.height = bytes.big16(at + 3);
      found.width = bytes.big16(at + 5);
    }
    at += length;
    if (marker != 0xda) continue;
    has_data = true;
    const auto is_coded = [&](std::size_t i) {
      const std::uint32_t next = bytes.byte(i + 1);
      return bytes.byte(i) != 0xff || next == 0 || (next >= 0xd0 && next <= 0xd7);
    };
    while (bytes.has(at, 2) && is_coded(at)) ++at;
  }
  return std::nullopt;
}

// RIFF with chunks of name, length, data; the first one has the size: VP8X (of the canvas), VP8L or VP8.
std::optional<Found> read_webp(const Bytes& bytes) {
  const std::size_t end = std::size_t{8} + bytes.little32(4);
  if (end < 30 || !bytes.has(0, end)) return std::nullopt;
  Found found{.end = end};
  if (bytes.is(12, "VP8X")) {
    found.width = bytes.little24(24) + 1;
    found.height = bytes.little24(27) + 1;
  } else if (bytes.is(12, "VP8L") && bytes.byte(20) == 0x2f) {
    found.width = (bytes.little32(21) & 0x3fff) + 1;
    found.height = (bytes.little32(21) >> 14 & 0x3fff) + 1;
  } else if (bytes.is(12, "VP8 ") && bytes.is(23, "\x9d\x01\x2a")) {
    found.width = bytes.little16(26) & 0x3fff;
    found.height = bytes.little16(28) & 0x3fff;
  } else {
    return std::nullopt;
  }
  for (std::size_t at = 12; at < end;) {
    if (end - at < 8) return std::nullopt;
    const std::size_t length = bytes.little32(at + 4);
    if (length > end - at - 8) return std::nullopt;
    at += 8 + length + length % 2;
  }
  return found;
}

}  // namespace

Result<Picture> read_picture(std::string_view text) {
  const Bytes bytes(text);
  std::optional<Found> found;
  Picture picture;
  if (bytes.is(0, png_magic)) {
    picture = {.content_type = "image/png", .extension = "png"};
    found = read_png(bytes);
  } else if (bytes.is(0, "\xff\xd8\xff")) {
    picture = {.content_type = "image/jpeg", .extension = "jpg"};
    found = read_jpeg(bytes);
  } else if (bytes.is(0, "RIFF") && bytes.is(8, "WEBP")) {
    picture = {.content_type = "image/webp", .extension = "webp"};
    found = read_webp(bytes);
  } else {
    return Error{.code = ErrorCode::unsupported_media_type, .detail = "Pictures are PNG, JPEG or WebP."};
  }
  if (!found || found->width == 0 || found->height == 0) {
    return Error{.code = ErrorCode::invalid_request, .detail = "The picture is cut off or broken."};
  }
  if (found->width > max_side || found->height > max_side || found->width * found->height > max_pixels) {
    return Error{.code = ErrorCode::invalid_request,
                 .detail = "The picture has more than 10,000 pixels a side or 50 million in all."};
  }
  picture.width = found->width;
  picture.height = found->height;
  picture.bytes = text.substr(0, found->end);
  return picture;
}

std::string media_name(const Picture& picture) {
  std::array<unsigned char, 20> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(picture.bytes.data()),
                     picture.bytes.size(), nullptr, 0);
  std::array<char, 41> hex;
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return std::string(hex.data()) + '.' + std::string(picture.extension);
}

}  // namespace cartwright::shop

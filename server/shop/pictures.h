// Pictures that come from outside: raster only, told by their own bytes and not by what their sender calls them.
//   taken:    PNG, JPEG, WebP; up to 8 MiB, 10,000 pixels a side and 50 million in all (what a browser would unpack)
//   refused:  SVG, HTML and all else, which could run script; GIF, which nobody sells anything with any more
// What stands behind the picture's own end (a page, a program, a video) is cut off. Metadata inside it stays: photos need
// their orientation. It is served as the type found here, with nosniff, so that nothing in it is ever a page or a script.
// The pixels themselves are not unpacked: browsers do that in a sandbox, we wouldn't.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace cartwright::shop {

inline constexpr std::size_t max_picture_bytes = 8U << 20U;

struct Picture {
  std::string_view content_type = {};
  std::string_view extension = {};
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::string_view bytes = {};  // of what was given, up to the picture's end
};

// Errors: `unsupported_media_type` (none of the three), `invalid_request` (cut off or broken, or too large a picture).
Result<Picture> read_picture(std::string_view bytes);

// By its content, so that the same picture is kept once: "3f…9a.png".
std::string media_name(const Picture& picture);

}  // namespace cartwright::shop

// The demo shop's pictures: one drawing per motif, in the colours of a palette, before a tinted ground.
#pragma once

#include <string>
#include <string_view>

namespace cartwright::demo {

// "#rrggbb" each.
struct Palette {
  std::string key = {};
  std::string main = {};
  std::string dark = {};
  std::string light = {};
  std::string deep = {};
  std::string accent = {};
};

struct Ground {
  std::string key = {};
  std::string ground = {};
  std::string disc = {};
  std::string shadow = {};
};

struct DemoPicture {
  std::string name;  // "mug-sage-rose.svg"
  std::string svg;
};

// The motif is one of pictures/.
DemoPicture draw(std::string_view motif, const Palette& palette, const Ground& ground);

}  // namespace cartwright::demo

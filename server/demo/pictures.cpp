#include "server/demo/pictures.h"

#include "core/result.h"
#include "server/demo/resources.h"

namespace cartwright::demo {

namespace {

std::string_view drawing(std::string_view motif) {
  for (const Drawing& candidate : drawings()) {
    if (candidate.motif == motif) return candidate.svg;
  }
  CARTWRIGHT_ASSERT(false);
  return {};
}

void replace_all(std::string& text, std::string_view placeholder, std::string_view value) {
  for (auto at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at + value.size())) {
    text.replace(at, placeholder.size(), value);
  }
}

}  // namespace

DemoPicture draw(std::string_view motif, const Palette& palette, const Ground& ground) {
  DemoPicture picture{.name = std::string(motif) + "-" + palette.key + "-" + ground.key + ".svg",
                      .svg = std::string(drawing("frame"))};
  replace_all(picture.svg, "{{content}}", drawing(motif));
  const std::string_view colours[][2] = {
      {"{{main}}", palette.main},     {"{{dark}}", palette.dark},     {"{{light}}", palette.light},
      {"{{deep}}", palette.deep},     {"{{accent}}", palette.accent}, {"{{ground}}", ground.ground},
      {"{{disc}}", ground.disc},      {"{{shadow}}", ground.shadow},
  };
  for (const auto& [placeholder, value] : colours) replace_all(picture.svg, placeholder, value);
  return picture;
}

}  // namespace cartwright::demo

// What the build embeds: catalog.json, offers.json and the drawings of pictures/.
#pragma once

#include <span>
#include <string_view>

namespace cartwright::demo {

struct Drawing {
  std::string_view motif;
  std::string_view svg;  // with {{colour}} placeholders
};

std::string_view catalog_json();
std::string_view offers_json();
std::span<const Drawing> drawings();

}  // namespace cartwright::demo

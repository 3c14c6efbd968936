// Which rules these are: changes whenever the same request would get another answer, so that a page and a server with
// different rules notice (the module's `rules_version`, the shop's and the snapshot's field of that name).
#pragma once

#include <string_view>

namespace cartwright {

inline constexpr std::string_view rules_version = "1";

}  // namespace cartwright

// Two JSON texts against each other: what a PATCH makes of a resource, and what a change changed.
#pragma once

#include <string>
#include <string_view>

#include "server/json.h"

namespace cartwright::json {

// `target` (an object that we wrote) with the members of `patch` in it (RFC 7396: objects go into objects, null takes a
// member away, all else replaces). The result is to be decoded: what is wrong in the patch, a doubled or unknown key, is
// still in it, at the same place.
std::string merge(std::string_view target, const Node& patch);

// The members of two objects that differ, as they are in each: for the admins' log. Both empty: nothing differs.
struct Difference {
  std::string before;
  std::string after;
};
Difference difference(std::string_view before, std::string_view after);

}  // namespace cartwright::json

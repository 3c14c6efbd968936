// The log: one JSON object a line on stderr, {"time","level","message",…}. What goes into it is named one by one here,
// so no body, no query, no header, no e-mail and no token can get in by accident.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace cartwright::log {

enum class Level : std::uint8_t { debug, info, warn, error };

struct Field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};

// To stderr from now on, what is below `least` left out. Before this nothing is written (tests).
void start(Level least);

bool wanted(Level level);
void write(Level level, std::string_view message, std::initializer_list<Field> fields = {});

}  // namespace cartwright::log

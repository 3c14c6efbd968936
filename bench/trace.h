// What trace.cpp writes and raw.cpp reads: numbers of eight bytes, texts with their length before them.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cartwright::bench {

enum class Tag : std::int64_t {
  text,       // of a statement, whose number is how many there were before: its text
  statement,  // the number of its text, how many values there are, and these
  end,        // of a command
  null,       // values, in the order of SQLite's parameters
  integer,
  words,
  bytes,
};

inline void put_integer(std::string& out, std::int64_t value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

inline void put_text(std::string& out, std::string_view text) {
  put_integer(out, static_cast<std::int64_t>(text.size()));
  out += text;
}

inline std::int64_t take_integer(std::string_view& in) {
  std::int64_t value = 0;
  std::memcpy(&value, in.data(), sizeof value);
  in.remove_prefix(sizeof value);
  return value;
}

inline std::string_view take_text(std::string_view& in) {
  const auto size = static_cast<std::size_t>(take_integer(in));
  const std::string_view text = in.substr(0, size);
  in.remove_prefix(size);
  return text;
}

}  // namespace cartwright::bench

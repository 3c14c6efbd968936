#include "server/http/target.h"

#include <algorithm>

#include "httplib.h"
#include "server/http/fields.h"

namespace cartwright::http {

namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool has_whole_percents(std::string_view text) {
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
  }
  return true;
}

/// The library's decoder also takes `%uXXXX` and leaves bad percent signs; has_whole_percents() comes first.
std::string decoded(std::string_view text) {
  if (text.find('%') == std::string_view::npos) return std::string(text);
  return httplib::detail::decode_url(std::string(text), false);
}

bool is_clean(std::string_view text) {
  const bool printable = std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || c == '\\';
  });
  return printable && is_utf8(text);
}

/// Looks at the decoded text, so that slashes and dots that came encoded count too.
bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

}  // namespace

std::vector<std::string_view> TargetPath::segments() const {
  std::vector<std::string_view> parts;
  parts.reserve(segment_ends.size());
  std::size_t begin = 1;
  for (const std::size_t end : segment_ends) {
    parts.push_back(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::optional<TargetPath> read_path(std::string_view target) {
  std::string_view raw = target.substr(0, target.find('?'));
  if (raw == "*") return TargetPath{"*", {}};
  if (raw.empty() || raw.front() != '/' || !has_whole_percents(raw)) return std::nullopt;
  raw.remove_prefix(1);
  TargetPath path;
  path.text.reserve(raw.size() + 1);
  while (true) {
    const std::size_t end = std::min(raw.find('/'), raw.size());
    const std::string segment = decoded(raw.substr(0, end));
    path.text += '/';
    path.text += segment;
    path.segment_ends.push_back(path.text.size());
    if (end == raw.size()) break;
    raw.remove_prefix(end + 1);
  }
  if (!is_clean(path.text) || has_dot_segment(path.text)) return std::nullopt;
  return path;
}

bool is_readable_query(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return true;
  const std::string_view query = target.substr(mark + 1);
  if (!has_whole_percents(query)) return false;
  const std::string text = decoded(query);
  return text.find('\0') == std::string::npos && is_utf8(text);
}

}  // namespace cartwright::http

#include "server/http/fields.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "server/http/message.h"

namespace cartwright::http {

namespace {

/// Calls `visit(item)` for each trimmed piece between separators until it returns true.
template <class Visit>
bool any_piece(std::string_view list, char separator, Visit visit) {
  while (true) {
    const std::size_t end = std::min(list.find(separator), list.size());
    if (visit(trim(list.substr(0, end)))) return true;
    if (end == list.size()) return false;
    list.remove_prefix(end + 1);
  }
}

bool is_cookie_octet(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

bool is_zero_weight(std::string_view parameters) {
  return any_piece(parameters, ';', [](std::string_view piece) {
    if (piece.size() < 3 || !same_name(piece.substr(0, 2), "q=")) return false;
    return piece.find_first_not_of("0.", 2) == std::string_view::npos;
  });
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name) {
  std::optional<std::string_view> found;
  any_piece(header, ';', [&](std::string_view piece) {
    const std::size_t equals = piece.find('=');
    if (equals == std::string_view::npos || trim(piece.substr(0, equals)) != name) return false;
    std::string_view value = trim(piece.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    found = value;
    return true;
  });
  return found;
}

std::optional<std::string> set_cookie(const Cookie& cookie) {
  const auto is_attribute_char = [](char c) { return c != ';' && c >= 0x20 && c < 0x7f; };
  if (!is_token(cookie.name)) return std::nullopt;
  if (!std::all_of(cookie.value.begin(), cookie.value.end(), is_cookie_octet)) return std::nullopt;
  if (!std::all_of(cookie.path.begin(), cookie.path.end(), is_attribute_char)) return std::nullopt;
  if (cookie.same_site != "Lax" && cookie.same_site != "Strict" && cookie.same_site != "None") return std::nullopt;
  const bool is_host_cookie = cookie.name.rfind("__Host-", 0) == 0;
  if (is_host_cookie && (!cookie.secure || cookie.path != "/")) return std::nullopt;
  std::string text = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age_s >= 0) text += "; Max-Age=" + std::to_string(cookie.max_age_s);
  if (cookie.secure) text += "; Secure";
  if (cookie.http_only) text += "; HttpOnly";
  return text + "; SameSite=" + cookie.same_site;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  const auto opaque = [](std::string_view tag) { return tag.substr(0, 2) == "W/" ? tag.substr(2) : tag; };
  if (trim(if_none_match) == "*") return true;
  // A tag may hold commas inside its quotes, so the list is walked quote by quote.
  const std::string_view wanted = opaque(etag);
  std::size_t at = 0;
  while ((at = if_none_match.find('"', at)) != std::string_view::npos) {
    const std::size_t end = if_none_match.find('"', at + 1);
    if (end == std::string_view::npos) return false;
    if (if_none_match.substr(at, end - at + 1) == wanted) return true;
    at = end + 1;
  }
  return false;
}

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
  bool any = false;
  bool named = false;
  bool taken = false;
  any_piece(accept_encoding, ',', [&](std::string_view piece) {
    const std::size_t semicolon = std::min(piece.find(';'), piece.size());
    const std::string_view word = trim(piece.substr(0, semicolon));
    const bool refused = is_zero_weight(piece.substr(semicolon));
    if (word == "*") any = !refused;
    if (same_name(word, coding)) {
      named = true;
      taken = !refused;
    }
    return false;
  });
  return named ? taken : any;
}

bool has_token(std::string_view list, std::string_view token) {
  return any_piece(list, ',', [&](std::string_view piece) { return same_name(piece, token); });
}

std::string http_date(std::int64_t epoch_s) {
  static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t time = epoch_s;
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
                parts.tm_sec);
  return text.data();
}

const std::string& http_date_now() {
  static thread_local std::int64_t second = -1;
  static thread_local std::string text;
  const std::int64_t now = std::time(nullptr);
  if (now != second) {
    second = now;
    text = http_date(now);
  }
  return text;
}

bool is_token(std::string_view word) {
  static constexpr auto table = [] {
    std::array<bool, 256> allowed{};
    for (unsigned char c = '0'; c <= '9'; ++c) allowed[c] = true;
    for (unsigned char c = 'a'; c <= 'z'; ++c) allowed[c] = true;
    for (unsigned char c = 'A'; c <= 'Z'; ++c) allowed[c] = true;
    for (const char c : std::string_view("!#$%&'*+-.^_`|~")) allowed[static_cast<unsigned char>(c)] = true;
    return allowed;
  }();
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return table[static_cast<unsigned char>(c)]; });
}

bool is_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || i + length > text.size()) return false;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return false;
    for (std::size_t k = 2; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
    }
    i += length;
  }
  return true;
}

}  // namespace cartwright::http

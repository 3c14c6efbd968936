#pragma once
// Small readers and writers of header field values: cookies, entity tags, codings, dates. Pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright::http {

/// The value of one cookie in a Cookie header (first of that name; quotes around it removed).
std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name);

struct Cookie {
  std::string name;               ///< a token; `__Host-` names need secure and path "/"
  std::string value;              ///< cookie octets; anything else makes set_cookie() give nothing
  std::string path = "/";
  std::int64_t max_age_s = -1;    ///< -1: until the browser closes; 0: delete
  bool secure = true;
  bool http_only = true;
  std::string same_site = "Lax";  ///< Lax, Strict or None
};

/// A Set-Cookie value, or nothing when a part could break out of its place.
std::optional<std::string> set_cookie(const Cookie& cookie);

/// Does an If-None-Match list name this tag? Weak comparison (RFC 9110 8.8.3.2); `*` matches anything.
bool etag_matches(std::string_view if_none_match, std::string_view etag);

/// Does Accept-Encoding take this coding (q > 0)? `*` counts unless the coding is named itself.
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

/// Is `token` one of the comma-separated words (any case)?
bool has_token(std::string_view list, std::string_view token);

/// IMF-fixdate of that second since 1970 UTC: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::int64_t epoch_s);

/// IMF-fixdate of now, made once a second per thread.
const std::string& http_date_now();

/// A valid token (RFC 9110 5.6.2): non-empty, as methods and header names are.
bool is_token(std::string_view word);

/// Well-formed UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
bool is_utf8(std::string_view text);

/// Removes spaces and tabs at both ends.
std::string_view trim(std::string_view text);

}  // namespace cartwright::http

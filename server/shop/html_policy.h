// Descriptions come from outside and are shown inside our pages, so only an allow-list of tags passes.
//   kept:     p br ul ol li strong em b i u s sub sup h2 h3 h4 blockquote hr code pre
//             table thead tbody tr th td dl dt dd, and a[href] to http, https or mailto, with rel="nofollow"
//   dropped with all they hold: script, style, iframe, object, svg, math, form fields and their kind
//   any other tag: it goes, what it holds stays. No other attribute ever passes. Text is escaped anew.
// Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cartwright::shop {

inline constexpr std::size_t max_html_bytes = 256 * 1024;
// Bounds the nesting too: the parser's tree is freed recursively, and a thread's stack is small.
inline constexpr std::size_t max_html_tags = 2000;

bool is_within_html_limits(std::string_view html);

// `html` is legal UTF-8. Empty when it is not within the limits. What is clean already stays as it is.
std::optional<std::string> clean_html(std::string_view html);

// The text alone, spaces folded, at most `max_characters` characters: for search and page descriptions.
std::string html_to_text(std::string_view html, std::size_t max_characters);

// & < > " and ' as entities.
std::string escape_html(std::string_view text);

}  // namespace cartwright::shop

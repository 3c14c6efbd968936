// Texts in both languages, as the tables keep them: a JSON object of language to text ({"ko": "색상", "en": "Color"}), or
// rows with a language column. A text without a translation has the same in both. Pure functions.
#pragma once

#include <string_view>

#include "server/wire.h"

namespace cartwright::shop {

// A `names` column. What is no JSON object is a plain text and stands for itself in both languages.
wire::Text read_names(std::string_view column);

// Puts in one language's text; anything but "ko" and "en" is left alone.
void set_text(wire::Text& text, std::string_view language, std::string_view value);

// Where one language has nothing, the other one's stands.
void fill_missing(wire::Text& text);

}  // namespace cartwright::shop

// Texts in both languages, as the tables keep them: a JSON object of language to text ({"ko": "색상", "en": "Color"}), or
// rows with a language column. A text without a translation has the same in both. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "server/wire.h"

namespace cartwright::shop {

// A `names` column. What is no JSON object is a plain text and stands for itself in both languages.
wire::Text read_names(std::string_view column);

// What stands in a `names` column, without stand-ins for the missing language; and the column for it.
wire::Text stored_names(std::string_view column);
std::string names_column(std::string_view ko, std::string_view en);

// Puts in one language's text; anything but "ko" and "en" is left alone.
void set_text(wire::Text& text, std::string_view language, std::string_view value);

// Where one language has nothing, the other one's stands.
void fill_missing(wire::Text& text);

// A name as a part of an address: a letter or digit stays, other ASCII becomes a dash; other scripts stay as they are
// (addresses encode them). `nothing` when nothing is left.
std::string slug_of(std::string_view name, std::string_view nothing);

}  // namespace cartwright::shop

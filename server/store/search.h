// Finding products by words: the table `product_search (product_id, text)` holds what each is found by, normalised.
//
//   const auto words = search_patterns(q);
//   "… WHERE p.id IN (SELECT product_id FROM product_search WHERE text LIKE $1 AND text LIKE $2 AND text LIKE $3) …"
//
// Korean, and any language, is found by parts of words, one letter long or more.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "server/store/database.h"

namespace cartwright::store {

// Text as it is indexed and as it is asked for: letters in lower case, full-width forms as ASCII, Hangul letters (as
// some keyboards and file systems write them) joined into syllables, runs of white space as one space, none at the ends.
// Invalid UTF-8 becomes U+FFFD.
std::string search_text(std::string_view utf8);

// LIKE patterns for the first words of `utf8`, each to be found somewhere in the text; the last one takes all that is
// left, in one piece; "%", which finds everything, for words that aren't there. What LIKE would read as a wildcard or an
// escape becomes "any one character".
using SearchPatterns = std::array<std::string, 3>;
SearchPatterns search_patterns(std::string_view utf8);

// Makes the product found by this text instead of what it was found by; empty: by nothing.
void index_product(Transaction& tx, ProductId id, std::string_view utf8);

}  // namespace cartwright::store

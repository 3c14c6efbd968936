#include "server/store/search.h"

#include <cstdint>
#include <vector>

namespace cartwright::store {

namespace {

constexpr char32_t replacement = 0xFFFD;

// One code point, and how many bytes it took; U+FFFD and 1 where the bytes mean nothing.
struct Decoded {
  char32_t letter;
  std::size_t size;
};

Decoded decode(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  const std::uint8_t first = at(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || bytes.size() < size) return {replacement, 1};
  char32_t letter = first & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xC0) != 0x80) return {replacement, 1};
    letter = letter << 6 | (at(i) & 0x3Fu);
  }
  const bool overlong = (size == 3 && letter < 0x800) || (size == 4 && letter < 0x10000);
  const bool surrogate = letter >= 0xD800 && letter <= 0xDFFF;
  if (overlong || surrogate || letter > 0x10FFFF) return {replacement, 1};
  return {letter, size};
}

void encode(char32_t letter, std::string& out) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (letter < 0x80) {
    put(letter);
  } else if (letter < 0x800) {
    put(0xC0 | letter >> 6), put(0x80 | (letter & 0x3F));
  } else if (letter < 0x10000) {
    put(0xE0 | letter >> 12), put(0x80 | (letter >> 6 & 0x3F)), put(0x80 | (letter & 0x3F));
  } else {
    put(0xF0 | letter >> 18), put(0x80 | (letter >> 12 & 0x3F)), put(0x80 | (letter >> 6 & 0x3F)),
        put(0x80 | (letter & 0x3F));
  }
}

// Latin, Greek and Cyrillic capitals, full-width forms, every kind of space. Control characters count as space too, so
// that text and pattern hold no NUL.
char32_t fold(char32_t letter) {
  if (letter <= 0x20 || letter == 0x7F || letter == 0xA0 || letter == 0x3000 || (letter >= 0x2000 && letter <= 0x200A)) {
    return ' ';
  }
  if (letter >= 0xFF01 && letter <= 0xFF5E) letter -= 0xFEE0;
  if (letter >= 'A' && letter <= 'Z') return letter + 32;
  if (letter >= 0xC0 && letter <= 0xDE && letter != 0xD7) return letter + 32;
  if (letter >= 0x0391 && letter <= 0x03A9 && letter != 0x03A2) return letter + 32;
  if (letter >= 0x0410 && letter <= 0x042F) return letter + 32;
  return letter;
}

// Joins a Hangul letter to what stands before it (Unicode, "Conjoining Jamo Behavior"). False when they don't join.
bool join_hangul(char32_t& before, char32_t letter) {
  constexpr char32_t syllables = 0xAC00, leads = 0x1100, vowels = 0x1161, tails = 0x11A7;
  constexpr char32_t lead_count = 19, vowel_count = 21, tail_count = 28;
  if (before >= leads && before < leads + lead_count && letter >= vowels && letter < vowels + vowel_count) {
    before = syllables + ((before - leads) * vowel_count + (letter - vowels)) * tail_count;
    return true;
  }
  const bool open_syllable = before >= syllables && before < syllables + lead_count * vowel_count * tail_count &&
                             (before - syllables) % tail_count == 0;
  if (open_syllable && letter > tails && letter < tails + tail_count) {
    before += letter - tails;
    return true;
  }
  return false;
}

}  // namespace

std::string search_text(std::string_view utf8) {
  std::vector<char32_t> letters;
  letters.reserve(utf8.size());
  while (!utf8.empty()) {
    const Decoded next = decode(utf8);
    utf8.remove_prefix(next.size);
    const char32_t letter = fold(next.letter);
    if (letter == ' ' && (letters.empty() || letters.back() == ' ')) continue;
    if (!letters.empty() && join_hangul(letters.back(), letter)) continue;
    letters.push_back(letter);
  }
  if (!letters.empty() && letters.back() == ' ') letters.pop_back();
  std::string text;
  text.reserve(letters.size() * 3);
  for (const char32_t letter : letters) encode(letter, text);
  return text;
}

SearchPatterns search_patterns(std::string_view utf8) {
  std::string text = search_text(utf8);
  for (char& byte : text) {
    if (byte == '%' || byte == '\\') byte = '_';
  }
  SearchPatterns patterns;
  std::string_view rest = text;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const std::size_t end = i + 1 < patterns.size() ? rest.find(' ') : std::string_view::npos;
    patterns[i].push_back('%');
    if (!rest.empty()) patterns[i].append(rest.substr(0, end)).push_back('%');
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return patterns;
}

void index_product(Transaction& tx, ProductId id, std::string_view utf8) {
  const std::string text = search_text(utf8);
  if (text.empty()) {
    tx.execute("DELETE FROM product_search WHERE product_id = $1", id);
  } else {
    tx.execute("INSERT INTO product_search (product_id, text) VALUES ($1, $2)"
               " ON CONFLICT (product_id) DO UPDATE SET text = excluded.text", id, text);
  }
}

}  // namespace cartwright::store

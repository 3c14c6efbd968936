#include "server/shop/texts.h"

#include "server/json.h"

namespace cartwright::shop {

namespace {

// Empty: no JSON object.
std::optional<wire::Text> parse_names(std::string_view column) {
  if (!column.starts_with('{')) return std::nullopt;
  const auto document = json::Document::parse(column);
  if (!document || document->root().kind != json::Node::Kind::object) return std::nullopt;
  wire::Text text;
  for (const json::Node* node = document->root().first; node != nullptr; node = node->next) {
    if (node->kind == json::Node::Kind::string) set_text(text, node->key, node->text);
  }
  return text;
}

}  // namespace

void set_text(wire::Text& text, std::string_view language, std::string_view value) {
  if (language == "ko") text.ko = value;
  if (language == "en") text.en = value;
}

wire::Text stored_names(std::string_view column) { return parse_names(column).value_or(wire::Text{}); }

std::string names_column(std::string_view ko, std::string_view en) {
  std::string column = "{";
  const auto add = [&](std::string_view language, std::string_view word) {
    if (word.empty()) return;
    if (column.size() > 1) column += ',';
    json::append_string(column, language);
    column += ':';
    json::append_string(column, word);
  };
  add("ko", ko);
  add("en", en);
  return column + "}";
}

std::string slug_of(std::string_view name, std::string_view nothing) {
  std::string slug;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (kept || upper) {
      slug += upper ? static_cast<char>(c + 32) : c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.empty() ? std::string(nothing) : slug;
}

void fill_missing(wire::Text& text) {
  if (text.ko.empty()) text.ko = text.en;
  if (text.en.empty()) text.en = text.ko;
}

wire::Text read_names(std::string_view column) {
  auto text = parse_names(column);
  if (!text) return {.ko = std::string(column), .en = std::string(column)};
  fill_missing(*text);
  return *std::move(text);
}

}  // namespace cartwright::shop

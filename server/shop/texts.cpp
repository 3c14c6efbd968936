#include "server/shop/texts.h"

#include "server/json.h"

namespace cartwright::shop {

void set_text(wire::Text& text, std::string_view language, std::string_view value) {
  if (language == "ko") text.ko = value;
  if (language == "en") text.en = value;
}

void fill_missing(wire::Text& text) {
  if (text.ko.empty()) text.ko = text.en;
  if (text.en.empty()) text.en = text.ko;
}

wire::Text read_names(std::string_view column) {
  if (!column.starts_with('{')) return {.ko = std::string(column), .en = std::string(column)};
  const auto document = json::Document::parse(column);
  if (!document || document->root().kind != json::Node::Kind::object) {
    return {.ko = std::string(column), .en = std::string(column)};
  }
  wire::Text text;
  for (const json::Node* node = document->root().first; node != nullptr; node = node->next) {
    if (node->kind == json::Node::Kind::string) set_text(text, node->key, node->text);
  }
  fill_missing(text);
  return text;
}

}  // namespace cartwright::shop

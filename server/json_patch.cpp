#include "server/json_patch.h"

namespace cartwright::json {

namespace {

void append_node(std::string& out, const Node& node);

void append_key(std::string& out, const Node& member) {
  if (out.back() != '{') out += ',';
  // A key that is no text stays one, so that it is refused.
  member.key_is_text ? append_string(out, member.key) : void(out += "\"\\ud800\"");
  out += ':';
}

void append_node(std::string& out, const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      out += "null";
      break;
    case Node::Kind::boolean:
      out += node.boolean ? "true" : "false";
      break;
    case Node::Kind::integer:
      append_integer(out, node.integer);
      break;
    case Node::Kind::other_number:  // which one is forgotten; none is legal anywhere
      out += "0.5";
      break;
    case Node::Kind::string:
      append_string(out, node.text);
      break;
    case Node::Kind::broken_string:
      out += "\"\\ud800\"";
      break;
    case Node::Kind::object:
      out += '{';
      for (const Node* member = node.first; member != nullptr; member = member->next) {
        append_key(out, *member);
        append_node(out, *member);
      }
      out += '}';
      break;
    case Node::Kind::list:
      out += '[';
      for (const Node* element = node.first; element != nullptr; element = element->next) {
        if (out.back() != '[') out += ',';
        append_node(out, *element);
      }
      out += ']';
      break;
  }
}

void append_merged(std::string& out, const Node* target, const Node& patch) {
  if (patch.kind != Node::Kind::object) return append_node(out, patch);
  out += '{';
  if (target != nullptr && target->kind == Node::Kind::object) {
    for (const Node* member = target->first; member != nullptr; member = member->next) {
      if (patch.member(member->key) != nullptr) continue;
      append_key(out, *member);
      append_node(out, *member);
    }
  }
  for (const Node* member = patch.first; member != nullptr; member = member->next) {
    const Node* old = target != nullptr ? target->member(member->key) : nullptr;
    if (member->kind == Node::Kind::null && old != nullptr) continue;
    append_key(out, *member);
    append_merged(out, old, *member);
  }
  out += '}';
}

std::string text_of(const Node& node) {
  std::string text;
  append_node(text, node);
  return text;
}

void append_differing(std::string& out, const Node& object, const Node& other) {
  out += '{';
  for (const Node* member = object.first; member != nullptr; member = member->next) {
    const std::string text = text_of(*member);
    const Node* there = other.member(member->key);
    if (there != nullptr && text_of(*there) == text) continue;
    append_key(out, *member);
    out += text;
  }
  out += '}';
}

}  // namespace

std::string merge(std::string_view target, const Node& patch) {
  const auto document = Document::parse(target);
  CARTWRIGHT_ASSERT(document);
  std::string out;
  append_merged(out, &document->root(), patch);
  return out;
}

Difference difference(std::string_view before, std::string_view after) {
  if (before == after) return {};
  const auto old_document = Document::parse(before);
  const auto new_document = Document::parse(after);
  CARTWRIGHT_ASSERT(old_document && new_document);
  Difference difference;
  append_differing(difference.before, old_document->root(), new_document->root());
  append_differing(difference.after, new_document->root(), old_document->root());
  return difference;
}

}  // namespace cartwright::json

#include "server/json.h"

#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>

#include "core/fields.h"

namespace cartwright::json {

struct Document::Content {
  std::deque<Node> nodes;
  std::deque<std::string> texts;
};

namespace {

// Builds the nodes as nlohmann's parser reads. The parser checks grammar, UTF-8 and surrogates; doubled keys are kept,
// to be refused where the object is read and the place is known.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(std::deque<Node>& nodes, std::deque<std::string>& texts) : nodes_(nodes), texts_(texts) {}

  bool null() override { return add({.kind = Node::Kind::null}); }
  bool boolean(bool value) override { return add({.kind = Node::Kind::boolean, .boolean = value}); }
  bool number_integer(number_integer_t value) override {
    return add({.kind = Node::Kind::integer, .integer = value});
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > INT64_MAX) return add({.kind = Node::Kind::other_number});
    return add({.kind = Node::Kind::integer, .integer = static_cast<std::int64_t>(value)});
  }
  bool number_float(number_float_t, const string_t&) override { return add({.kind = Node::Kind::other_number}); }
  bool string(string_t& value) override { return add({.kind = Node::Kind::string, .text = keep(value)}); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return start(Node::Kind::object); }
  bool key(string_t& value) override {
    key_ = keep(value);
    has_key_ = true;
    return true;
  }
  bool end_object() override { return end(); }
  bool start_array(std::size_t) override { return start(Node::Kind::list); }
  bool end_array() override { return end(); }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    constexpr int number_out_of_range = 406;  // grammatical, but beyond any double: 1e400
    const std::string_view what = error.what();
    if (what.find("surrogate") != std::string_view::npos) {
      error_ = {.code = ErrorCode::invalid_request, .path = here(), .detail = "A surrogate stands alone in this string."};
    } else if (error.id == number_out_of_range) {
      error_ = {.code = ErrorCode::invalid_request, .path = here(), .detail = "This number is beyond every range."};
    } else {
      error_ = {.code = ErrorCode::malformed_json,
                .path = "$",
                .detail = "This is not JSON: something is wrong at byte " + std::to_string(position) + "."};
    }
    return false;
  }

  const Error& error() const { return error_; }

 private:
  std::string_view keep(std::string& text) { return texts_.emplace_back(std::move(text)); }

  bool add(Node node) {
    node.key = key_;
    key_ = {};
    has_key_ = false;
    Node& kept = nodes_.emplace_back(node);
    if (open_.empty()) return true;
    Open& parent = open_.back();
    if (parent.last == nullptr) {
      parent.node->first = &kept;
    } else {
      parent.last->next = &kept;
    }
    parent.last = &kept;
    ++parent.node->size;
    return true;
  }

  bool start(Node::Kind kind) {
    if (open_.size() == max_depth) {
      error_ = {.code = ErrorCode::malformed_json, .path = "$", .detail = "This is nested deeper than 32 levels."};
      return false;
    }
    add({.kind = kind});
    open_.push_back({&nodes_.back(), nullptr});
    return true;
  }

  bool end() {
    open_.pop_back();
    return true;
  }

  // Where the next value would stand.
  std::string here() const {
    std::string path = "$";
    for (std::size_t i = 0; i < open_.size(); ++i) {
      const bool innermost = i + 1 == open_.size();
      if (open_[i].node->kind == Node::Kind::list) {
        path.append("[").append(std::to_string(open_[i].node->size - (innermost ? 0 : 1))).append("]");
      } else if (innermost ? has_key_ : true) {
        path.append(".").append(innermost ? key_ : open_[i].last->key);
      }
    }
    return path;
  }

  struct Open {
    Node* node;
    Node* last;  // child
  };

  std::deque<Node>& nodes_;
  std::deque<std::string>& texts_;
  std::vector<Open> open_;
  std::string_view key_;
  bool has_key_ = false;
  Error error_{.code = ErrorCode::malformed_json, .path = "$", .detail = "This is not JSON."};
};

}  // namespace

Document::Document(std::unique_ptr<Content> content) : content_(std::move(content)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::parse(std::string_view text) {
  auto content = std::make_unique<Content>();
  Builder builder(content->nodes, content->texts);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.error();
  return Document(std::move(content));
}

const Node& Document::root() const { return content_->nodes.front(); }

bool Source::word(Value value, std::span<const std::string_view> words, std::size_t& index) const {
  if (value->kind != Node::Kind::string) return false;
  const auto at = std::find(words.begin(), words.end(), value->text);
  index = static_cast<std::size_t>(at - words.begin());
  return at != words.end();
}

OpenObject Source::open(Value value, std::span<const std::string_view> names, Object& object,
                        std::string& bad_key) const {
  if (value->kind != Node::Kind::object) return OpenObject::not_an_object;
  std::size_t guess = 0;  // keys mostly come in the order of the list
  for (const Node* member = value->first; member != nullptr; member = member->next) {
    while (guess < names.size() && names[guess] != member->key) ++guess;
    if (guess == names.size()) {
      guess = static_cast<std::size_t>(std::find(names.begin(), names.end(), member->key) - names.begin());
    }
    if (guess == names.size() || object.members[guess] != nullptr) {
      bad_key = member->key;
      return guess == names.size() ? OpenObject::unknown_key : OpenObject::duplicate_key;
    }
    object.members[guess] = member;
  }
  return OpenObject::opened;
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;  // begin of what needs no escape
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += "0123456789abcdef"[c >> 4];
        out += "0123456789abcdef"[c & 15];
    }
  }
  out.append(text, plain, text.size() - plain);
  out += '"';
}

std::string encode_error(const Error& error) {
  std::string out = "{\"error\":{\"code\":\"";
  out += name_of(error.code);
  out += '"';
  if (!error.path.empty()) {
    out += ",\"path\":";
    append_string(out, error.path);
  }
  out += "}}";
  return out;
}

}  // namespace cartwright::json

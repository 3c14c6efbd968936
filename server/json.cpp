#include "server/json.h"

#include <algorithm>
#include <deque>

#include "core/fields.h"

namespace cartwright::json {

struct Document::Content {
  std::string text;
  std::deque<Node> nodes;
};

namespace {

// How many bytes the UTF-8 character of several bytes at `at` has, 0 when it is none: overlong, a surrogate, beyond
// U+10FFFF, cut off. Whatever stands behind the text, it is no continuation.
std::size_t utf8_length(const char* at) {
  const auto byte = [at](std::size_t i) { return static_cast<unsigned char>(at[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (byte(1) < low || byte(1) > high) return 0;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  return length;
}

char* write_utf8(char* to, std::uint32_t code) {
  const auto continued = [code](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3f)); };
  if (code < 0x80) {
    *to++ = static_cast<char>(code);
    return to;
  }
  if (code < 0x800) {
    *to++ = static_cast<char>(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      *to++ = static_cast<char>(0xe0 | code >> 12);
    } else {
      *to++ = static_cast<char>(0xf0 | code >> 18);
      *to++ = continued(12);
    }
    *to++ = continued(6);
  }
  *to++ = continued(0);
  return to;
}

// Reads RFC 8259 and nothing beside it: no byte order mark, no NUL behind the value. What a JSON library is not made
// for: a lone surrogate, a number beyond every range or a doubled key is grammatical here, and at fault where it is
// read, so that a fault before it in the order of reading is found first (PRICING.md "Request").
//
// Strings are unescaped where they stand, for no escape is shorter than what it means. The NUL that ends the text is
// what no part of the grammar takes, so nothing looks beyond it.
class Parser {
 public:
  Parser(std::string& text, std::deque<Node>& nodes) : begin_(text.data()), at_(begin_), nodes_(nodes) {
    end_ = begin_ + text.size();
  }

  bool parse() {
    if (!read_value(nodes_.emplace_back(), 0)) return false;
    skip_space();
    return at_ == end_;
  }

  // Why it is none.
  Error error() const {
    Error error{.code = ErrorCode::malformed_json, .path = "$"};
    error.detail = is_too_deep_ ? "This is nested deeper than " + std::to_string(max_depth) + " levels."
                                : "This is not JSON: something is wrong at byte " + std::to_string(at_ - begin_) + ".";
    return error;
  }

 private:
  void skip_space() {
    while (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t') ++at_;
  }

  bool take(char c) {
    if (*at_ != c) return false;
    ++at_;
    return true;
  }

  bool read_value(Node& node, std::size_t depth) {
    skip_space();
    switch (*at_) {
      case '{':
        return read_members(node, Node::Kind::object, depth);
      case '[':
        return read_members(node, Node::Kind::list, depth);
      case '"': {
        bool is_text = true;
        if (!read_string(node.text, is_text)) return false;
        node.kind = is_text ? Node::Kind::string : Node::Kind::broken_string;
        return true;
      }
      case 't':
        node.boolean = true;
        return read_word(node, Node::Kind::boolean, "true");
      case 'f':
        return read_word(node, Node::Kind::boolean, "false");
      case 'n':
        return read_word(node, Node::Kind::null, "null");
      default:
        return read_number(node);
    }
  }

  bool read_members(Node& node, Node::Kind kind, std::size_t depth) {
    is_too_deep_ = depth == max_depth;
    if (is_too_deep_) return false;
    node.kind = kind;
    ++at_;
    skip_space();
    const char close = kind == Node::Kind::object ? '}' : ']';
    if (take(close)) return true;
    const Node** link = &node.first;
    do {
      Node& member = nodes_.emplace_back();
      if (kind == Node::Kind::object && !read_key(member)) return false;
      if (!read_value(member, depth + 1)) return false;
      *link = &member;
      link = &member.next;
      ++node.size;
      skip_space();
    } while (take(','));
    return take(close);
  }

  bool read_key(Node& member) {
    skip_space();
    if (*at_ != '"') return false;
    if (!read_string(member.key, member.key_is_text)) return false;
    skip_space();
    return take(':');
  }

  bool read_word(Node& node, Node::Kind kind, std::string_view word) {
    node.kind = kind;
    return std::all_of(word.begin(), word.end(), [this](char c) { return take(c); });
  }

  bool read_digits() {
    const char* const first = at_;
    while (*at_ >= '0' && *at_ <= '9') ++at_;
    return at_ != first;
  }

  bool read_number(Node& node) {
    const char* const first = at_;
    take('-');
    if (!take('0') && !read_digits()) return false;
    bool is_integer = true;
    if (take('.')) {
      is_integer = false;
      if (!read_digits()) return false;
    }
    if (take('e') || take('E')) {
      is_integer = false;
      if (!take('+')) take('-');
      if (!read_digits()) return false;
    }
    is_integer = is_integer && std::from_chars(first, at_, node.integer).ec == std::errc();
    node.kind = is_integer ? Node::Kind::integer : Node::Kind::other_number;
    node.text = std::string_view(first, static_cast<std::size_t>(at_ - first));
    return true;
  }

  // What stands between the quotes, unescaped. `is_text` turns false when a surrogate stands alone in it.
  bool read_string(std::string_view& out, bool& is_text) {
    char* const first = ++at_;
    char* to = first;
    while (*at_ != '"') {
      const auto c = static_cast<unsigned char>(*at_);
      if (c < 0x20) return false;
      if (c == '\\') {
        if (!read_escape(to, is_text)) return false;
        continue;
      }
      const std::size_t length = c < 0x80 ? 1 : utf8_length(at_);
      if (length == 0) return false;
      for (std::size_t i = 0; i < length; ++i) *to++ = *at_++;
    }
    out = {first, static_cast<std::size_t>(to - first)};
    ++at_;
    return true;
  }

  bool read_escape(char*& to, bool& is_text) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    ++at_;
    if (!take('u')) {
      const std::size_t which = letters.find(*at_);
      if (which == std::string_view::npos) return false;
      *to++ = meanings[which];
      ++at_;
      return true;
    }
    std::uint32_t code = 0;
    if (!read_unit(code)) return false;
    if (code >= 0xd800 && code < 0xdc00 && at_[0] == '\\' && at_[1] == 'u') {
      char* const second = at_;
      at_ += 2;
      std::uint32_t low = 0;
      if (!read_unit(low)) return false;
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      } else {
        at_ = second;
      }
    }
    if (code >= 0xd800 && code < 0xe000) is_text = false;
    to = write_utf8(to, code);
    return true;
  }

  bool read_unit(std::uint32_t& unit) {
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = *at_;
      const char letter = static_cast<char>(c | 0x20);
      if (c >= '0' && c <= '9') {
        unit = unit << 4 | static_cast<std::uint32_t>(c - '0');
      } else if (letter >= 'a' && letter <= 'f') {
        unit = unit << 4 | static_cast<std::uint32_t>(letter - 'a' + 10);
      } else {
        return false;
      }
    }
    return true;
  }

  char* begin_;
  char* at_;
  const char* end_;
  std::deque<Node>& nodes_;
  bool is_too_deep_ = false;
};

}  // namespace

Document::Document(std::unique_ptr<Content> content) : content_(std::move(content)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::parse(std::string_view text) {
  auto content = std::make_unique<Content>();
  content->text = text;
  Parser parser(content->text, content->nodes);
  if (!parser.parse()) return parser.error();
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
    if (!member->key_is_text) return OpenObject::not_an_object;  // a path can't name the key: its object is at fault
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

// JSON text <-> wire structs, by the field lists of the core (and of server/wire.h).
//
// Strict reading: UTF-8, depth 32, integers only where integers are meant (`1.0` and `1e3` are none), doubled keys and
// lone surrogates refused with their place. Writing: keys in list order, no spaces, strings escaped as JSON needs and no
// more.
#pragma once

#include <charconv>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/decode.h"
#include "core/field.h"
#include "core/result.h"
#include "server/json_string.h"

namespace cartwright::json {

inline constexpr std::size_t max_depth = 32;

// One value of a parsed text. Lives as long as its Document.
struct Node {
  // other_number: no integer of 64 bits. broken_string: a surrogate stands alone in it.
  enum class Kind : std::uint8_t { null, boolean, integer, other_number, string, broken_string, object, list };

  Kind kind = Kind::null;
  bool boolean = false;
  std::int64_t integer = 0;
  std::uint32_t size = 0;            // of an object or list
  std::string_view text = {};        // of a string; of a number as it was written
  std::string_view key = {};         // in an object
  bool key_is_text = true;           // false: a surrogate stands alone in it
  const Node* first = nullptr;       // of an object or list
  const Node* next = nullptr;        // the sibling

  // The member of an object; null where it has none, or is no object.
  const Node* member(std::string_view name) const {
    const Node* node = kind == Kind::object ? first : nullptr;
    while (node != nullptr && node->key != name) node = node->next;
    return node;
  }
};

class Document {
 public:
  // Keeps nothing of `text`. Error: `malformed_json` (path `$`). A lone surrogate is found by who reads its string.
  static Result<Document> parse(std::string_view text);

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  const Node& root() const;

 private:
  struct Content;
  explicit Document(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

// The Source (core/decode.h) over a Document.
class Source {
 public:
  static constexpr bool explains = true;
  using Value = const Node*;  // null pointer: left out
  struct Object {
    std::array<const Node*, 32> members = {};
  };
  struct List {
    const Node* next = nullptr;
  };

  bool present(Value value) const { return value != nullptr; }
  bool null(Value value) const { return value->kind == Node::Kind::null; }
  bool integer(Value value, std::int64_t& out) const {
    out = value->integer;
    return value->kind == Node::Kind::integer;
  }
  bool boolean(Value value, bool& out) const {
    out = value->boolean;
    return value->kind == Node::Kind::boolean;
  }
  bool string(Value value, std::string_view& out) const {
    out = value->text;
    return value->kind == Node::Kind::string;
  }
  bool word(Value value, std::span<const std::string_view> words, std::size_t& index) const;
  OpenObject open(Value value, std::span<const std::string_view> names, Object& object, std::string& bad_key) const;
  Value member(Object& object, std::size_t i) const { return object.members[i]; }
  bool open(Value value, List& list, std::size_t& size) const {
    list.next = value->first;
    size = value->size;
    return value->kind == Node::Kind::list;
  }
  Value next(List& list) const {
    const Node* here = list.next;
    list.next = here->next;
    return here;
  }
};

// The struct in a parsed text. Error: `invalid_request` with the place of what is wrong.
template <class S>
Result<S> decode(const Node& node) {
  static_assert(field_count<S> <= std::tuple_size_v<decltype(Source::Object::members)>);
  Source source;
  S out{};
  const Status status = Decoder<Source>(source).read(&node, out);
  if (!status) return status.error();
  return out;
}

// The struct in a text. Every breach is `invalid_request` (PRICING.md "Request"), text that is no JSON too: path `$`.
template <class S>
Result<S> decode(std::string_view text) {
  const auto document = Document::parse(text);
  if (!document) {
    Error error = document.error();
    error.code = ErrorCode::invalid_request;
    return error;
  }
  return decode<S>(document->root());
}

inline void append_integer(std::string& out, std::int64_t value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

// Text that is JSON already and goes out as it is (a stored answer, a cached part). Empty: null.
struct Raw {
  std::string text;
};

template <class T>
void append(std::string& out, const T& value) {
  if constexpr (IsOptional<T>::value) {
    if (value) {
      append(out, *value);
    } else {
      out += "null";
    }
  } else if constexpr (IsVector<T>::value) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += ',';
      append(out, static_cast<const typename T::value_type&>(value[i]));
    }
    out += ']';
  } else if constexpr (std::is_same_v<T, Raw>) {
    out += value.text.empty() ? std::string_view("null") : std::string_view(value.text);
  } else if constexpr (IsId<T>::value) {
    append_integer(out, value.value);
  } else if constexpr (std::is_same_v<T, TimeMs>) {
    append_integer(out, value.ms);
  } else if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (WireEnum<T>) {
    out += '"';
    out += name_of(value);
    out += '"';
  } else if constexpr (std::is_same_v<T, std::string>) {
    append_string(out, value);
  } else if constexpr (WireStruct<T>) {
    out += '{';
    const std::size_t start = out.size();
    for_each_field<T>([&](const auto& f) {
      if constexpr (IsOptional<typename std::decay_t<decltype(f)>::Member>::value) {
        if (f.leaves_out_null && !(value.*f.member)) return;
      }
      if (out.size() > start) out += ',';
      out += '"';
      out += f.name;
      out += "\":";
      append(out, value.*f.member);
    });
    out += '}';
  } else {
    static_assert(std::is_same_v<T, std::int64_t>, "no wire form for this member");
    append_integer(out, value);
  }
}

template <class T>
std::string encode(const T& value) {
  std::string out;
  append(out, value);
  return out;
}

// {"error":{"code":…,"path":…}}, as PRICING.md's failed quote; `path` only where there is one.
std::string encode_error(const Error& error);

}  // namespace cartwright::json

// Reads a wire struct by its field list from any source that answers the questions below: JSON text on the server and
// the command line (server/json.h), a flat buffer in the module (wasm/flat.h). So both refuse the same input with the
// same code at the same place.
//
// Order of checks (PRICING.md "Request", and where it is silent): unknown and doubled keys are found when their object
// is entered; then the known keys are read in the order of the list. A check over several keys belongs to the last key it
// needs. Uniqueness is the fault of the second one's key. A list that is too long is at fault before its elements.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/field.h"
#include "core/result.h"

namespace cartwright {

// What a source answers when an object is opened.
enum class OpenObject : std::uint8_t { opened, not_an_object, unknown_key, duplicate_key };

// A Source has:
//   explains                  static: whether anybody reads why (Error::detail); else neither words nor code for it
//   Value, Object, List       handles
//   bool present(Value)       false: the key was left out
//   bool null(Value)
//   bool integer(Value, std::int64_t&), boolean(Value, bool&), string(Value, std::string_view&)
//   bool word(Value, std::span<const std::string_view> words, std::size_t& index)
//   OpenObject open(Value, std::span<const std::string_view> names, Object&, std::string& bad_key)
//   Value member(Object&, std::size_t)     asked once each, in the order of the names
//   bool open(Value, List&, std::size_t& size); Value next(List&)     asked `size` times, in order
template <class Source>
class Decoder {
 public:
  using Value = typename Source::Value;

  explicit Decoder(Source& source) : source_(source) {}

  // `out` must be freshly made: what is left out keeps its initialiser. Error: `invalid_request` with `path`.
  template <class S>
  Status read(Value value, S& out) {
    if (read_struct<S>(value, out, nullptr, nullptr)) return {};
    std::string path = "$";
    for (auto part = path_.rbegin(); part != path_.rend(); ++part) path += *part;
    return Error{.code = ErrorCode::invalid_request, .path = std::move(path), .detail = std::move(detail_)};
  }

 private:
  // The unique keys of one list.
  class Seen {
   public:
    bool add(std::int64_t id) {
      if (id > greatest_ && set_.empty()) {  // rising ids, the usual case, need no set
        greatest_ = id;
        rising_.push_back(id);
        return true;
      }
      if (set_.empty()) set_.insert(rising_.begin(), rising_.end());
      return set_.insert(id).second;
    }
    bool add(const std::string& name) {
      if (std::find(names_.begin(), names_.end(), name) != names_.end()) return false;
      names_.push_back(name);
      return true;
    }

   private:
    std::int64_t greatest_ = 0;
    std::vector<std::int64_t> rising_;
    std::unordered_set<std::int64_t> set_;
    std::vector<std::string> names_;
  };

  // What a field says of its numbers, strings and lists, so that a reader is made once per type and not once per field.
  struct Limits {
    std::int64_t min = 0;
    std::int64_t max = 0;
    std::size_t max_size = 0;
    bool shared = false;
  };

  template <class... Parts>
  bool fail(const Parts&... parts) {
    if constexpr (Source::explains) (explain(parts), ...);
    return false;
  }
  template <class... Parts>
  bool fail_at(std::string_view key, const Parts&... parts) {
    path_.push_back("." + std::string(key));
    return fail(parts...);
  }
  void explain(std::string_view part) { detail_ += part; }
  template <class Number>
    requires std::is_integral_v<Number>
  void explain(Number part) { detail_ += std::to_string(part); }

  template <class S>
  bool read_struct(Value value, S& out, const S* previous, Seen* seen) {
    static constexpr auto names = field_names<S>();
    typename Source::Object object;
    std::string bad_key;
    switch (source_.open(value, names, object, bad_key)) {
      case OpenObject::opened:
        break;
      case OpenObject::not_an_object:
        return fail("must be an object");
      case OpenObject::unknown_key:
        return fail_at(bad_key, "is not a known key");
      case OpenObject::duplicate_key:
        return fail_at(bad_key, "stands here twice");
    }
    if constexpr (requires { Fields<S>::shared_limit; }) shared_left_ = Fields<S>::shared_limit;
    std::size_t index = 0;
    const bool read = std::apply(
        [&](const auto&... f) { return (read_field(source_.member(object, index++), f, out, previous, seen) && ...); },
        Fields<S>::list);
    if (!read) return false;
    if constexpr (requires { Fields<S>::valid(out); }) {
      if (!Fields<S>::valid(out)) return fail("needs exactly one of its alternatives");
    }
    return true;
  }

  template <class S, class M>
  bool read_field(Value value, const Field<S, M>& field, S& out, const S* previous, Seen* seen) {
    if (!source_.present(value)) {
      if (field.is_required) return fail_at(field.name, "is required");
    } else if (!read_value(value, out.*field.member, Limits{field.min, field.max, field.max_size, field.shares_limit})) {
      path_.push_back(std::string(1, '.').append(field.name));
      return false;
    }
    if constexpr (std::is_same_v<M, std::int64_t>) {
      if (field.is_rising && previous != nullptr && out.*field.member <= previous->*field.member) {
        return fail_at(field.name, "must be above the one before");
      }
    }
    if constexpr (IsId<M>::value) {
      if (field.is_unique && seen != nullptr && !seen->add((out.*field.member).value)) {
        return fail_at(field.name, "is there already");
      }
    }
    if constexpr (std::is_same_v<M, std::string>) {
      if (field.is_unique && seen != nullptr && !seen->add(out.*field.member)) {
        return fail_at(field.name, "is there already");
      }
    }
    if (field.check != nullptr && !field.check(out)) return fail_at(field.name, "doesn't fit the rest, or is not known");
    return true;
  }

  template <class T>
  bool read_value(Value value, T& out, const Limits& limits) {
    if constexpr (IsOptional<T>::value) {
      if (source_.null(value)) {
        out.reset();
        return true;
      }
      return read_value(value, out.emplace(), limits);
    } else if constexpr (IsVector<T>::value) {
      return read_list(value, out, limits);
    } else if constexpr (WireStruct<T>) {
      return read_struct<T>(value, out, nullptr, nullptr);
    } else if constexpr (IsId<T>::value) {
      return read_integer(value, out.value, 1, max_id);
    } else if constexpr (std::is_same_v<T, TimeMs>) {
      return read_integer(value, out.ms, min_amount, max_amount);
    } else if constexpr (std::is_same_v<T, bool>) {
      return source_.boolean(value, out) || fail("must be true or false");
    } else if constexpr (WireEnum<T>) {
      return read_word(value, out);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return read_string(value, out, limits.max_size);
    } else {
      static_assert(std::is_same_v<T, std::int64_t>, "no wire form for this member");
      return read_integer(value, out, limits.min, limits.max);
    }
  }

  bool read_integer(Value value, std::int64_t& out, std::int64_t min, std::int64_t max) {
    if (source_.integer(value, out) && out >= min && out <= max) return true;
    return fail("must be an integer from ", min, " to ", max);
  }

  bool read_string(Value value, std::string& out, std::size_t max_bytes) {
    std::string_view text;
    if (!source_.string(value, text)) return fail("must be a string");
    if (text.size() > max_bytes) return fail("must have at most ", max_bytes, " bytes");
    out = text;
    return true;
  }

  template <class E>
  bool read_word(Value value, E& out) {
    std::size_t index = 0;
    if (source_.word(value, Names<E>::list, index)) {
      out = static_cast<E>(index);
      return true;
    }
    fail("must be one of");
    for (const std::string_view word : Names<E>::list) fail(" ", word);
    return false;
  }

  template <class T>
  bool read_list(Value value, std::vector<T>& out, const Limits& limits) {
    typename Source::List list;
    std::size_t size = 0;
    if (!source_.open(value, list, size)) return fail("must be a list");
    if (size > limits.max_size) return fail("must have at most ", limits.max_size, " elements");
    if (limits.shared) {
      if (size > shared_left_) return fail("too many ids in include and exclude together");
      shared_left_ -= size;
    }
    out.reserve(size);
    Seen seen;
    for (std::size_t i = 0; i < size; ++i) {
      const Value element = source_.next(list);
      T& place = out.emplace_back();
      bool read = false;
      if constexpr (WireStruct<T>) {
        read = read_struct<T>(element, place, i > 0 ? &out[i - 1] : nullptr, &seen);
      } else {
        read = read_value(element, place, limits);
      }
      if (read) continue;
      path_.push_back(std::string(1, '[').append(std::to_string(i)).append(1, ']'));
      return false;
    }
    return true;
  }

  Source& source_;
  std::size_t shared_left_ = 0;
  std::vector<std::string> path_;  // innermost first
  std::string detail_;
};

}  // namespace cartwright

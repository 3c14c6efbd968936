// Reads a wire struct by its field list from any source that answers the questions below: JSON text on the server and
// the command line (server/json.h), a flat buffer in the module (wasm/flat.h). So both refuse the same input with the
// same code at the same place.
//
// Order of checks (PRICING.md "Request", and where it is silent): unknown and doubled keys are found when their object
// is entered; then the known keys are read in the order of the list. A check over several keys belongs to the last key it
// needs. Uniqueness is the fault of the second one's key. A list that is too long is at fault before its elements.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
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
    if (read_struct(value, shape_of<S>, &out, nullptr, nullptr)) return {};
    return Error{.code = ErrorCode::invalid_request, .path = "$" + path_, .detail = std::move(detail_)};
  }

 private:
  // The unique keys of one list.
  class Seen {
   public:
    bool add(std::int64_t id) {
      if (slots_.empty() && (ids_.empty() || id > ids_.back())) {  // rising ids, the usual case, need no slots
        ids_.push_back(id);
        return true;
      }
      if (slots_.size() < 2 * (ids_.size() + 1)) spread();
      if (!put(id)) return false;
      ids_.push_back(id);
      return true;
    }
    bool add(const std::string& name) {
      if (std::find(names_.begin(), names_.end(), name) != names_.end()) return false;
      names_.push_back(name);
      return true;
    }

   private:
    bool put(std::int64_t id) {
      std::size_t at = static_cast<std::size_t>(static_cast<std::uint64_t>(id) * 0x9e3779b97f4a7c15u >> 32);
      for (;; ++at) {
        std::int64_t& slot = slots_[at & (slots_.size() - 1)];
        if (slot == id) return false;
        if (slot != 0) continue;
        slot = id;
        return true;
      }
    }
    void spread() {
      std::size_t size = 16;
      while (size < 4 * ids_.size()) size *= 2;
      slots_.assign(size, 0);
      for (const std::int64_t id : ids_) put(id);
    }

    std::vector<std::int64_t> ids_;     // in the order they came
    std::vector<std::int64_t> slots_;  // open addressing: a power of two, 0 (no id) is free
    std::vector<std::string> names_;
  };

  // Structs and their fields with the type forgotten, so that the way through them is made once and not once per type.
  struct Step {
    FieldRules rules;
    bool (*read)(Decoder&, Value, void* out, const FieldRules&);
    bool (*holds)(Decoder&, const void* out, const void* previous, Seen*);  // null: nothing to check
  };
  struct Shape {
    std::span<const std::string_view> names;
    const Step* steps;
    std::size_t shared_limit;    // 0: none
    bool (*valid)(const void*);  // null: always
  };

  template <class S, std::size_t... I>
  static constexpr auto make_steps(std::index_sequence<I...>) {
    return std::array<Step, sizeof...(I)>{
        Step{field_at<S, I>(), &read_field<S, I>, is_checked(field_at<S, I>()) ? &check_field<S, I> : nullptr}...};
  }
  template <class S, class M>
  static constexpr bool is_checked(const Field<S, M>& field) {
    return field.is_rising || field.is_unique || field.has_check;
  }
  template <class S>
  static constexpr Shape make_shape() {
    Shape shape{.names = names_of<S>, .steps = steps_of<S>.data(), .shared_limit = 0, .valid = nullptr};
    if constexpr (requires { Fields<S>::shared_limit; }) shape.shared_limit = Fields<S>::shared_limit;
    if constexpr (requires(const S& out) { Fields<S>::valid(out); }) {
      shape.valid = [](const void* out) { return Fields<S>::valid(*static_cast<const S*>(out)); };
    }
    return shape;
  }
  template <class S>
  static constexpr auto names_of = field_names<S>();
  template <class S>
  static constexpr auto steps_of = make_steps<S>(std::make_index_sequence<field_count<S>>());
  template <class S>
  static constexpr Shape shape_of = make_shape<S>();

  template <class... Parts>
  bool fail(const Parts&... parts) {
    if constexpr (Source::explains) (explain(parts), ...);
    return false;
  }
  bool fail_at(std::string_view key, std::string_view why) {
    fail(why);
    return fail_in(key);
  }
  bool fail_in(std::string_view key) {
    path_.insert(0, key).insert(0, 1, '.');
    return false;
  }
  bool fail_in(std::size_t index) {  // digits by hand: std::to_string brings 1 kB
    path_.insert(0, 1, ']');
    do path_.insert(0, 1, static_cast<char>('0' + index % 10));
    while ((index /= 10) > 0);
    path_.insert(0, 1, '[');
    return false;
  }
  void explain(std::string_view part) { detail_ += part; }
  template <class Number>
    requires std::is_integral_v<Number>
  void explain(Number part) { detail_ += std::to_string(part); }

  bool read_struct(Value value, const Shape& shape, void* out, const void* previous, Seen* seen) {
    typename Source::Object object;
    std::string bad_key;
    switch (source_.open(value, shape.names, object, bad_key)) {
      case OpenObject::opened:
        break;
      case OpenObject::not_an_object:
        return fail("must be an object");
      case OpenObject::unknown_key:
        return fail_at(bad_key, "is not a known key");
      case OpenObject::duplicate_key:
        return fail_at(bad_key, "stands here twice");
    }
    if (shape.shared_limit > 0) shared_left_ = shape.shared_limit;
    for (std::size_t i = 0; i < shape.names.size(); ++i) {
      const Step& step = shape.steps[i];
      const Value member = source_.member(object, i);
      if (!source_.present(member)) {
        if (step.rules.is_required) return fail_at(shape.names[i], "is required");
      } else if (!step.read(*this, member, out, step.rules)) {
        return fail_in(shape.names[i]);
      }
      if (step.holds != nullptr && !step.holds(*this, out, previous, seen)) return fail_in(shape.names[i]);
    }
    return shape.valid == nullptr || shape.valid(out) || fail("needs exactly one of its alternatives");
  }

  template <class S, std::size_t I>
  static bool read_field(Decoder& self, Value value, void* out, const FieldRules& rules) {
    return self.read_value(value, static_cast<S*>(out)->*field_at<S, I>().member, rules);
  }

  template <class S, std::size_t I>
  static bool check_field(Decoder& self, const void* erased, const void* previous, Seen* seen) {
    constexpr const auto& field = field_at<S, I>();
    const S& out = *static_cast<const S*>(erased);
    const auto& member = out.*field.member;
    using M = std::remove_cvref_t<decltype(member)>;
    if constexpr (field.is_rising) {
      if (previous != nullptr && member <= static_cast<const S*>(previous)->*field.member) {
        return self.fail("must be above the one before");
      }
    }
    if constexpr (field.is_unique && IsId<M>::value) {
      if (seen != nullptr && !seen->add(member.value)) return self.fail("is there already");
    } else if constexpr (field.is_unique) {
      if (seen != nullptr && !seen->add(member)) return self.fail("is there already");
    }
    if constexpr (field.has_check) {
      if (!field.check(out)) return self.fail("doesn't fit the rest, or is not known");
    }
    return true;
  }

  template <class T>
  bool read_value(Value value, T& out, const FieldRules& rules) {
    if constexpr (IsOptional<T>::value) {
      if (source_.null(value)) {
        out.reset();
        return true;
      }
      return read_value(value, out.emplace(), rules);
    } else if constexpr (IsVector<T>::value) {
      return read_list(value, out, rules);
    } else if constexpr (WireStruct<T>) {
      return read_struct(value, shape_of<T>, &out, nullptr, nullptr);
    } else if constexpr (IsId<T>::value) {
      return read_integer(value, out.value, 1, max_id);
    } else if constexpr (std::is_same_v<T, TimeMs>) {
      return read_integer(value, out.ms, min_amount, max_amount);
    } else if constexpr (std::is_same_v<T, bool>) {
      return source_.boolean(value, out) || fail("must be true or false");
    } else if constexpr (WireEnum<T>) {
      return read_word(value, out);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return read_string(value, out, rules.max_size);
    } else {
      static_assert(std::is_same_v<T, std::int64_t>, "no wire form for this member");
      return read_integer(value, out, rules.min, rules.max);
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
  bool read_list(Value value, std::vector<T>& out, const FieldRules& rules) {
    typename Source::List list;
    std::size_t size = 0;
    if (!open_list(value, list, size, rules)) return false;
    out = std::vector<T>(size);
    return read_elements(list, {out.data(), size, sizeof(T), &read_element<T>}, rules);
  }

  bool open_list(Value value, typename Source::List& list, std::size_t& size, const FieldRules& rules) {
    if (!source_.open(value, list, size)) return fail("must be a list");
    if (size > rules.max_size) return fail("must have at most ", rules.max_size, " elements");
    if (!rules.shares_limit) return true;
    if (size > shared_left_) return fail("too many ids in include and exclude together");
    shared_left_ -= size;
    return true;
  }

  // The elements of a vector, their type forgotten too.
  struct Elements {
    void* first;
    std::size_t size;
    std::size_t stride;
    bool (*read)(Decoder&, Value, void* out, const void* previous, Seen&, const FieldRules&);
  };

  bool read_elements(typename Source::List& list, const Elements& elements, const FieldRules& rules) {
    Seen seen;
    const void* previous = nullptr;
    for (std::size_t i = 0; i < elements.size; ++i) {
      void* element = static_cast<char*>(elements.first) + i * elements.stride;
      if (!elements.read(*this, source_.next(list), element, previous, seen, rules)) {
        return fail_in(i);
      }
      previous = element;
    }
    return true;
  }

  template <class T>
  static bool read_element(Decoder& self, Value value, void* out, const void* previous, Seen& seen,
                           const FieldRules& rules) {
    if constexpr (WireStruct<T>) {
      return self.read_struct(value, shape_of<T>, out, previous, &seen);
    } else {
      return self.read_value(value, *static_cast<T*>(out), rules);
    }
  }

  Source& source_;
  std::size_t shared_left_ = 0;
  std::string path_;  // of the fault; written on the way back from it
  std::string detail_;
};

}  // namespace cartwright

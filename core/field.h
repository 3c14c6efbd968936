// How a wire struct is described: one list of fields, one list of names per enum. The JSON codec, the module's flat codec
// and the TypeScript printer all read these lists, so no name, range or default is written twice (fields.h holds the lists).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "core/id.h"
#include "core/money.h"
#include "core/time.h"

namespace cartwright {

// Words on the wire, in the order of the enum's values: `list` and `last` (the last value).
template <class E>
struct Names;

template <class E>
constexpr std::string_view name_of(E value) {
  static_assert(Names<E>::list.size() == static_cast<std::size_t>(Names<E>::last) + 1, "an enum value has no name");
  return Names<E>::list[static_cast<std::size_t>(value)];
}

// What is asked of a value, whatever its type.
struct FieldRules {
  std::int64_t min = min_amount;
  std::int64_t max = max_amount;
  std::size_t max_size = 200;  // bytes of a string, elements of a list
  bool is_required = false;    // else the member's initialiser is its default
  bool shares_limit = false;   // its elements count against Fields<S>'s... shared_limit of the struct around it
};

// S's member M on the wire. Optional members (std::optional) are `null` there unless omit_null.
template <class S, class M>
struct Field : FieldRules {
  using Struct = S;
  using Member = M;

  std::string_view name = {};
  M S::*member = nullptr;
  bool leaves_out_null = false;       // left out of an answer instead of null
  bool is_unique = false;             // in a list of S no two have the same (first fields only)
  bool is_rising = false;             // in a list of S each is above the one before
  bool (*check)(const S&) = nullptr;  // whether what has been read so far holds together; false: this field is at fault
  bool has_check = false;             // GCC's UBSan can't compare a function with null at compile time

  constexpr Field required() const { return with([](Field& f) { f.is_required = true; }); }
  constexpr Field omit_null() const { return with([](Field& f) { f.leaves_out_null = true; }); }
  constexpr Field unique() const { return with([](Field& f) { f.is_unique = true; }); }
  constexpr Field rising() const { return with([](Field& f) { f.is_rising = true; }); }
  constexpr Field range(std::int64_t low, std::int64_t high) const {
    return with([=](Field& f) { f.min = low, f.max = high; });
  }
  constexpr Field not_negative() const { return range(0, max_amount); }
  constexpr Field most(std::size_t size) const { return with([=](Field& f) { f.max_size = size; }); }
  constexpr Field most_shared(std::size_t size) const {
    return with([=](Field& f) { f.max_size = size, f.shares_limit = true; });
  }
  constexpr Field must(bool (*holds)(const S&)) const { return with([=](Field& f) { f.check = holds, f.has_check = true; }); }

 private:
  template <class Change>
  constexpr Field with(Change change) const {
    Field copy = *this;
    change(copy);
    return copy;
  }
};

template <class S, class M>
constexpr Field<S, M> field(std::string_view name, M S::*member) {
  Field<S, M> made;
  made.name = name;
  made.member = member;
  return made;
}

// `list`: a tuple of fields in wire order. Optional: `static constexpr std::size_t shared_limit` (elements that the
// fields marked most_shared below this struct may have together), `static bool valid(const S&)` (checked last; the
// struct itself is at fault).
template <class S>
struct Fields;

template <class S>
inline constexpr std::size_t field_count = std::tuple_size_v<decltype(Fields<S>::list)>;

template <class S, std::size_t I>
constexpr const auto& field_at() {
  return std::get<I>(Fields<S>::list);
}

template <class S>
constexpr auto field_names() {
  return std::apply([](const auto&... f) { return std::array<std::string_view, sizeof...(f)>{f.name...}; },
                    Fields<S>::list);
}

// How many members an aggregate has: a field list that forgets one does not compile.
namespace detail {
struct Anything {
  template <class T>
  operator T() const;
};
template <class S, class... Args>
constexpr std::size_t count_members() {
  if constexpr (requires { S{Args{}..., Anything{}}; }) {
    return count_members<S, Args..., Anything>();
  } else {
    return sizeof...(Args);
  }
}
}  // namespace detail

template <class S>
inline constexpr bool lists_every_member = detail::count_members<S>() == field_count<S>;

// What kinds of members there are.
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
concept WireStruct = requires { Fields<T>::list; };
template <class T>
concept WireEnum = std::is_enum_v<T>;

template <class S, class Visitor>
constexpr void for_each_field(Visitor&& visit) {
  std::apply([&](const auto&... f) { (visit(f), ...); }, Fields<S>::list);
}

}  // namespace cartwright

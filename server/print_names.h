// What print_types calls the wire's structs, and which of them are sent and which are answered. For that program alone:
// one source file, one run.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "server/wire_fields.h"

namespace cartwright {

enum class Role { request, answer };

// Stands for the element of a generic Page<T>.
struct T {};

// "cartwright::wire::Order", as the compiler spells it.
template <class S>
std::string_view full_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("S = ") + 4);
  return text.substr(0, text.find_first_of(";]"));
}

template <class S>
std::string plain_name() {
  if constexpr (std::is_same_v<S, wire::Page<T>>) return "Page<T>";
  std::string name(full_name<S>());
  name.erase(0, name.rfind(':') + 1);
  return name == "Pick" ? "CouponPick" : name;  // Pick is TypeScript's own
}

inline std::string snake_case(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      if (!out.empty()) out += '_';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  return out;
}

template <class M>
struct Inner {
  using type = M;
};
template <class M>
struct Inner<std::optional<M>> : Inner<M> {};
template <class M>
struct Inner<std::vector<M>> : Inner<M> {};

// Calls visit.operator()<M>() for each struct or enum that S's fields hold.
template <class S, class Visit>
void for_each_part(Visit&& visit) {
  for_each_field<S>([&](const auto& f) {
    using Part = typename Inner<typename std::decay_t<decltype(f)>::Member>::type;
    if constexpr (!IsId<Part>::value && (WireStruct<Part> || WireEnum<Part>)) visit.template operator()<Part>();
  });
}

// The structs that are part of a request, or of an answer, by full name.
inline std::set<std::string_view> requests;
inline std::set<std::string_view> answers;

template <class S>
void add_to(std::set<std::string_view>& structs) {
  if constexpr (WireStruct<S>) {
    if (!structs.insert(full_name<S>()).second) return;
    for_each_part<S>([&]<class Part>() { add_to<Part>(structs); });
  }
}

// Whether a request may leave out what an answer always has.
template <class S>
bool has_input_form() {
  bool differs = false;
  for_each_field<S>([&](const auto& f) { differs = differs || !f.is_required; });
  for_each_part<S>([&]<class Part>() {
    if constexpr (WireStruct<Part>) differs = differs || has_input_form<Part>();
  });
  return differs;
}

template <class S>
std::string type_name(Role role) {
  if constexpr (WireStruct<S>) {
    if (role == Role::request && answers.count(full_name<S>()) > 0 && has_input_form<S>()) {
      return plain_name<S>() + "Input";
    }
  }
  return plain_name<S>();
}

}  // namespace cartwright

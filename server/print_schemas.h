// The wire's structs as JSON Schema 2020-12, from their field lists (`print_types openapi`). What of a request a schema
// can't say is left to its operation's words: checks over several keys, keys that must differ, and that a string's size
// is counted in bytes.
#pragma once

#include "server/json.h"
#include "server/print_names.h"
#include "server/problems.h"

namespace cartwright {

// {"status":409,"title":"…"} by code
inline std::string problem_codes() {
  std::string out;
  for (std::size_t i = 0; i < Names<ErrorCode>::list.size(); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    if (i > 0) out += ",\n";
    out.append("  \"").append(name_of(code)).append("\": {\"status\": ").append(std::to_string(http_status(code)));
    out.append(", \"title\": \"").append(problem_title(code)).append("\"}");
  }
  return out;
}

class SchemaPrinter {
 public:
  const std::string& schemas() const { return schemas_; }

  // S, after everything it refers to; each is printed once.
  template <class S>
  void schema(Role role) {
    if (!names_.insert(type_name<S>(role)).second) return;
    std::string text;
    if constexpr (WireEnum<S>) {
      text = R"({"type": "string", "enum": [)";
      for (const std::string_view word : Names<S>::list) text.append("\"").append(word).append("\", ");
      text.resize(text.size() - 2);
      text += "]}";
    } else if constexpr (WireStruct<S>) {
      for_each_part<S>([&]<class Part>() { schema<Part>(role); });
      text = struct_schema<S>(role);
    } else {
      text = "true";  // stands for the element of a Page
    }
    if (!schemas_.empty()) schemas_ += ",\n";
    schemas_ += "  \"" + type_name<S>(role) + "\": " + text;
  }

 private:
  template <class S>
  static std::string struct_schema(Role role) {
    // What is only answered has kept no limits; what is sent and answered in one form has.
    const bool is_bounded = role == Role::request || (requests.count(full_name<S>()) > 0 && !has_input_form<S>());
    std::string required;
    std::string properties;
    for_each_field<S>([&](const auto& f) {
      using M = typename std::decay_t<decltype(f)>::Member;
      const bool may_miss = role == Role::request ? !f.is_required : f.leaves_out_null;
      if (!may_miss) required.append(required.empty() ? "" : ", ").append("\"").append(f.name).append("\"");
      properties.append(properties.empty() ? "" : ",").append("\n    \"").append(f.name).append("\": ");
      std::string text;
      if (role == Role::answer && f.leaves_out_null) {
        text = member<typename Inner<M>::type>(role, f, is_bounded);
      } else {
        text = member<M>(role, f, is_bounded);
      }
      if (role == Role::request && may_miss) text = with_default(text, S{}.*f.member);
      properties += text;
    });
    return R"({"type": "object", "additionalProperties": false, "required": [)" + required + "], \"properties\": {" +
           properties + "}}";
  }

  template <class M>
  static std::string member(Role role, const FieldRules& rules, bool is_bounded) {
    if constexpr (IsOptional<M>::value) {
      return R"({"anyOf": [)" + member<typename M::value_type>(role, rules, is_bounded) + R"(, {"type": "null"}]})";
    } else if constexpr (IsVector<M>::value) {
      std::string text = R"({"type": "array", "items": )" + member<typename M::value_type>(role, rules, is_bounded);
      if (is_bounded && rules.max_size != SIZE_MAX) text += ", \"maxItems\": " + std::to_string(rules.max_size);
      return text + "}";
    } else if constexpr (std::is_same_v<M, bool>) {
      return R"({"type": "boolean"})";
    } else if constexpr (std::is_same_v<M, std::string>) {
      if (!is_bounded) return R"({"type": "string"})";
      return R"({"type": "string", "maxLength": )" + std::to_string(rules.max_size) + "}";
    } else if constexpr (std::is_same_v<M, TimeMs>) {
      return R"({"$ref": "#/components/schemas/Time"})";
    } else if constexpr (IsId<M>::value) {
      return R"({"$ref": "#/components/schemas/Id"})";
    } else if constexpr (std::is_same_v<M, std::int64_t>) {
      const std::int64_t min = is_bounded ? rules.min : min_amount;
      const std::int64_t max = is_bounded ? rules.max : max_amount;
      return R"({"type": "integer", "minimum": )" + std::to_string(min) + ", \"maximum\": " + std::to_string(max) + "}";
    } else if constexpr (std::is_same_v<M, json::Raw>) {
      return R"({"description": "any JSON"})";
    } else {
      return R"({"$ref": "#/components/schemas/)" + type_name<M>(role) + "\"}";
    }
  }

  // What a key that is left out counts as, where one value says it.
  template <class M>
  static std::string with_default(const std::string& text, const M& value) {
    std::string word;
    if constexpr (std::is_same_v<M, bool>) {
      word = value ? "true" : "false";
    } else if constexpr (std::is_same_v<M, std::int64_t>) {
      word = std::to_string(value);
    } else if constexpr (std::is_same_v<M, std::string>) {
      word = "\"" + value + "\"";
    } else if constexpr (WireEnum<M>) {
      word = "\"" + std::string(name_of(value)) + "\"";
    } else {
      return text;
    }
    return text.substr(0, text.size() - 1) + ", \"default\": " + word + "}";
  }

  std::string schemas_;
  std::set<std::string> names_;
};

}  // namespace cartwright

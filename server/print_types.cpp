// Prints TypeScript from the field lists, so that no name of the wire is written twice:
//   print_types package   the core's structs, with writers and readers of the flat row: wasm/src/generated.ts
//   print_types api       the structs of REST (server/wire.h): web/src/api_types.ts
// The printouts are committed; a test compares them.
//
// Every struct of an answer has an interface with all its keys. A struct of a request has the keys optional that may be
// left out; where it is also part of an answer, that second form is called `…Input`.
#include <cstdio>
#include <functional>
#include <iostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/calls.h"
#include "core/fields.h"
#include "server/wire.h"
#include "server/wire_fields.h"

namespace cartwright {

namespace {

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

std::string snake_case(std::string_view name) {
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

// The structs that are part of an answer, by full name.
std::set<std::string_view> answers;

template <class S>
void add_answer() {
  if constexpr (WireStruct<S>) {
    if (!answers.insert(full_name<S>()).second) return;
    for_each_part<S>([]<class Part>() { add_answer<Part>(); });
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

template <class M>
std::string member_type(Role role) {
  if constexpr (IsOptional<M>::value) {
    return member_type<typename M::value_type>(role) + " | null";
  } else if constexpr (IsVector<M>::value) {
    return member_type<typename M::value_type>(role) + "[]";
  } else if constexpr (std::is_same_v<M, bool>) {
    return "boolean";
  } else if constexpr (std::is_same_v<M, std::string>) {
    return "string";
  } else if constexpr (std::is_same_v<M, std::int64_t> || std::is_same_v<M, TimeMs> || IsId<M>::value) {
    return "number";
  } else {
    return type_name<M>(role);
  }
}

class Printer {
 public:
  // Types of these names are imported from the package and not printed again.
  explicit Printer(std::set<std::string> package_types = {}) : package_types_(std::move(package_types)) {}

  const std::set<std::string>& types() const { return types_; }

  template <class S>
  void type(Role role) {
    const std::string name = type_name<S>(role);
    if (!types_.insert(name).second) return;
    if (package_types_.count(name) != 0) {
      imports_.insert(name);
      return;
    }
    if constexpr (WireEnum<S>) {
      print_enum<S>();
    } else if constexpr (WireStruct<S>) {
      for_each_part<S>([&]<class Part>() { type<Part>(role); });
      print_interface<S>(role);
    }
  }

  template <class S>
  void writer() {
    if (!writers_.insert(plain_name<S>()).second) return;
    for_each_part<S>([&]<class Part>() {
      if constexpr (WireStruct<Part>) writer<Part>();
      if constexpr (WireEnum<Part>) words<Part>();
    });
    const std::string name = snake_case(plain_name<S>());
    body_ += "const " + name + "_keys = new Set([";
    for_each_field<S>([&](const auto& f) { body_.append("\"").append(f.name).append("\", "); });
    body_.resize(body_.size() - 2);
    body_ += "]);\n\nexport function write_" + name + "(w: Writer, value: unknown): void {\n";
    body_ += "  if (!w.is_struct(value)) return;\n";
    body_ += "  for (const key in value) if (!" + name + "_keys.has(key)) w.unknown(value, key);\n";
    body_ += "  w.open();\n";
    for_each_field<S>([&](const auto& f) {
      write_member<typename std::decay_t<decltype(f)>::Member>("value." + std::string(f.name), f.max_size);
    });
    body_ += "}\n\n";
  }

  template <class S>
  void reader() {
    if (!readers_.insert(plain_name<S>()).second) return;
    for_each_part<S>([&]<class Part>() {
      if constexpr (WireStruct<Part>) reader<Part>();
      if constexpr (WireEnum<Part>) words<Part>();
    });
    body_ += "export function read_" + snake_case(plain_name<S>()) + "(r: Reader): " + plain_name<S>() + " {\n";
    body_ += "  const out: " + plain_name<S>() + " = {\n";
    bool open = true;  // inside the literal; keys that may be missing come after it
    for_each_field<S>([&](const auto& f) {
      using M = typename std::decay_t<decltype(f)>::Member;
      const std::string key(f.name);
      if (open && f.leaves_out_null) {
        body_ += "  };\n";
        open = false;
      }
      if (f.leaves_out_null) {
        body_ += "  if (r.has()) out." + key + " = " + read_member<typename Inner<M>::type>() + ";\n";
      } else {
        body_ += open ? "    " + key + ": " + read_member<M>() + ",\n" : "  out." + key + " = " + read_member<M>() + ";\n";
      }
    });
    body_ += std::string(open ? "  };\n" : "") + "  return out;\n}\n\n";
  }

  void print(std::string_view head) const {
    std::cout << head;
    if (!imports_.empty()) {
      std::cout << "import type {\n";
      for (const std::string& name : imports_) std::cout << "  " << name << ",\n";
      std::cout << "} from \"cartwright\";\n\n";
    }
    std::cout << body_.substr(0, body_.size() - 1);
  }

 private:
  template <class E>
  void print_enum() {
    body_ += "export type " + plain_name<E>() + " =";
    for (const std::string_view word : Names<E>::list) body_.append("\n  | \"").append(word).append("\"");
    body_ += ";\n\n";
  }

  template <class S>
  void print_interface(Role role) {
    body_ += "export interface " + type_name<S>(role) + " {\n";
    for_each_field<S>([&](const auto& f) {
      using M = typename std::decay_t<decltype(f)>::Member;
      const bool may_miss = role == Role::request ? !f.is_required : f.leaves_out_null;
      body_.append("  ").append(f.name).append(may_miss ? "?: " : ": ");
      if (role == Role::answer && f.leaves_out_null) {
        body_ += member_type<typename Inner<M>::type>(role);
      } else {
        body_ += member_type<M>(role);
      }
      body_ += ";\n";
    });
    body_ += "}\n\n";
  }

  template <class E>
  void words() {
    if (!words_.insert(plain_name<E>()).second) return;
    body_ += "const " + snake_case(plain_name<E>()) + "_words: readonly " + plain_name<E>() + "[] = [";
    for (const std::string_view word : Names<E>::list) body_.append("\"").append(word).append("\", ");
    body_.resize(body_.size() - 2);
    body_ += "];\n\n";
  }

  template <class M>
  void write_member(const std::string& value, std::size_t max_size) {
    if constexpr (IsVector<M>::value) {
      using Element = typename M::value_type;
      body_ += "  {\n    const list = " + value + ";\n    for (let i = 0, size = w.list(list, " +
               std::to_string(max_size) + "); i < size; i++) ";
      body_ += write_call<Element>("(list as unknown[])[i]", 200) + ";\n  }\n";
    } else if constexpr (IsOptional<M>::value) {
      static_assert(!WireStruct<typename M::value_type> && !IsVector<typename M::value_type>::value);
      body_ += "  " + write_call<typename M::value_type>(value, max_size) + ";\n";
    } else {
      body_ += "  " + write_call<M>(value, max_size) + ";\n";
    }
  }

  template <class M>
  std::string write_call(const std::string& value, std::size_t max_size) {
    if constexpr (IsId<M>::value || std::is_same_v<M, TimeMs> || std::is_same_v<M, std::int64_t>) {
      return "w.integer(" + value + ")";
    } else if constexpr (WireStruct<M>) {
      return "write_" + snake_case(plain_name<M>()) + "(w, " + value + ")";
    } else if constexpr (std::is_same_v<M, bool>) {
      return "w.boolean(" + value + ")";
    } else if constexpr (WireEnum<M>) {
      return "w.word(" + value + ", " + snake_case(plain_name<M>()) + "_words)";
    } else {
      static_assert(std::is_same_v<M, std::string>);
      return "w.text(" + value + ", " + std::to_string(max_size) + ")";
    }
  }

  template <class M>
  std::string read_member() {
    if constexpr (IsOptional<M>::value) {
      return "r.is_null() ? null : " + read_member<typename M::value_type>();
    } else if constexpr (IsVector<M>::value) {
      static_assert(WireStruct<typename M::value_type>, "no list of such elements is in an answer yet");
      return "r.list(read_" + snake_case(plain_name<typename M::value_type>()) + ")";
    } else if constexpr (IsId<M>::value || std::is_same_v<M, TimeMs> || std::is_same_v<M, std::int64_t>) {
      return "r.number()";
    } else if constexpr (WireStruct<M>) {
      return "read_" + snake_case(plain_name<M>()) + "(r)";
    } else if constexpr (std::is_same_v<M, bool>) {
      return "r.boolean()";
    } else if constexpr (WireEnum<M>) {
      return "r.word(" + snake_case(plain_name<M>()) + "_words)";
    } else {
      static_assert(std::is_same_v<M, std::string>);
      return "r.text()";
    }
  }

  std::set<std::string> package_types_;
  std::string body_;
  std::set<std::string> types_, writers_, readers_, words_, imports_;
};

template <class... S>
struct List {};

// What the package shows. Answers are also the core's structs that REST answers with.
using PackageRequests = List<QuoteRequest, ShopData, CartQuoteRequest, CartEdit>;
using PackageAnswers = List<Quote, Cart, Failure, ShopRules, Variant, Rule>;
using ApiRequests =
    List<wire::Registration, wire::Credentials, wire::ChargeRequest, wire::NewCartLine, wire::CartLineChange,
         wire::SyncRequest, wire::NewOrder>;
using ApiAnswers =
    List<wire::Page<T>, wire::ShopInfo, wire::CategoryList, wire::ProductCard, wire::Product, wire::PopularList,
         wire::Snapshot, wire::CampaignList, wire::WalletCoupon, wire::Me, wire::Session, wire::Balance, wire::Charge,
         wire::BalanceHistory, wire::CartState, wire::SyncAnswer, wire::Order, wire::OrderSummary, wire::PaymentList,
         wire::Paid>;

template <class... S, class Visit>
void for_each_type(List<S...>, Visit&& visit) {
  (visit.template operator()<S>(), ...);
}

void add_package_types(Printer& printer) {
  for_each_type(PackageAnswers{}, [&]<class S>() { printer.type<S>(Role::answer); });
  for_each_type(PackageRequests{}, [&]<class S>() { printer.type<S>(Role::request); });
}

void print_package() {
  Printer printer;
  add_package_types(printer);
  for_each_type(PackageRequests{}, [&]<class S>() { printer.writer<S>(); });
  for_each_type(List<Quote, Cart, Failure>{}, [&]<class S>() { printer.reader<S>(); });
  printer.print(
      "// Printed by `print_types package` from core/fields.h. Don't edit: change the field lists and print again.\n"
      "import type { Reader, Writer } from \"./flat.js\";\n\n");
}

void print_api() {
  Printer package;
  add_package_types(package);
  Printer printer(package.types());
  for_each_type(ApiAnswers{}, [&]<class S>() { printer.type<S>(Role::answer); });
  for_each_type(ApiRequests{}, [&]<class S>() { printer.type<S>(Role::request); });
  printer.print(
      "// Printed by `print_types api` from server/wire_fields.h. Don't edit: change the field lists and print again.\n"
      "export type * from \"cartwright\";\n\n");
}

}  // namespace

}  // namespace cartwright

int main(int count, char** words) {
  using namespace cartwright;
  for_each_type(PackageAnswers{}, []<class S>() { add_answer<S>(); });
  const std::string_view what = count == 2 ? words[1] : "";
  if (what == "package") {
    print_package();
  } else if (what == "api") {
    for_each_type(ApiAnswers{}, []<class S>() { add_answer<S>(); });
    print_api();
  } else {
    std::cerr << "usage: print_types package | api\n";
    return 2;
  }
}

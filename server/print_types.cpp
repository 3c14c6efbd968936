// Prints TypeScript from the field lists, so that no name of the wire is written twice:
//   print_types package   the core's structs, with writers and readers of the flat row: wasm/src/generated.ts
//   print_types api       the structs of REST (server/wire.h): web/src/api_types.ts
//   print_types openapi   the same as JSON Schema, and the problem codes: part of docs/openapi.yaml (tests/openapi)
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
#include "server/print_names.h"
#include "server/print_schemas.h"
#include "server/wire.h"
#include "server/wire_accounts.h"
#include "server/wire_admin_order.h"
#include "server/wire_admin_rules.h"
#include "server/wire_catalogue.h"
#include "server/wire_charges.h"
#include "server/wire_fields.h"
#include "server/wire_quotes.h"
#include "server/wire_shop_settings.h"
#include "server/wire_stats.h"
#include "server/wire_webhooks.h"

namespace cartwright {

namespace {

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
  } else if constexpr (std::is_same_v<M, json::Raw>) {
    return "unknown";
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
    List<wire::Registration, wire::Credentials, wire::ChargeRequest, wire::ChargeReversal,
         wire::NewCartLine, wire::CartLineChange, wire::SyncRequest, wire::NewOrder, wire::NewSavedAddress, wire::SavedAddressChange,
         wire::CouponCode, wire::PasswordChange, wire::Erasure, wire::ResetRequest, wire::NewPassword,
         wire::ShopSettingsChange, wire::ReturnRequest, wire::RefundRequest, wire::ShipRequest, wire::NewWebhook,
         wire::WebhookChange, wire::WebhookReplay,
         wire::NewRule, wire::RuleChange, wire::NewCode, wire::NewGrants, wire::NewCampaign, wire::CampaignChange,
         wire::ProductInput, wire::ProductVariantInput, wire::MovementInput, wire::CategoryInput>;
using ApiAnswers =
    List<wire::Page<T>, wire::ShopInfo, wire::CategoryList, wire::ProductCard, wire::Product, wire::PopularList,
         wire::Snapshot, wire::CampaignList, wire::WalletCoupon, wire::Me, wire::Session, wire::Balance, wire::Charge,
         wire::AdminCharge, wire::BalanceHistory, wire::CartState, wire::SyncAnswer, wire::Order, wire::OrderSummary, wire::PaymentList,
         wire::Paid, wire::SavedAddressList, wire::ShopPolicies, wire::ShopSettings, wire::ResetLink,
         wire::Refunded, wire::AdminLogEntry, wire::AdminOrderSummary, wire::AdminOrder,
         wire::Webhook, wire::WebhookDelivery,
         wire::AdminRule, wire::IssuedCodeList, wire::GrantList, wire::AdminCampaign, wire::CampaignReport, wire::Stats,
         wire::AdminProductSummary, wire::AdminProduct, wire::AdminVariant, wire::Moved, wire::AdminCategoryList,
         wire::UploadedImage, wire::Import, wire::ImportPreview>;

// Requests that TypeScript has from the package, or writes by itself.
using OpenapiRequests = List<QuoteRequest, Cart, wire::QuoteCart>;
using OpenapiAnswers = List<Quote, Rejection>;

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

void print_openapi() {
  const auto add_request = []<class S>() { add_to<S>(requests); };
  for_each_type(OpenapiRequests{}, add_request);
  for_each_type(ApiRequests{}, add_request);
  SchemaPrinter printer;
  for_each_type(ApiAnswers{}, [&]<class S>() { printer.schema<S>(Role::answer); });
  for_each_type(OpenapiAnswers{}, [&]<class S>() { printer.schema<S>(Role::answer); });
  for_each_type(OpenapiRequests{}, [&]<class S>() { printer.schema<S>(Role::request); });
  for_each_type(ApiRequests{}, [&]<class S>() { printer.schema<S>(Role::request); });
  std::cout << "{\n\"schemas\": {\n" << printer.schemas() << "\n},\n\"problems\": {\n" << problem_codes() << "\n}\n}\n";
}

}  // namespace

}  // namespace cartwright

int main(int count, char** words) {
  using namespace cartwright;
  for_each_type(PackageAnswers{}, []<class S>() { add_to<S>(answers); });
  const std::string_view what = count == 2 ? words[1] : "";
  if (what == "package") {
    print_package();
  } else if (what == "api") {
    for_each_type(ApiAnswers{}, []<class S>() { add_to<S>(answers); });
    print_api();
  } else if (what == "openapi") {
    for_each_type(ApiAnswers{}, []<class S>() { add_to<S>(answers); });
    for_each_type(OpenapiAnswers{}, []<class S>() { add_to<S>(answers); });
    print_openapi();
  } else {
    std::cerr << "usage: print_types package | api | openapi\n";
    return 2;
  }
}

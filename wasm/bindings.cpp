// The module's few calls. A request is a row of doubles (flat.h) that JavaScript writes where `reserve` says; an answer
// is a row at the address that a call returns: 0 and the value, or 1 and the failure. An address holds until the next
// call. One page is one thread, and so is the module.
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include "core/calls.h"
#include "core/quote.h"
#include "core/version.h"
#include "wasm/flat.h"

namespace cartwright {

namespace {

constexpr double answer_follows = 0;
constexpr double failure_follows = 1;

// JavaScript calls functions, not objects, so what lasts between calls lives here.
class Module {
 public:
  static Module& instance() {
    static Module module;
    return module;
  }

  double* reserve(std::size_t doubles) {
    if (request_.size() < doubles) request_.resize(doubles);
    return request_.data();
  }

  const double* quote(std::size_t length) {
    QuoteRequest request;
    if (const Status read = decode(length, request); !read) return refuse(read.error());
    return give(cartwright::quote(request));
  }

  const double* load(std::size_t length) {
    ShopData shop;
    const Status read = decode(length, shop);
    request_ = {};  // a catalogue is large, and what follows is small
    if (!read) return refuse(read.error());
    shop_ = std::move(shop);
    catalog_ = Catalog(shop_.variants);
    return start(answer_follows);
  }

  const double* quote_cart(std::size_t length) {
    CartQuoteRequest request;
    if (const Status read = decode(length, request); !read) return refuse(read.error());
    return give(cartwright::quote(QuoteInput{.now = request.now,
                                             .shop = shop_.shop,
                                             .customer = request.customer,
                                             .catalog = catalog_,
                                             .lines = request.lines,
                                             .promotions = shop_.promotions,
                                             .coupons = request.coupons,
                                             .choice = request.choice}));
  }

  const double* edit(std::size_t length) {
    CartEdit edit;
    if (const Status read = decode(length, edit); !read) return refuse(read.error());
    return apply_to(edit, Catalog(edit.variants));
  }

  const double* edit_cart(std::size_t length) {
    CartEdit edit;
    if (const Status read = decode(length, edit); !read) return refuse(read.error());
    return apply_to(edit, catalog_);
  }

  const double* version() {
    start(answer_follows);
    answer_.put(std::string_view(rules_version));
    return answer_.data();
  }

 private:
  template <class S>
  Status decode(std::size_t length, S& out) const {
    return flat::decode(std::span(request_).first(std::min(length, request_.size())), out);
  }

  const double* apply_to(CartEdit& edit, const Catalog& catalog) {
    Cart cart{.lines = std::move(edit.lines)};
    const Status applied = apply(cart, edit.mutation, catalog);
    if (!applied) return refuse(applied.error());
    return give(cart);
  }

  const double* start(double mark) {
    answer_.clear();
    answer_.put(mark);
    return answer_.data();
  }

  template <class T>
  const double* give(const Result<T>& result) {
    return result ? give(*result) : refuse(result.error());
  }

  template <class T>
  const double* give(const T& answer) {
    start(answer_follows);
    flat::append(answer_, answer);
    return answer_.data();
  }

  const double* refuse(const Error& error) {
    start(failure_follows);
    flat::append(answer_, failure_of(error));
    return answer_.data();
  }

  std::vector<double> request_;
  flat::Row answer_;
  ShopData shop_;
  Catalog catalog_;  // over shop_.variants
};

// Addresses cross as numbers.
std::uint32_t address(const double* row) { return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(row)); }

std::uint32_t reserve(std::uint32_t doubles) { return address(Module::instance().reserve(doubles)); }
std::uint32_t quote_whole(std::uint32_t length) { return address(Module::instance().quote(length)); }
std::uint32_t load(std::uint32_t length) { return address(Module::instance().load(length)); }
std::uint32_t quote_cart(std::uint32_t length) { return address(Module::instance().quote_cart(length)); }
std::uint32_t edit(std::uint32_t length) { return address(Module::instance().edit(length)); }
std::uint32_t edit_cart(std::uint32_t length) { return address(Module::instance().edit_cart(length)); }
std::uint32_t version() { return address(Module::instance().version()); }

}  // namespace

EMSCRIPTEN_BINDINGS(cartwright) {
  // The only type that crosses.
  using namespace emscripten::internal;
  _embind_register_integer(TypeID<std::uint32_t>::get(), "unsigned int", sizeof(std::uint32_t), 0, UINT32_MAX);
  emscripten::function("reserve", &reserve);
  emscripten::function("quote", &quote_whole);
  emscripten::function("load", &load);
  emscripten::function("quote_cart", &quote_cart);
  emscripten::function("edit", &edit);
  emscripten::function("edit_cart", &edit_cart);
  emscripten::function("rules_version", &version);
}

}  // namespace cartwright

// Embind's own library registers every native type, string and memory view it knows, and brings printf for their names.
// Nothing of it crosses here. These two take its place, so that it need not be linked (CMakeLists.txt).
extern "C" {
EMSCRIPTEN_KEEPALIVE void __embind_register_native_and_builtin_types() {}
EMSCRIPTEN_KEEPALIVE const char* __getTypeName(const std::type_info*) { return ""; }
}

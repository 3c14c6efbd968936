// What the module's calls take and give besides PRICING.md's own request and answer: a shop's rules that are loaded
// once, a cart to price against them, an edit of a cart, and a refusal. Their field lists stand below them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/fields.h"

namespace cartwright {

// What changes rarely and is kept between calls. A whole catalogue, so its limit is not that of one request.
struct ShopData {
  ShopRules shop = {};
  std::vector<Variant> variants = {};
  std::vector<Rule> promotions = {};
};

// The rest of a QuoteRequest: what changes with every tap.
struct CartQuoteRequest {
  TimeMs now = {};
  Customer customer = {};
  std::vector<CartLine> lines = {};
  std::vector<Coupon> coupons = {};
  Choice choice = {};
};

// One edit of a cart. `variants`: what the cart may hold; an edit of a loaded shop's cart leaves them out.
struct CartEdit {
  std::vector<CartLine> lines = {};
  Mutation mutation = {};
  std::vector<Variant> variants = {};
};

// A refusal as PRICING.md shows it.
struct Failure {
  ErrorCode code = ErrorCode::internal;
  std::optional<std::string> path = {};  // the place in the request, where there is one
};

inline Failure failure_of(const Error& error) {
  Failure failure{.code = error.code};
  if (!error.path.empty()) failure.path = error.path;
  return failure;
}

inline constexpr std::size_t max_catalogue = 1000000;  // variants of one shop

template <>
struct Fields<ShopData> {
  static constexpr auto list = std::tuple{field("shop", &ShopData::shop).required(),
                                          field("variants", &ShopData::variants).required().most(max_catalogue),
                                          field("promotions", &ShopData::promotions)};
};
template <>
struct Fields<CartQuoteRequest> {
  static constexpr auto list = std::tuple{
      field("now", &CartQuoteRequest::now).required(), field("customer", &CartQuoteRequest::customer),
      field("lines", &CartQuoteRequest::lines).required().most(max_cart_lines),
      field("coupons", &CartQuoteRequest::coupons), field("choice", &CartQuoteRequest::choice)};
};
template <>
struct Fields<CartEdit> {
  static constexpr auto list = std::tuple{field("lines", &CartEdit::lines).required().most(max_cart_lines),
                                          field("mutation", &CartEdit::mutation).required(),
                                          field("variants", &CartEdit::variants).most(max_catalogue)};
};
template <>
struct Fields<Failure> {
  static constexpr auto list =
      std::tuple{field("code", &Failure::code), field("path", &Failure::path).omit_null()};
};

static_assert(lists_every_member<ShopData> && lists_every_member<CartQuoteRequest> && lists_every_member<CartEdit> &&
              lists_every_member<Failure>);

}  // namespace cartwright

// The few words of the pages that are read without script, in both languages.
#pragma once

#include <string_view>

#include "server/wire.h"

namespace cartwright::api {

struct PageWords {
  std::string_view products;
  std::string_view popular;
  std::string_view fresh;
  std::string_view campaigns;
  std::string_view none_found;
  std::string_view next_page;
  std::string_view in_stock;
  std::string_view sold_out;
  std::string_view left;  // "12 left"
  std::string_view options;
  std::string_view not_found;
  std::string_view home_description;
  std::string_view cart;
  std::string_view cart_description;
  std::string_view needs_script;
};

inline constexpr PageWords korean_words = {
    .products = "상품",
    .popular = "인기 상품",
    .fresh = "새로 들어온 상품",
    .campaigns = "선착순 쿠폰",
    .none_found = "상품이 없습니다.",
    .next_page = "다음",
    .in_stock = "재고 있음",
    .sold_out = "품절",
    .left = "남은 수량",
    .options = "옵션",
    .not_found = "찾을 수 없는 페이지입니다",
    .home_description = "지금 인기 있는 상품과 선착순 쿠폰을 만나 보세요.",
    .cart = "장바구니",
    .cart_description = "담아 둔 상품과 쿠폰을 적용한 정확한 금액을 확인하고 주문하세요.",
    .needs_script = "장바구니를 보려면 자바스크립트를 켜 주세요.",
};

inline constexpr PageWords english_words = {
    .products = "Products",
    .popular = "Popular now",
    .fresh = "New in",
    .campaigns = "First come, first served coupons",
    .none_found = "No products found.",
    .next_page = "Next",
    .in_stock = "In stock",
    .sold_out = "Sold out",
    .left = "Left",
    .options = "Options",
    .not_found = "This page can't be found",
    .home_description = "What sells best right now, and coupons for the quick.",
    .cart = "Cart",
    .cart_description = "What you have put aside, priced exactly with your coupons, ready to order.",
    .needs_script = "The cart needs JavaScript to be switched on.",
};

constexpr const PageWords& words_of(wire::Language language) {
  return language == wire::Language::en ? english_words : korean_words;
}

inline const std::string& in(wire::Language language, const wire::Text& text) {
  return language == wire::Language::en ? text.en : text.ko;
}

}  // namespace cartwright::api

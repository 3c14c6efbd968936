// The structs of catalog.json and their field lists.
#pragma once

#include "core/fields.h"
#include "server/demo/pictures.h"
#include "server/wire_fields.h"

namespace cartwright::demo {

// A colour option's value: its palette colours the picture.
struct Colour {
  std::string palette = {};
  std::string ko = {};
  std::string en = {};
};

struct Category {
  std::string key = {};
  std::string ko = {};
  std::string en = {};
};

struct ChoiceValue {
  std::string ko = {};
  std::string en = {};  // empty: as in Korean
  Amount add = 0;       // won on top of the product's price
};

// A second option beside the colour: size, weight, …
struct Choice {
  std::string ko = {};
  std::string en = {};
  std::vector<ChoiceValue> values = {};
};

struct Words {
  std::string ko = {};
  std::string en = {};
};

struct Product {
  std::string handle = {};
  std::string category = {};  // its key
  std::string motif = {};
  std::string ground = {};
  Amount price = 0;                       // won
  std::optional<Amount> compare_at = {};  // won
  std::string palette = {};               // of a product without colours
  std::vector<std::string> colours = {};  // palettes
  std::optional<Choice> choice = {};
  std::vector<std::int64_t> stock = {};   // colour by colour, in each choice by choice
  std::int64_t max_quantity = 0;
  bool active = true;
  std::vector<std::string> tags = {};
  Words name = {};
  Words text = {};
};

struct CatalogFile {
  std::vector<Palette> palettes = {};
  std::vector<Ground> grounds = {};
  std::vector<Colour> colours = {};
  std::vector<Category> categories = {};
  std::vector<Product> products = {};
};

}  // namespace cartwright::demo

namespace cartwright {

template <>
struct Fields<demo::Palette> {
  using P = demo::Palette;
  static constexpr auto list =
      std::tuple{field("key", &P::key).required(),     field("main", &P::main).required(),
                 field("dark", &P::dark).required(),   field("light", &P::light).required(),
                 field("deep", &P::deep).required(),   field("accent", &P::accent).required()};
};
template <>
struct Fields<demo::Ground> {
  using G = demo::Ground;
  static constexpr auto list = std::tuple{field("key", &G::key).required(), field("ground", &G::ground).required(),
                                          field("disc", &G::disc).required(), field("shadow", &G::shadow).required()};
};
template <>
struct Fields<demo::Colour> {
  using C = demo::Colour;
  static constexpr auto list = std::tuple{field("palette", &C::palette).required(), field("ko", &C::ko).required(),
                                          field("en", &C::en).required()};
};
template <>
struct Fields<demo::Category> {
  using C = demo::Category;
  static constexpr auto list = std::tuple{field("key", &C::key).required(), field("ko", &C::ko).required(),
                                          field("en", &C::en).required()};
};
template <>
struct Fields<demo::ChoiceValue> {
  using C = demo::ChoiceValue;
  static constexpr auto list =
      std::tuple{field("ko", &C::ko).required(), field("en", &C::en), field("add", &C::add).not_negative()};
};
template <>
struct Fields<demo::Choice> {
  using C = demo::Choice;
  static constexpr auto list = std::tuple{field("ko", &C::ko).required(), field("en", &C::en).required(),
                                          field("values", &C::values).required()};
};
template <>
struct Fields<demo::Words> {
  using W = demo::Words;
  static constexpr auto list =
      std::tuple{field("ko", &W::ko).required().most(2000), field("en", &W::en).required().most(2000)};
};
template <>
struct Fields<demo::Product> {
  using P = demo::Product;
  static constexpr auto list = std::tuple{field("handle", &P::handle).required(),
                                          field("category", &P::category).required(),
                                          field("motif", &P::motif).required(),
                                          field("ground", &P::ground).required(),
                                          field("price", &P::price).required().not_negative(),
                                          field("compare_at", &P::compare_at).not_negative(),
                                          field("palette", &P::palette),
                                          field("colours", &P::colours),
                                          field("choice", &P::choice),
                                          field("stock", &P::stock).required().not_negative(),
                                          field("max_quantity", &P::max_quantity).not_negative(),
                                          field("active", &P::active),
                                          field("tags", &P::tags),
                                          field("name", &P::name).required(),
                                          field("text", &P::text).required()};
};
template <>
struct Fields<demo::CatalogFile> {
  using F = demo::CatalogFile;
  static constexpr auto list = std::tuple{
      field("palettes", &F::palettes).required(), field("grounds", &F::grounds).required(),
      field("colours", &F::colours).required(), field("categories", &F::categories).required(),
      field("products", &F::products).required()};
};

}  // namespace cartwright

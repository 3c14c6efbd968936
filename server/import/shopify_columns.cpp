#include "server/import/shopify_columns.h"

#include <algorithm>
#include <string>

namespace cartwright::import {

namespace {

struct Spelling {
  std::string_view lower;
  Column column;
};

constexpr Spelling spellings[] = {
    {"handle", Column::handle},
    {"url handle", Column::handle},
    {"title", Column::title},
    {"body (html)", Column::body},
    {"body html", Column::body},
    {"description", Column::body},
    {"vendor", Column::vendor},
    {"type", Column::type},
    {"custom product type", Column::type},
    {"product category", Column::product_category},
    {"standard product type", Column::product_category},
    {"standardized product type", Column::product_category},
    {"tags", Column::tags},
    {"published", Column::published},
    {"published on online store", Column::published},
    {"status", Column::status},
    {"option1 name", Column::option1_name},
    {"option1 value", Column::option1_value},
    {"option2 name", Column::option2_name},
    {"option2 value", Column::option2_value},
    {"option3 name", Column::option3_name},
    {"option3 value", Column::option3_value},
    {"variant sku", Column::sku},
    {"sku", Column::sku},
    {"variant barcode", Column::barcode},
    {"barcode", Column::barcode},
    {"variant grams", Column::grams},
    {"weight value (grams)", Column::grams},
    {"variant inventory qty", Column::quantity},
    {"inventory quantity", Column::quantity},
    {"variant price", Column::price},
    {"price", Column::price},
    {"variant compare at price", Column::compare_at},
    {"compare-at price", Column::compare_at},
    {"compare at price", Column::compare_at},
    {"variant taxable", Column::taxable},
    {"charge tax", Column::taxable},
    {"image src", Column::image_src},
    {"product image url", Column::image_src},
    {"image position", Column::image_position},
    {"image alt text", Column::image_alt},
    {"variant image", Column::variant_image},
    {"variant image url", Column::variant_image},
    {"gift card", Column::gift_card},
};

// Shopify's own columns that a shop like this has no place for; they pass without a word.
constexpr std::string_view unused[] = {
    "option1 linked to",
    "option2 linked to",
    "option3 linked to",
    "variant inventory tracker",
    "inventory tracker",
    "variant inventory policy",
    "continue selling when out of stock",
    "variant fulfillment service",
    "fulfillment service",
    "variant requires shipping",
    "requires shipping",
    "variant weight unit",
    "weight unit for display",
    "variant tax code",
    "tax code",
    "cost per item",
    "seo title",
    "seo description",
    "collection",
    "unit price total measure",
    "unit price total measure unit",
    "unit price base measure",
    "unit price base measure unit",
    "included / primary",
    "included / international",
    "price / international",
    "compare at price / international",
};

constexpr std::string_view unused_prefixes[] = {
    "google shopping /", "google: ", "included / ", "price / ", "compare at price / ", "compare-at price / ",
};

constexpr std::array<std::string_view, column_count> names = {
    "Handle",        "Title",         "Body (HTML)",   "Vendor",        "Type",           "Product Category",
    "Tags",          "Published",     "Status",        "Option1 Name",  "Option1 Value",  "Option2 Name",
    "Option2 Value", "Option3 Name",  "Option3 Value", "Variant SKU",   "Variant Barcode", "Variant Grams",
    "Variant Inventory Qty", "Variant Price", "Variant Compare At Price", "Variant Taxable", "Image Src",
    "Image Position", "Image Alt Text", "Variant Image", "Gift Card",
};

std::string folded(std::string_view name) {
  const auto from = name.find_first_not_of(" \t\n");
  if (from == std::string_view::npos) return {};
  std::string lower(name.substr(from, name.find_last_not_of(" \t\n") - from + 1));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

}  // namespace

Header find_header(std::string_view name) {
  const std::string lower = folded(name);
  for (const Spelling& spelling : spellings) {
    if (spelling.lower == lower) return {.column = spelling.column, .known = true};
  }
  bool known = std::find(std::begin(unused), std::end(unused), lower) != std::end(unused);
  for (const std::string_view prefix : unused_prefixes) known = known || lower.rfind(prefix, 0) == 0;
  // Metafields: "Fabric (product.metafields.custom.fabric)".
  known = known || lower.find(".metafields.") != std::string::npos;
  return {.column = std::nullopt, .known = known};
}

std::string_view column_name(Column column) { return names[static_cast<std::size_t>(column)]; }

}  // namespace cartwright::import

// Reads Shopify's product CSV, as its older and its newer exports name the columns, into catalogue records.
// Every fault is gathered with its place (line and column of the file, name of the column) up to a bound, so that a
// shopkeeper mends the file once. This file knows no database; import.h decides what happens with the records.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/shop/catalog_writer.h"

namespace cartwright::import {

// Shopify's own bounds where it has one.
inline constexpr std::size_t max_file_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t max_products = 100000;
inline constexpr std::size_t max_variants_per_product = 2048;
inline constexpr std::size_t max_images_per_product = 250;
inline constexpr std::size_t max_tags_per_product = 250;
inline constexpr std::size_t max_text_characters = 255;  // title, handle, option, SKU, tag, vendor, type
inline constexpr std::size_t max_url_bytes = 2048;
inline constexpr std::int64_t max_stock = 1000000000;    // units
inline constexpr std::int64_t max_grams = 1000000000;
inline constexpr std::size_t max_reported = 100;         // faults and warnings kept, the rest is only counted

struct ImportIssue {
  std::int64_t line = 0;    // from 1; 0: the file as a whole
  std::int64_t column = 0;  // characters, from 1
  std::string header = {};  // the column's name, empty when it has none
  std::string code = {};    // "bad_price", "too_many_decimals", ...
  std::string detail = {};  // an English sentence

  // "products.csv:12:20 Variant Price: too_many_decimals: …"
  std::string print(std::string_view file_name) const;
};

// Issues in the order of the file, at most max_reported of them kept.
struct IssueList {
  std::vector<ImportIssue> kept;
  std::int64_t count = 0;

  void add(ImportIssue issue);
};

struct ShopifyOptions {
  std::string currency;         // ISO 4217, decides how many decimals a price may have
  std::string language = "en";  // the language that the file is written in: it doesn't say
};

struct ShopifyCatalog {
  std::vector<shop::ProductRecord> products;  // without what was faulty
  IssueList faults;
  IssueList warnings;           // nothing is refused because of them
  std::int64_t rows = 0;        // behind the header, as far as the file was read
  bool readable = true;         // false: the file as a whole is broken, there is nothing to skip
  std::int64_t products_skipped = 0;
  std::int64_t variants_skipped = 0;
};

// `options.currency` is a currency of the table.
ShopifyCatalog read_shopify_csv(std::string_view text, const ShopifyOptions& options);

}  // namespace cartwright::import

// The columns of Shopify's product CSV, in its older and its newer spelling.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cartwright::import {

enum class Column : std::uint8_t {
  handle,
  title,
  body,
  vendor,
  type,
  product_category,
  tags,
  published,
  status,
  option1_name,
  option1_value,
  option2_name,
  option2_value,
  option3_name,
  option3_value,
  sku,
  barcode,
  grams,
  quantity,
  price,
  compare_at,
  taxable,
  image_src,
  image_position,
  image_alt,
  variant_image,
  gift_card,
  count_,
};

inline constexpr std::size_t column_count = static_cast<std::size_t>(Column::count_);

// What a header means: a column we take, one of Shopify's that we have no use for, or nothing we know.
struct Header {
  std::optional<Column> column;
  bool known = false;
};

// Case and spaces around don't matter.
Header find_header(std::string_view name);

// The older spelling, for messages about a column that is missing.
std::string_view column_name(Column column);

}  // namespace cartwright::import

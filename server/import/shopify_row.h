// One row of the file under its headers: the cells' values, checked, with a named fault where one isn't right.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/import/csv_reader.h"
#include "server/import/shopify_columns.h"
#include "server/import/shopify_csv.h"

namespace cartwright::import {

// Which cell holds which column.
struct HeaderRow {
  std::vector<std::string> names;
  std::array<std::optional<std::size_t>, column_count> cell_of = {};

  bool has(Column column) const { return cell_of[static_cast<std::size_t>(column)].has_value(); }
};

// A price in minor units: digits, and at most `exponent` decimals that aren't zero. Empty with the code of its fault.
struct ParsedPrice {
  std::optional<Amount> amount;
  std::string_view fault = {};  // bad_price, too_many_decimals, price_out_of_range
};
ParsedPrice parse_price(std::string_view text, int exponent);

class RowFields {
 public:
  RowFields(const csv::Row& row, const HeaderRow& header, IssueList& faults)
      : row_(row), header_(header), faults_(faults) {}

  // The cell without the spaces around it; empty when there is no such column.
  std::string_view get(Column column) const;
  bool has(Column column) const { return !get(column).empty(); }

  // One line of at most max_text_characters characters, spaces folded: text_too_long.
  std::string line_of_text(Column column);
  std::optional<Amount> price(Column column, const std::string& currency, int exponent);
  std::optional<std::int64_t> whole_number(Column column, std::int64_t limit, std::string_view code);
  // Empty cell: `when_empty`.
  bool yes_or_no(Column column, bool when_empty);
  // http or https, no spaces: bad_url.
  std::string url(Column column);

  void add_fault(Column column, std::string_view code, std::string detail);
  ImportIssue issue(Column column, std::string_view code, std::string detail) const;
  bool faulty() const { return faulty_; }
  std::int64_t line() const { return row_.cells.front().at.line; }

 private:
  const csv::Row& row_;
  const HeaderRow& header_;
  IssueList& faults_;
  bool faulty_ = false;
};

}  // namespace cartwright::import

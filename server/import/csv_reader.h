// Comma-separated values as RFC 4180 writes them, with the place of every cell.
// Debian's libcsv was looked at and left: it tells neither line nor column of a cell, and we owe the shopkeeper both.
// Accepted beyond the RFC: LF, CRLF or CR line ends, a UTF-8 byte order mark, empty lines between rows.
// One reader per thread; it keeps a view of the text, which must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwright::csv {

inline constexpr std::size_t max_field_bytes = 256 * 1024;
inline constexpr std::size_t max_cells_per_row = 1000;

// Both from 1. The column counts characters (code points), not bytes, as editors do.
struct Place {
  std::int64_t line = 1;
  std::int64_t column = 1;
};

struct Cell {
  std::string text;
  Place at;  // its first character: the opening quote of a quoted cell
};

// bad_utf8, control_character, field_too_long and bad_quote spoil their row; the reader goes on behind it.
// unterminated_quote and row_too_long (more than max_cells_per_row) end the file.
enum class FaultCode : std::uint8_t {
  bad_utf8,
  control_character,
  bad_quote,
  unterminated_quote,
  field_too_long,
  row_too_long,
};

struct Fault {
  FaultCode code;
  Place at;
  std::size_t cell;  // index in its row
};

struct Row {
  std::vector<Cell> cells;
  std::vector<Fault> faults;
};

class Reader {
 public:
  explicit Reader(std::string_view text);

  // The next row that isn't an empty line; empty at the end of the text.
  std::optional<Row> next();

 private:
  bool at_end() const { return offset_ >= text_.size(); }
  bool at_line_end() const { return at_end() || text_[offset_] == '\n' || text_[offset_] == '\r'; }
  void skip_line_end();
  void take_character(Row& row, Cell& cell);
  void read_quoted(Row& row, Cell& cell);
  void read_plain(Row& row, Cell& cell);
  void add_fault(Row& row, FaultCode code, Place at);

  std::string_view text_;
  std::size_t offset_ = 0;
  Place place_;
  bool stopped_ = false;
};

}  // namespace cartwright::csv

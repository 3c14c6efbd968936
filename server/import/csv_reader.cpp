#include "server/import/csv_reader.h"

#include <utility>

#include "server/import/utf8.h"

namespace cartwright::csv {

namespace {

bool is_forbidden_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

}  // namespace

Reader::Reader(std::string_view text) : text_(text) {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") text_.remove_prefix(3);
}

std::optional<Row> Reader::next() {
  while (!at_end() && at_line_end()) skip_line_end();
  if (at_end() || stopped_) return std::nullopt;

  Row row;
  while (true) {
    Cell cell{.text = {}, .at = place_};
    if (!at_end() && text_[offset_] == '"') {
      read_quoted(row, cell);
    } else {
      read_plain(row, cell);
    }
    row.cells.push_back(std::move(cell));
    if (stopped_ || at_line_end()) break;
    ++offset_;  // the comma
    ++place_.column;
    if (row.cells.size() == max_cells_per_row) {
      add_fault(row, FaultCode::row_too_long, place_);
      stopped_ = true;
      break;
    }
  }
  skip_line_end();
  return row;
}

void Reader::skip_line_end() {
  if (at_end()) return;
  if (text_[offset_] == '\r' && offset_ + 1 < text_.size() && text_[offset_ + 1] == '\n') ++offset_;
  ++offset_;
  ++place_.line;
  place_.column = 1;
}

void Reader::read_plain(Row& row, Cell& cell) {
  while (!at_line_end() && text_[offset_] != ',') {
    if (text_[offset_] == '"') add_fault(row, FaultCode::bad_quote, place_);
    take_character(row, cell);
  }
}

void Reader::read_quoted(Row& row, Cell& cell) {
  ++offset_;
  ++place_.column;
  while (!at_end()) {
    if (text_[offset_] != '"') {
      take_character(row, cell);
      continue;
    }
    ++offset_;
    ++place_.column;
    if (at_end() || text_[offset_] != '"') {
      if (at_line_end() || text_[offset_] == ',') return;
      add_fault(row, FaultCode::bad_quote, place_);
      read_plain(row, cell);
      return;
    }
    take_character(row, cell);  // a doubled quote stands for one
  }
  row.faults.push_back({FaultCode::unterminated_quote, cell.at, row.cells.size()});
  stopped_ = true;
}

// One character into the cell; a line end inside quotes becomes "\n".
void Reader::take_character(Row& row, Cell& cell) {
  const char first = text_[offset_];
  const Place at = place_;
  std::string_view character = text_.substr(offset_, 1);
  if (first == '\n' || first == '\r') {
    skip_line_end();
    character = "\n";
  } else {
    const std::size_t length = utf8_length_at(text_, offset_);
    if (length == 0) add_fault(row, FaultCode::bad_utf8, at);
    if (is_forbidden_control(first)) add_fault(row, FaultCode::control_character, at);
    character = text_.substr(offset_, length == 0 ? 1 : length);
    offset_ += character.size();
    ++place_.column;
  }
  if (cell.text.size() + character.size() <= max_field_bytes) {
    cell.text += character;
  } else {
    add_fault(row, FaultCode::field_too_long, cell.at);
  }
}

// One fault a cell says enough.
void Reader::add_fault(Row& row, FaultCode code, Place at) {
  if (!row.faults.empty() && row.faults.back().cell == row.cells.size()) return;
  row.faults.push_back({code, at, row.cells.size()});
}

}  // namespace cartwright::csv

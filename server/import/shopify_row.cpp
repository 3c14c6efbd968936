#include "server/import/shopify_row.h"

#include <algorithm>

#include "server/import/utf8.h"

namespace cartwright::import {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\n") - from + 1);
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

std::string quoted(std::string_view text) {
  std::string shown = "\"";
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (++characters > 40) {
      shown += "…";
      break;
    }
    const std::size_t length = std::max<std::size_t>(utf8_length_at(text, i), 1);
    // What is shown on a terminal stays on its line.
    if (text[i] == '\n' || text[i] == '\t') {
      shown += ' ';
    } else {
      shown += text.substr(i, length);
    }
    i += length;
  }
  return shown + "\"";
}

}  // namespace

ParsedPrice parse_price(std::string_view text, int exponent) {
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  const bool has_point = point != std::string_view::npos;
  if (whole.empty() || !all_digits(whole) || !all_digits(decimals) || (has_point && decimals.empty())) {
    return {.amount = std::nullopt, .fault = "bad_price"};
  }
  Wide amount = 0;
  for (const char c : whole) {
    amount = amount * 10 + (c - '0');
    if (amount > max_amount) return {.amount = std::nullopt, .fault = "price_out_of_range"};
  }
  const auto digits = static_cast<std::size_t>(exponent);
  for (std::size_t i = 0; i < digits; ++i) {
    amount = amount * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  }
  for (std::size_t i = digits; i < decimals.size(); ++i) {
    if (decimals[i] != '0') return {.amount = std::nullopt, .fault = "too_many_decimals"};
  }
  if (!is_amount(amount)) return {.amount = std::nullopt, .fault = "price_out_of_range"};
  return {.amount = static_cast<Amount>(amount)};
}

std::string_view RowFields::get(Column column) const {
  const auto& index = header_.cell_of[static_cast<std::size_t>(column)];
  return index && *index < row_.cells.size() ? trimmed(row_.cells[*index].text) : std::string_view{};
}

std::string RowFields::line_of_text(Column column) {
  std::string line;
  for (const char c : get(column)) {
    const bool space = c == ' ' || c == '\t' || c == '\n';
    if (!space) {
      line += c;
    } else if (line.back() != ' ') {
      line += ' ';
    }
  }
  if (utf8_characters(line) > max_text_characters) {
    add_fault(column, "text_too_long", "at most " + std::to_string(max_text_characters) + " characters are allowed");
  }
  return line;
}

std::optional<Amount> RowFields::price(Column column, const std::string& currency, int exponent) {
  const std::string_view text = get(column);
  const ParsedPrice parsed = parse_price(text, exponent);
  if (parsed.amount) return parsed.amount;
  const std::string shown = quoted(text);
  if (text.empty()) {
    add_fault(column, "bad_price", "a variant needs a price");
  } else if (parsed.fault == "too_many_decimals") {
    add_fault(column, parsed.fault, shown + " has more decimals than " + currency + ", which has " +
                                        std::to_string(exponent));
  } else if (parsed.fault == "price_out_of_range") {
    add_fault(column, parsed.fault, shown + " is more than a price can be");
  } else {
    add_fault(column, parsed.fault,
              shown + " is not a price: digits and a decimal point only, no sign, no currency, no thousands separator");
  }
  return std::nullopt;
}

std::optional<std::int64_t> RowFields::whole_number(Column column, std::int64_t limit, std::string_view code) {
  // Spreadsheets and Shopify itself write "0.0" for weights: zeros behind the point are the same whole number.
  const ParsedPrice parsed = parse_price(get(column), 0);
  if (parsed.amount && *parsed.amount <= limit) return parsed.amount;
  add_fault(column, code, quoted(get(column)) + " is not a whole number from 0 to " + std::to_string(limit));
  return std::nullopt;
}

bool RowFields::yes_or_no(Column column, bool when_empty) {
  const std::string word = lower_case(get(column));
  if (word.empty()) return when_empty;
  if (word == "true" || word == "yes" || word == "1") return true;
  if (word == "false" || word == "no" || word == "0") return false;
  add_fault(column, "bad_boolean", quoted(get(column)) + " is neither true nor false");
  return when_empty;
}

std::string RowFields::url(Column column) {
  const std::string_view text = get(column);
  const std::string lower = lower_case(text.substr(0, 8));
  const bool web = (lower.rfind("http://", 0) == 0 && text.size() > 7) ||
                   (lower.rfind("https://", 0) == 0 && text.size() > 8);
  const bool clean = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '<' || c == '>' || c == '\\';
  });
  if (web && clean && text.size() <= max_url_bytes) return std::string(text);
  add_fault(column, "bad_url", quoted(text) + " is not an http or https address of at most " +
                                   std::to_string(max_url_bytes) + " bytes");
  return {};
}

void RowFields::add_fault(Column column, std::string_view code, std::string detail) {
  faulty_ = true;
  faults_.add(issue(column, code, std::move(detail)));
}

ImportIssue RowFields::issue(Column column, std::string_view code, std::string detail) const {
  ImportIssue issue{.line = line(), .column = 1, .header = {}, .code = std::string(code), .detail = std::move(detail)};
  const auto& index = header_.cell_of[static_cast<std::size_t>(column)];
  issue.header = index ? header_.names[*index] : std::string(column_name(column));
  if (index && *index < row_.cells.size()) {
    issue.line = row_.cells[*index].at.line;
    issue.column = row_.cells[*index].at.column;
  }
  return issue;
}

}  // namespace cartwright::import

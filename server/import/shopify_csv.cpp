#include "server/import/shopify_csv.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/result.h"
#include "server/import/csv_reader.h"
#include "server/import/shopify_row.h"
#include "server/shop/html_policy.h"

namespace cartwright::import {

namespace {

struct OptionColumns {
  Column name;
  Column value;
};
constexpr OptionColumns option_columns[] = {
    {Column::option1_name, Column::option1_value},
    {Column::option2_name, Column::option2_value},
    {Column::option3_name, Column::option3_value},
};

// A product while its rows come in.
struct Draft {
  shop::ProductRecord record;
  bool bad = false;  // the product as a whole can't be taken
  struct Image {
    std::int64_t position;
    shop::ImageRecord image;
  };
  std::vector<Image> images;
  std::unordered_set<std::string> combinations;  // of option values
};

std::string_view word_of(csv::FaultCode code) {
  switch (code) {
    case csv::FaultCode::bad_utf8: return "bad_utf8";
    case csv::FaultCode::control_character: return "control_character";
    case csv::FaultCode::bad_quote: return "bad_quote";
    case csv::FaultCode::unterminated_quote: return "unterminated_quote";
    case csv::FaultCode::field_too_long: return "field_too_long";
    case csv::FaultCode::row_too_long: return "row_too_long";
  }
  CARTWRIGHT_ASSERT(false);
}

std::string sentence_of(csv::FaultCode code) {
  switch (code) {
    case csv::FaultCode::bad_utf8: return "this is not UTF-8: save the file with that encoding";
    case csv::FaultCode::control_character: return "a control character has no place in a text";
    case csv::FaultCode::bad_quote: return "a quote inside a cell is written twice, and the cell stands in quotes";
    case csv::FaultCode::unterminated_quote: return "the quote that opens here is never closed";
    case csv::FaultCode::field_too_long:
      return "a cell holds at most " + std::to_string(csv::max_field_bytes) + " bytes";
    case csv::FaultCode::row_too_long:
      return "a row holds at most " + std::to_string(csv::max_cells_per_row) + " cells";
  }
  CARTWRIGHT_ASSERT(false);
}

class ShopifyReader {
 public:
  ShopifyReader(std::string_view text, const ShopifyOptions& options)
      : text_(text), reader_(text), options_(options), exponent_(currency_exponent(options.currency).value()) {}

  ShopifyCatalog read() {
    if (text_.size() > max_file_bytes) {
      refuse_file({.code = "file_too_long", .detail = "at most 64 MiB are taken at once"});
      return std::move(catalog_);
    }
    if (read_header()) {
      while (catalog_.readable) {
        const auto row = reader_.next();
        if (!row) break;
        ++catalog_.rows;
        read_row(*row);
      }
      finish();
    }
    return std::move(catalog_);
  }

 private:
  void refuse_file(ImportIssue issue) {
    catalog_.faults.add(std::move(issue));
    catalog_.readable = false;
  }

  // --- the header --------------------------------------------------------------------------------------------------
  bool read_header() {
    const auto row = reader_.next();
    if (!row) {
      refuse_file({.line = 1, .column = 1, .header = {}, .code = "empty_file", .detail = "there is no header row"});
      return false;
    }
    for (const csv::Cell& cell : row->cells) header_.names.push_back(cell.text);
    if (report_structure(*row)) catalog_.readable = false;
    for (std::size_t i = 0; i < row->cells.size(); ++i) take_header(row->cells[i], i);
    for (const Column column : {Column::handle, Column::title, Column::price}) {
      if (header_.has(column)) continue;
      refuse_file({.line = row->cells.front().at.line,
                   .column = 1,
                   .header = std::string(column_name(column)),
                   .code = "missing_column",
                   .detail = "the file has no such column"});
    }
    return catalog_.readable;
  }

  void take_header(const csv::Cell& cell, std::size_t index) {
    const Header header = find_header(cell.text);
    const auto issue = [&](std::string code, std::string detail) {
      return ImportIssue{cell.at.line, cell.at.column, cell.text, std::move(code), std::move(detail)};
    };
    if (!header.known) {
      if (!cell.text.empty()) catalog_.warnings.add(issue("unknown_column", "the shop has no use for this column"));
      return;
    }
    if (!header.column) return;
    auto& place = header_.cell_of[static_cast<std::size_t>(*header.column)];
    if (place) {
      refuse_file(issue("duplicate_column", "this column is there twice"));
      return;
    }
    place = index;
  }

  // --- rows --------------------------------------------------------------------------------------------------------
  // True when the row can't be read: quotes, encoding, or another number of cells than the header has.
  bool report_structure(const csv::Row& row) {
    for (const csv::Fault& fault : row.faults) {
      const std::string name = fault.cell < header_.names.size() ? header_.names[fault.cell] : std::string{};
      catalog_.faults.add({fault.at.line, fault.at.column, name, std::string(word_of(fault.code)),
                           sentence_of(fault.code)});
      const bool ends_file =
          fault.code == csv::FaultCode::unterminated_quote || fault.code == csv::FaultCode::row_too_long;
      if (ends_file) catalog_.readable = false;
    }
    if (!row.faults.empty()) return true;
    const std::size_t expected = header_.names.size();
    if (row.cells.size() == expected) return false;
    const bool longer = row.cells.size() > expected;
    const csv::Place at = longer ? row.cells[expected].at : row.cells.back().at;
    catalog_.faults.add({at.line, at.column, {}, longer ? "row_too_long" : "row_too_short",
                         "the row has " + std::to_string(row.cells.size()) + " cells, the header " +
                             std::to_string(expected)});
    return true;
  }

  void read_row(const csv::Row& row) {
    const bool unreadable = report_structure(row);
    RowFields fields(row, header_, catalog_.faults);
    if (!unreadable && all_empty(row)) return;
    const std::string handle(fields.get(Column::handle));
    if (handle.empty()) {
      if (!unreadable) fields.add_fault(Column::handle, "missing_handle", "a row must say which product it is about");
      ++catalog_.variants_skipped;
      return;
    }
    const auto known = index_.find(handle);
    if (known == index_.end() && drafts_.size() == max_products) {
      refuse_file(fields.issue(Column::handle, "too_many_products",
                               "at most " + std::to_string(max_products) + " products are taken at once"));
      return;
    }
    const bool first = known == index_.end();
    Draft& draft = first ? add_draft(handle) : drafts_[known->second];
    if (unreadable) {
      draft.bad = draft.bad || first;
      draft.record.all_variants = false;
      ++catalog_.variants_skipped;
      return;
    }
    if (first) read_product(fields, draft);
    read_image(fields, draft);
    if (is_variant_row(fields, first)) {
      read_variant(fields, draft);
    } else if (!first && !fields.has(Column::image_src)) {
      fields.add_fault(Column::handle, "empty_row", "the row brings neither a variant nor a picture");
    }
  }

  static bool all_empty(const csv::Row& row) {
    return std::all_of(row.cells.begin(), row.cells.end(), [](const csv::Cell& cell) { return cell.text.empty(); });
  }

  Draft& add_draft(const std::string& handle) {
    index_.emplace(handle, drafts_.size());
    drafts_.emplace_back();
    drafts_.back().record.handle = handle;
    return drafts_.back();
  }

  // A row that only adds a picture says nothing of a variant.
  static bool is_variant_row(const RowFields& fields, bool first) {
    if (first) return true;
    for (const Column column : {Column::option1_value, Column::option2_value, Column::option3_value, Column::sku,
                                Column::price}) {
      if (fields.has(column)) return true;
    }
    return false;
  }

  // --- a product's first row ---------------------------------------------------------------------------------------
  void read_product(RowFields& fields, Draft& draft) {
    shop::ProductRecord& product = draft.record;
    const std::size_t faults_before = static_cast<std::size_t>(catalog_.faults.count);
    product.handle = fields.line_of_text(Column::handle);
    const std::string title = fields.line_of_text(Column::title);
    if (title.empty()) {
      fields.add_fault(Column::title, "missing_title", "the first row of a product must have its title");
    }
    product.texts = {{options_.language, title, read_body(fields)}};
    product.vendor = fields.line_of_text(Column::vendor);
    product.tags = read_tags(fields);
    const std::string category = read_category(fields);
    if (!category.empty()) product.category = {{options_.language, category}};
    product.active = fields.yes_or_no(Column::published, true) && read_status(fields);
    // A class without a rate is taxed 0 (PRICING.md "Applying").
    if (!fields.yes_or_no(Column::taxable, true)) product.tax_class = "exempt";
    if (fields.yes_or_no(Column::gift_card, false)) {
      product.active = false;
      catalog_.warnings.add(fields.issue(Column::gift_card, "gift_card",
                                         "gift cards aren't sold here: the product is taken, but not shown"));
    }
    for (const auto& [name_column, value_column] : option_columns) {
      const std::string name = fields.line_of_text(name_column);
      if (name.empty()) continue;
      if (is_default_option(name, fields.get(value_column))) continue;
      if (name_column != Column::option1_name && product.options.empty()) {
        fields.add_fault(name_column, "missing_option_name", "the options before this one have no name");
      }
      product.options.push_back({.name = {{options_.language, name}}, .values = {}});
    }
    draft.bad = static_cast<std::size_t>(catalog_.faults.count) != faults_before;
  }

  // Shopify's way to say that a product has no options.
  static bool is_default_option(std::string_view name, std::string_view value) {
    return name == "Title" && value == "Default Title";
  }

  std::string read_body(RowFields& fields) {
    const std::string_view html = fields.get(Column::body);
    if (shop::is_within_html_limits(html)) return std::string(html);  // cleaned by whoever writes it
    fields.add_fault(Column::body, "html_too_complex",
                     "a description has at most " + std::to_string(shop::max_html_tags) + " tags");
    return {};
  }

  static std::vector<std::string> read_tags(RowFields& fields) {
    std::vector<std::string> tags;
    std::string_view rest = fields.get(Column::tags);
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      std::string_view tag = rest.substr(0, comma);
      rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
      const auto from = tag.find_first_not_of(" \t\n");
      if (from == std::string_view::npos) continue;
      tag = tag.substr(from, tag.find_last_not_of(" \t\n") - from + 1);
      if (tag.size() > max_text_characters) {
        fields.add_fault(Column::tags, "text_too_long", "a tag is longer than 255 bytes");
      } else if (std::find(tags.begin(), tags.end(), tag) == tags.end()) {
        tags.emplace_back(tag);
      }
    }
    if (tags.size() > max_tags_per_product) {
      fields.add_fault(Column::tags, "too_many_tags",
                       "at most " + std::to_string(max_tags_per_product) + " tags are allowed");
    }
    return tags;
  }

  // The shop's own type; without one the last step of Shopify's taxonomy ("Home & Garden > Decor > Vases").
  static std::string read_category(RowFields& fields) {
    std::string category = fields.line_of_text(Column::type);
    if (!category.empty()) return category;
    category = fields.line_of_text(Column::product_category);
    const auto step = category.rfind(" > ");
    return step == std::string::npos ? category : category.substr(step + 3);
  }

  static bool read_status(RowFields& fields) {
    std::string status(fields.get(Column::status));
    std::transform(status.begin(), status.end(), status.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (status.empty() || status == "active") return true;
    if (status != "draft" && status != "archived" && status != "unlisted") {
      fields.add_fault(Column::status, "bad_status", "the status is active, draft, archived or unlisted");
    }
    return false;
  }

  // --- pictures ----------------------------------------------------------------------------------------------------
  void read_image(RowFields& fields, Draft& draft) {
    if (!fields.has(Column::image_src)) return;
    const std::string url = fields.url(Column::image_src);
    auto position = static_cast<std::int64_t>(draft.images.size()) + 1;
    if (fields.has(Column::image_position)) {
      position = fields.whole_number(Column::image_position, 1000000, "bad_position").value_or(position);
    }
    const std::string alt = fields.line_of_text(Column::image_alt);
    if (!url.empty()) add_image(fields, Column::image_src, draft, url, position, alt);
  }

  void add_image(RowFields& fields, Column column, Draft& draft, const std::string& url, std::int64_t position,
                 const std::string& alt) {
    for (const Draft::Image& there : draft.images) {
      if (there.image.url == url) return;
    }
    if (draft.images.size() == max_images_per_product) {
      fields.add_fault(column, "too_many_images",
                       "a product has at most " + std::to_string(max_images_per_product) + " pictures");
      return;
    }
    Draft::Image image{.position = position, .image = {.url = url, .alt = {}}};
    if (!alt.empty()) image.image.alt = {{options_.language, alt}};
    draft.images.push_back(std::move(image));
  }

  // --- variants ----------------------------------------------------------------------------------------------------
  void read_variant(RowFields& fields, Draft& draft) {
    shop::VariantRecord variant;
    std::vector<std::string> values = read_option_values(fields, draft);
    if (const auto price = fields.price(Column::price, options_.currency, exponent_)) variant.price = *price;
    if (fields.has(Column::compare_at)) {
      const auto compare_at = fields.price(Column::compare_at, options_.currency, exponent_);
      if (compare_at && *compare_at > variant.price) variant.compare_at = *compare_at;
    }
    if (fields.has(Column::quantity)) variant.stock = fields.whole_number(Column::quantity, max_stock, "bad_quantity");
    if (fields.has(Column::grams)) {
      variant.grams = fields.whole_number(Column::grams, max_grams, "bad_weight").value_or(0);
    }
    variant.sku = fields.line_of_text(Column::sku);
    variant.barcode = fields.line_of_text(Column::barcode);
    if (fields.has(Column::variant_image)) variant.image_url = fields.url(Column::variant_image);
    check_unique(fields, draft, variant, values);
    if (draft.record.variants.size() == max_variants_per_product) {
      fields.add_fault(Column::handle, "too_many_variants",
                       "a product has at most " + std::to_string(max_variants_per_product) + " variants");
    }
    if (fields.faulty() || draft.bad) {
      draft.record.all_variants = false;
      ++catalog_.variants_skipped;
      return;
    }
    if (!variant.image_url.empty()) {
      add_image(fields, Column::variant_image, draft, variant.image_url, max_position, {});
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      variant.values.push_back(value_index(draft.record.options[i], values[i]));
    }
    draft.record.variants.push_back(std::move(variant));
  }

  std::vector<std::string> read_option_values(RowFields& fields, const Draft& draft) {
    std::vector<std::string> values;
    const std::size_t options = draft.record.options.size();
    for (std::size_t i = 0; i < std::size(option_columns); ++i) {
      const Column column = option_columns[i].value;
      const std::string value = fields.line_of_text(column);
      if (i < options) {
        if (value.empty() && !draft.bad) {
          fields.add_fault(column, "missing_option_value", "the product has this option, the variant doesn't say which");
        }
        values.push_back(value);
      } else if (!value.empty() && !(i == 0 && value == "Default Title") && !draft.bad) {
        fields.add_fault(column, "missing_option_name", "the first row of the product doesn't name this option");
      }
    }
    return values;
  }

  void check_unique(RowFields& fields, Draft& draft, const shop::VariantRecord& variant,
                    const std::vector<std::string>& values) {
    std::string combination;
    for (const std::string& value : values) combination.append(value).append(1, '\n');
    if (!draft.combinations.insert(combination).second) {
      fields.add_fault(values.empty() ? Column::handle : Column::option1_value, "duplicate_variant",
                       "the product has a variant with these options already");
    }
    if (!variant.sku.empty() && !skus_.insert(variant.sku).second) {
      catalog_.warnings.add(fields.issue(Column::sku, "duplicate_sku", "another variant of the file has this SKU"));
    }
  }

  std::size_t value_index(shop::OptionRecord& option, const std::string& value) {
    for (std::size_t i = 0; i < option.values.size(); ++i) {
      if (option.values[i].front().text == value) return i;
    }
    option.values.push_back({{options_.language, value}});
    return option.values.size() - 1;
  }

  // --- the end -----------------------------------------------------------------------------------------------------
  void finish() {
    for (Draft& draft : drafts_) {
      if (draft.bad || draft.record.variants.empty()) {
        ++catalog_.products_skipped;
        continue;
      }
      std::stable_sort(draft.images.begin(), draft.images.end(),
                       [](const Draft::Image& a, const Draft::Image& b) { return a.position < b.position; });
      for (Draft::Image& image : draft.images) draft.record.images.push_back(std::move(image.image));
      catalog_.products.push_back(std::move(draft.record));
    }
  }

  static constexpr std::int64_t max_position = INT64_MAX;  // behind those that have one

  std::string_view text_;
  csv::Reader reader_;
  const ShopifyOptions& options_;
  int exponent_;
  HeaderRow header_;
  ShopifyCatalog catalog_;
  std::vector<Draft> drafts_;
  std::unordered_map<std::string, std::size_t> index_;
  std::unordered_set<std::string> skus_;
};

}  // namespace

std::string ImportIssue::print(std::string_view file_name) const {
  std::string out(file_name);
  if (line > 0) out += ":" + std::to_string(line) + ":" + std::to_string(column);
  out += line > 0 && !header.empty() ? " " + header + ": " : ": ";
  return out + code + ": " + detail;
}

void IssueList::add(ImportIssue issue) {
  ++count;
  if (kept.size() < max_reported) kept.push_back(std::move(issue));
}

ShopifyCatalog read_shopify_csv(std::string_view text, const ShopifyOptions& options) {
  return ShopifyReader(text, options).read();
}

}  // namespace cartwright::import

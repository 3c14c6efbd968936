#include "server/shop/product_input.h"

#include <algorithm>
#include <set>

#include "server/shop/html_policy.h"
#include "server/shop/media.h"

namespace cartwright::shop {

namespace {

using store::Reader;

constexpr std::size_t max_characters = 255;
constexpr std::size_t max_tags = 250;
constexpr std::size_t max_tax_class_characters = 40;
constexpr std::string_view media_path = "/media/";

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_blank(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string at(const std::string& path, std::size_t index) { return path + '[' + std::to_string(index) + ']'; }

// Empty is legal here.
Status check_line(std::string_view text, const std::string& path, std::size_t most = max_characters) {
  if (has_control(text)) return invalid_at(path, "must be one line without control characters");
  if (characters(text) > most) return invalid_at(path, "must have at most " + std::to_string(most) + " characters");
  if (!text.empty() && (text.front() == ' ' || text.back() == ' ')) {
    return invalid_at(path, "must not begin or end with a space");
  }
  return {};
}

Status check_picture(Reader& reader, std::string_view url, const std::string& path) {
  if (url.starts_with(media_path)) {
    if (has_media(reader, url.substr(media_path.size()))) return {};
    return invalid_at(path, "is no picture of this shop");
  }
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  const bool is_clean = std::none_of(url.begin(), url.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
  });
  if (is_web && is_clean && url.size() > url.find("://") + 3) return {};
  return invalid_at(path, "must begin with https:// or be a picture that was sent to /admin/images");
}

Status check_description(std::string& html, std::string_view name, const std::string& path) {
  auto clean = clean_html(html);
  if (!clean) return invalid_at(path, "has too many tags");
  html = *std::move(clean);
  if (html.empty() || !is_blank(name)) return {};
  return invalid_at(path, "needs a name in the same language");
}

Status check_tags(const std::vector<std::string>& tags) {
  if (tags.size() > max_tags) return invalid_at("$.tags", "must have at most 250 elements");
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const std::string path = at("$.tags", i);
    if (is_blank(tags[i])) return invalid_at(path, "must not be empty");
    if (const Status status = check_line(tags[i], path); !status) return status;
    if (!seen.insert(tags[i]).second) return invalid_at(path, "is there already");
  }
  return {};
}

Status check_options(const std::vector<wire::OptionInput>& options) {
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string path = at("$.options", i);
    if (const Status status = check_name(options[i].name, path + ".name"); !status) return status;
    if (options[i].values.empty()) return invalid_at(path + ".values", "must not be empty");
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t k = 0; k < options[i].values.size(); ++k) {
      const wire::Name& value = options[i].values[k];
      const std::string value_path = at(path + ".values", k);
      if (const Status status = check_name(value, value_path); !status) return status;
      if (!seen.emplace(value.ko, value.en).second) return invalid_at(value_path, "is there already");
    }
  }
  return {};
}

}  // namespace

Error invalid_at(std::string path, std::string detail) {
  return {.code = ErrorCode::invalid_request, .path = std::move(path), .detail = std::move(detail)};
}

Status check_handle(std::string_view handle, std::string_view path) {
  const bool is_clean = std::all_of(handle.begin(), handle.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
  // "." and ".." lead elsewhere in an address.
  if (handle.empty() || !is_clean || handle.front() == '.' || characters(handle) > max_characters) {
    return invalid_at(std::string(path),
                      "must be 1 to 255 letters, digits, dashes, underscores or dots that don't begin it");
  }
  return {};
}

Status check_name(const wire::Name& name, const std::string& path) {
  if (is_blank(name.ko) && is_blank(name.en)) return invalid_at(path, "must not be empty");
  if (const Status status = check_line(name.ko, path + ".ko"); !status) return status;
  return check_line(name.en, path + ".en");
}

Status check_product(Reader& reader, wire::ProductInput& product) {
  if (const Status status = check_name(product.name, "$.name"); !status) return status;
  if (auto status = check_description(product.description.ko, product.name.ko, "$.description.ko"); !status) return status;
  if (auto status = check_description(product.description.en, product.name.en, "$.description.en"); !status) return status;
  if (const Status status = check_line(product.vendor, "$.vendor"); !status) return status;
  if (const Status status = check_tags(product.tags); !status) return status;
  if (product.tax_class.empty()) return invalid_at("$.tax_class", "must not be empty");
  if (auto status = check_line(product.tax_class, "$.tax_class", max_tax_class_characters); !status) return status;
  for (std::size_t i = 0; i < product.images.size(); ++i) {
    const std::string path = at("$.images", i);
    if (const Status status = check_picture(reader, product.images[i].url, path + ".url"); !status) return status;
    if (const Status status = check_line(product.images[i].alt.ko, path + ".alt.ko"); !status) return status;
    if (const Status status = check_line(product.images[i].alt.en, path + ".alt.en"); !status) return status;
  }
  return check_options(product.options);
}

Status check_variant(Reader& reader, const wire::ProductVariantInput& variant, const std::string& path) {
  if (const Status status = check_line(variant.sku, path + ".sku"); !status) return status;
  if (const Status status = check_line(variant.barcode, path + ".barcode"); !status) return status;
  return variant.image.empty() ? Status() : check_picture(reader, variant.image, path + ".image");
}

Result<std::string> combination_of(const wire::ProductVariantInput& variant, const wire::ProductInput& product,
                                   const std::string& path) {
  const std::vector<std::int64_t> chosen = variant.options.value_or(std::vector<std::int64_t>());
  if (chosen.size() != product.options.size()) {
    return invalid_at(path + ".options",
                      "must have a value for each of the product's options: " + std::to_string(product.options.size()));
  }
  std::string combination;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i] >= static_cast<std::int64_t>(product.options[i].values.size())) {
      return invalid_at(at(path + ".options", i), "is no value of this option");
    }
    if (i > 0) combination += '/';
    combination += std::to_string(chosen[i] + 1);
  }
  return combination;
}

}  // namespace cartwright::shop

#include "server/shop/catalogue.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "core/fields.h"
#include "server/json.h"
#include "server/shop/texts.h"
#include "server/wire_fields.h"

namespace cartwright::shop {

namespace {

using store::Fault;
using store::Reader;
using store::StoreError;

constexpr std::string_view separator = " / ";

TaxMode read_tax_mode(std::string_view word) {
  return word == name_of(TaxMode::exclusive) ? TaxMode::exclusive : TaxMode::inclusive;
}

// The categories of products, with all those above them. Remembers what it has read: variants of one product follow
// each other.
class CategoryPaths {
 public:
  explicit CategoryPaths(Reader& reader) : reader_(reader) {}

  // Step by step: SQLite would make two tables for a recursive query, which took longer than all else an order reads.
  const std::vector<CategoryId>& of(ProductId product) {
    if (product == last_) return path_;
    last_ = product;
    path_.clear();
    for (const auto row : reader_.query("SELECT category_id FROM product_categories WHERE product_id = $1", product)) {
      path_.push_back(row.get<CategoryId>(0));
    }
    for (std::size_t i = 0; i < path_.size(); ++i) {
      const auto parent = reader_.value<std::optional<CategoryId>>("SELECT parent_id FROM categories WHERE id = $1",
                                                                   path_[i]);
      if (!parent || !*parent) continue;
      if (std::find(path_.begin(), path_.end(), **parent) == path_.end()) path_.push_back(**parent);
    }
    std::sort(path_.begin(), path_.end());
    return path_;
  }

 private:
  Reader& reader_;
  ProductId last_;
  std::vector<CategoryId> path_;
};

// v.id, v.product_id, v.price, v.stock, active, p.max_quantity, p.tax_class
Variant read_variant(const store::Row& row) {
  Variant variant;
  row.into(variant.id, variant.product_id, variant.unit_price, variant.stock, variant.active, variant.max_quantity,
           variant.tax_class);
  return variant;
}

// Every category with itself and those above it, rising.
std::unordered_map<std::int64_t, std::vector<CategoryId>> load_category_paths(Reader& reader) {
  std::unordered_map<std::int64_t, std::optional<std::int64_t>> parents;
  for (const auto row : reader.query("SELECT id, parent_id FROM categories")) {
    parents.emplace(row.get<std::int64_t>(0), row.get<std::optional<std::int64_t>>(1));
  }
  std::unordered_map<std::int64_t, std::vector<CategoryId>> paths;
  for (const auto& [id, parent] : parents) {
    auto& path = paths[id];
    std::optional<std::int64_t> at = id;
    while (at && path.size() <= parents.size()) {  // a circle in the table must not hang us
      path.push_back(CategoryId{*at});
      const auto found = parents.find(*at);
      at = found == parents.end() ? std::nullopt : found->second;
    }
  }
  return paths;
}

}  // namespace

ShopRules load_shop_rules(Reader& reader) {
  ShopRules rules;
  {
    const auto row = reader.first("SELECT currency, discount_multiple, shipping_fee, shipping_free_from,"
                                  " shipping_tax_class, tax_mode FROM shop WHERE id = 1");
    if (!row) throw StoreError(Fault::corrupt, "the shop has no settings");
    std::string tax_mode;
    row->into(rules.currency, rules.discount_multiple, rules.shipping.fee, rules.shipping.free_from,
              rules.shipping.tax_class, tax_mode);
    rules.tax.mode = read_tax_mode(tax_mode);
  }
  for (const auto row : reader.query("SELECT tax_class, basis_points FROM tax_rates ORDER BY tax_class LIMIT 50")) {
    TaxRate& rate = rules.tax.rates.emplace_back();
    row.into(rate.tax_class, rate.basis_points);
  }
  return rules;
}

std::vector<Variant> load_variants(Reader& reader, std::span<const VariantId> ids) {
  std::vector<VariantId> wanted(ids.begin(), ids.end());
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());

  std::vector<Variant> variants;
  variants.reserve(wanted.size());
  CategoryPaths paths(reader);
  for (const VariantId id : wanted) {
    {
      const auto row = reader.first("SELECT v.id, v.product_id, v.price, v.stock, v.active * p.active,"
                                    " p.max_quantity, p.tax_class FROM product_variants v"
                                    " JOIN products p ON p.id = v.product_id WHERE v.id = $1",
                                    id);
      if (!row) continue;
      variants.push_back(read_variant(*row));
    }
    variants.back().category_ids = paths.of(variants.back().product_id);
  }
  return variants;
}

std::vector<Variant> load_variants(Reader& reader, std::span<const CartLine> lines) {
  std::vector<VariantId> ids;
  ids.reserve(lines.size());
  for (const CartLine& line : lines) ids.push_back(line.variant_id);
  return load_variants(reader, ids);
}

std::vector<Variant> load_all_variants(Reader& reader) {
  const auto paths = load_category_paths(reader);
  std::unordered_map<std::int64_t, std::vector<CategoryId>> of_product;
  for (const auto row : reader.query("SELECT product_id, category_id FROM product_categories ORDER BY product_id")) {
    auto& categories = of_product[row.get<std::int64_t>(0)];
    const auto path = paths.find(row.get<std::int64_t>(1));
    if (path != paths.end()) categories.insert(categories.end(), path->second.begin(), path->second.end());
  }
  for (auto& [product, categories] : of_product) {
    std::sort(categories.begin(), categories.end());
    categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
  }
  std::vector<Variant> variants;
  for (const auto row : reader.query("SELECT v.id, v.product_id, v.price, v.stock, v.active * p.active, p.max_quantity,"
                                     " p.tax_class FROM product_variants v JOIN products p ON p.id = v.product_id"
                                     " ORDER BY v.id")) {
    variants.push_back(read_variant(row));
    const auto categories = of_product.find(variants.back().product_id.value);
    if (categories != of_product.end()) variants.back().category_ids = categories->second;
  }
  return variants;
}

Rule read_rule(std::string_view column) {
  auto rule = json::decode<Rule>(column);
  if (!rule) throw StoreError(Fault::corrupt, "a rule can't be read: " + rule.error().path);
  return rule.take();
}

std::vector<Rule> load_promotions(Reader& reader) {
  std::vector<Rule> promotions;
  for (const auto row :
       reader.query("SELECT rule FROM coupons WHERE kind = 'promotion' AND active = 1 ORDER BY id LIMIT 200")) {
    promotions.push_back(read_rule(row.get<std::string_view>(0)));
  }
  return promotions;
}

std::vector<wire::Text> load_promotion_names(Reader& reader) {
  std::vector<wire::Text> names;
  std::int64_t last = 0;
  for (const auto row : reader.query("SELECT c.id, t.language, t.name FROM (SELECT id FROM coupons"
                                     " WHERE kind = 'promotion' AND active = 1 ORDER BY id LIMIT 200) c"
                                     " LEFT JOIN coupon_texts t ON t.coupon_id = c.id ORDER BY c.id")) {
    if (names.empty() || row.get<std::int64_t>(0) != last) names.emplace_back();
    last = row.get<std::int64_t>(0);
    const auto language = row.get<std::optional<std::string_view>>(1);
    if (language) set_text(names.back(), *language, row.get<std::string_view>(2));
  }
  for (wire::Text& name : names) fill_missing(name);
  return names;
}

std::vector<wire::ProductOption> load_options(Reader& reader, ProductId product) {
  std::vector<wire::ProductOption> options;
  std::map<std::int64_t, std::size_t> index_of;  // of a position
  for (const auto row :
       reader.query("SELECT position, names FROM product_options WHERE product_id = $1 ORDER BY position", product)) {
    index_of.emplace(row.get<std::int64_t>(0), options.size());
    options.push_back({.name = read_names(row.get<std::string_view>(1))});
  }
  if (options.empty()) return options;
  for (const auto row : reader.query("SELECT option_position, names FROM product_option_values WHERE product_id = $1"
                                     " ORDER BY option_position, position",
                                     product)) {
    const auto at = index_of.find(row.get<std::int64_t>(0));
    if (at != index_of.end()) options[at->second].values.push_back(read_names(row.get<std::string_view>(1)));
  }
  return options;
}

std::vector<std::int64_t> option_indexes(std::string_view combination) {
  std::vector<std::int64_t> indexes;
  while (!combination.empty()) {
    const std::size_t end = std::min(combination.find('/'), combination.size());
    std::int64_t position = 0;
    std::from_chars(combination.data(), combination.data() + end, position);
    indexes.push_back(position - 1);
    combination.remove_prefix(std::min(end + 1, combination.size()));
  }
  return indexes;
}

wire::Text option_words(std::string_view combination, std::span<const wire::ProductOption> options) {
  wire::Text words;
  const std::vector<std::int64_t> chosen = option_indexes(combination);
  for (std::size_t i = 0; i < std::min(chosen.size(), options.size()); ++i) {
    const auto& values = options[i].values;
    const auto value = static_cast<std::size_t>(chosen[i]);
    if (value >= values.size()) break;
    if (i > 0) words.ko += separator, words.en += separator;
    words.ko += values[value].ko;
    words.en += values[value].en;
  }
  return words;
}

std::vector<wire::VariantLabel> load_labels(Reader& reader, std::span<const VariantId> ids) {
  std::vector<wire::VariantLabel> labels;
  ProductId last;
  wire::Text name;
  std::vector<wire::ProductOption> options;
  for (const VariantId id : ids) {
    ProductId product;
    std::string combination;
    wire::VariantLabel label{.variant_id = id};
    {
      const auto row = reader.first("SELECT v.product_id, v.combination, p.handle, CASE WHEN v.image_url <> '' THEN"
                                    " v.image_url ELSE coalesce((SELECT i.url FROM product_images i WHERE"
                                    " i.product_id = p.id ORDER BY i.position LIMIT 1), '') END"
                                    " FROM product_variants v JOIN products p ON p.id = v.product_id WHERE v.id = $1",
                                    id);
      if (!row) continue;
      row->into(product, combination, label.handle, label.image);
    }
    if (product != last) {
      last = product;
      name = {};
      for (const auto row : reader.query("SELECT language, name FROM product_texts WHERE product_id = $1", product)) {
        set_text(name, row.get<std::string_view>(0), row.get<std::string_view>(1));
      }
      fill_missing(name);
      options = load_options(reader, product);
    }
    label.name = name;
    label.options = option_words(combination, options);
    labels.push_back(std::move(label));
  }
  return labels;
}

}  // namespace cartwright::shop

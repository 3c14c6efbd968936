#include "server/shop/catalog_writer.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/result.h"
#include "server/shop/changes.h"
#include "server/shop/html_policy.h"
#include "server/shop/services.h"
#include "server/shop/texts.h"
#include "server/store/search.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Transaction;

const std::string& in(const wire::Text& text, std::string_view language) {
  return language == "ko" ? text.ko : text.en;
}

std::string names_column(const wire::Text& text) { return shop::names_column(text.ko, text.en); }

wire::Text merged(wire::Text stored, std::span<const LocalText> texts) {
  for (const LocalText& text : texts) set_text(stored, text.language, text.text);
  return stored;
}

class CatalogWriter {
 public:
  CatalogWriter(Transaction& tx, TimeMs now, const WrittenLevels* levels) : tx_(tx), now_(now), known_levels_(levels) {}

  void write(const ProductRecord& record);
  const UpsertCounts& counts() const { return counts_; }

 private:
  struct StoredVariant {
    VariantId id;
    VariantRecord record;
    bool active = false;
    std::int64_t position = 0;
  };

  bool open_product(const ProductRecord& record);
  bool write_properties(const ProductRecord& record);
  bool write_base_price();
  bool write_texts(const ProductRecord& record);
  bool write_tags(const ProductRecord& record);
  bool write_category(const ProductRecord& record);
  std::int64_t category_id(const ProductRecord& record);
  bool write_images(const ProductRecord& record);
  bool write_options(const ProductRecord& record);
  bool write_option(const OptionRecord& option, std::int64_t position);
  bool write_variants(const ProductRecord& record);
  std::map<std::string, StoredVariant> load_variants();
  void create_variant(const VariantRecord& variant, const std::string& combination, std::int64_t position);
  bool change_variant(const StoredVariant& stored, const VariantRecord& variant, std::int64_t position);
  bool change_stock(const StoredVariant& stored, const VariantRecord& variant);
  bool retire_variant(const StoredVariant& stored);
  std::string combination_of(const VariantRecord& variant) const;
  std::int64_t level_written_last(VariantId variant);
  void move_stock(VariantId variant, std::int64_t delta, std::string_view reason);
  void index(const ProductRecord& record);
  void note(std::string_view kind, std::int64_t id) { note_change(tx_, {.kind = kind, .id = id}, now_); }
  void note_variant(VariantId id) {
    note("variant", id.value);
    variants_shown_ = true;
  }

  Transaction& tx_;
  TimeMs now_;
  UpsertCounts counts_;
  ProductId product_;
  bool variants_shown_ = false;  // a variant changed in more than its stock
  // For the product being written: per option the stored position (from 1) of each of the record's values.
  std::vector<std::vector<std::int64_t>> value_positions_;
  const WrittenLevels* known_levels_;
  std::optional<WrittenLevels> levels_;  // else read when first needed
};

void CatalogWriter::write(const ProductRecord& record) {
  CARTWRIGHT_ASSERT(!record.texts.empty() && !record.variants.empty());
  variants_shown_ = false;
  const bool created = open_product(record);
  bool shown = write_properties(record);
  const bool found = write_texts(record) | write_tags(record);
  shown |= found;
  if (found || created) index(record);
  shown |= write_category(record);
  shown |= write_images(record);
  shown |= write_options(record);
  const bool variants_changed = write_variants(record);
  shown |= write_base_price();
  if ((shown || variants_shown_) && !created) {
    tx_.execute("UPDATE products SET version = version + 1, updated_at = $2 WHERE id = $1", product_, now_);
  }
  if (shown || created) note("product", product_.value);
  counts_.variants += static_cast<std::int64_t>(record.variants.size());
  counts_.images += static_cast<std::int64_t>(record.images.size());
  if (created) {
    ++counts_.products_created;
  } else if (shown || variants_changed) {
    ++counts_.products_changed;
  } else {
    ++counts_.products_unchanged;
  }
}

// True when it is a new one.
bool CatalogWriter::open_product(const ProductRecord& record) {
  const auto known = tx_.value<ProductId>(Lock::exclusive, "SELECT id FROM products WHERE handle = $1", record.handle);
  if (known) {
    product_ = *known;
    return false;
  }
  product_ = tx_.insert<ProductId>(
      "INSERT INTO products (handle, base_price, created_at, updated_at) VALUES ($1, 0, $2, $2) RETURNING id",
      record.handle, now_);
  return true;
}

bool CatalogWriter::write_properties(const ProductRecord& record) {
  return tx_.execute("UPDATE products SET active = $2, tax_class = $3, vendor = $4, max_quantity = $5"
                     " WHERE id = $1 AND (active <> $2 OR tax_class <> $3 OR vendor <> $4 OR max_quantity <> $5)",
                     product_, record.active, record.tax_class, record.vendor, record.max_quantity) > 0;
}

// The lowest of its active variants.
bool CatalogWriter::write_base_price() {
  const auto lowest = tx_.value<Amount>(
      "SELECT coalesce(min(price), 0) FROM product_variants WHERE product_id = $1 AND active = 1", product_);
  return tx_.execute("UPDATE products SET base_price = $2 WHERE id = $1 AND base_price <> $2", product_, lowest) > 0;
}

bool CatalogWriter::write_texts(const ProductRecord& record) {
  std::int64_t changed = 0;
  for (const ProductText& text : record.texts) {
    const auto description = clean_html(text.description_html);
    CARTWRIGHT_ASSERT(description);  // within the limits: whoever reads records sees to that
    changed += tx_.execute("INSERT INTO product_texts (product_id, language, name, description_html)"
                           " VALUES ($1, $2, $3, $4) ON CONFLICT (product_id, language) DO UPDATE"
                           " SET name = excluded.name, description_html = excluded.description_html"
                           " WHERE product_texts.name <> excluded.name"
                           " OR product_texts.description_html <> excluded.description_html",
                           product_, text.language, text.title, *description);
  }
  return changed > 0;
}

bool CatalogWriter::write_tags(const ProductRecord& record) {
  std::vector<std::string> stored;
  for (const auto row : tx_.query("SELECT tag FROM product_tags WHERE product_id = $1 ORDER BY tag", product_)) {
    stored.push_back(row.get<std::string>(0));
  }
  std::vector<std::string> wanted = record.tags;
  std::sort(wanted.begin(), wanted.end());
  if (stored == wanted) return false;
  tx_.execute("DELETE FROM product_tags WHERE product_id = $1", product_);
  for (const std::string& tag : wanted) {
    tx_.execute("INSERT INTO product_tags (product_id, tag) VALUES ($1, $2)", product_, tag);
  }
  return true;
}

bool CatalogWriter::write_category(const ProductRecord& record) {
  std::vector<std::int64_t> stored;
  for (const auto row : tx_.query("SELECT category_id FROM product_categories WHERE product_id = $1", product_)) {
    stored.push_back(row.get<std::int64_t>(0));
  }
  std::vector<std::int64_t> wanted;
  if (!record.category.empty()) wanted.push_back(category_id(record));
  if (stored == wanted) return false;
  tx_.execute("DELETE FROM product_categories WHERE product_id = $1", product_);
  for (const std::int64_t id : wanted) {
    tx_.execute("INSERT INTO product_categories (product_id, category_id) VALUES ($1, $2)", product_, id);
  }
  return true;
}

// Its English name makes the address. A category that is there keeps its names.
std::int64_t CatalogWriter::category_id(const ProductRecord& record) {
  const wire::Text names = merged({}, record.category);
  const std::string slug = slug_of(names.en.empty() ? names.ko : names.en, "category");
  const auto known = tx_.value<std::int64_t>("SELECT id FROM categories WHERE slug = $1", slug);
  if (known) return *known;
  ++counts_.categories_created;
  const auto id = tx_.insert<std::int64_t>(
      "INSERT INTO categories (slug, names, position)"
      " VALUES ($1, $2, (SELECT coalesce(max(position), 0) + 1 FROM categories)) RETURNING id",
      slug, names_column(names));
  note("category", id);
  return id;
}

bool CatalogWriter::write_images(const ProductRecord& record) {
  std::vector<std::pair<std::string, std::string>> stored;
  for (const auto row : tx_.query("SELECT url, alt FROM product_images WHERE product_id = $1 ORDER BY position",
                                  product_)) {
    stored.emplace_back(row.get<std::string>(0), row.get<std::string>(1));
  }
  std::vector<std::pair<std::string, std::string>> wanted;
  for (const ImageRecord& image : record.images) {
    wanted.emplace_back(image.url, image.alt.empty() ? std::string{} : names_column(merged({}, image.alt)));
  }
  if (stored == wanted) return false;
  tx_.execute("DELETE FROM product_images WHERE product_id = $1", product_);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    tx_.execute("INSERT INTO product_images (product_id, position, url, alt) VALUES ($1, $2, $3, $4)", product_, i + 1,
                wanted[i].first, wanted[i].second);
  }
  return true;
}

bool CatalogWriter::write_options(const ProductRecord& record) {
  bool changed = false;
  value_positions_.clear();
  for (std::size_t i = 0; i < record.options.size(); ++i) {
    changed |= write_option(record.options[i], static_cast<std::int64_t>(i) + 1);
  }
  const auto count = record.options.size();
  tx_.execute("DELETE FROM product_option_values WHERE product_id = $1 AND option_position > $2", product_, count);
  changed |= tx_.execute("DELETE FROM product_options WHERE product_id = $1 AND position > $2", product_, count) > 0;
  return changed;
}

// Values keep their positions for ever, as variants are told by them; new ones come behind.
bool CatalogWriter::write_option(const OptionRecord& option, std::int64_t position) {
  bool changed =
      tx_.execute("INSERT INTO product_options (product_id, position, names) VALUES ($1, $2, $3)"
                  " ON CONFLICT (product_id, position) DO UPDATE SET names = excluded.names"
                  " WHERE product_options.names <> excluded.names",
                  product_, position,
                  names_column(merged(
                      stored_names(tx_.value<std::string>("SELECT names FROM product_options WHERE product_id = $1"
                                                          " AND position = $2",
                                                          product_, position)
                                       .value_or("{}")),
                      option.name))) > 0;
  std::vector<wire::Text> stored;
  for (const auto row : tx_.query("SELECT names FROM product_option_values WHERE product_id = $1"
                                  " AND option_position = $2 ORDER BY position",
                                  product_, position)) {
    stored.push_back(stored_names(row.get<std::string_view>(0)));
  }
  std::vector<std::int64_t>& positions = value_positions_.emplace_back();
  for (const auto& value : option.values) {
    const auto found = std::find_if(stored.begin(), stored.end(), [&](const wire::Text& text) {
      return in(text, value.front().language) == value.front().text;
    });
    const bool is_new = found == stored.end();
    const std::size_t index = static_cast<std::size_t>(found - stored.begin());
    if (is_new) stored.emplace_back();
    stored[index] = merged(stored[index], value);
    positions.push_back(static_cast<std::int64_t>(index) + 1);
    changed |= tx_.execute("INSERT INTO product_option_values (product_id, option_position, position, names)"
                           " VALUES ($1, $2, $3, $4) ON CONFLICT (product_id, option_position, position)"
                           " DO UPDATE SET names = excluded.names"
                           " WHERE product_option_values.names <> excluded.names",
                           product_, position, positions.back(), names_column(stored[index])) > 0;
  }
  return changed;
}

std::string CatalogWriter::combination_of(const VariantRecord& variant) const {
  CARTWRIGHT_ASSERT(variant.values.size() == value_positions_.size());
  std::string combination;
  for (std::size_t i = 0; i < variant.values.size(); ++i) {
    if (i > 0) combination += '/';
    combination += std::to_string(value_positions_[i].at(variant.values[i]));
  }
  return combination;
}

std::map<std::string, CatalogWriter::StoredVariant> CatalogWriter::load_variants() {
  std::map<std::string, StoredVariant> variants;
  for (const auto row :
       tx_.query(Lock::exclusive,
                 "SELECT combination, id, sku, barcode, price, compare_at_price, stock, active, position, weight_grams,"
                 " image_url FROM product_variants WHERE product_id = $1",
                 product_)) {
    StoredVariant& stored = variants[row.get<std::string>(0)];
    stored.id = row.get<VariantId>(1);
    stored.record.sku = row.get<std::string>(2);
    stored.record.barcode = row.get<std::string>(3);
    stored.record.price = row.get<Amount>(4);
    stored.record.compare_at = row.get<std::optional<Amount>>(5);
    stored.record.stock = row.get<std::int64_t>(6);
    stored.active = row.get<bool>(7);
    stored.position = row.get<std::int64_t>(8);
    stored.record.grams = row.get<std::int64_t>(9);
    stored.record.image_url = row.get<std::string>(10);
  }
  return variants;
}

bool CatalogWriter::write_variants(const ProductRecord& record) {
  auto stored = load_variants();
  bool changed = false;
  std::int64_t position = 0;
  for (const VariantRecord& variant : record.variants) {
    ++position;
    const std::string combination = combination_of(variant);
    const auto known = stored.find(combination);
    if (known == stored.end()) {
      create_variant(variant, combination, position);
      changed = true;
      continue;
    }
    const bool differs = change_variant(known->second, variant, position) | change_stock(known->second, variant);
    counts_.variants_changed += differs ? 1 : 0;
    changed |= differs;
    stored.erase(known);
  }
  if (!record.all_variants) return changed;
  for (const auto& [combination, variant] : stored) changed |= retire_variant(variant);
  return changed;
}

void CatalogWriter::create_variant(const VariantRecord& variant, const std::string& combination,
                                   std::int64_t position) {
  const std::int64_t stock = variant.stock.value_or(0);
  const auto id = tx_.insert<VariantId>(
      "INSERT INTO product_variants (product_id, combination, sku, barcode, price, compare_at_price, stock, position,"
      " weight_grams, image_url) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
      product_, combination, variant.sku, variant.barcode, variant.price, variant.compare_at, stock, position,
      variant.grams, variant.image_url);
  if (stock > 0) move_stock(id, stock, "RECEIVED");
  note_variant(id);
  ++counts_.variants_created;
}

bool CatalogWriter::change_variant(const StoredVariant& stored, const VariantRecord& variant, std::int64_t position) {
  const VariantRecord& old = stored.record;
  const bool same = stored.active && stored.position == position && old.sku == variant.sku &&
                    old.barcode == variant.barcode && old.price == variant.price &&
                    old.compare_at == variant.compare_at && old.grams == variant.grams &&
                    old.image_url == variant.image_url;
  if (same) return false;
  tx_.execute("UPDATE product_variants SET active = 1, position = $2, sku = $3, barcode = $4, price = $5,"
              " compare_at_price = $6, weight_grams = $7, image_url = $8 WHERE id = $1",
              stored.id, position, variant.sku, variant.barcode, variant.price, variant.compare_at, variant.grams,
              variant.image_url);
  note_variant(stored.id);
  return true;
}

bool CatalogWriter::change_stock(const StoredVariant& stored, const VariantRecord& variant) {
  if (!variant.stock || *variant.stock == stored.record.stock) return false;
  if (*variant.stock == level_written_last(stored.id)) return false;
  const std::int64_t delta = *variant.stock - *stored.record.stock;
  tx_.execute("UPDATE product_variants SET stock = stock + $2 WHERE id = $1", stored.id, delta);
  move_stock(stored.id, delta, "ADJUSTED");
  tx_.touch(Topic::stock, stored.id.value);
  return true;
}

bool CatalogWriter::retire_variant(const StoredVariant& stored) {
  if (!stored.active) return false;
  tx_.execute("UPDATE product_variants SET active = 0 WHERE id = $1", stored.id);
  note_variant(stored.id);
  ++counts_.variants_changed;
  return true;
}

std::int64_t CatalogWriter::level_written_last(VariantId variant) {
  if (known_levels_ == nullptr && !levels_) levels_ = load_written_levels(tx_);
  const WrittenLevels& levels = known_levels_ != nullptr ? *known_levels_ : *levels_;
  const auto level = levels.find(variant.value);
  return level == levels.end() ? 0 : level->second;
}

void CatalogWriter::move_stock(VariantId variant, std::int64_t delta, std::string_view reason) {
  tx_.execute("INSERT INTO stock_movements (variant_id, delta, reason, note, created_at) VALUES ($1, $2, $3, $4, $5)",
              variant, delta, reason, import_note, now_);
}

// Found by what shoppers would type: its names in every language, vendor and tags.
void CatalogWriter::index(const ProductRecord& record) {
  std::string text;
  for (const auto row : tx_.query("SELECT name FROM product_texts WHERE product_id = $1 ORDER BY language", product_)) {
    text.append(row.get<std::string_view>(0)).append(" ");
  }
  for (const std::string& tag : record.tags) text.append(tag).append(" ");
  store::index_product(tx_, product_, text + record.vendor);
}

}  // namespace

WrittenLevels load_written_levels(store::Reader& reader) {
  WrittenLevels levels;
  std::unordered_map<std::int64_t, std::int64_t> sums;
  for (const auto row : reader.query("SELECT variant_id, delta, note FROM stock_movements ORDER BY id")) {
    const auto id = row.get<std::int64_t>(0);
    const std::int64_t sum = sums[id] += row.get<std::int64_t>(1);
    if (row.get<std::string_view>(2) == import_note) levels[id] = sum;
  }
  return levels;
}

UpsertCounts upsert_products(Transaction& tx, std::span<const ProductRecord> products, TimeMs now,
                             const WrittenLevels* levels) {
  CatalogWriter writer(tx, now, levels);
  for (const ProductRecord& product : products) writer.write(product);
  return writer.counts();
}

}  // namespace cartwright::shop

#include "server/shop/products.h"

#include <algorithm>
#include <charconv>

#include "server/shop/catalogue.h"
#include "server/shop/texts.h"
#include "server/wire_fields.h"

namespace cartwright::shop {

namespace {

using store::Reader;

std::vector<wire::Image> load_images(Reader& reader, ProductId product, std::int64_t most) {
  std::vector<wire::Image> images;
  for (const auto row : reader.query("SELECT url, alt FROM product_images WHERE product_id = $1"
                                     " ORDER BY position LIMIT $2",
                                     product, most)) {
    images.push_back({.url = row.get<std::string>(0), .alt = read_names(row.get<std::string_view>(1))});
  }
  return images;
}

std::vector<CategoryId> load_direct_categories(Reader& reader, ProductId product) {
  std::vector<CategoryId> categories;
  for (const auto row : reader.query("SELECT category_id FROM product_categories WHERE product_id = $1"
                                     " ORDER BY category_id",
                                     product)) {
    categories.push_back(row.get<CategoryId>(0));
  }
  return categories;
}

void load_texts(Reader& reader, wire::Product& product) {
  for (const auto row : reader.query("SELECT language, name, description_html FROM product_texts"
                                     " WHERE product_id = $1",
                                     product.id)) {
    const auto language = row.get<std::string>(0);
    set_text(product.name, language, row.get<std::string_view>(1));
    set_text(product.description, language, row.get<std::string_view>(2));
  }
  fill_missing(product.name);
  fill_missing(product.description);
}

// Inactive variants are shown as such: a cart may hold one still.
void load_product_variants(Reader& reader, wire::Product& product, std::int64_t max_quantity) {
  for (const auto row : reader.query("SELECT id, sku, combination, price, compare_at_price, stock, active"
                                     " FROM product_variants WHERE product_id = $1 ORDER BY position, id",
                                     product.id)) {
    wire::ProductVariant& variant = product.variants.emplace_back();
    variant.id = row.get<VariantId>(0);
    variant.sku = row.get<std::string>(1);
    variant.options = option_indexes(row.get<std::string_view>(2));
    variant.unit_price = row.get<Amount>(3);
    variant.compare_at = row.get<std::optional<Amount>>(4);
    variant.stock = row.get<std::int64_t>(5);
    variant.active = row.get<bool>(6);
    variant.max_quantity = max_quantity;
  }
}

// Depth first, so that parents come before their children; what hangs in a circle is left out.
void add_below(const std::vector<wire::Category>& all, std::optional<CategoryId> parent,
               std::vector<wire::Category>& out) {
  for (const wire::Category& category : all) {
    if (category.parent_id != parent) continue;
    out.push_back(category);
    add_below(all, category.id, out);
  }
}

}  // namespace

std::optional<std::int64_t> read_id(std::string_view text) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc() || end != text.data() + text.size() || id < 1 || id > max_id) return std::nullopt;
  return id;
}

std::optional<wire::ProductCard> load_card(Reader& reader, ProductId product) {
  wire::ProductCard card{.id = product};
  {
    const auto row = reader.first("SELECT handle FROM products WHERE id = $1 AND active = 1", product);
    if (!row) return std::nullopt;
    card.handle = row->get<std::string>(0);
  }
  bool any = false;
  for (const auto row : reader.query("SELECT price, compare_at_price, stock FROM product_variants"
                                     " WHERE product_id = $1 AND active = 1",
                                     product)) {
    const auto price = row.get<Amount>(0);
    const auto compare_at = row.get<std::optional<Amount>>(1);
    if (!any || price < card.price_min) {
      card.price_min = price;
      card.compare_at.reset();
    }
    if (price == card.price_min && compare_at > price) card.compare_at = std::max(card.compare_at, compare_at);
    card.price_max = std::max(card.price_max, price);
    card.stock += std::min(row.get<std::int64_t>(2), max_amount - card.stock);
    any = true;
  }
  if (!any) return std::nullopt;
  for (const auto row : reader.query("SELECT language, name FROM product_texts WHERE product_id = $1", product)) {
    const auto language = row.get<std::string>(0);
    set_text(card.name, language, row.get<std::string_view>(1));
  }
  fill_missing(card.name);
  auto images = load_images(reader, product, 1);
  if (!images.empty()) card.image = std::move(images.front());
  card.category_ids = load_direct_categories(reader, product);
  return card;
}

Result<wire::Product> find_product(Services& services, std::string_view id_or_handle) {
  auto read = services.readers.begin();
  // A handle may look like a number: then the id is meant first.
  std::optional<ProductId> found;
  if (const auto id = read_id(id_or_handle)) {
    found = read->value<ProductId>("SELECT id FROM products WHERE id = $1 AND active = 1", *id);
  }
  if (!found) found = read->value<ProductId>("SELECT id FROM products WHERE handle = $1 AND active = 1", id_or_handle);
  if (!found) return Error{.code = ErrorCode::not_found, .detail = "There is no such product."};

  wire::Product product{.id = *found};
  std::int64_t max_quantity = 0;
  if (const auto row = read->first("SELECT handle, vendor, max_quantity FROM products WHERE id = $1", product.id)) {
    row->into(product.handle, product.vendor, max_quantity);
  }
  load_product_variants(*read, product, max_quantity);
  if (std::none_of(product.variants.begin(), product.variants.end(), [](const auto& v) { return v.active; })) {
    return Error{.code = ErrorCode::not_found, .detail = "There is no such product."};
  }
  load_texts(*read, product);
  for (const auto row : read->query("SELECT tag FROM product_tags WHERE product_id = $1 ORDER BY tag", product.id)) {
    product.tags.push_back(row.get<std::string>(0));
  }
  product.category_ids = load_direct_categories(*read, product.id);
  product.images = load_images(*read, product.id, 250);
  product.options = load_options(*read, product.id);
  return product;
}

HandleStep list_handles(Services& services, ProductId after, std::int64_t limit) {
  auto read = services.readers.begin();
  HandleStep step;
  ProductId last;
  std::int64_t count = 0;
  for (const auto row : read->query("SELECT p.id, p.handle FROM products p WHERE p.id > $1 AND p.active = 1"
                                    " AND EXISTS (SELECT 1 FROM product_variants v WHERE v.product_id = p.id"
                                    "   AND v.active = 1) ORDER BY p.id LIMIT $2",
                                    after, limit + 1)) {
    if (count++ == limit) {
      step.end = last;
      break;
    }
    last = row.get<ProductId>(0);
    step.handles.push_back(row.get<std::string>(1));
  }
  return step;
}

Result<wire::CategoryList> list_categories(Services& services) {
  auto read = services.readers.begin();
  std::vector<wire::Category> all;
  for (const auto row : read->query("SELECT id, parent_id, slug, names FROM categories ORDER BY position, id")) {
    all.push_back({.id = row.get<CategoryId>(0),
                   .parent_id = row.get<std::optional<CategoryId>>(1),
                   .slug = row.get<std::string>(2),
                   .name = read_names(row.get<std::string_view>(3))});
  }
  wire::CategoryList list;
  add_below(all, std::nullopt, list.items);
  return list;
}

}  // namespace cartwright::shop

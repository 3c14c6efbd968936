#include "server/shop/admin_products.h"

#include <algorithm>

#include "server/json_patch.h"
#include "server/shop/admin_variants.h"
#include "server/shop/changes.h"
#include "server/shop/product_input.h"
#include "server/shop/texts.h"
#include "server/store/search.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Transaction;

Error no_such_product() { return {.code = ErrorCode::not_found, .detail = "There is no such product."}; }

wire::Name name_in(std::string_view column) {
  const wire::Text text = stored_names(column);
  return {.ko = text.ko, .en = text.en};
}

void load_texts(Reader& reader, ProductId id, wire::ProductInput& product) {
  for (const auto row :
       reader.query("SELECT language, name, description_html FROM product_texts WHERE product_id = $1", id)) {
    const bool is_korean = row.get<std::string_view>(0) == "ko";
    (is_korean ? product.name.ko : product.name.en) = row.get<std::string>(1);
    (is_korean ? product.description.ko : product.description.en) = row.get<std::string>(2);
  }
}

void load_options(Reader& reader, ProductId id, wire::ProductInput& product) {
  for (const auto row :
       reader.query("SELECT names FROM product_options WHERE product_id = $1 ORDER BY position", id)) {
    product.options.push_back({.name = name_in(row.get<std::string_view>(0))});
  }
  for (const auto row : reader.query("SELECT option_position, names FROM product_option_values WHERE product_id = $1"
                                     " ORDER BY option_position, position",
                                     id)) {
    const auto position = row.get<std::size_t>(0);
    if (position > product.options.size()) continue;
    product.options[position - 1].values.push_back(name_in(row.get<std::string_view>(1)));
  }
}

void load_lists(Reader& reader, ProductId id, wire::ProductInput& product) {
  for (const auto row : reader.query("SELECT tag FROM product_tags WHERE product_id = $1 ORDER BY tag", id)) {
    product.tags.push_back(row.get<std::string>(0));
  }
  for (const auto row : reader.query("SELECT category_id FROM product_categories WHERE product_id = $1"
                                     " ORDER BY category_id",
                                     id)) {
    product.category_ids.push_back(row.get<CategoryId>(0));
  }
  for (const auto row :
       reader.query("SELECT url, alt FROM product_images WHERE product_id = $1 ORDER BY position", id)) {
    product.images.push_back({.url = row.get<std::string>(0), .alt = name_in(row.get<std::string_view>(1))});
  }
}

// Each once, rising: as they are stored and read again.
void bring_in_order(wire::ProductInput& product) {
  std::sort(product.tags.begin(), product.tags.end());
  auto& categories = product.category_ids;
  std::sort(categories.begin(), categories.end());
  categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
}

Status check_categories(Reader& reader, const wire::ProductInput& product) {
  for (std::size_t i = 0; i < product.category_ids.size(); ++i) {
    if (reader.value<std::int64_t>("SELECT id FROM categories WHERE id = $1", product.category_ids[i])) continue;
    return invalid_at("$.category_ids[" + std::to_string(i) + ']', "is no category");
  }
  return {};
}

Status check_new_handle(Reader& reader, const std::string& handle) {
  if (const Status status = check_handle(handle, "$.handle"); !status) return status;
  if (!reader.value<std::int64_t>("SELECT id FROM products WHERE handle = $1", handle)) return {};
  return Error{
      .code = ErrorCode::already_exists, .path = "$.handle", .detail = "Another product has this handle."};
}

// Variants are told by the positions of their values.
Status check_kept_options(const wire::ProductInput& before, const wire::ProductInput& after) {
  if (after.options.size() != before.options.size()) {
    return Error{.code = ErrorCode::still_in_use,
                 .path = "$.options",
                 .detail = "The product's variants are told by its options: make another product instead."};
  }
  for (std::size_t i = 0; i < after.options.size(); ++i) {
    if (after.options[i].values.size() >= before.options[i].values.size()) continue;
    return Error{.code = ErrorCode::still_in_use,
                 .path = "$.options[" + std::to_string(i) + "].values",
                 .detail = "Values are told by their order. Add new ones behind, and take variants out of sale."};
  }
  return {};
}

void write_texts(Transaction& tx, ProductId id, const wire::ProductInput& product) {
  tx.execute("DELETE FROM product_texts WHERE product_id = $1", id);
  const auto add = [&](std::string_view language, const std::string& name, const std::string& description) {
    if (name.empty()) return;
    tx.execute("INSERT INTO product_texts (product_id, language, name, description_html) VALUES ($1, $2, $3, $4)", id,
               language, name, description);
  };
  add("ko", product.name.ko, product.description.ko);
  add("en", product.name.en, product.description.en);
}

void write_options(Transaction& tx, ProductId id, const wire::ProductInput& product) {
  tx.execute("DELETE FROM product_option_values WHERE product_id = $1", id);
  tx.execute("DELETE FROM product_options WHERE product_id = $1", id);
  for (std::size_t i = 0; i < product.options.size(); ++i) {
    const wire::OptionInput& option = product.options[i];
    tx.execute("INSERT INTO product_options (product_id, position, names) VALUES ($1, $2, $3)", id, i + 1,
               names_column(option.name.ko, option.name.en));
    for (std::size_t k = 0; k < option.values.size(); ++k) {
      tx.execute("INSERT INTO product_option_values (product_id, option_position, position, names)"
                 " VALUES ($1, $2, $3, $4)",
                 id, i + 1, k + 1, names_column(option.values[k].ko, option.values[k].en));
    }
  }
}

void write_lists(Transaction& tx, ProductId id, const wire::ProductInput& product) {
  tx.execute("DELETE FROM product_tags WHERE product_id = $1", id);
  for (const std::string& tag : product.tags) {
    tx.execute("INSERT INTO product_tags (product_id, tag) VALUES ($1, $2)", id, tag);
  }
  tx.execute("DELETE FROM product_categories WHERE product_id = $1", id);
  for (const CategoryId category : product.category_ids) {
    tx.execute("INSERT INTO product_categories (product_id, category_id) VALUES ($1, $2)", id, category);
  }
  tx.execute("DELETE FROM product_images WHERE product_id = $1", id);
  for (std::size_t i = 0; i < product.images.size(); ++i) {
    const wire::Name& alt = product.images[i].alt;
    tx.execute("INSERT INTO product_images (product_id, position, url, alt) VALUES ($1, $2, $3, $4)", id, i + 1,
               product.images[i].url, alt.ko.empty() && alt.en.empty() ? "" : names_column(alt.ko, alt.en));
  }
}

// Found by what shoppers would type: its names in every language, tags and vendor.
void write_product(Transaction& tx, ProductId id, const wire::ProductInput& product, TimeMs now) {
  tx.execute("UPDATE products SET handle = $2, active = $3, vendor = $4, tax_class = $5, max_quantity = $6,"
             " updated_at = $7 WHERE id = $1",
             id, product.handle, product.active, product.vendor, product.tax_class, product.max_quantity, now);
  write_texts(tx, id, product);
  write_options(tx, id, product);
  write_lists(tx, id, product);
  std::string words = product.name.en + ' ' + product.name.ko + ' ';
  for (const std::string& tag : product.tags) words.append(tag).append(" ");
  store::index_product(tx, id, words + product.vendor);
  note_change(tx, {.kind = "product", .id = id.value}, now);
}

struct Deed {
  std::string_view action;
  ProductId id;
  std::string before = {};
  std::string after = {};
};

void log_product(Transaction& tx, const By& by, Deed deed) {
  log_admin(tx,
            {.admin = by.admin,
             .action = deed.action,
             .entity = "product",
             .entity_id = deed.id.value,
             .before = std::move(deed.before),
             .after = std::move(deed.after)},
            by.now);
}

}  // namespace

Status check_version(std::int64_t version, Seen seen) {
  if (!seen || *seen == version) return {};
  return Error{.code = ErrorCode::changed_meanwhile, .detail = "It has changed since you read it. Please read it again."};
}

Result<wire::Page<wire::AdminProductSummary>> list_admin_products(Reader& reader, const AdminProductFilter& filter,
                                                                  const PageRequest& request) {
  const std::int64_t active = filter.active ? (*filter.active ? 1 : 0) : -1;
  const std::string context = "admin_products " + std::to_string(active) + ' ' + filter.text;
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  const auto words = store::search_patterns(filter.text);
  wire::Page<wire::AdminProductSummary> page;
  for (const auto row : reader.query(
           "SELECT p.id, p.version, p.handle, p.active, p.base_price, p.updated_at,"
           " (SELECT count(*) FROM product_variants v WHERE v.product_id = p.id AND v.active = 1),"
           " (SELECT CAST(coalesce(sum(v.stock), 0) AS BIGINT) FROM product_variants v"
           "   WHERE v.product_id = p.id AND v.active = 1),"
           " coalesce((SELECT i.url FROM product_images i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1), '')"
           " FROM products p WHERE p.id < $1 AND ($2 = -1 OR p.active = $2) AND ($3 = '' OR p.handle = $3"
           "   OR p.id IN (SELECT v.product_id FROM product_variants v WHERE v.sku = $3 AND v.sku <> '')"
           "   OR p.id IN (SELECT m.product_id FROM product_search m"
           "     WHERE m.text LIKE $4 AND m.text LIKE $5 AND m.text LIKE $6)) ORDER BY p.id DESC LIMIT $7",
           *below, active, filter.text, words[0], words[1], words[2], request.limit + 1)) {
    wire::AdminProductSummary& item = page.items.emplace_back();
    row.into(item.id, item.version, item.handle, item.active, item.price_min, item.updated_at, item.variants,
             item.stock, item.image);
  }
  end_page(page, context, request, [](const wire::AdminProductSummary& item) { return item.id.value; });
  for (wire::AdminProductSummary& item : page.items) {
    for (const auto row : reader.query("SELECT language, name FROM product_texts WHERE product_id = $1", item.id)) {
      set_text(item.name, row.get<std::string_view>(0), row.get<std::string_view>(1));
    }
    fill_missing(item.name);
  }
  return page;
}

Result<wire::AdminProduct> load_admin_product(Reader& reader, ProductId id) {
  wire::AdminProduct all{.id = id};
  wire::ProductInput& product = all.product;
  {
    const auto row = reader.first("SELECT version, created_at, updated_at, handle, active, vendor, tax_class,"
                                  " max_quantity FROM products WHERE id = $1",
                                  id);
    if (!row) return no_such_product();
    row->into(all.version, all.created_at, all.updated_at, product.handle, product.active, product.vendor,
              product.tax_class, product.max_quantity);
  }
  load_texts(reader, id, product);
  load_options(reader, id, product);
  load_lists(reader, id, product);
  all.variants = load_admin_variants(reader, id);
  return all;
}

Result<wire::AdminProduct> create_product(Transaction& tx, const By& by, wire::ProductInput product) {
  if (product.handle.empty()) {
    product.handle = slug_of(product.name.en.empty() ? product.name.ko : product.name.en, "product");
  }
  if (const Status status = check_new_handle(tx, product.handle); !status) return status.error();
  if (const Status status = check_product(tx, product); !status) return status.error();
  if (const Status status = check_categories(tx, product); !status) return status.error();
  if (const Status status = check_new_variants(tx, product); !status) return status.error();
  bring_in_order(product);
  const auto id = tx.insert<ProductId>(
      "INSERT INTO products (handle, base_price, created_at, updated_at) VALUES ($1, 0, $2, $2) RETURNING id",
      product.handle, by.now);
  write_product(tx, id, product, by.now);
  write_new_variants(tx, id, product, by.now);
  tx.execute("UPDATE products SET base_price = (SELECT coalesce(min(price), 0) FROM product_variants"
             " WHERE product_id = $1 AND active = 1) WHERE id = $1",
             id);
  const auto made = load_admin_product(tx, id);
  log_product(tx, by, {.action = "product.create", .id = id, .after = json::encode(*made)});
  return made;
}

Result<wire::AdminProduct> change_product(Transaction& tx, const By& by, ProductId id, const json::Node& patch,
                                          Seen seen) {
  const auto stored = load_admin_product(tx, id);
  if (!stored) return stored.error();
  if (const Status status = check_version(stored->version, seen); !status) return status.error();
  const std::string before = json::encode(stored->product);
  auto wanted = json::decode<wire::ProductInput>(json::merge(before, patch));
  if (!wanted) return wanted.error();
  if (wanted->variants) return invalid_at("$.variants", "change one by one: /admin/variants/{id}");
  if (wanted->handle != stored->product.handle) {
    if (const Status status = check_new_handle(tx, wanted->handle); !status) return status.error();
  }
  if (const Status status = check_product(tx, *wanted); !status) return status.error();
  if (const Status status = check_categories(tx, *wanted); !status) return status.error();
  if (const Status status = check_kept_options(stored->product, *wanted); !status) return status.error();
  bring_in_order(*wanted);
  const std::string after = json::encode(*wanted);
  if (after == before) return stored;
  write_product(tx, id, *wanted, by.now);
  tx.execute("UPDATE products SET version = version + 1 WHERE id = $1", id);
  auto difference = json::difference(before, after);
  log_product(tx, by,
              {.action = "product.change",
               .id = id,
               .before = std::move(difference.before),
               .after = std::move(difference.after)});
  return load_admin_product(tx, id);
}

Status archive_product(Transaction& tx, const By& by, ProductId id) {
  const auto active = tx.value<bool>(Lock::exclusive, "SELECT active FROM products WHERE id = $1", id);
  if (!active) return no_such_product();
  if (!*active) return {};
  tx.execute("UPDATE products SET active = 0, version = version + 1, updated_at = $2 WHERE id = $1", id, by.now);
  note_change(tx, {.kind = "product", .id = id.value}, by.now);
  log_product(tx, by,
              {.action = "product.archive", .id = id, .before = "{\"active\":true}", .after = "{\"active\":false}"});
  return {};
}

void note_variants_changed(Transaction& tx, ProductId id, TimeMs now) {
  tx.execute("UPDATE products SET version = version + 1, updated_at = $2, base_price = (SELECT"
             " coalesce(min(price), 0) FROM product_variants WHERE product_id = $1 AND active = 1) WHERE id = $1",
             id, now);
}

}  // namespace cartwright::shop

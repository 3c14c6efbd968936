#include "server/shop/admin_variants.h"

#include <set>

#include "server/json_patch.h"
#include "server/shop/catalog_writer.h"
#include "server/shop/catalogue.h"
#include "server/shop/changes.h"
#include "server/shop/product_input.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Lock;
using store::Reader;
using store::Row;
using store::Transaction;

Error no_such_variant() { return {.code = ErrorCode::not_found, .detail = "There is no such variant."}; }

// v.id, v.product_id, p.version, v.combination, sku, barcode, price, compare_at_price, stock, v.active, weight_grams, image_url
wire::AdminVariant read_variant(const Row& row) {
  wire::AdminVariant variant;
  std::string combination;
  row.into(variant.id, variant.product_id, variant.version, combination, variant.sku, variant.barcode, variant.unit_price,
           variant.compare_at, variant.stock, variant.active, variant.grams, variant.image);
  variant.options = option_indexes(combination);
  return variant;
}

// As it was sent, or would be.
wire::ProductVariantInput input_of(const wire::AdminVariant& variant) {
  return {.sku = variant.sku,
          .barcode = variant.barcode,
          .unit_price = variant.unit_price,
          .compare_at = variant.compare_at,
          .active = variant.active,
          .grams = variant.grams,
          .image = variant.image};
}

// A SKU names one variant, where it is given by hand. (Files may bring one twice: the importer warns.)
Status check_sku(Reader& reader, const std::string& sku, const std::string& path) {
  if (sku.empty()) return {};
  const auto other = reader.value<std::int64_t>("SELECT id FROM product_variants WHERE sku = $1 AND sku <> ''", sku);
  if (!other) return {};
  return Error{.code = ErrorCode::already_exists,
               .path = path,
               .detail = "Another variant has this SKU.",
               .variant_id = *other};
}

struct NewVariant {
  ProductId product;
  std::string combination;
  std::int64_t position = 1;
};

VariantId insert_variant(Transaction& tx, const NewVariant& place, const wire::ProductVariantInput& variant, TimeMs now) {
  const std::int64_t stock = variant.stock.value_or(0);
  const auto id = tx.insert<VariantId>(
      "INSERT INTO product_variants (product_id, combination, position, sku, barcode, price, compare_at_price, stock,"
      " active, weight_grams, image_url) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
      place.product, place.combination, place.position, variant.sku, variant.barcode, variant.unit_price,
      variant.compare_at, stock, variant.active, variant.grams, variant.image);
  if (stock > 0) {
    tx.execute("INSERT INTO stock_movements (variant_id, delta, reason, created_at) VALUES ($1, $2, 'RECEIVED', $3)", id,
               stock, now);
  }
  note_change(tx, {.kind = "variant", .id = id.value}, now);
  return id;
}

}  // namespace

Result<wire::AdminVariant> load_admin_variant(Reader& reader, VariantId id) {
  const auto row = reader.first("SELECT v.id, v.product_id, p.version, v.combination, v.sku, v.barcode, v.price,"
                                " v.compare_at_price, v.stock, v.active, v.weight_grams, v.image_url"
                                " FROM product_variants v JOIN products p ON p.id = v.product_id WHERE v.id = $1",
                                id);
  if (!row) return no_such_variant();
  return read_variant(*row);
}

std::vector<wire::AdminVariant> load_admin_variants(Reader& reader, ProductId product) {
  std::vector<wire::AdminVariant> variants;
  for (const auto row :
       reader.query("SELECT v.id, v.product_id, p.version, v.combination, v.sku, v.barcode, v.price,"
                    " v.compare_at_price, v.stock, v.active, v.weight_grams, v.image_url FROM product_variants v"
                    " JOIN products p ON p.id = v.product_id WHERE v.product_id = $1 ORDER BY v.position, v.id",
                    product)) {
    variants.push_back(read_variant(row));
  }
  return variants;
}

Status check_new_variants(Reader& reader, const wire::ProductInput& product) {
  if (!product.variants || product.variants->empty()) {
    return invalid_at("$.variants", "must have one at least: what a shopper buys is a variant");
  }
  std::set<std::string> combinations;
  std::set<std::string> skus;
  for (std::size_t i = 0; i < product.variants->size(); ++i) {
    const wire::ProductVariantInput& variant = (*product.variants)[i];
    const std::string path = "$.variants[" + std::to_string(i) + ']';
    if (const Status status = check_variant(reader, variant, path); !status) return status;
    const auto combination = combination_of(variant, product, path);
    if (!combination) return combination.error();
    if (!combinations.insert(*combination).second) return invalid_at(path + ".options", "is there already");
    if (!variant.sku.empty() && !skus.insert(variant.sku).second) {
      return Error{.code = ErrorCode::already_exists, .path = path + ".sku", .detail = "Another variant has this SKU."};
    }
    if (const Status status = check_sku(reader, variant.sku, path + ".sku"); !status) return status;
  }
  return {};
}

void write_new_variants(Transaction& tx, ProductId id, const wire::ProductInput& product, TimeMs now) {
  std::int64_t position = 0;
  for (const wire::ProductVariantInput& variant : *product.variants) {
    const auto combination = combination_of(variant, product, "");
    CARTWRIGHT_ASSERT(combination);  // checked by then
    insert_variant(tx, {.product = id, .combination = *combination, .position = ++position}, variant, now);
  }
}

Result<wire::AdminVariant> add_variant(Transaction& tx, const By& by, ProductId id, const wire::ProductVariantInput& variant) {
  const auto product = load_admin_product(tx, id);
  if (!product) return product.error();
  if (const Status status = check_variant(tx, variant, "$"); !status) return status.error();
  const auto combination = combination_of(variant, product->product, "$");
  if (!combination) return combination.error();
  if (const Status status = check_sku(tx, variant.sku, "$.sku"); !status) return status.error();
  for (const wire::AdminVariant& other : product->variants) {
    if (other.options != variant.options.value_or(std::vector<std::int64_t>())) continue;
    return Error{.code = ErrorCode::already_exists,
                 .path = "$.options",
                 .detail = "The product has a variant with these options.",
                 .variant_id = other.id.value};
  }
  if (product->variants.size() >= max_variants_per_product) {
    return Error{.code = ErrorCode::limit_reached, .detail = "A product can have 2048 variants."};
  }
  const auto position = static_cast<std::int64_t>(product->variants.size()) + 1;
  const VariantId made =
      insert_variant(tx, {.product = id, .combination = *combination, .position = position}, variant, by.now);
  note_variants_changed(tx, id, by.now);
  const auto added = load_admin_variant(tx, made);
  log_admin(tx,
            {.admin = by.admin,
             .action = "variant.create",
             .entity = "variant",
             .entity_id = made.value,
             .after = json::encode(*added)},
            by.now);
  return added;
}

Result<wire::AdminVariant> change_variant(Transaction& tx, const By& by, VariantId id, const json::Node& patch,
                                          Seen seen) {
  const auto variant = load_admin_variant(tx, id);
  if (!variant) return variant.error();
  if (const Status status = check_version(variant->version, seen); !status) return status.error();
  const std::string before = json::encode(input_of(*variant));
  const auto wanted = json::decode<wire::ProductVariantInput>(json::merge(before, patch));
  if (!wanted) return wanted.error();
  if (wanted->options) return invalid_at("$.options", "is what the variant is, for ever: add another one");
  if (wanted->stock) return invalid_at("$.stock", "changes by movements: POST …/movements");
  if (const Status status = check_variant(tx, *wanted, "$"); !status) return status.error();
  if (wanted->sku != variant->sku) {
    if (const Status status = check_sku(tx, wanted->sku, "$.sku"); !status) return status.error();
  }
  const std::string after = json::encode(*wanted);
  if (after == before) return variant;
  tx.execute("UPDATE product_variants SET sku = $2, barcode = $3, price = $4, compare_at_price = $5, active = $6,"
             " weight_grams = $7, image_url = $8 WHERE id = $1",
             id, wanted->sku, wanted->barcode, wanted->unit_price, wanted->compare_at, wanted->active, wanted->grams,
             wanted->image);
  note_change(tx, {.kind = "variant", .id = id.value}, by.now);
  note_variants_changed(tx, variant->product_id, by.now);
  const auto difference = json::difference(before, after);
  log_admin(tx,
            {.admin = by.admin,
             .action = "variant.change",
             .entity = "variant",
             .entity_id = id.value,
             .before = difference.before,
             .after = difference.after},
            by.now);
  return load_admin_variant(tx, id);
}

Result<wire::Moved> move_stock(Transaction& tx, const By& by, VariantId id, const wire::MovementInput& input) {
  const auto stock =
      tx.value<std::int64_t>(Lock::exclusive, "SELECT stock FROM product_variants WHERE id = $1", id);
  if (!stock) return no_such_variant();
  if (input.delta == 0) return invalid_at("$.delta", "must not be 0");
  if (input.reason == wire::MovementReason::RECEIVED && input.delta < 0) {
    return invalid_at("$.delta", "must be above 0 for what was received");
  }
  // The importer tells its own movements by it (catalog_writer.h).
  if (input.reference == import_note) return invalid_at("$.reference", "is the importer's own word");
  if (input.delta < 0 && *stock + input.delta < 0) {
    return Error{.code = ErrorCode::insufficient_stock,
                 .detail = "There are not so many units.",
                 .available = *stock,
                 .missing = -(*stock + input.delta),
                 .variant_id = id.value};
  }
  if (*stock + input.delta > max_stock_units) return invalid_at("$.delta", "makes more units than a stock can hold");
  const wire::Moved moved{
      .movement = {.id = tx.insert<Id<struct MovementTag>>(
                             "INSERT INTO stock_movements (variant_id, delta, reason, note, created_at)"
                             " VALUES ($1, $2, $3, $4, $5) RETURNING id",
                             id, input.delta, name_of(input.reason), input.reference, by.now)
                         .value,
                   .delta = input.delta,
                   .reason = input.reason,
                   .reference = input.reference,
                   .created_at = by.now},
      .stock = *stock + input.delta};
  tx.execute("UPDATE product_variants SET stock = stock + $2 WHERE id = $1", id, input.delta);
  tx.touch(Topic::stock, id.value);
  log_admin(tx,
            {.admin = by.admin,
             .action = "variant.stock",
             .entity = "variant",
             .entity_id = id.value,
             .before = "{\"stock\":" + std::to_string(*stock) + '}',
             .after = json::encode(moved)},
            by.now);
  return moved;
}

Result<wire::Page<wire::Movement>> list_movements(Reader& reader, VariantId id, const PageRequest& request) {
  if (!reader.value<std::int64_t>("SELECT id FROM product_variants WHERE id = $1", id)) return no_such_variant();
  const std::string context = "movements " + std::to_string(id.value);
  const auto below = begin_below(context, request);
  if (!below) return below.error();
  wire::Page<wire::Movement> page;
  for (const auto row : reader.query("SELECT m.id, m.delta, m.reason, m.note, coalesce(o.number, ''), m.created_at"
                                     " FROM stock_movements m LEFT JOIN orders o ON o.id = m.order_id"
                                     " WHERE m.variant_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT $3",
                                     id, *below, request.limit + 1)) {
    page.items.push_back({.id = row.get<std::int64_t>(0),
                          .delta = row.get<std::int64_t>(1),
                          .reason = read_word<wire::MovementReason>(row.get<std::string_view>(2)),
                          .reference = row.get<std::string>(3),
                          .order_number = row.get<std::string>(4),
                          .created_at = row.get<TimeMs>(5)});
  }
  end_page(page, context, request, [](const wire::Movement& movement) { return movement.id; });
  return page;
}

}  // namespace cartwright::shop

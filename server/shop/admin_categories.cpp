#include "server/shop/admin_categories.h"

#include <algorithm>

#include "server/json_patch.h"
#include "server/shop/catalogue.h"
#include "server/shop/changes.h"
#include "server/shop/product_input.h"
#include "server/shop/texts.h"

namespace cartwright::shop {

namespace {

using store::Reader;
using store::Row;
using store::Transaction;

Error no_such_category() { return {.code = ErrorCode::not_found, .detail = "There is no such category."}; }

// id, version, parent_id, slug, position, products, names
wire::AdminCategory read_category(const Row& row) {
  wire::AdminCategory category;
  row.into(category.id, category.version, category.parent_id, category.slug, category.position, category.products);
  const wire::Text name = stored_names(row.get<std::string_view>(6));
  category.name = {.ko = name.ko, .en = name.en};
  return category;
}

wire::CategoryInput input_of(const wire::AdminCategory& category) {
  return {.parent_id = category.parent_id,
          .slug = category.slug,
          .name = category.name,
          .position = category.position};
}

Status check_slug(Reader& reader, const std::string& slug) {
  if (const Status status = check_handle(slug, "$.slug"); !status) return status;
  if (!reader.value<std::int64_t>("SELECT id FROM categories WHERE slug = $1", slug)) return {};
  return Error{.code = ErrorCode::already_exists, .path = "$.slug", .detail = "Another category has this slug."};
}

// Levels from the top down to this one; it must exist.
std::int64_t depth_of(Reader& reader, CategoryId id) {
  return reader
      .value<std::int64_t>("WITH RECURSIVE up (id, parent_id) AS ("
                           "  SELECT id, parent_id FROM categories WHERE id = $1"
                           "  UNION SELECT c.id, c.parent_id FROM categories c JOIN up ON c.id = up.parent_id)"
                           " SELECT count(*) FROM up",
                           id)
      .value_or(0);
}

// Levels from this one down.
std::int64_t height_of(Reader& reader, CategoryId id) {
  return reader
      .value<std::int64_t>("WITH RECURSIVE below (id, level) AS ("
                           "  SELECT id, 1 FROM categories WHERE id = $1"
                           "  UNION SELECT c.id, b.level + 1 FROM categories c JOIN below b ON c.parent_id = b.id"
                           "  WHERE b.level <= $2)"
                           " SELECT coalesce(max(level), 1) FROM below",
                           id, max_category_levels)
      .value_or(1);
}

bool lies_below(Reader& reader, CategoryId id, CategoryId above) {
  return reader
      .value<std::int64_t>("WITH RECURSIVE up (id, parent_id) AS ("
                           "  SELECT id, parent_id FROM categories WHERE id = $1"
                           "  UNION SELECT c.id, c.parent_id FROM categories c JOIN up ON c.id = up.parent_id)"
                           " SELECT 1 FROM up WHERE id = $2",
                           id, above)
      .has_value();
}

// `height`: levels of what is put there.
Status check_parent(Reader& reader, const std::optional<CategoryId>& parent, std::int64_t height) {
  const std::int64_t depth = parent ? depth_of(reader, *parent) : 0;
  if (parent && depth == 0) return invalid_at("$.parent_id", "is no category");
  if (depth + height <= max_category_levels) return {};
  return Error{.code = ErrorCode::limit_reached,
               .path = "$.parent_id",
               .detail = "Categories can lie in each other ten levels deep."};
}

// Behind its siblings.
std::int64_t next_position(Reader& reader) {
  return reader.value<std::int64_t>("SELECT coalesce(max(position), 0) + 1 FROM categories").value_or(1);
}

bool names(const IdFilter& filter, CategoryId id) {
  return std::find(filter.category_ids.begin(), filter.category_ids.end(), id) != filter.category_ids.end();
}

// Ids of deleted rows may be given again, so no rule may still mean this one.
bool is_in_a_rule(Reader& reader, CategoryId id) {
  for (const auto row : reader.query("SELECT rule FROM coupons")) {
    const Rule rule = read_rule(row.get<std::string_view>(0));
    if (names(rule.include, id) || names(rule.exclude, id)) return true;
  }
  return false;
}

struct Deed {
  std::string_view action;
  CategoryId id;
  std::string before = {};
  std::string after = {};
};

void log_category(Transaction& tx, const By& by, Deed deed) {
  log_admin(tx,
            {.admin = by.admin,
             .action = deed.action,
             .entity = "category",
             .entity_id = deed.id.value,
             .before = std::move(deed.before),
             .after = std::move(deed.after)},
            by.now);
}

}  // namespace

wire::AdminCategoryList list_admin_categories(Reader& reader) {
  wire::AdminCategoryList list;
  for (const auto row : reader.query("SELECT c.id, c.version, c.parent_id, c.slug, c.position,"
                                     " (SELECT count(*) FROM product_categories p WHERE p.category_id = c.id), c.names"
                                     " FROM categories c ORDER BY c.position, c.id")) {
    list.items.push_back(read_category(row));
  }
  return list;
}

Result<wire::AdminCategory> load_admin_category(Reader& reader, CategoryId id) {
  const auto row = reader.first("SELECT c.id, c.version, c.parent_id, c.slug, c.position,"
                                " (SELECT count(*) FROM product_categories p WHERE p.category_id = c.id), c.names"
                                " FROM categories c WHERE c.id = $1",
                                id);
  if (!row) return no_such_category();
  return read_category(*row);
}

Result<wire::AdminCategory> create_category(Transaction& tx, const By& by, wire::CategoryInput category) {
  if (const Status status = check_name(category.name, "$.name"); !status) return status.error();
  if (category.slug.empty()) {
    category.slug = slug_of(category.name.en.empty() ? category.name.ko : category.name.en, "category");
  }
  if (const Status status = check_slug(tx, category.slug); !status) return status.error();
  if (const Status status = check_parent(tx, category.parent_id, 1); !status) return status.error();
  if (tx.value<std::int64_t>("SELECT count(*) FROM categories") >= max_categories) {
    return Error{.code = ErrorCode::limit_reached, .detail = "There can be 2000 categories."};
  }
  const auto id = tx.insert<CategoryId>(
      "INSERT INTO categories (parent_id, slug, names, position) VALUES ($1, $2, $3, $4) RETURNING id",
      category.parent_id, category.slug, names_column(category.name.ko, category.name.en),
      category.position > 0 ? category.position : next_position(tx));
  note_change(tx, {.kind = "category", .id = id.value}, by.now);
  const auto made = load_admin_category(tx, id);
  log_category(tx, by, {.action = "category.create", .id = id, .after = json::encode(*made)});
  return made;
}

Result<wire::AdminCategory> change_category(Transaction& tx, const By& by, CategoryId id, const json::Node& patch,
                                            Seen seen) {
  const auto stored = load_admin_category(tx, id);
  if (!stored) return stored.error();
  if (const Status status = check_version(stored->version, seen); !status) return status.error();
  const std::string before = json::encode(input_of(*stored));
  auto wanted = json::decode<wire::CategoryInput>(json::merge(before, patch));
  if (!wanted) return wanted.error();
  if (const Status status = check_name(wanted->name, "$.name"); !status) return status.error();
  if (wanted->slug != stored->slug) {
    if (const Status status = check_slug(tx, wanted->slug); !status) return status.error();
  }
  if (wanted->parent_id != stored->parent_id) {
    if (wanted->parent_id && lies_below(tx, *wanted->parent_id, id)) {
      return invalid_at("$.parent_id", "is the category itself, or lies below it");
    }
    if (const Status status = check_parent(tx, wanted->parent_id, height_of(tx, id)); !status) return status.error();
  }
  if (wanted->position == 0) wanted->position = next_position(tx);
  const std::string after = json::encode(*wanted);
  if (after == before) return stored;
  tx.execute("UPDATE categories SET parent_id = $2, slug = $3, names = $4, position = $5, version = version + 1"
             " WHERE id = $1",
             id, wanted->parent_id, wanted->slug, names_column(wanted->name.ko, wanted->name.en), wanted->position);
  note_change(tx, {.kind = "category", .id = id.value}, by.now);
  auto difference = json::difference(before, after);
  log_category(tx, by,
               {.action = "category.change",
                .id = id,
                .before = std::move(difference.before),
                .after = std::move(difference.after)});
  return load_admin_category(tx, id);
}

Status remove_category(Transaction& tx, const By& by, CategoryId id) {
  const auto category = load_admin_category(tx, id);
  if (!category) return category.error();
  const auto in_use = [](std::string detail) {
    return Error{.code = ErrorCode::still_in_use, .detail = std::move(detail)};
  };
  if (category->products > 0) return in_use("There are products in it.");
  if (tx.value<std::int64_t>("SELECT id FROM categories WHERE parent_id = $1", id)) {
    return in_use("There are categories in it.");
  }
  if (is_in_a_rule(tx, id)) return in_use("A coupon's or a promotion's rule is about it.");
  tx.execute("DELETE FROM categories WHERE id = $1", id);
  note_change(tx, {.kind = "category", .id = id.value, .deleted = true}, by.now);
  log_category(tx, by, {.action = "category.remove", .id = id, .before = json::encode(*category)});
  return {};
}

}  // namespace cartwright::shop

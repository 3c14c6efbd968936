#include "server/shop/snapshot.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "core/version.h"
#include "server/shop/catalogue.h"
#include "server/shop/texts.h"

namespace cartwright::shop {

namespace {

using store::Reader;
using store::Transaction;

// What is further behind than that is slower to tell one by one than to send everything, which is kept ready.
constexpr std::int64_t most_changes = 5000;
constexpr std::int64_t most_movements = 20000;
constexpr std::size_t most_variants = 5000;

constexpr std::int64_t most_epochs = 1000;

struct Position {
  std::int64_t change = 0;
  std::int64_t movement = 0;
};

struct Cursor {
  Position position = {};
  std::int64_t stamp = 0;  // of the epoch in which it was given
};

std::string encode(const Cursor& cursor) {
  return std::to_string(cursor.position.change) + "." + std::to_string(cursor.position.movement) + "." +
         std::to_string(cursor.stamp);
}

std::optional<Cursor> decode_cursor(std::string_view text) {
  Cursor cursor;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (std::int64_t* const number : {&cursor.position.change, &cursor.position.movement, &cursor.stamp}) {
    if (number != &cursor.position.change && (at == end || *at++ != '.')) return std::nullopt;
    const auto read = std::from_chars(at, end, *number);
    if (read.ec != std::errc() || *number < 0) return std::nullopt;
    at = read.ptr;
  }
  if (at != end) return std::nullopt;
  return cursor;
}

Position current_position(Reader& reader) {
  return {.change = reader.value<std::int64_t>("SELECT coalesce(max(position), 0) FROM changes").value_or(0),
          .movement = reader.value<std::int64_t>("SELECT coalesce(max(id), 0) FROM stock_movements").value_or(0)};
}

Cursor current_cursor(Reader& reader) {
  return {.position = current_position(reader),
          .stamp =
              reader.value<std::int64_t>("SELECT stamp FROM snapshot_epochs ORDER BY id DESC LIMIT 1").value_or(0)};
}

// Whether all that the cursor's owner has seen is in this database's past.
bool is_ours(Reader& reader, const Cursor& cursor, const Position& current) {
  const auto epoch = reader.value<std::int64_t>("SELECT id FROM snapshot_epochs WHERE stamp = $1", cursor.stamp);
  if (!epoch) return false;
  Position end = current;
  if (const auto next = reader.first("SELECT change_position, movement_position FROM snapshot_epochs WHERE id > $1"
                                     " ORDER BY id LIMIT 1",
                                     *epoch)) {
    next->into(end.change, end.movement);
  }
  return cursor.position.change <= end.change && cursor.position.movement <= end.movement;
}

struct Delta {
  std::vector<VariantId> changed = {};  // rising; those that are gone are among them
  std::vector<VariantId> relabelled = {};
};

void make_set(std::vector<VariantId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

// Empty: everything has to be sent. (A category that moved changes what lies below it, so it counts as everything.)
std::optional<Delta> find_delta(Reader& reader, const Position& since, const Position& current) {
  if (current.movement - since.movement > most_movements) return std::nullopt;
  Delta delta;
  std::vector<ProductId> products;
  std::int64_t count = 0;
  for (const auto row : reader.query("SELECT kind, entity_id FROM changes WHERE position > $1 ORDER BY position LIMIT $2",
                                     since.change, most_changes + 1)) {
    if (++count > most_changes) return std::nullopt;
    const auto kind = row.get<std::string_view>(0);
    if (kind == "category") return std::nullopt;
    if (kind == "variant") delta.relabelled.push_back(row.get<VariantId>(1));
    if (kind == "product") products.push_back(row.get<ProductId>(1));
  }
  for (const ProductId product : products) {
    for (const auto row : reader.query("SELECT id FROM product_variants WHERE product_id = $1", product)) {
      delta.relabelled.push_back(row.get<VariantId>(0));
    }
    if (delta.relabelled.size() > most_variants) return std::nullopt;
  }
  delta.changed = delta.relabelled;
  for (const auto row : reader.query("SELECT DISTINCT variant_id FROM stock_movements WHERE id > $1", since.movement)) {
    delta.changed.push_back(row.get<VariantId>(0));
  }
  make_set(delta.changed);
  make_set(delta.relabelled);
  if (delta.changed.size() > most_variants) return std::nullopt;
  return delta;
}

// All labels, by a few statements instead of some for each variant.
std::vector<wire::VariantLabel> load_all_labels(Reader& reader) {
  struct Shared {
    wire::Text name = {};
    std::string handle = {};
    std::string image = {};
    std::vector<wire::ProductOption> options = {};
  };
  std::map<ProductId, Shared> products;
  for (const auto row : reader.query("SELECT p.id, p.handle, coalesce((SELECT i.url FROM product_images i"
                                     " WHERE i.product_id = p.id ORDER BY i.position LIMIT 1), '') FROM products p")) {
    Shared& shared = products[row.get<ProductId>(0)];
    shared.handle = row.get<std::string>(1);
    shared.image = row.get<std::string>(2);
  }
  for (const auto row : reader.query("SELECT product_id, language, name FROM product_texts")) {
    set_text(products[row.get<ProductId>(0)].name, row.get<std::string>(1), row.get<std::string_view>(2));
  }
  // The positions of options and values run 1, 2, 3, … without a hole.
  for (const auto row : reader.query("SELECT product_id, option_position, names FROM product_option_values"
                                     " ORDER BY product_id, option_position, position")) {
    auto& options = products[row.get<ProductId>(0)].options;
    const auto position = row.get<std::size_t>(1);
    if (options.size() < position) options.resize(position);
    options[position - 1].values.push_back(read_names(row.get<std::string_view>(2)));
  }
  for (auto& [id, shared] : products) fill_missing(shared.name);

  std::vector<wire::VariantLabel> labels;
  for (const auto row : reader.query("SELECT id, product_id, combination, image_url FROM product_variants ORDER BY id")) {
    const Shared& shared = products[row.get<ProductId>(1)];
    const auto image = row.get<std::string_view>(3);
    labels.push_back({.variant_id = row.get<VariantId>(0),
                      .handle = shared.handle,
                      .name = shared.name,
                      .options = option_words(row.get<std::string>(2), shared.options),
                      .image = image.empty() ? shared.image : std::string(image)});
  }
  return labels;
}

// What every snapshot has, whole or not.
wire::Snapshot begin_snapshot(Reader& reader, const Cursor& cursor, TimeMs now) {
  return {.cursor = encode(cursor),
          .rules_version = std::string(rules_version),
          .now = now,
          .shop = load_shop_rules(reader),
          .promotions = load_promotions(reader),
          .promotion_names = load_promotion_names(reader)};
}

}  // namespace

wire::Snapshot load_snapshot(Reader& reader, TimeMs now) {
  wire::Snapshot snapshot = begin_snapshot(reader, current_cursor(reader), now);
  snapshot.variants = load_all_variants(reader);
  snapshot.labels = load_all_labels(reader);
  return snapshot;
}

std::optional<wire::Snapshot> load_changes(Reader& reader, std::string_view since, TimeMs now) {
  const auto cursor = decode_cursor(since);
  const Cursor current = current_cursor(reader);
  if (!cursor || !is_ours(reader, *cursor, current.position)) return std::nullopt;
  const auto delta = find_delta(reader, cursor->position, current.position);
  if (!delta) return std::nullopt;
  wire::Snapshot snapshot = begin_snapshot(reader, current, now);
  snapshot.complete = false;
  snapshot.variants = load_variants(reader, delta->changed);
  snapshot.labels = load_labels(reader, delta->relabelled);
  auto there = snapshot.variants.begin();
  for (const VariantId id : delta->changed) {  // both rise
    if (there != snapshot.variants.end() && there->id == id) {
      ++there;
    } else {
      snapshot.removed_variant_ids.push_back(id);
    }
  }
  return snapshot;
}

void begin_epoch(Transaction& tx) {
  std::int64_t stamp = 0;
  randombytes_buf(&stamp, sizeof stamp);
  stamp &= INT64_MAX;
  const Position current = current_position(tx);
  tx.execute("INSERT INTO snapshot_epochs (stamp, change_position, movement_position) VALUES ($1, $2, $3)", stamp,
             current.change, current.movement);
  tx.execute("DELETE FROM snapshot_epochs WHERE id <= (SELECT max(id) FROM snapshot_epochs) - $1", most_epochs);
}

}  // namespace cartwright::shop

// Writes whole products into the catalogue: what the importer read, what the demo shop brings, what an admin uploads.
// A product is known by its handle, a variant by its option values, a picture by its address. Writing the same records
// again changes nothing at all; other records change just what differs. Products and variants that the records
// don't name stay as they are; a product's variants that its record no longer names become inactive, for
// orders and stock movements still point at them. Texts in other languages than the record's stay, too.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/money.h"
#include "core/time.h"
#include "server/store/database.h"

namespace cartwright::shop {

// A text in one of the shop's languages ("ko", "en").
struct LocalText {
  std::string language;
  std::string text;
};

struct ProductText {
  std::string language;
  std::string title;
  std::string description_html = {};  // within the limits of html_policy.h, which is applied here
};

// Names and values are told apart by their first text; the others translate it.
struct OptionRecord {
  std::vector<LocalText> name;
  std::vector<std::vector<LocalText>> values;
};

struct VariantRecord {
  std::string sku = {};
  std::vector<std::size_t> values = {};  // per option of the product the index of the value
  Amount price = 0;
  std::optional<Amount> compare_at = {};
  // Units; empty: not told, so it stays (0 at first). It counts when it is another figure than the one written last, so
  // that writing the same records after some sales doesn't put the sold units back.
  std::optional<std::int64_t> stock = {};
  std::int64_t grams = 0;
  std::string barcode = {};
  std::string image_url = {};  // one of the product's images, or empty
};

struct ImageRecord {
  std::string url;
  std::vector<LocalText> alt = {};
};

struct ProductRecord {
  std::string handle;
  std::vector<ProductText> texts;
  std::string vendor = {};
  std::vector<LocalText> category = {};  // empty: none
  std::vector<std::string> tags = {};
  bool active = true;
  std::string tax_class = "standard";
  std::int64_t max_quantity = 0;  // units in one order line, 0 = no limit
  std::vector<OptionRecord> options = {};  // at most 3; none: the product has one variant
  std::vector<VariantRecord> variants = {};
  bool all_variants = true;  // false: some are left out here, so those that aren't named stay as they are
  std::vector<ImageRecord> images = {};  // in order, the first is the main one
};

struct UpsertCounts {
  std::int64_t products_created = 0;
  std::int64_t products_changed = 0;
  std::int64_t products_unchanged = 0;
  std::int64_t categories_created = 0;
  std::int64_t variants_created = 0;
  std::int64_t variants_changed = 0;
  std::int64_t images = 0;  // of all products written
  std::int64_t variants = 0;
};

// The note of the stock movements made here.
inline constexpr std::string_view import_note = "import";

// By variant its stock after the last movement made here.
using WrittenLevels = std::unordered_map<std::int64_t, std::int64_t>;

// Walks all movements.
WrittenLevels load_written_levels(store::Reader& reader);

// Inside the caller's transaction. Stock goes by movements: RECEIVED when a variant is made, ADJUSTED by the
// difference afterwards. A variant that an offline client must learn anew gets a row in `changes`.
// The records are well-formed: a text and a variant at least, languages "ko" or "en", values within their options'.
// `levels` are as of before the first of all records; null: loaded here, if a figure differs from the stock.
UpsertCounts upsert_products(store::Transaction& tx, std::span<const ProductRecord> products, TimeMs now,
                             const WrittenLevels* levels = nullptr);

}  // namespace cartwright::shop

// The catalogue as admins read and write it over REST. What is sent to make a thing (…Input) is also what a PATCH goes
// into: the body is merged into the thing as it is (server/json_patch.h), so what is left out stays and null takes away.
#pragma once

#include "server/wire_fields.h"

namespace cartwright {

namespace wire {

// A text in each language, empty where there is none: shoppers then get the other language's.
struct Name {
  std::string ko = {};
  std::string en = {};
};

// HTML, of which the shop's allow-list is kept.
struct Description {
  std::string ko = {};
  std::string en = {};
};

// ---- products --------------------------------------------------------------------------------------------------------

struct ImageInput {
  std::string url = {};  // what POST /admin/images answered, or an http or https address
  Name alt = {};
};

struct OptionInput {
  Name name = {};
  std::vector<Name> values = {};
};

struct ProductVariantInput {
  // Only when it is made: what it is, for ever, and the units that are there. Later stock changes by movements.
  std::optional<std::vector<std::int64_t>> options = {};  // per option the index of the value
  std::optional<std::int64_t> stock = {};
  std::string sku = {};
  std::string barcode = {};
  Amount unit_price = 0;
  std::optional<Amount> compare_at = {};
  bool active = true;
  std::int64_t grams = 0;
  std::string image = {};
};

struct ProductInput {
  std::string handle = {};  // empty: made of the name
  bool active = true;
  Name name = {};
  Description description = {};
  std::string vendor = {};
  std::vector<std::string> tags = {};
  std::vector<CategoryId> category_ids = {};
  std::string tax_class = "standard";
  std::int64_t max_quantity = 0;  // units in one order line, 0 = no limit
  std::vector<ImageInput> images = {};
  std::vector<OptionInput> options = {};
  std::optional<std::vector<ProductVariantInput>> variants = {};  // only when it is made
};

struct AdminVariant {
  VariantId id = {};
  ProductId product_id = {};
  std::int64_t version = 0;  // its product's: its ETag
  std::vector<std::int64_t> options = {};
  std::string sku = {};
  std::string barcode = {};
  Amount unit_price = 0;
  std::optional<Amount> compare_at = {};
  std::int64_t stock = 0;
  bool active = true;
  std::int64_t grams = 0;
  std::string image = {};
};

struct AdminProduct {
  ProductId id = {};
  std::int64_t version = 0;  // its ETag, and that of its variants
  ProductInput product = {};  // without variants
  std::vector<AdminVariant> variants = {};
  TimeMs created_at = {};
  TimeMs updated_at = {};
};

struct AdminProductSummary {
  ProductId id = {};
  std::int64_t version = 0;
  std::string handle = {};
  bool active = true;
  Text name = {};
  std::string image = {};
  Amount price_min = 0;     // of its active variants
  std::int64_t stock = 0;   // over them
  std::int64_t variants = 0;  // how many of them
  TimeMs updated_at = {};
};

enum class MovementReason : std::uint8_t { RECEIVED, ADJUSTED, SOLD, RETURNED };

struct MovementInput {
  std::int64_t delta = 0;
  MovementReason reason = MovementReason::RECEIVED;
  std::string reference = {};
};

struct Movement {
  std::int64_t id = 0;
  std::int64_t delta = 0;
  MovementReason reason = MovementReason::RECEIVED;
  std::string reference = {};  // what the admin wrote; "import"
  std::string order_number = {};  // of SOLD and RETURNED
  TimeMs created_at = {};
};

struct Moved {
  Movement movement = {};
  std::int64_t stock = 0;  // after it
};

// ---- categories ------------------------------------------------------------------------------------------------------

struct CategoryInput {
  std::optional<CategoryId> parent_id = {};
  std::string slug = {};  // empty: made of the name
  Name name = {};
  std::int64_t position = 0;  // among its siblings; 0: behind them
};

struct AdminCategory {
  CategoryId id = {};
  std::int64_t version = 0;  // its ETag
  std::optional<CategoryId> parent_id = {};
  std::string slug = {};
  Name name = {};
  std::int64_t position = 0;
  std::int64_t products = 0;  // directly in it, inactive ones too
};

struct AdminCategoryList {
  std::vector<AdminCategory> items = {};
};

// ---- uploads ---------------------------------------------------------------------------------------------------------

struct UploadedImage {
  std::string url = {};
  std::string content_type = {};
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::int64_t bytes = 0;
};

enum class ImportState : std::uint8_t { running, done, refused, failed, interrupted };

struct ImportCounts {
  std::int64_t rows = 0;            // of the file
  std::int64_t products = 0;        // to be written; of them so far:
  std::int64_t products_done = 0;
  std::int64_t products_created = 0;
  std::int64_t products_changed = 0;
  std::int64_t variants = 0;
  std::int64_t variants_created = 0;
  std::int64_t variants_changed = 0;
  std::int64_t categories_created = 0;
  std::int64_t images = 0;
  std::int64_t products_skipped = 0;  // faulty ones, left out
  std::int64_t variants_skipped = 0;
};

struct ImportFault {
  std::int64_t line = 0;    // from 1; 0: the file as a whole
  std::int64_t column = 0;  // characters, from 1
  std::string header = {};  // the column's name
  std::string code = {};
  std::string detail = {};
};

// The first hundred of each.
struct ImportIssues {
  std::int64_t fault_count = 0;
  std::vector<ImportFault> faults = {};
  std::int64_t warning_count = 0;
  std::vector<ImportFault> warnings = {};
};

struct Import {
  std::int64_t id = 0;
  ImportState state = ImportState::running;
  ImportCounts counts = {};
  ImportIssues issues = {};
  TimeMs created_at = {};
  std::optional<TimeMs> finished_at = {};
};

// What an import would do.
struct ImportPreview {
  bool taken = false;  // false: it would be refused
  ImportCounts counts = {};
  ImportIssues issues = {};
};

}  // namespace wire

inline constexpr std::size_t max_name_bytes = 1020;  // 255 characters, which is what is looked at in the end
inline constexpr std::size_t max_description_bytes = 256U << 10U;
inline constexpr std::int64_t max_stock_units = 1'000'000'000;

template <>
struct Names<wire::MovementReason> {
  static constexpr auto last = wire::MovementReason::RETURNED;
  static constexpr auto list = std::to_array<std::string_view>({"RECEIVED", "ADJUSTED", "SOLD", "RETURNED"});
};
template <>
struct Names<wire::ImportState> {
  static constexpr auto last = wire::ImportState::interrupted;
  static constexpr auto list =
      std::to_array<std::string_view>({"running", "done", "refused", "failed", "interrupted"});
};
template <>
struct Fields<wire::Name> {
  static constexpr auto list = std::tuple{field("ko", &wire::Name::ko).most(max_name_bytes),
                                          field("en", &wire::Name::en).most(max_name_bytes)};
};
template <>
struct Fields<wire::Description> {
  static constexpr auto list = std::tuple{field("ko", &wire::Description::ko).most(max_description_bytes),
                                          field("en", &wire::Description::en).most(max_description_bytes)};
};
template <>
struct Fields<wire::ImageInput> {
  static constexpr auto list = std::tuple{field("url", &wire::ImageInput::url).required().most(2048),
                                          field("alt", &wire::ImageInput::alt)};
};
template <>
struct Fields<wire::OptionInput> {
  static constexpr auto list = std::tuple{field("name", &wire::OptionInput::name).required(),
                                          field("values", &wire::OptionInput::values).required().most(2048)};
};
template <>
struct Fields<wire::ProductVariantInput> {
  using S = wire::ProductVariantInput;
  static constexpr auto list = std::tuple{field("options", &S::options).omit_null().range(0, 2047).most(3),
                                          field("stock", &S::stock).omit_null().range(0, max_stock_units),
                                          field("sku", &S::sku).most(max_name_bytes),
                                          field("barcode", &S::barcode).most(max_name_bytes),
                                          field("unit_price", &S::unit_price).required().not_negative(),
                                          field("compare_at", &S::compare_at).not_negative(),
                                          field("active", &S::active),
                                          field("grams", &S::grams).range(0, 1'000'000'000),
                                          field("image", &S::image).most(2048)};
};
template <>
struct Fields<wire::ProductInput> {
  using S = wire::ProductInput;
  static constexpr auto list = std::tuple{field("handle", &S::handle).most(max_name_bytes),
                                          field("active", &S::active),
                                          field("name", &S::name).required(),
                                          field("description", &S::description),
                                          field("vendor", &S::vendor).most(max_name_bytes),
                                          field("tags", &S::tags).most(max_name_bytes),
                                          field("category_ids", &S::category_ids).most(100),
                                          field("tax_class", &S::tax_class),
                                          field("max_quantity", &S::max_quantity).range(0, count_max),
                                          field("images", &S::images).most(250),
                                          field("options", &S::options).most(3),
                                          field("variants", &S::variants).omit_null().most(2048)};
};
template <>
struct Fields<wire::AdminVariant> {
  using S = wire::AdminVariant;
  static constexpr auto list =
      std::tuple{field("id", &S::id),           field("product_id", &S::product_id), field("version", &S::version),
                 field("options", &S::options), field("sku", &S::sku),               field("barcode", &S::barcode),
                 field("unit_price", &S::unit_price), field("compare_at", &S::compare_at), field("stock", &S::stock),
                 field("active", &S::active),   field("grams", &S::grams),           field("image", &S::image)};
};
template <>
struct Fields<wire::AdminProduct> {
  using S = wire::AdminProduct;
  static constexpr auto list = std::tuple{
      field("id", &S::id),             field("version", &S::version),       field("product", &S::product),
      field("variants", &S::variants), field("created_at", &S::created_at), field("updated_at", &S::updated_at)};
};
template <>
struct Fields<wire::AdminProductSummary> {
  using S = wire::AdminProductSummary;
  static constexpr auto list =
      std::tuple{field("id", &S::id),       field("version", &S::version),     field("handle", &S::handle),
                 field("active", &S::active), field("name", &S::name),         field("image", &S::image),
                 field("price_min", &S::price_min), field("stock", &S::stock), field("variants", &S::variants),
                 field("updated_at", &S::updated_at)};
};
template <>
struct Fields<wire::MovementInput> {
  using S = wire::MovementInput;
  // Sales and returns are made by orders.
  static bool is_an_admins(const S& input) { return input.reason <= wire::MovementReason::ADJUSTED; }
  static constexpr auto list =
      std::tuple{field("delta", &S::delta).required().range(-max_stock_units, max_stock_units),
                 field("reason", &S::reason).required().must(is_an_admins), field("reference", &S::reference)};
};
template <>
struct Fields<wire::Movement> {
  using S = wire::Movement;
  static constexpr auto list = std::tuple{field("id", &S::id),
                                          field("delta", &S::delta),
                                          field("reason", &S::reason),
                                          field("reference", &S::reference),
                                          field("order_number", &S::order_number),
                                          field("created_at", &S::created_at)};
};
template <>
struct Fields<wire::Moved> {
  static constexpr auto list =
      std::tuple{field("movement", &wire::Moved::movement), field("stock", &wire::Moved::stock)};
};
template <>
struct Fields<wire::CategoryInput> {
  using S = wire::CategoryInput;
  static constexpr auto list =
      std::tuple{field("parent_id", &S::parent_id), field("slug", &S::slug).most(max_name_bytes),
                 field("name", &S::name).required(), field("position", &S::position).range(0, count_max)};
};
template <>
struct Fields<wire::AdminCategory> {
  using S = wire::AdminCategory;
  static constexpr auto list = std::tuple{
      field("id", &S::id),     field("version", &S::version),   field("parent_id", &S::parent_id),
      field("slug", &S::slug), field("name", &S::name),         field("position", &S::position),
      field("products", &S::products)};
};
template <>
struct Fields<wire::AdminCategoryList> {
  static constexpr auto list = std::tuple{field("items", &wire::AdminCategoryList::items)};
};
template <>
struct Fields<wire::UploadedImage> {
  using S = wire::UploadedImage;
  static constexpr auto list =
      std::tuple{field("url", &S::url), field("content_type", &S::content_type), field("width", &S::width),
                 field("height", &S::height), field("bytes", &S::bytes)};
};
template <>
struct Fields<wire::ImportCounts> {
  using S = wire::ImportCounts;
  static constexpr auto list = std::tuple{field("rows", &S::rows),
                                          field("products", &S::products),
                                          field("products_done", &S::products_done),
                                          field("products_created", &S::products_created),
                                          field("products_changed", &S::products_changed),
                                          field("variants", &S::variants),
                                          field("variants_created", &S::variants_created),
                                          field("variants_changed", &S::variants_changed),
                                          field("categories_created", &S::categories_created),
                                          field("images", &S::images),
                                          field("products_skipped", &S::products_skipped),
                                          field("variants_skipped", &S::variants_skipped)};
};
template <>
struct Fields<wire::ImportFault> {
  using S = wire::ImportFault;
  static constexpr auto list = std::tuple{field("line", &S::line), field("column", &S::column),
                                          field("header", &S::header).most(SIZE_MAX), field("code", &S::code),
                                          field("detail", &S::detail).most(SIZE_MAX)};
};
template <>
struct Fields<wire::ImportIssues> {
  using S = wire::ImportIssues;
  static constexpr auto list = std::tuple{field("fault_count", &S::fault_count), field("faults", &S::faults),
                                          field("warning_count", &S::warning_count), field("warnings", &S::warnings)};
};
template <>
struct Fields<wire::Import> {
  using S = wire::Import;
  static constexpr auto list = std::tuple{
      field("id", &S::id),         field("state", &S::state),           field("counts", &S::counts),
      field("issues", &S::issues), field("created_at", &S::created_at), field("finished_at", &S::finished_at)};
};
template <>
struct Fields<wire::ImportPreview> {
  using S = wire::ImportPreview;
  static constexpr auto list =
      std::tuple{field("taken", &S::taken), field("counts", &S::counts), field("issues", &S::issues)};
};
static_assert(lists_every_member<wire::Name> && lists_every_member<wire::Description> &&
              lists_every_member<wire::ImageInput> && lists_every_member<wire::OptionInput> &&
              lists_every_member<wire::ProductVariantInput> && lists_every_member<wire::ProductInput> &&
              lists_every_member<wire::AdminVariant> && lists_every_member<wire::AdminProduct> &&
              lists_every_member<wire::AdminProductSummary> && lists_every_member<wire::MovementInput> &&
              lists_every_member<wire::Movement> && lists_every_member<wire::Moved> &&
              lists_every_member<wire::CategoryInput> && lists_every_member<wire::AdminCategory> &&
              lists_every_member<wire::AdminCategoryList> && lists_every_member<wire::UploadedImage> &&
              lists_every_member<wire::ImportCounts> && lists_every_member<wire::ImportFault> &&
              lists_every_member<wire::ImportIssues> && lists_every_member<wire::Import> &&
              lists_every_member<wire::ImportPreview>);

}  // namespace cartwright

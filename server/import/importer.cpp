#include "server/import/importer.h"

#include <chrono>
#include <span>

#include "server/log.h"
#include "server/shop/setup.h"
#include "server/shop/words.h"
#include "server/shop/writing.h"

namespace cartwright::import {

namespace {

using store::Reader;
using store::Transaction;

// Some milliseconds of the writer. A product is never divided: one with 2048 variants is a batch by itself.
constexpr std::size_t most_products = 20;
constexpr std::size_t most_variants = 100;

constexpr auto pause_when_busy = std::chrono::milliseconds(200);

wire::ImportFault fault_of(const ImportIssue& issue) {
  return {.line = issue.line,
          .column = issue.column,
          .header = issue.header,
          .code = issue.code,
          .detail = issue.detail};
}

wire::ImportIssues issues_of(const ShopifyCatalog& catalog) {
  wire::ImportIssues issues{.fault_count = catalog.faults.count, .warning_count = catalog.warnings.count};
  for (const ImportIssue& issue : catalog.faults.kept) issues.faults.push_back(fault_of(issue));
  for (const ImportIssue& issue : catalog.warnings.kept) issues.warnings.push_back(fault_of(issue));
  return issues;
}

wire::ImportCounts counts_of(const ShopifyCatalog& catalog) {
  return {.rows = catalog.rows,
          .products = static_cast<std::int64_t>(catalog.products.size()),
          .products_skipped = catalog.products_skipped,
          .variants_skipped = catalog.variants_skipped};
}

void add(wire::ImportCounts& to, const shop::UpsertCounts& counts, std::size_t products) {
  to.products_done += static_cast<std::int64_t>(products);
  to.products_created += counts.products_created;
  to.products_changed += counts.products_changed;
  to.variants += counts.variants;
  to.variants_created += counts.variants_created;
  to.variants_changed += counts.variants_changed;
  to.categories_created += counts.categories_created;
  to.images += counts.images;
}

bool is_taken(const ShopifyCatalog& catalog, const UploadOptions& options) {
  return catalog.readable && (catalog.faults.count == 0 || options.skip_bad);
}

ShopifyCatalog read_file(std::string_view text, const std::string& currency, const UploadOptions& options) {
  return read_shopify_csv(text, {.currency = currency, .language = options.language});
}

std::span<const shop::ProductRecord> next_batch(std::span<const shop::ProductRecord> left) {
  std::size_t products = 0;
  std::size_t variants = 0;
  while (products < left.size() && products < most_products) {
    variants += left[products].variants.size();
    if (products > 0 && variants > most_variants) break;
    ++products;
  }
  return left.first(products);
}

// id, state, counts, issues, created_at, finished_at
wire::Import read_import(const store::Row& row) {
  const auto part = [&]<class T>(int column, T& out) {
    auto decoded = json::decode<T>(row.get<std::string_view>(column));
    if (!decoded) throw store::StoreError(store::Fault::corrupt, "an import can't be read: " + decoded.error().path);
    out = decoded.take();
  };
  wire::Import import{.id = row.get<std::int64_t>(0),
                      .state = shop::read_word<wire::ImportState>(row.get<std::string_view>(1)),
                      .created_at = row.get<TimeMs>(4),
                      .finished_at = row.get<std::optional<TimeMs>>(5)};
  part(2, import.counts);
  part(3, import.issues);
  return import;
}

}  // namespace

struct Importer::Task {
  std::int64_t id = 0;
  shop::By by;
  std::string text;
  UploadOptions options;
  wire::ImportCounts counts = {};
};

Importer::Importer(shop::Services& shop) : shop_(shop) {
  const Status cleaned = shop::write(shop_, [&](Transaction& tx) {
    tx.execute("UPDATE imports SET state = 'interrupted', finished_at = $1 WHERE state = 'running'", shop_.now());
    return Status();
  });
  if (!cleaned) log::write(log::Level::error, cleaned.error().detail, {{"during", "import"}});
}

Importer::~Importer() { stop(); }

void Importer::stop() {
  stopping_ = true;
  const std::lock_guard lock(mutex_);
  if (thread_.joinable()) thread_.join();
}

Result<wire::Import> Importer::start(const shop::By& by, std::string text, const UploadOptions& options) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return Error{.code = ErrorCode::overloaded, .detail = "The server is restarting. Please try again."};
  if (running_) {
    return Error{.code = ErrorCode::still_in_use, .detail = "Another import is running. Please wait for its end."};
  }
  if (thread_.joinable()) thread_.join();  // it is about to say its last word, or has
  const auto begun = shop::write(shop_, [&](Transaction& tx) -> Result<wire::Import> {
    // One whose end could not be stored.
    tx.execute("UPDATE imports SET state = 'failed', finished_at = $1 WHERE state = 'running'", by.now);
    const auto id = tx.insert<Id<struct ImportTag>>(
        "INSERT INTO imports (user_id, state, counts, issues, created_at) VALUES ($1, 'running', $2, $3, $4)"
        " RETURNING id",
        by.admin, json::encode(wire::ImportCounts{}), json::encode(wire::ImportIssues{}), by.now);
    shop::log_admin(tx,
                    {.admin = by.admin,
                     .action = "import.begin",
                     .entity = "import",
                     .entity_id = id.value,
                     .after = "{\"bytes\":" + std::to_string(text.size()) + '}'},
                    by.now);
    return wire::Import{.id = id.value, .created_at = by.now};
  });
  if (!begun) return begun;
  running_ = true;
  thread_ = std::thread([this, task = Task{.id = begun->id, .by = by, .text = std::move(text), .options = options}]() mutable {
    run(std::move(task));
  });
  return begun;
}

void Importer::run(Task task) {
  const auto tell = [](const std::exception& error) {
    log::write(log::Level::error, error.what(), {{"during", "import"}});
  };
  try {
    import(task);
  } catch (const std::exception& error) {
    tell(error);
    try {
      finish(task, wire::ImportState::failed);
    } catch (const store::StoreError& again) {
      tell(again);
    }
  }
}

void Importer::import(Task& task) {
  const std::string currency = shop::shop_currency(*shop_.readers.begin()).value();
  const ShopifyCatalog catalog = read_file(task.text, currency, task.options);
  task.text = {};
  const bool taken = is_taken(catalog, task.options);
  task.counts = counts_of(catalog);
  const Status noted = shop::write(shop_, [&](Transaction& tx) {
    tx.execute("UPDATE imports SET counts = $2, issues = $3 WHERE id = $1", task.id, json::encode(task.counts),
               json::encode(issues_of(catalog)));
    return Status();
  });
  if (!noted) return finish(task, wire::ImportState::failed);
  if (!taken) return finish(task, wire::ImportState::refused);

  const shop::WrittenLevels levels = shop::load_written_levels(*shop_.readers.begin());
  std::span<const shop::ProductRecord> left = catalog.products;
  while (!left.empty()) {
    if (stopping_) return finish(task, wire::ImportState::interrupted);
    const auto batch = next_batch(left);
    wire::ImportCounts counts;
    const Status written = shop::write(shop_, [&](Transaction& tx) {
      counts = task.counts;
      add(counts, shop::upsert_products(tx, batch, shop_.now(), &levels), batch.size());
      tx.execute("UPDATE imports SET counts = $2 WHERE id = $1", task.id, json::encode(counts));
      return Status();
    });
    if (written) {
      task.counts = counts;
      left = left.subspan(batch.size());
    } else if (written.error().code == ErrorCode::overloaded) {
      std::this_thread::sleep_for(pause_when_busy);  // shoppers first
    } else {
      return finish(task, wire::ImportState::failed);
    }
  }
  finish(task, wire::ImportState::done);
}

void Importer::finish(const Task& task, wire::ImportState state) {
  running_ = false;  // before anybody can see that it has ended, and send the next file
  const TimeMs now = shop_.now();
  const Status written = shop::write(shop_, [&](Transaction& tx) {
    tx.execute("UPDATE imports SET state = $2, finished_at = $3 WHERE id = $1", task.id, name_of(state), now);
    shop::log_admin(tx,
                    {.admin = task.by.admin,
                     .action = "import." + std::string(name_of(state)),
                     .entity = "import",
                     .entity_id = task.id,
                     .after = json::encode(task.counts)},
                    now);
    return Status();
  });
  if (!written) log::write(log::Level::error, written.error().detail, {{"during", "import"}});
}

wire::ImportPreview preview(Reader& reader, std::string_view text, const UploadOptions& options) {
  const ShopifyCatalog catalog = read_file(text, shop::shop_currency(reader).value(), options);
  wire::ImportPreview preview{
      .taken = is_taken(catalog, options), .counts = counts_of(catalog), .issues = issues_of(catalog)};
  for (const shop::ProductRecord& product : catalog.products) {
    preview.counts.variants += static_cast<std::int64_t>(product.variants.size());
    preview.counts.images += static_cast<std::int64_t>(product.images.size());
    const bool is_known =
        reader.value<std::int64_t>("SELECT id FROM products WHERE handle = $1", product.handle).has_value();
    preview.counts.products_created += is_known ? 0 : 1;
  }
  return preview;
}

Result<wire::Import> load_import(Reader& reader, std::int64_t id) {
  const auto row =
      reader.first("SELECT id, state, counts, issues, created_at, finished_at FROM imports WHERE id = $1", id);
  if (!row) return Error{.code = ErrorCode::not_found, .detail = "There is no such import."};
  return read_import(*row);
}

Result<wire::Page<wire::Import>> list_imports(Reader& reader, const shop::PageRequest& request) {
  const auto below = shop::begin_below("imports", request);
  if (!below) return below.error();
  wire::Page<wire::Import> page;
  for (const auto row : reader.query("SELECT id, state, counts, issues, created_at, finished_at FROM imports"
                                     " WHERE id < $1 ORDER BY id DESC LIMIT $2",
                                     *below, request.limit + 1)) {
    page.items.push_back(read_import(row));
  }
  end_page(page, "imports", request, [](const wire::Import& import) { return import.id; });
  return page;
}

}  // namespace cartwright::import

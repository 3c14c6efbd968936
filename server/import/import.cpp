#include "server/import/import.h"

#include "server/shop/writing.h"

namespace cartwright::import {

namespace {

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

void print_issues(const IssueList& issues, std::string_view file_name, std::string_view mark, std::string& out) {
  for (const ImportIssue& issue : issues.kept) out.append(mark).append(issue.print(file_name)).append("\n");
  const auto left = issues.count - static_cast<std::int64_t>(issues.kept.size());
  if (left > 0) out.append(mark).append("and " + std::to_string(left) + " more\n");
}

}  // namespace

Result<ImportReport> import_shopify(store::Writer& writer, std::string_view text, const ImportOptions& options,
                                    TimeMs now) {
  ShopifyCatalog catalog = read_shopify_csv(text, {.currency = options.currency, .language = options.language});
  ImportReport report;
  report.taken = catalog.readable && (catalog.faults.count == 0 || options.skip_bad);
  report.faults = std::move(catalog.faults);
  report.warnings = std::move(catalog.warnings);
  report.products_skipped = catalog.products_skipped;
  report.variants_skipped = catalog.variants_skipped;
  if (!report.taken) return report;
  const store::Submitted submitted = writer.submit([&](store::Transaction& tx) {
    report.counts = shop::upsert_products(tx, catalog.products, now);
    return store::Outcome::done;
  });
  if (!submitted.committed()) return shop::error_of(submitted);
  return report;
}

std::string print_report(const ImportReport& report, std::string_view file_name) {
  std::string out;
  print_issues(report.warnings, file_name, "warning: ", out);
  print_issues(report.faults, file_name, "", out);
  const std::string faults = counted(report.faults.count, "fault", "faults");
  if (!report.taken) return out + faults + ": nothing was imported\n";
  const shop::UpsertCounts& counts = report.counts;
  out += "products: " + std::to_string(counts.products_created) + " created, " +
         std::to_string(counts.products_changed) + " changed, " + std::to_string(counts.products_unchanged) +
         " unchanged, " + std::to_string(report.products_skipped) + " skipped\n";
  out += "variants: " + std::to_string(counts.variants) + " (" + std::to_string(counts.variants_created) +
         " created, " + std::to_string(counts.variants_changed) + " changed, " +
         std::to_string(report.variants_skipped) + " rows skipped), " +
         counted(counts.images, "picture", "pictures") + ", " +
         counted(counts.categories_created, "new category", "new categories") + "\n";
  if (report.faults.count > 0) out += faults + " left out\n";
  return out;
}

}  // namespace cartwright::import

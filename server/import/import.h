// `cartwright import`: a product CSV into the shop, all of it or nothing, and what is said about it.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "server/import/shopify_csv.h"
#include "server/store/writer.h"

namespace cartwright::import {

struct ImportOptions {
  std::string currency;          // of the shop
  std::string language = "en";   // of the file: "ko" or "en"
  bool skip_bad = false;         // leave out what is faulty instead of refusing the file
};

struct ImportReport {
  bool taken = false;  // false: the file has faults, and nothing of it was written
  shop::UpsertCounts counts;
  IssueList faults;
  IssueList warnings;
  std::int64_t products_skipped = 0;
  std::int64_t variants_skipped = 0;
};

// One transaction. A faulty file is a report with taken = false, not an error. Errors: those of the writer
// (`overloaded`, `storage_failed`, `outcome_unknown`). Throws store::StoreError as every use case does.
Result<ImportReport> import_shopify(store::Writer& writer, std::string_view text, const ImportOptions& options,
                                    TimeMs now);

// In English, lines ending with "\n": a line for each fault and warning, then the counts.
std::string print_report(const ImportReport& report, std::string_view file_name);

}  // namespace cartwright::import

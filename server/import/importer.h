// POST /admin/imports: a product CSV into a shop that is open. `cartwright import` writes a file as a whole (import.h); here
// payments go on meanwhile, so it goes in small batches, each a command of its own with the progress in it: whole products,
// and the progress says of each whether it is in, after a crash too. What a crash or a restart cut off is `interrupted`;
// sending the file again goes on with it, for what is there already stays as it is.
//
// One import at a time. It has a thread of its own, which waits for the writer like any request. Thread-safe.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "server/import/import.h"
#include "server/shop/admin_log.h"
#include "server/shop/paging.h"
#include "server/shop/services.h"
#include "server/wire_catalogue.h"

namespace cartwright::import {

inline constexpr std::size_t max_upload_bytes = 32U << 20U;

struct UploadOptions {
  std::string language = "en";  // of the file: "ko" or "en"
  bool skip_bad = false;        // leave out what is faulty instead of refusing the file
};

class Importer {
 public:
  // Says of an import that the last run of the server left that it was interrupted.
  explicit Importer(shop::Services& shop);
  ~Importer();  // stops
  Importer(const Importer&) = delete;
  Importer& operator=(const Importer&) = delete;

  // Begins and returns. Errors: `still_in_use` (another one runs), `overloaded` (stopping), those of the writer.
  Result<wire::Import> start(const shop::By& by, std::string text, const UploadOptions& options);

  // Ends the running one between two batches. No other starts.
  void stop();

 private:
  struct Task;

  void run(Task task);
  void import(Task& task);
  void finish(const Task& task, wire::ImportState state);

  shop::Services& shop_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> running_ = false;
  std::mutex mutex_;
  std::thread thread_;
};

// What the file would do; writes nothing. Reads each product's handle, so it knows which are new.
wire::ImportPreview preview(store::Reader& reader, std::string_view text, const UploadOptions& options);

// Error: `not_found`.
Result<wire::Import> load_import(store::Reader& reader, std::int64_t id);

// Newest first. Error: `invalid_request` (cursor).
Result<wire::Page<wire::Import>> list_imports(store::Reader& reader, const shop::PageRequest& page);

}  // namespace cartwright::import

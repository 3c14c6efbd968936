#pragma once
// A directory of built files, read once at start and served from memory.
//
// Rule: what is served is what was found then, by exact path, so there is nothing to traverse; hidden files and
// symbolic links are not read. Files under /assets/ carry a hash of their content in their name and are cached
// for good; all else is revalidated by ETag. `name.gz` and `name.br` beside a file are its ready-made codings;
// without a `name.gz` what becomes smaller by gzip is packed at the start.
// Immutable after load: safe from any thread.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/http/message.h"

namespace cartwright::http {

struct StaticFilesOptions {
  std::string directory;
  std::size_t max_total_bytes = 256U << 20U;       ///< refuse to load more than this into memory
  std::string immutable_prefix = "/assets/";       ///< paths with hashed names
};

class StaticFiles {
 public:
  /// An empty set: finds nothing.
  StaticFiles() = default;

  /// Reads the directory; on failure `fault` says why and nothing is served.
  static std::optional<StaticFiles> load(const StaticFilesOptions& options, std::string& fault);

  /// The file at `path` ("/" and "/x/" mean their index.html), 304 when the client has it; nothing when there is
  /// none. GET and HEAD only: the caller's route sees to that.
  std::optional<Response> find(const Request& request, std::string_view path) const;

  /// A file's content, null when there is none (an HTML template, say).
  std::shared_ptr<const std::string> content(std::string_view path) const;

  std::size_t count() const { return files_.size(); }

 private:
  struct File {
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzip;
    std::shared_ptr<const std::string> brotli;
    std::string content_type;
    std::string etag;
    std::string cache_control;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, File, Hash, std::equal_to<>> files_;
};

/// Content type by file extension, "application/octet-stream" when unknown.
std::string_view content_type_of(std::string_view path);

}  // namespace cartwright::http

#include "server/http/static_files.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "server/etag.h"
#include "server/http/compress.h"
#include "server/http/fields.h"

namespace cartwright::http {

namespace {

namespace fs = std::filesystem;
using Extension = std::pair<std::string_view, std::string_view>;

constexpr std::array<Extension, 20> content_types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".yaml", "application/yaml"},
    {".pdf", "application/pdf"},
}};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::shared_ptr<const std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return nullptr;
  auto content =
      std::make_shared<std::string>(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  return file.bad() ? nullptr : content;
}

using Contents = std::unordered_map<std::string, std::shared_ptr<const std::string>>;

/// All regular, visible files by their path from the root.
std::optional<Contents> read_directory(const StaticFilesOptions& options, std::string& fault) {
  Contents contents;
  std::size_t total = 0;
  std::error_code error;
  fs::recursive_directory_iterator at(options.directory, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    if (at->path().filename().string().front() == '.') {
      at.disable_recursion_pending();
      continue;
    }
    if (at->is_symlink(error) || !at->is_regular_file(error)) continue;  // linked directories are not entered
    auto content = read_file(at->path());
    if (content == nullptr) {
      fault = "cannot read " + at->path().string();
      return std::nullopt;
    }
    total += content->size();
    if (total > options.max_total_bytes) {
      fault = options.directory + " holds more than " + std::to_string(options.max_total_bytes) + " bytes";
      return std::nullopt;
    }
    contents.emplace("/" + at->path().lexically_relative(options.directory).generic_string(), std::move(content));
  }
  if (!error) return contents;
  fault = "cannot read " + options.directory + ": " + error.message();
  return std::nullopt;
}

/// Null when it saves nothing worth having: pictures and fonts are packed already.
std::shared_ptr<const std::string> packed(const std::string& content) {
  if (content.size() < min_compressed_bytes) return nullptr;
  auto text = std::make_shared<const std::string>(gzip(content, 9));
  return text->size() < content.size() / 10 * 9 ? text : nullptr;
}

std::shared_ptr<const std::string> find_content(const Contents& contents, const std::string& path) {
  const auto found = contents.find(path);
  return found == contents.end() ? nullptr : found->second;
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
  for (const auto& [extension, type] : content_types) {
    if (ends_with(path, extension)) return type;
  }
  return "application/octet-stream";
}

std::optional<StaticFiles> StaticFiles::load(const StaticFilesOptions& options, std::string& fault) {
  const auto contents = read_directory(options, fault);
  if (!contents) return std::nullopt;
  StaticFiles files;
  for (const auto& [path, content] : *contents) {
    const bool is_coding = ends_with(path, ".gz") || ends_with(path, ".br");
    if (is_coding && contents->count(path.substr(0, path.size() - 3)) > 0) continue;
    const bool is_immutable = path.rfind(options.immutable_prefix, 0) == 0;
    File file;
    file.plain = content;
    file.gzip = find_content(*contents, path + ".gz");
    if (!file.gzip) file.gzip = packed(*content);
    file.brotli = find_content(*contents, path + ".br");
    file.content_type = content_type_of(path);
    file.etag = etag_of(*content);
    file.cache_control = is_immutable ? "public, max-age=31536000, immutable" : "no-cache";
    files.files_.emplace(path, std::move(file));
  }
  return files;
}

std::optional<Response> StaticFiles::find(const Request& request, std::string_view path) const {
  auto found = files_.find(path);
  if (found == files_.end() && ends_with(path, "/")) found = files_.find(std::string(path) + "index.html");
  if (found == files_.end()) return std::nullopt;
  const File& file = found->second;
  Response response;
  response.set_header("ETag", file.etag).set_header("Cache-Control", file.cache_control);
  if (file.gzip || file.brotli) response.set_header("Vary", "Accept-Encoding");
  if (etag_matches(request.header("If-None-Match"), file.etag)) {
    response.status = 304;
    return response;
  }
  response.content_type = file.content_type;
  response.shared_body = file.plain;
  const std::string_view accepted = request.header("Accept-Encoding");
  const bool takes_brotli = file.brotli && accepts_encoding(accepted, "br");
  if (takes_brotli || (file.gzip && accepts_encoding(accepted, "gzip"))) {
    response.shared_body = takes_brotli ? file.brotli : file.gzip;
    response.set_header("Content-Encoding", takes_brotli ? "br" : "gzip");
  }
  return response;
}

std::shared_ptr<const std::string> StaticFiles::content(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : found->second.plain;
}

}  // namespace cartwright::http

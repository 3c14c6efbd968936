#include "server/api/upload_handlers.h"

#include "server/api/once.h"
#include "server/http/fields.h"
#include "server/shop/media.h"
#include "server/shop/pictures.h"
#include "server/shop/writing.h"

namespace cartwright::api {

namespace {

using store::Transaction;

bool is_csv(std::string_view content_type) {
  return http::same_name(http::trim(content_type.substr(0, content_type.find(';'))), "text/csv");
}

Result<bool> flag(const Call& call, std::string_view name) {
  const std::string* text = call.request.find(name);
  if (text == nullptr || *text == "false" || *text == "0") return false;
  if (*text == "true" || *text == "1") return true;
  return Error{.code = ErrorCode::invalid_request,
               .path = "$." + std::string(name),
               .detail = "must be true or false"};
}

Result<import::UploadOptions> options_of(const Call& call) {
  import::UploadOptions options;
  if (const std::string* language = call.request.find("language")) options.language = *language;
  if (options.language != "ko" && options.language != "en") {
    return Error{.code = ErrorCode::invalid_request, .path = "$.language", .detail = "must be ko or en"};
  }
  const auto skip_bad = flag(call, "skip_bad");
  if (!skip_bad) return skip_bad.error();
  options.skip_bad = *skip_bad;
  return options;
}

http::Response preview_import(const Call& call, const import::UploadOptions& options) {
  const auto slot = call.shop.long_work->take();
  if (!slot) return refuse(call, slot.error());
  const auto read = call.shop.readers.begin();
  http::Response response = answer_json(json::encode(import::preview(*read, call.request.body, options)));
  response.set_header("Cache-Control", "no-store");
  return response;
}

}  // namespace

http::Response upload_image(const Call& call) {
  const auto picture = shop::read_picture(call.request.body);
  if (!picture) return refuse(call, picture.error());
  const shop::Media media{.name = shop::media_name(*picture),
                          .content_type = std::string(picture->content_type),
                          .bytes = std::string(picture->bytes)};
  const wire::UploadedImage image{.url = "/media/" + media.name,
                                  .content_type = media.content_type,
                                  .width = picture->width,
                                  .height = picture->height,
                                  .bytes = static_cast<std::int64_t>(media.bytes.size())};
  const auto is_new = shop::write(call.shop, [&](Transaction& tx) -> Result<bool> {
    if (shop::has_media(tx, media.name)) return false;
    shop::add_media(tx, media);
    shop::log_admin(
        tx, {.admin = call.user(), .action = "image.add", .entity = "image", .after = json::encode(image)}, call.now);
    return true;
  });
  if (!is_new) return refuse(call, is_new.error());
  http::Response response = answer_json(json::encode(image), *is_new ? 201 : 200);
  response.set_header("Cache-Control", "no-store");
  response.set_header("Location", image.url);
  return response;
}

http::Response import_products(const Call& call, import::Importer& importer) {
  if (!is_csv(call.request.header("Content-Type"))) {
    return refuse(call, {.code = ErrorCode::unsupported_media_type, .detail = "The body must be text/csv."});
  }
  const auto options = options_of(call);
  if (!options) return refuse(call, options.error());
  const auto dry_run = flag(call, "dry_run");
  if (!dry_run) return refuse(call, dry_run.error());
  if (*dry_run) return preview_import(call, *options);
  const auto begun =
      importer.start({.admin = call.user(), .now = call.now}, std::string(call.request.body), *options);
  http::Response response = answer(call, begun, 202);
  response.set_header("Cache-Control", "no-store");
  if (begun) response.set_header("Location", "/api/v1/admin/imports/" + std::to_string(begun->id));
  return response;
}

http::Response list_imports(const Call& call) {
  const auto page = page_of(call);
  if (!page) return refuse(call, page.error());
  const auto read = call.shop.readers.begin();
  const auto imports = import::list_imports(*read, *page);
  return imports ? answer_personal(call, json::encode(*imports)) : refuse(call, imports.error());
}

http::Response show_import(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto read = call.shop.readers.begin();
  const auto import = import::load_import(*read, *id);
  return import ? answer_personal(call, json::encode(*import)) : refuse(call, import.error());
}

}  // namespace cartwright::api

// What admins send as files: pictures, and product files. A body is held in memory as a whole, for there is no part of either
// that could be used by itself: bounded by the route (8 and 32 MiB), and together with all other large bodies by
// `--body-memory` (http/options.h: max_large_body_bytes), above which senders get 503 while payments still have room.
#pragma once

#include "server/api/call.h"
#include "server/import/importer.h"

namespace cartwright::api {

// POST /admin/images (the picture's bytes) -> 201 UploadedImage; 200 when the shop has it already. So it needs no key.
http::Response upload_image(const Call& call);

// POST /admin/imports?language=ko|en&skip_bad=&dry_run= (text/csv) -> 202 Import and its Location; dry_run: 200 ImportPreview.
// Needs no key: only one runs at a time, and the same file again changes nothing.
http::Response import_products(const Call& call, import::Importer& importer);

http::Response list_imports(const Call& call);  // GET /admin/imports -> 200 a page, newest first
http::Response show_import(const Call& call);   // GET /admin/imports/{id} -> 200 Import

}  // namespace cartwright::api

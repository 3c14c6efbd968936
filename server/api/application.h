// The REST API and the pages as one application: the route table, who may use which route, and what every answer
// carries (API.md "Names", "Sessions", "Every answer").
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/api/call.h"
#include "server/api/live.h"
#include "server/api/origin.h"
#include "server/api/pages.h"
#include "server/http/options.h"
#include "server/http/router.h"
#include "server/http/static_files.h"
#include "server/import/importer.h"

namespace cartwright::api {

enum class Access : std::uint8_t {
  anyone,   // a caller is known when there is a session
  shopper,  // 401 without a session
  admin,    // 403 for others
};

// What a route counts, per user and per address (shop/rate_limits.h).
enum class Limit : std::uint8_t { none, registration, reset, issue, code, order, payment };

using Handler = std::function<http::Response(const Call&)>;

struct ApiRoute {
  http::Method method;
  const char* pattern;
  Access access;
  Handler handler;
  http::RouteOptions options = {};
  Limit limit = Limit::none;
};

// The handler behind the checks: origin of writes, session, role, limits; a store that fails becomes a problem. The services
// and the other sites' origins must outlive the route.
http::Route guarded(ApiRoute route, shop::Services& services, const Origins& origins);

// Every route of /api/v1, and /healthz and /readyz (routes.cpp).
// `importer` may be null where no handler is ever called.
std::vector<ApiRoute> api_routes(const Live& live, import::Importer* importer);

// The shop front: its pages, and the files that it was built into.
std::vector<ApiRoute> page_routes(const Pages& pages, const http::StaticFiles& files);

// Security headers on every answer, `failed` to the log.
http::Hooks hooks();

}  // namespace cartwright::api

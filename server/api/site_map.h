// What search engines ask for: which pages there are (sitemaps.org), in both languages, and where that is written.
// All of it needs the shop's public address (--public-url): a site map takes no relative ones.
#pragma once

#include <optional>

#include "server/api/call.h"

namespace cartwright::api {

http::Response show_robots(const Call& call);  // GET /robots.txt
// GET /sitemap.xml: the parts. Empty: the public address isn't known.
std::optional<http::Response> list_site_map_parts(const Call& call);
// GET /sitemaps/{after}: the products behind that id, 2,000 at most; with the first of them the other pages.
std::optional<http::Response> show_site_map_part(const Call& call);

}  // namespace cartwright::api

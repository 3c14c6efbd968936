// Which site a request comes from. Other sites' pages may use the API when the shop lists them (CORS), with a token of
// their own: the shop's cookie never acts for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"
#include "server/http/options.h"

namespace cartwright::api {

using Origins = std::vector<std::string>;

// "https://www.example.com", maybe with a port: as browsers write it.
bool is_origin(std::string_view text);

// From this shop's own pages, or from no page at all (Sec-Fetch-Site, Origin).
bool is_same_origin(const http::Request& request);

// From a page of a listed site.
bool is_listed(const http::Request& request, const Origins& origins);

// Around `hooks`: listed sites' pages may ask (preflight) and read what the API answers.
http::Hooks with_cors(http::Hooks hooks, Origins origins);

}  // namespace cartwright::api

// POST /quotes (server/wire_quotes.h): a price for clients without the module. It changes nothing, so it needs no key.
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response quote_lines(const Call& call);

}  // namespace cartwright::api

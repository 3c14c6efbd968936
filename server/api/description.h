// The description of the REST API that this binary has in it (openapi.json, made by tests/openapi/make.mjs).
#pragma once

#include <string_view>

#include "server/api/call.h"

namespace cartwright::api {

std::string_view openapi_json();

http::Response show_description(const Call& call);

}  // namespace cartwright::api

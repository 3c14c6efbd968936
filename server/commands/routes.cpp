// routes: every route of the REST API and who may use it, one a line; for tests and for whoever sets up a proxy.
#include <cstdio>

#include "server/api/application.h"
#include "server/commands/commands.h"
#include "server/commands/support.h"

namespace cartwright::commands {

int routes() {
  // Handlers are named and never called, so there is nothing to read from and nobody to publish to.
  store::Readers nothing({});
  const api::Live live(nothing, {.publish = [](std::string_view, auto) {}, .position = [] { return 0; }}, system_now());
  for (const api::ApiRoute& route : api::api_routes(live, nullptr)) {
    const char* access = "";
    switch (route.access) {
      case api::Access::anyone: access = "anyone"; break;
      case api::Access::shopper: access = "shopper"; break;
      case api::Access::admin: access = "admin"; break;
    }
    std::printf("%s %s %s\n", std::string(http::name_of(route.method)).c_str(), route.pattern, access);
  }
  return 0;
}

}  // namespace cartwright::commands

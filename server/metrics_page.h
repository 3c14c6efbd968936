// GET /metrics on a port of loopback that nobody else's requests share, on a thread of its own.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "server/http/server.h"

namespace cartwright {

class MetricsPage {
 public:
  MetricsPage(int port, std::function<std::string()> text);
  ~MetricsPage();

  // Why it couldn't take the port.
  const std::optional<std::string>& fault() const { return fault_; }
  int port() const { return server_.port(); }

 private:
  http::Server server_;
  std::optional<std::string> fault_;
  std::thread thread_;
};

}  // namespace cartwright

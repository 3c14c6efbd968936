#include "server/metrics_page.h"

namespace cartwright {

namespace {

http::Router router_for(std::function<std::string()> text) {
  http::Router router;
  router.add({.method = http::Method::GET,
              .pattern = "/metrics",
              .handler =
                  [text = std::move(text)](const http::Request&) {
                    http::Response response = http::Response::text(200, text());
                    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
                    return response;
                  },
              .options = {}});
  return router;
}

}  // namespace

MetricsPage::MetricsPage(int port, std::function<std::string()> text)
    : server_({.port = port, .max_connections = 16, .worker_count = 1, .trusted_proxies = {}}, router_for(std::move(text))),
      fault_(server_.bind()) {
  if (!fault_) thread_ = std::thread([this] { server_.run(); });
}

MetricsPage::~MetricsPage() {
  if (!thread_.joinable()) return;
  server_.stop();
  thread_.join();
}

}  // namespace cartwright

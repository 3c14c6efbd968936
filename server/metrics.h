// Figures for Prometheus: requests and their times by route, what the shop did since the start, and the figures that
// writer and server keep themselves: queue, batches, commits, connections, streams. Thread-safe.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/http/message.h"
#include "server/http/router.h"
#include "server/http/server.h"
#include "server/store/writer.h"

namespace cartwright {

class Metrics {
 public:
  Metrics();

  // Before the first request. Requests that match no route count under "".
  void add_route(http::Method method, const std::string& pattern);

  void count(const http::Request& request, const http::Response& response, std::int64_t duration_us);

  // In Prometheus' text format.
  std::string text(const store::WriterStatistics& writer, const http::ServerStats& server) const;

 private:
  struct Route {
    std::array<prometheus::Counter*, 6> by_status = {};  // first digit
    prometheus::Histogram* seconds = nullptr;
    prometheus::Counter* deed = nullptr;  // null: success here is nothing that the shop counts
  };
  using Methods = std::array<Route, http::method_names.size()>;

  Route& route_of(http::Method method, std::string_view pattern);

  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  prometheus::Family<prometheus::Counter>& deeds_;
  prometheus::Counter& replayed_;
  std::unordered_map<std::string_view, Methods> routes_;  // by patterns of the registry's labels
  std::vector<std::unique_ptr<std::string>> patterns_;
};

}  // namespace cartwright

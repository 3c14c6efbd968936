#include "server/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>

namespace cartwright {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr double us_per_second = 1e6;

const prometheus::Histogram::BucketBoundaries bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                     0.1,    0.25,  0.5,    1,     2.5,  10};

// What is worth counting when it goes well.
std::string_view deed_of(http::Method method, std::string_view pattern) {
  struct Deed {
    std::string_view pattern, name;
  };
  constexpr Deed deeds[] = {{"/api/v1/orders", "order_placed"},
                            {"/api/v1/orders/{number}/payment", "order_paid"},
                            {"/api/v1/orders/{number}/cancel", "order_cancelled"},
                            {"/api/v1/orders/{number}/returns", "order_returned"},
                            {"/api/v1/campaigns/{id}/issue", "coupon_issued"},
                            {"/api/v1/me/coupons", "coupon_code_used"},
                            {"/api/v1/me/balance/charges", "balance_charged"},
                            {"/api/v1/auth/register", "account_registered"}};
  if (method != http::Method::POST) return {};
  const auto found = std::find_if(std::begin(deeds), std::end(deeds), [&](const Deed& d) { return d.pattern == pattern; });
  return found == std::end(deeds) ? std::string_view{} : found->name;
}

MetricFamily single(std::string name, std::string help, MetricType type, std::uint64_t value) {
  MetricFamily family{std::move(name), std::move(help), type, {ClientMetric{}}};
  family.metric[0].counter.value = family.metric[0].gauge.value = static_cast<double>(value);
  return family;
}

MetricFamily commits(const store::WriterStatistics& writer) {
  MetricFamily family{"cartwright_commit_seconds", "Time of a durable commit", MetricType::Histogram, {ClientMetric{}}};
  auto& histogram = family.metric[0].histogram;
  for (std::size_t i = 0; i + 1 < writer.commit_us.size(); ++i) {
    histogram.sample_count += writer.commit_us[i];
    const auto bound = static_cast<double>(std::uint64_t{1} << i) / us_per_second;
    histogram.bucket.push_back({.cumulative_count = histogram.sample_count, .upper_bound = bound});
  }
  histogram.sample_count += writer.commit_us.back();
  histogram.sample_sum = static_cast<double>(writer.commit_total_us) / us_per_second;
  return family;
}

}  // namespace

Metrics::Metrics()
    : requests_(prometheus::BuildCounter()
                    .Name("cartwright_http_requests_total")
                    .Help("Answers by route and first digit of the status")
                    .Register(registry_)),
      seconds_(prometheus::BuildHistogram()
                   .Name("cartwright_http_request_seconds")
                   .Help("From the whole request to its answer")
                   .Register(registry_)),
      deeds_(prometheus::BuildCounter()
                 .Name("cartwright_shop_total")
                 .Help("What was done in the shop, each counted once however often it was asked for")
                 .Register(registry_)),
      replayed_(prometheus::BuildCounter()
                    .Name("cartwright_replayed_total")
                    .Help("Answers given again to an idempotency key")
                    .Register(registry_)
                    .Add({})) {
  for (std::size_t i = 0; i < http::method_names.size(); ++i) add_route(static_cast<http::Method>(i), "");
}

void Metrics::add_route(http::Method method, const std::string& pattern) {
  if (!routes_.contains(pattern)) {
    patterns_.push_back(std::make_unique<std::string>(pattern));
    routes_.emplace(*patterns_.back(), Methods{});
  }
  const std::string method_name(name_of(method));
  Route& route = routes_[pattern][static_cast<std::size_t>(method)];
  for (std::size_t digit = 1; digit < route.by_status.size(); ++digit) {
    const std::string status = std::to_string(digit) + "xx";
    route.by_status[digit] = &requests_.Add({{"method", method_name}, {"route", pattern}, {"status", status}});
  }
  route.seconds = &seconds_.Add({{"method", method_name}, {"route", pattern}}, bounds);
  const std::string deed(deed_of(method, pattern));
  if (!deed.empty()) route.deed = &deeds_.Add({{"deed", deed}});
}

Metrics::Route& Metrics::route_of(http::Method method, std::string_view pattern) {
  const auto at = static_cast<std::size_t>(method);
  if (const auto found = routes_.find(pattern); found != routes_.end()) {
    if (found->second[at].seconds != nullptr) return found->second[at];
    if (method == http::Method::HEAD) return route_of(http::Method::GET, pattern);
  }
  return routes_.find(std::string_view{})->second[at];
}

void Metrics::count(const http::Request& request, const http::Response& response, std::int64_t duration_us) {
  Route& route = route_of(request.method, request.route);
  route.by_status[static_cast<std::size_t>(std::clamp(response.status / 100, 1, 5))]->Increment();
  route.seconds->Observe(static_cast<double>(duration_us) / us_per_second);
  if (response.find_header("Idempotency-Replayed") != nullptr) {
    replayed_.Increment();
  } else if (route.deed != nullptr && response.status / 100 == 2) {
    route.deed->Increment();
  }
}

std::string Metrics::text(const store::WriterStatistics& writer, const http::ServerStats& server) const {
  using enum MetricType;
  std::vector<MetricFamily> families = registry_.Collect();
  families.push_back(commits(writer));
  families.push_back(single("cartwright_writer_waiting", "Commands in the writer's queue", Gauge, writer.waiting));
  families.push_back(single("cartwright_writer_commands_total", "Commands committed", Counter, writer.commands));
  families.push_back(single("cartwright_writer_batches_total", "Commits", Counter, writer.batches));
  families.push_back(single("cartwright_writer_largest_batch", "Most commands in one commit", Gauge, writer.largest_batch));
  families.push_back(single("cartwright_writer_refused_total", "Commands refused, the queue being full", Counter,
                            writer.refused_full));
  families.push_back(single("cartwright_writer_failed_total", "Commits that failed", Counter, writer.failed_batches));
  families.push_back(single("cartwright_connections", "Open connections", Gauge, server.connections));
  families.push_back(single("cartwright_streams", "Open event streams", Gauge, server.streams));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace cartwright

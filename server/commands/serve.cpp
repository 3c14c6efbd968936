#include <pthread.h>
#include <signal.h>
#include <sodium.h>

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "server/api/application.h"
#include "server/commands/commands.h"
#include "server/commands/support.h"
#include "server/gateway/cashier.h"
#include "server/http/server.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/metrics_page.h"
#include "server/relay/relay.h"
#include "server/shop/cache.h"
#include "server/shop/accounts.h"
#include "server/shop/expiry.h"
#include "server/shop/rate_limits.h"
#include "server/shop/setup.h"
#include "server/shop/sign_ins.h"
#include "server/store/sqlite/sqlite_store.h"

namespace cartwright::commands {

namespace {

// Sweeps every few seconds until it is told to end.
class Sweeper {
 public:
  explicit Sweeper(shop::Services& services) : thread_([this, &services] { run(services); }) {}
  ~Sweeper() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

 private:
  void run(shop::Services& services) {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::seconds(2), [this] { return stopping_; })) {
      lock.unlock();
      try {
        (void)shop::sweep(services, services.now());
        (void)relay::forget_events(services, services.now());
      } catch (const store::StoreError& error) {
        log::write(log::Level::error, error.what(), {{"during", "sweep"}});  // the next one tries again
      }
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

// SIGTERM and SIGINT, waited for by a thread of its own; blocked in all others, so start it before any of them.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  void stop_on_signal(http::Server& server) {
    thread_ = std::thread([this, &server] {
      int signal = 0;
      sigwait(&set_, &signal);
      server.stop();
    });
  }
  ~StopSignals() { end(); }
  // No signal reaches the server after this: call it while there is one.
  void end() {
    if (!thread_.joinable()) return;
    pthread_kill(thread_.native_handle(), SIGTERM);  // no effect when it has come back already
    thread_.join();
  }

 private:
  sigset_t set_;
  std::thread thread_;
};

constexpr std::int64_t slow_us = 1'000'000;

// Counts every answer, and logs those that somebody should look at, or all. Routes, not paths: these name people's orders.
http::Hooks watched(http::Hooks hooks, Metrics& metrics, bool log_all) {
  const auto after = std::move(hooks.after);
  hooks.after = [after, &metrics, log_all](const http::Request& request, http::Response& response,
                                           std::string_view route, std::int64_t duration_us) {
    after(request, response, route, duration_us);
    metrics.count(request, response, duration_us);
    const bool failed = response.status >= 500;
    if (!failed && !log_all && duration_us < slow_us) return;
    log::write(failed ? log::Level::error : (duration_us < slow_us ? log::Level::info : log::Level::warn), "request",
               {{"request_id", request.request_id},
                {"method", name_of(request.method)},
                {"route", route},
                {"status", std::int64_t{response.status}},
                {"duration_us", duration_us},
                {"address", request.remote_address}});
  };
  return hooks;
}

}  // namespace

int serve(const ServeOptions& options) {
  if (sodium_init() < 0) return fail("libsodium does not start");
  log::start(options.access_log ? log::Level::info : options.log_level);
  StopSignals signals;

  http::ServerOptions http_options;
  http_options.host = options.host;
  http_options.port = options.port;
  for (const std::string& text : options.trusted_proxies) {
    const auto cidr = http::Cidr::parse(text);
    if (!cidr) return fail("--trust-proxy: " + text + " is no address range, like 10.0.0.0/8");
    http_options.trusted_proxies.push_back(*cidr);
  }
  for (const std::string& text : options.allowed_origins) {
    if (!api::is_origin(text)) return fail("--allow-origin: " + text + " is no origin, like https://www.example.com");
  }
  http_options.max_connections_per_address = options.connections_per_address;
  http_options.max_large_body_bytes = options.body_memory_mib << 20U;
  shop::RateLimits limits;
  for (const std::string& text : options.limits) {
    if (const Status status = limits.set(text); !status) return fail("--limit: " + status.error().detail);
  }
  if (!options.mail.host.empty() && !shop::normalise_email(options.mail.from)) {
    return fail("--smtp-from: the shop's own e-mail address is needed");
  }
  const bool has_gateway = !options.gateway.url.empty();
  if (has_gateway) {
    if (const Status status = gateway::check(options.gateway); !status) return fail("--gateway-url: " + status.error().detail);
  }
  if (options.settings.charge_provider == shop::ChargeProvider::gateway) {
    if (!has_gateway) return fail("--charge-provider: gateway needs --gateway-url");
    if (options.settings.public_url.empty()) {
      return fail("--charge-provider: gateway needs --public-url, where its page sends the shopper back to");
    }
  }

  try {
    shop::Cache cache;
    shop::SignIns sign_ins;
    auto database = store::open_sqlite({.path = options.db});
    if (const Status made = shop::ensure_shop(*database.writer, options.currency, system_now()); !made) {
      return fail(made.error().detail);
    }
    shop::Services services{.writer = *database.writer,
                            .readers = *database.readers,
                            .now = system_now,
                            .settings = options.settings,
                            .cache = &cache,
                            .sign_ins = &sign_ins,
                            .limits = &limits};
    std::optional<ResetMailer> mailer;
    if (!options.mail.host.empty()) {
      mailer.emplace(services, options.mail);
      services.mail_reset_link = [&](std::string email) { mailer->ask(std::move(email)); };
    }

    std::optional<http::StaticFiles> files;
    std::optional<api::Pages> pages;
    if (!options.web.empty()) {
      std::string fault;
      files = http::StaticFiles::load({.directory = options.web}, fault);
      if (!files) return fail("--web: " + fault);
      const auto index = files->content("/index.html");
      if (index == nullptr) return fail("--web: there is no index.html in " + options.web);
      pages.emplace(*index);
    }

    // The server is made of the routes, and the live stream's route needs the server to publish to.
    http::Server* outlet = nullptr;
    api::Live live(*database.readers,
                   {.publish = [&](std::string_view topic, std::shared_ptr<const std::string> bytes) {
                      outlet->publish(topic, std::move(bytes));
                    },
                    .position = [&] { return outlet->stream_position(); }},
                   system_now());
    import::Importer importer(services);
    http::Router router;
    Metrics metrics;
    const auto add = [&](api::ApiRoute& route) {
      metrics.add_route(route.method, route.pattern);
      router.add(api::guarded(std::move(route), services, options.allowed_origins));
    };
    for (api::ApiRoute& route : api::api_routes(live, &importer)) add(route);
    if (pages) {
      for (api::ApiRoute& route : api::page_routes(*pages, *files)) add(route);
    }
    if (options.empty_route) {
      api::ApiRoute route{http::Method::GET, "/empty", api::Access::anyone, [](const api::Call&) {
                            return api::answer_json(R"({"empty":true,"filled":"to forty bytes"})");
                          }};
      add(route);
    }
    http::Hooks hooks = api::with_cors(api::hooks(), options.allowed_origins);
    http::Server server(http_options, std::move(router), watched(std::move(hooks), metrics, options.access_log));
    outlet = &server;
    database.writer->on_commit([&](const store::Commit& commit) {
      cache.on_commit(commit);
      sign_ins.sessions.on_commit(commit);
      live.on_commit(commit);
    });
    if (const auto fault = server.bind()) return fail(*fault);
    signals.stop_on_signal(server);
    relay::Relay relay(services);
    database.writer->on_commit([&](const store::Commit& commit) { relay.on_commit(commit); });
    std::optional<gateway::Cashier> cashier;
    if (has_gateway) {
      cashier.emplace(services, options.gateway);
      database.writer->on_commit([&](const store::Commit& commit) { cashier->on_commit(commit); });
    }
    const Sweeper sweeper(services);
    std::printf("Cartwright is open: http://%s:%d/\n", options.host.c_str(), server.port());
    std::fflush(stdout);
    std::optional<MetricsPage> metrics_page;
    if (options.metrics_port) {
      metrics_page.emplace(*options.metrics_port, [&] { return metrics.text(database.writer->statistics(), server.stats()); });
      if (metrics_page->fault()) return fail("--metrics-port: " + *metrics_page->fault());
      log::write(log::Level::info, "metrics", {{"port", std::int64_t{metrics_page->port()}}});
    }
    if (!server.run()) log::write(log::Level::warn, "some requests did not end in time");
    signals.end();
    importer.stop();
    relay.stop();
    if (cashier) cashier->stop();
    mailer.reset();
    database.writer->stop();
    live.stop();
    return 0;
  } catch (const store::StoreError& error) {
    return fail(options.db + ": " + error.what());
  }
}

}  // namespace cartwright::commands

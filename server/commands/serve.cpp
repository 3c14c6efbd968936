#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "server/api/application.h"
#include "server/commands/commands.h"
#include "server/commands/support.h"
#include "server/http/server.h"
#include "server/shop/cache.h"
#include "server/shop/expiry.h"
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
      } catch (const store::StoreError& error) {
        spdlog::error("sweep: {}", error.what());  // the next one tries again
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

}  // namespace

int serve(const ServeOptions& options) {
  if (sodium_init() < 0) return fail("libsodium does not start");
  spdlog::set_default_logger(spdlog::stderr_logger_mt("cartwright"));
  StopSignals signals;

  http::ServerOptions http_options;
  http_options.host = options.host;
  http_options.port = options.port;
  for (const std::string& text : options.trusted_proxies) {
    const auto cidr = http::Cidr::parse(text);
    if (!cidr) return fail("--trust-proxy: " + text + " is no address range, like 10.0.0.0/8");
    http_options.trusted_proxies.push_back(*cidr);
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
                            .sign_ins = &sign_ins};

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
    http::Router router;
    for (api::ApiRoute& route : api::api_routes(live)) router.add(api::guarded(std::move(route), services));
    if (pages) {
      for (api::ApiRoute& route : api::page_routes(*pages, *files)) router.add(api::guarded(std::move(route), services));
    }
    http::Server server(http_options, std::move(router), api::hooks());
    outlet = &server;
    database.writer->on_commit([&](const store::Commit& commit) {
      cache.on_commit(commit);
      sign_ins.sessions.on_commit(commit);
      live.on_commit(commit);
    });
    if (const auto fault = server.bind()) return fail(*fault);
    signals.stop_on_signal(server);
    const Sweeper sweeper(services);
    std::printf("Cartwright is open: http://%s:%d/\n", options.host.c_str(), server.port());
    std::fflush(stdout);
    if (!server.run()) spdlog::warn("some requests did not end in time");
    signals.end();
    database.writer->stop();
    live.stop();
    return 0;
  } catch (const store::StoreError& error) {
    return fail(options.db + ": " + error.what());
  }
}

}  // namespace cartwright::commands

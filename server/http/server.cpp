#include "server/http/server.h"

#include <sys/resource.h>

#include "server/http/engine.h"
#include "server/http/event_loop.h"

namespace cartwright::http {

namespace {

/// Each connection is a file; the soft limit is often 1,024 where the hard one allows many more.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

struct Server::Parts {
  ServerOptions options;
  Engine engine;
  EventLoop loop;

  Parts(ServerOptions given, Router router, Hooks hooks)
      : options(std::move(given)), engine(options, std::move(router), std::move(hooks)), loop(options, engine) {}
};

Server::Server(ServerOptions options, Router router, Hooks hooks)
    : parts_(std::make_unique<Parts>(std::move(options), std::move(router), std::move(hooks))) {}

Server::~Server() = default;

std::optional<std::string> Server::bind() {
  raise_file_limit();
  return parts_->engine.open_listener();
}

int Server::port() const { return parts_->engine.port(); }

bool Server::run() { return parts_->loop.run(); }

void Server::stop() noexcept { parts_->loop.stop(); }

void Server::publish(std::string_view topic, std::shared_ptr<const std::string> bytes) {
  parts_->loop.publish(topic, std::move(bytes));
}

std::uint64_t Server::stream_position() const { return parts_->loop.stream_position(); }

ServerStats Server::stats() const { return {parts_->loop.connection_count(), parts_->loop.stream_count()}; }

}  // namespace cartwright::http

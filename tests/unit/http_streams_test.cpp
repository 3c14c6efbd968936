// Server-sent events over real sockets.

#include <doctest/doctest.h>

#include "tests/unit/http_fixture.h"

using namespace cartwright::http;
using http_test::Client;
using http_test::RunningServer;

namespace {

Router stream_routes() {
  Router router;
  router.add({Method::GET,
              "/stream/{topic}",
              [](const Request& request) {
                StreamStart start;
                start.initial = "data: hello\n\n";
                start.topics = {std::string(request.param("topic")), "all"};
                if (const std::string* since = request.find("since")) start.since = std::stoull(*since);
                return Response::events(std::move(start));
              },
              {}});
  return router;
}

std::shared_ptr<const std::string> event(const std::string& data) {
  return std::make_shared<const std::string>("data: " + data + "\n\n");
}

}  // namespace

TEST_CASE("what is published reaches the subscribers of its topic, in order") {
  RunningServer server(stream_routes());
  Client stock(server.port());
  Client orders(server.port());
  stock.get("/stream/stock");
  orders.get("/stream/orders");
  const auto head = stock.answer();
  CHECK(head.status == 200);
  CHECK(head.headers.at("Content-Type") == "text/event-stream");
  CHECK(head.headers.at("Connection") == "close");
  CHECK(head.headers.count("Content-Length") == 0);
  CHECK(stock.until("\n\n") == "data: hello\n\n");
  orders.answer();
  CHECK(orders.until("\n\n") == "data: hello\n\n");
  for (int i = 0; i < 50; ++i) server.server.publish("stock", event(std::to_string(i)));
  server.server.publish("orders", event("paid"));
  server.server.publish("all", event("bye"));
  for (int i = 0; i < 50; ++i) REQUIRE(stock.until("\n\n") == "data: " + std::to_string(i) + "\n\n");
  CHECK(stock.until("\n\n") == "data: bye\n\n");
  CHECK(orders.until("\n\n") == "data: paid\n\n");
  CHECK(orders.until("\n\n") == "data: bye\n\n");
  CHECK(server.server.stats().streams == 2);
  CHECK(server.stop());
  CHECK(stock.ends());
}

TEST_CASE("nothing published between reading the state and subscribing is lost") {
  RunningServer server(stream_routes());
  server.server.publish("stock", event("before"));
  const std::uint64_t position = server.server.stream_position();
  server.server.publish("stock", event("between"));
  server.server.publish("other", event("not for us"));
  Client client(server.port());
  client.get("/stream/stock?since=" + std::to_string(position));
  client.answer();
  CHECK(client.until("\n\n") == "data: hello\n\n");
  CHECK(client.until("\n\n") == "data: between\n\n");
  server.server.publish("stock", event("after"));
  CHECK(client.until("\n\n") == "data: after\n\n");
}

TEST_CASE("silent streams get a heartbeat, too many streams are refused, and one that ends makes room") {
  ServerOptions options = RunningServer::quick();
  options.heartbeat_ms = 20;
  options.max_streams_per_address = 1;
  RunningServer server(stream_routes(), options);
  Client other(server.port());
  {
    Client client(server.port());
    client.get("/stream/stock");
    client.answer();
    CHECK(client.until("\n\n") == "data: hello\n\n");
    CHECK(client.until("\n\n") == ":\n\n");
    CHECK(client.until("\n\n") == ":\n\n");
    other.get("/stream/stock");
    const auto refused = other.answer();
    CHECK(refused.status == 503);
    CHECK(refused.has("\"code\":\"too_many_streams\""));
  }
  CHECK(http_test::becomes_true([&] { return server.server.stats().streams == 0; }));
  Client again(server.port());
  again.get("/stream/stock");
  CHECK(again.answer().status == 200);
}

TEST_CASE("a stream whose client does not read is closed once its backlog is full, others go on") {
  ServerOptions options = RunningServer::quick();
  options.max_stream_backlog_bytes = 100'000;
  RunningServer server(stream_routes(), options);
  Client slow(server.port(), 4096);
  Client good(server.port());
  slow.get("/stream/stock");
  good.get("/stream/stock");
  CHECK(slow.answer().status == 200);
  CHECK(good.answer().status == 200);
  CHECK(good.until("\n\n") == "data: hello\n\n");
  const std::string large(50'000, 'x');
  int count = 0;
  while (server.server.stats().streams == 2 && count < 1000) {
    server.server.publish("stock", event(large));
    REQUIRE(good.until("\n\n").size() == large.size() + 8);
    ++count;
  }
  CHECK(server.server.stats().streams == 1);
  server.server.publish("stock", event("still here"));
  CHECK(good.until("\n\n") == "data: still here\n\n");
}

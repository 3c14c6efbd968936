// The server over real sockets: keep-alive, pipelining, slow clients, streams, hooks, the end.

#include <doctest/doctest.h>

#include <atomic>
#include <vector>

#include "server/http/fields.h"
#include "server/http/problem.h"
#include "tests/unit/http_fixture.h"

using namespace cartwright::http;
using http_test::Answer;
using http_test::Client;
using http_test::Gate;
using http_test::RunningServer;

namespace {

Router echo_routes() {
  Router router;
  const auto say = [](const Request& request) {
    return Response::text(200, std::string(name_of(request.method)) + " " + request.path + " " +
                                   std::string(request.param("id")) + " " + std::string(request.body));
  };
  router.add({Method::GET, "/things/{id}", say, {}});
  router.add({Method::POST, "/things/{id}", say, {.max_body_bytes = 1000}});
  router.add({Method::GET, "/quick/{id}", say, {.runs_inline = true}});
  return router;
}

}  // namespace

TEST_CASE("a connection is kept alive for many requests, on the pool and inline") {
  RunningServer server(echo_routes());
  Client client(server.port());
  for (int i = 0; i < 200; ++i) {
    const std::string path = (i % 2 == 0 ? "/things/" : "/quick/") + std::to_string(i);
    client.get(path);
    const Answer answer = client.answer();
    REQUIRE(answer.status == 200);
    REQUIRE(answer.body == "GET " + path + " " + std::to_string(i) + " ");
    REQUIRE(answer.headers.count("X-Request-Id") == 1);
    REQUIRE(answer.headers.count("Date") == 1);
  }
  CHECK(server.server.stats().connections == 1);
}

TEST_CASE("pipelined requests are answered in their order") {
  RunningServer server(echo_routes());
  Client client(server.port());
  std::string requests;
  for (int i = 0; i < 300; ++i) {
    const std::string id = std::to_string(i);
    requests += i % 3 == 0 ? "POST /things/" + id + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                           : std::string("GET ") + (i % 3 == 1 ? "/things/" : "/quick/") + id +
                                 " HTTP/1.1\r\nHost: a\r\n\r\n";
  }
  client.send(requests);
  for (int i = 0; i < 300; ++i) {
    const std::string id = std::to_string(i);
    const Answer answer = client.answer();
    REQUIRE(answer.status == 200);
    REQUIRE(answer.has(std::string("/").append(id).append(" ").append(id).append(i % 3 == 0 ? " abc" : " ")));
  }
}

TEST_CASE("a request may come byte by byte, with a length or in chunks") {
  RunningServer server(echo_routes());
  Client client(server.port());
  for (const char c : std::string("\r\nPOST /things/7 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")) {
    client.send({&c, 1});
  }
  CHECK(client.answer().body == "POST /things/7 7 hello");
  for (const char c : std::string("POST /things/8 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                  "3;x=y\r\nhel\r\n2 \t; z\r\nlo\r\n0\r\nTrailer: t\r\n\r\n")) {
    client.send({&c, 1});
  }
  CHECK(client.answer().body == "POST /things/8 8 hello");
  client.get("/things/9");
  CHECK(client.answer().body == "GET /things/9 9 ");
}

TEST_CASE("a client that waits for 100 Continue is invited, and one that is refused is not") {
  RunningServer server(echo_routes());
  Client client(server.port());
  client.send("POST /things/1 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(client.until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hi");
  CHECK(client.answer().body == "POST /things/1 1 hi");
  client.send("POST /things/1 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
  CHECK(client.answer().status == 413);
}

TEST_CASE("HEAD is GET without the body") {
  RunningServer server(echo_routes());
  Client client(server.port());
  client.send("HEAD /things/1 HTTP/1.1\r\nHost: a\r\n\r\n");
  const Answer head = client.answer(false);
  CHECK(head.status == 200);
  CHECK(head.headers.at("Content-Length") == std::to_string(std::string("HEAD /things/1 1 ").size()));
  CHECK(head.headers.count("Accept-Ranges") == 0);
  client.get("/things/2");
  CHECK(client.answer().body == "GET /things/2 2 ");
}

TEST_CASE("unknown paths are 404, known paths with another method 405 with Allow, and the connection lives on") {
  RunningServer server(echo_routes());
  Client client(server.port());
  client.get("/nowhere");
  const Answer missing = client.answer();
  CHECK(missing.status == 404);
  CHECK(missing.headers.at("Content-Type") == "application/problem+json");
  CHECK(missing.has("\"code\":\"not_found\""));
  client.send("DELETE /things/1 HTTP/1.1\r\nHost: a\r\n\r\n");
  const Answer wrong = client.answer();
  CHECK(wrong.status == 405);
  CHECK(wrong.headers.at("Allow") == "GET, HEAD, POST");
  CHECK(wrong.has("\"code\":\"method_not_allowed\""));
}

TEST_CASE("the client's wish to close is met: Connection, HTTP/1.0, and a half-closed socket") {
  RunningServer server(echo_routes());
  Client asks(server.port());
  asks.get("/things/1", "Connection: close\r\n");
  CHECK(asks.answer().headers.at("Connection") == "close");
  CHECK(asks.ends());
  Client old(server.port());
  old.send("GET /things/1 HTTP/1.0\r\n\r\n");
  CHECK(old.answer().status == 200);
  CHECK(old.ends());
  Client half(server.port());
  half.get("/things/1");
  half.get("/things/2");
  half.half_close();
  CHECK(half.answer().status == 200);
  CHECK(half.answer().body == "GET /things/2 2 ");
  CHECK(half.ends());
}

TEST_CASE("clients that dawdle hold no worker") {
  ServerOptions options = RunningServer::quick();
  options.worker_count = 1;
  RunningServer server(echo_routes(), options);
  std::vector<Client> slow;
  for (int i = 0; i < 32; ++i) {
    slow.emplace_back(server.port());
    slow.back().send(i % 2 == 0 ? "GET /things/1 HT"
                                : "POST /things/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx");
  }
  Client client(server.port());
  client.get("/things/2");
  CHECK(client.answer().status == 200);
}

TEST_CASE("a client that reads slowly holds no worker and gets every byte") {
  const auto big = std::make_shared<const std::string>(std::string(8'000'000, 'b'));
  Router router = echo_routes();
  router.add({Method::GET,
              "/big",
              [big](const Request&) {
                Response response;
                response.shared_body = big;
                return response;
              },
              {}});
  ServerOptions options = RunningServer::quick();
  options.worker_count = 1;
  RunningServer server(std::move(router), options);
  Client slow(server.port(), 4096);
  slow.get("/big");
  slow.get("/things/1");
  Client client(server.port());
  client.get("/things/2");
  CHECK(client.answer().status == 200);
  CHECK(slow.answer().body == *big);
  CHECK(slow.answer().body == "GET /things/1 1 ");
}

TEST_CASE("a thousand idle connections and one that asks") {
  RunningServer server(echo_routes());
  std::vector<Client> idle;
  for (int i = 0; i < 1000; ++i) idle.emplace_back(server.port());
  Client client(server.port());
  client.get("/things/1");
  CHECK(client.answer().status == 200);
  CHECK(server.server.stats().connections == 1001);
  idle.front().get("/things/2");
  CHECK(idle.front().answer().status == 200);
}

TEST_CASE("a second server on the same port says that the port is taken") {
  RunningServer server(echo_routes());
  ServerOptions options;
  options.port = server.port();
  Server second(options, echo_routes());
  const auto fault = second.bind();
  REQUIRE(fault.has_value());
  CHECK(fault->find("cannot listen on 127.0.0.1 port " + std::to_string(server.port())) == 0);
  CHECK(fault->find("in use") != std::string::npos);
}

TEST_CASE("a graceful stop finishes what was accepted, whole requests in buffers included") {
  Gate entered;
  Gate release;
  Router router = echo_routes();
  router.add({Method::GET,
              "/wait",
              [&](const Request&) {
                entered.open();
                release.wait();
                return Response::text(200, "done");
              },
              {}});
  ServerOptions options = RunningServer::quick();
  options.worker_count = 1;
  RunningServer server(std::move(router), options);
  Client idle(server.port());
  Client busy(server.port());
  busy.get("/wait");
  busy.get("/things/1");
  REQUIRE(entered.wait());
  Client queued(server.port());
  queued.get("/things/2");
  server.server.stop();
  CHECK(idle.ends());  // so the loop has seen the stop
  release.open();
  CHECK(busy.answer().body == "done");
  const Answer last = busy.answer();
  CHECK(last.body == "GET /things/1 1 ");
  CHECK(last.headers.at("Connection") == "close");
  CHECK(busy.ends());
  CHECK(queued.answer().body == "GET /things/2 2 ");
  CHECK(queued.ends());
  CHECK(server.finished());
  CHECK_THROWS(Client(server.port()));
}

TEST_CASE("a stop that cannot finish in its time says so") {
  Gate entered;
  Gate release;
  Router router;
  router.add(
      {Method::GET, "/big", [](const Request&) { return Response::text(200, std::string(20'000'000, 'x')); }, {}});
  router.add({Method::GET,
              "/wait",
              [&](const Request&) {
                entered.open();
                release.wait();
                return Response::empty(204);
              },
              {}});
  ServerOptions options = RunningServer::quick();
  options.stop_timeout_ms = 20;
  RunningServer server(std::move(router), options);
  Client slow(server.port(), 4096);
  slow.get("/big");
  REQUIRE(slow.receive());
  Client busy(server.port());
  busy.get("/wait");
  REQUIRE(entered.wait());
  server.server.stop();
  CHECK(http_test::becomes_true([&] { return server.server.stats().connections == 1; }));  // the slow one is gone
  release.open();
  CHECK_FALSE(server.finished());
}

TEST_CASE("an answer says once what it says, and 304 and gzip carry what they must") {
  Router router;
  router.add({Method::GET,
              "/list",
              [](const Request& request) {
                Response response = Response::json(200, "[" + std::string(4000, ' ') + "]");
                response.compress = true;
                response.set_header("ETag", "\"v1\"");
                if (!etag_matches(request.header("If-None-Match"), "\"v1\"")) return response;
                response.status = 304;
                response.body.clear();
                return response;
              },
              {}});
  RunningServer server(std::move(router));
  Client client(server.port());
  client.get("/list", "Accept-Encoding: gzip, deflate, br\r\n");
  const Answer coded = client.answer();
  CHECK(coded.headers.at("Content-Encoding") == "gzip");
  CHECK(coded.headers.at("Vary") == "Accept-Encoding");
  CHECK(coded.body.size() < 200);
  client.get("/list", "If-None-Match: " + coded.headers.at("ETag") + "\r\n");
  const Answer same = client.answer(false);
  CHECK(same.status == 304);
  CHECK(same.headers.count("Content-Length") == 0);
  CHECK(same.headers.at("ETag") == "\"v1\"");
  client.get("/list", "Range: bytes=0-1\r\nConnection: close\r\n");
  const std::string head = client.until("\r\n\r\n");
  CHECK(head.rfind("HTTP/1.1 200 OK\r\n", 0) == 0);
  CHECK(head.find("Connection:") == head.rfind("Connection:"));
  CHECK(head.find("Content-Length: 4002\r\n") != std::string::npos);
  CHECK(head.find("Keep-Alive") == std::string::npos);
}

TEST_CASE("when more requests wait than the queue takes, the rest is told to come back") {
  Gate entered;
  Gate release;
  Router router = echo_routes();
  router.add({Method::GET,
              "/wait",
              [&](const Request&) {
                entered.open();
                release.wait();
                return Response::empty(204);
              },
              {}});
  ServerOptions options = RunningServer::quick();
  options.worker_count = 1;
  options.max_waiting_requests = 1;
  RunningServer server(std::move(router), options);
  Client first(server.port());
  first.get("/wait");
  REQUIRE(entered.wait());
  Client second(server.port());
  second.get("/wait");
  second.get("/quick/1");  // inline routes do not queue, and this one waits its turn behind the second request
  Client third(server.port());
  third.get("/quick/2");
  REQUIRE(third.answer().status == 200);  // so the second has been queued
  third.get("/things/3");
  const Answer refused = third.answer();
  CHECK(refused.status == 503);
  CHECK(refused.headers.at("Retry-After") == "1");
  CHECK(refused.has("\"code\":\"overloaded\""));
  release.open();
  CHECK(second.answer().status == 204);
  third.get("/quick/3");
  CHECK(third.answer().status == 200);
}

TEST_CASE("hooks run around every answer, and a handler that throws answers internal") {
  Router router = echo_routes();
  router.add({Method::GET, "/throws", [](const Request&) -> Response { throw std::runtime_error("secret"); }, {}});
  router.add({Method::GET,
              "/context",
              [](const Request& request) { return Response::text(200, std::any_cast<std::string>(request.context)); },
              {}});
  std::atomic<int> answers{0};
  std::atomic<bool> told{false};
  Hooks hooks;
  hooks.before = [](Request& request) -> std::optional<Response> {
    request.context = std::string("session");
    if (request.method == Method::OPTIONS) return Response::empty(204);
    return std::nullopt;
  };
  hooks.after = [&](const Request&, Response& response, std::string_view route, std::int64_t duration_us) {
    if (duration_us >= 0) ++answers;
    response.set_header("X-Route", std::string(route) + "\r\nSet-Cookie: evil");
  };
  hooks.failed = [&](const Request&, std::string_view what) { told = what == "secret"; };
  RunningServer server(std::move(router), RunningServer::quick(), hooks);
  Client client(server.port());
  client.get("/throws");
  const Answer failed = client.answer();
  CHECK(failed.status == 500);
  CHECK(failed.has("\"code\":\"internal\""));
  CHECK_FALSE(failed.has("secret"));
  CHECK(told);
  client.get("/context");
  const Answer context = client.answer();
  CHECK(context.body == "session");
  CHECK(context.headers.at("X-Route") == "/context  Set-Cookie: evil");
  client.send("OPTIONS /anything HTTP/1.1\r\nHost: a\r\n\r\n");
  const Answer preflight = client.answer();
  CHECK(preflight.status == 204);
  CHECK(preflight.headers.count("Content-Length") == 0);
  client.send("nonsense\r\n\r\n");
  CHECK(client.answer().status == 400);
  CHECK(answers == 4);
}

TEST_CASE("only trusted proxies speak for others") {
  const auto who = [](const Request& request) {
    return Response::text(200,
                          request.remote_address + (request.is_secure ? " secure " : " plain ") + request.request_id);
  };
  const std::string headers =
      "X-Forwarded-For: 1.1.1.1, 198.51.100.7, 127.0.0.2\r\nX-Forwarded-Proto: https\r\nX-Request-Id: abc\r\n";
  Router trusting;
  trusting.add({Method::GET, "/", who, {}});
  ServerOptions options = RunningServer::quick();
  options.trusted_proxies = {*Cidr::parse("127.0.0.0/8")};
  RunningServer behind(std::move(trusting), options);
  Client proxied(behind.port());
  proxied.get("/", headers);
  CHECK(proxied.answer().body == "198.51.100.7 secure abc");
  // A proxy that adds a line of its own speaks last.
  proxied.get("/", "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 198.51.100.7\r\nX-Request-Id: abc\r\n");
  CHECK(proxied.answer().body == "198.51.100.7 plain abc");
  Router wary;
  wary.add({Method::GET, "/", who, {}});
  RunningServer direct(std::move(wary));
  Client made_up(direct.port());
  made_up.get("/", headers);
  CHECK(made_up.answer().body.rfind("127.0.0.1 plain ", 0) == 0);
}

// Everything a client may not do, each with its status and code, and the connection closed in good order.

#include <doctest/doctest.h>

#include <vector>

#include "tests/unit/http_fixture.h"

using namespace cartwright::http;
using http_test::Answer;
using http_test::Client;
using http_test::RunningServer;

namespace {

Router routes() {
  Router router;
  const auto ok = [](const Request& request) { return Response::text(200, std::string(request.body)); };
  router.add({Method::GET, "/", ok, {}});
  router.add({Method::POST, "/small", ok, {.max_body_bytes = 10}});
  return router;
}

struct Refused {
  const char* name;
  std::string bytes;
  int status;
  const char* code;
};

std::string many_headers(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "X-" + std::to_string(i) + ": v\r\n";
  return text;
}

std::vector<Refused> refused_requests() {
  const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n";
  const std::string post = "POST /small HTTP/1.1\r\nHost: a\r\n";
  const char* malformed = "malformed_request";
  return {
      {"no request line", "hello\r\n\r\n", 400, malformed},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"no version", "GET /\r\n\r\n", 400, malformed},
      {"two empty lines first", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a whole address with a query and no path", "GET http://a?x=/y HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"bytes of TLS", std::string("\x16\x03\x01\x02\x00\x01\x00\n", 8), 400, malformed},
      {"a bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400, malformed},
      {"a bare LF in a header name", "GET / HTTP/1.1\r\nHo\nst: a\r\n\r\n", 400, malformed},
      {"a bare CR", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n\r\n", 400, malformed},
      {"a folded header", get + "X: a\r\n b\r\n\r\n", 400, malformed},
      {"a space before the colon", get + "Content-Length : 3\r\n\r\nabc", 400, malformed},
      {"a header without colon", get + "X\r\n\r\n", 400, malformed},
      {"a header without name", get + ": x\r\n\r\n", 400, malformed},
      {"a NUL in a header", get + std::string("X: a\0b\r\n\r\n", 10), 400, malformed},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400, malformed},
      {"two Hosts", get + "Host: b\r\n\r\n", 400, malformed},
      {"length and chunked", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       malformed},
      {"chunked and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400,
       malformed},
      {"two lengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, malformed},
      {"a list of lengths", post + "Content-Length: 3, 3\r\n\r\nabc", 400, malformed},
      {"a negative length", post + "Content-Length: -1\r\n\r\n", 400, malformed},
      {"a signed length", post + "Content-Length: +3\r\n\r\nabc", 400, malformed},
      {"an empty length", post + "Content-Length: \r\n\r\n", 400, malformed},
      {"a length in hex", post + "Content-Length: 0x3\r\n\r\nabc", 400, malformed},
      {"an overflowing length", post + "Content-Length: 18446744073709551619\r\n\r\nabc", 400, malformed},
      {"chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400, malformed},
      {"another coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501, "transfer_coding_not_supported"},
      {"a disguised coding", post + "Transfer-Encoding: xchunked\r\n\r\n", 501, "transfer_coding_not_supported"},
      {"chunked in HTTP/1.0", "POST /small HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, malformed},
      {"a chunk size that is none", post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400, malformed},
      {"a word behind a chunk size", post + "Transfer-Encoding: chunked\r\n\r\n1 a\r\nx\r\n0\r\n\r\n", 400, malformed},
      {"a negative chunk size", post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400, malformed},
      {"a huge chunk size", post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", 400, malformed},
      {"a chunk longer than it says", post + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400, malformed},
      {"a chunk line ended by LF", post + "Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n", 400, malformed},
      {"a body over the limit", post + "Content-Length: 11\r\n\r\n", 413, "payload_too_large"},
      {"chunks over the limit", post + "Transfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\n", 413,
       "payload_too_large"},
      {"a long target", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "uri_too_long"},
      {"a long unfinished target", "GET /" + std::string(9000, 'a'), 414, "uri_too_long"},
      {"a large header", get + "X: " + std::string(20000, 'a') + "\r\n\r\n", 431, "headers_too_large"},
      {"a large unfinished header", get + "X: " + std::string(20000, 'a'), 431, "headers_too_large"},
      {"many headers", get + many_headers(120) + "\r\n", 431, "headers_too_large"},
      {"another expectation", get + "Expect: miracles\r\n\r\n", 417, "expectation_failed"},
      {"an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501, "method_not_supported"},
      {"another version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "http_version_not_supported"},
      {"a fragment", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a traversal", "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"an encoded traversal", "GET /x/%2e%2e/y HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a traversal by encoded slash", "GET /x/..%2fy HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a backslash", "GET /x/..%5cy HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a NUL in the path", "GET /x%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a broken percent sign", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"overlong UTF-8", "GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a broken query", "GET /?q=%f HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
      {"a query that is not UTF-8", "GET /?q=%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400, malformed},
  };
}

}  // namespace

TEST_CASE("each malformed or oversized request gets its status and code, and the connection ends") {
  RunningServer server(routes());
  for (const Refused& refused : refused_requests()) {
    INFO(refused.name);
    Client client(server.port());
    client.send(refused.bytes + "GET / HTTP/1.1\r\nHost: smuggled\r\n\r\n");
    Answer answer = client.answer();
    CHECK(answer.status == refused.status);
    CHECK(answer.headers["Content-Type"] == "application/problem+json");
    CHECK(answer.headers["Connection"] == "close");
    CHECK(answer.has("\"code\":\"" + std::string(refused.code) + "\""));
    client.half_close();
    CHECK(client.ends());
  }
}

TEST_CASE("a body of exactly the limit is taken, by length and in chunks") {
  RunningServer server(routes());
  Client client(server.port());
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789");
  CHECK(client.answer().body == "0123456789");
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n00\r\n\r\n");
  CHECK(client.answer().body == "0123456789");
}

TEST_CASE("a head and a body that do not come in time are answered 408, an idle connection is closed") {
  ServerOptions options = RunningServer::quick();
  options.head_timeout_ms = options.body_timeout_ms = 40;
  options.idle_timeout_ms = 80;
  RunningServer server(routes(), options);
  Client head(server.port());
  head.send("GET / HT");
  Client body(server.port());
  body.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
  Client idle(server.port());
  const Answer late = head.answer();
  CHECK(late.status == 408);
  CHECK(late.has("\"code\":\"request_timeout\""));
  CHECK(body.answer().status == 408);
  CHECK(idle.ends());
}

TEST_CASE("a client that takes nothing of its answer is cut off") {
  Router router;
  router.add(
      {Method::GET, "/big", [](const Request&) { return Response::text(200, std::string(20'000'000, 'x')); }, {}});
  ServerOptions options = RunningServer::quick();
  options.write_timeout_ms = 50;
  options.idle_timeout_ms = 60'000;
  RunningServer server(std::move(router), options);
  Client client(server.port(), 4096);
  client.get("/big");
  REQUIRE(client.receive());
  CHECK(http_test::becomes_true([&] { return server.server.stats().connections == 0; }));
}

TEST_CASE("connections beyond the limit are told so") {
  ServerOptions options = RunningServer::quick();
  options.max_connections = 2;
  RunningServer server(routes(), options);
  Client first(server.port());
  Client second(server.port());
  first.get("/");
  second.get("/");
  CHECK(first.answer().status == 200);
  CHECK(second.answer().status == 200);
  Client third(server.port());
  const Answer answer = third.answer();
  CHECK(answer.status == 503);
  CHECK(answer.headers.at("Retry-After") == "1");
  CHECK(answer.has("\"code\":\"too_many_connections\""));
  third.half_close();
  CHECK(third.ends());
}

TEST_CASE("one address has only so many connections, and a place is free again when one ends") {
  ServerOptions options = RunningServer::quick();
  options.max_connections_per_address = 2;
  options.uncapped_peers = {};
  RunningServer server(routes(), options);
  Client first(server.port());
  {
    Client second(server.port());
    first.get("/");
    second.get("/");
    CHECK(first.answer().status == 200);
    CHECK(second.answer().status == 200);
    Client third(server.port());
    const Answer answer = third.answer();
    CHECK(answer.status == 503);
    CHECK(answer.has("\"code\":\"too_many_connections\""));
  }
  CHECK(http_test::becomes_true([&] { return server.server.stats().connections == 1; }));
  Client again(server.port());
  again.get("/");
  CHECK(again.answer().status == 200);
}

TEST_CASE("loopback and trusted proxies have no limit of their own") {
  ServerOptions options = RunningServer::quick();
  options.max_connections_per_address = 1;
  RunningServer server(routes(), options);
  Client first(server.port());
  Client second(server.port());
  first.get("/");
  second.get("/");
  CHECK(first.answer().status == 200);
  CHECK(second.answer().status == 200);
}

TEST_CASE("large bodies share a budget of memory, small ones always have room") {
  Router router;
  router.add({Method::POST, "/", [](const Request& request) { return Response::text(200, std::to_string(request.body.size())); }, {}});
  ServerOptions options = RunningServer::quick();
  options.small_body_bytes = 1'000;
  options.max_large_body_bytes = 300'000;
  RunningServer server(std::move(router), options);
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ";
  {
    Client slow(server.port());  // holds most of it, and never ends
    slow.send(head + "260000\r\n\r\n" + std::string(250'000, 'x'));
    Client late(server.port());
    Answer answer;
    // Until what the slow one sent has arrived, the late one may still find room.
    CHECK(http_test::becomes_true([&] {
      Client client(server.port());
      client.send(head + "150000\r\n\r\n" + std::string(150'000, 'x'));
      answer = client.answer();
      return answer.status == 503;
    }));
    CHECK(answer.has("\"code\":\"overloaded\""));
    late.send(head + "900\r\n\r\n" + std::string(900, 'x'));
    CHECK(late.answer().body == "900");
  }
  CHECK(http_test::becomes_true([&] { return server.server.stats().connections == 0; }));
  Client client(server.port());
  for (int i = 0; i < 3; ++i) {  // each gives back what it took
    client.send(head + "250000\r\n\r\n" + std::string(250'000, 'x'));
    CHECK(client.answer().body == "250000");
  }
}

TEST_CASE("absolute targets, percent signs in headers and Korean paths are read as they are meant") {
  Router router;
  router.add({Method::GET,
              "/상품/{id}",
              [](const Request& request) {
                return Response::text(200, request.path + "|" + std::string(request.param("id")) + "|" +
                                               *request.find("q") + "|" + std::string(request.header("x-key")));
              },
              {}});
  RunningServer server(std::move(router));
  Client client(server.port());
  client.get("http://example.com/%EC%83%81%ED%92%88/a%2Fb?q=a+b%26c&q=2", "X-Key: 100%25 \t\r\n");
  CHECK(client.answer().body == "/상품/a/b|a/b|a b&c|100%25");
}

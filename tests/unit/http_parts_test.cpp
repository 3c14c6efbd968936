// The parts without sockets: routes, problems, fields, addresses, coding, files.

#include <doctest/doctest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "server/http/address.h"
#include "server/http/compress.h"
#include "server/http/fields.h"
#include "server/http/problem.h"
#include "server/http/router.h"
#include "server/http/static_files.h"
#include "server/http/target.h"

using namespace cartwright::http;

namespace {

std::string routed(const Router& router, Method method, std::string_view target) {
  const auto path = read_path(target);
  if (!path) return "refused";
  const RouteMatch match = router.match(method, path->segments());
  if (match.route == nullptr) return match.is_wrong_method() ? "405 " + match.allow : "404";
  std::string text = match.route->pattern;
  for (std::size_t i = 0; i < match.values.size(); ++i) text += " " + match.route->names[i] + "=" + match.values[i];
  return text;
}

std::string gunzip(const std::string& coded) {
  z_stream stream{};
  inflateInit2(&stream, 31);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(coded.data()));
  stream.avail_in = static_cast<uInt>(coded.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = inflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return result == Z_STREAM_END ? out : "not gzip";
}

/// A directory that is gone at the end of the test.
struct TemporaryDirectory {
  std::filesystem::path path;
  TemporaryDirectory() {
    path = std::filesystem::temp_directory_path() / ("http_parts_" + std::to_string(std::random_device()()));
    std::filesystem::create_directories(path);
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path); }
  void write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name) << content;
  }
};

}  // namespace

TEST_CASE("literals win over names, names over rests, and a method that is missing tries the next best") {
  const Handler handler = [](const Request&) { return Response::empty(204); };
  Router router({
      {Method::GET, "/", handler, {}},
      {Method::GET, "/products", handler, {}},
      {Method::GET, "/products/popular", handler, {}},
      {Method::GET, "/products/{id}", handler, {}},
      {Method::DELETE, "/products/{id}", handler, {}},
      {Method::GET, "/products/{id}/pictures/{n}", handler, {}},
      {Method::GET, "/files/{*path}", handler, {}},
      {Method::POST, "/files/new", handler, {}},
  });
  CHECK(routed(router, Method::GET, "/") == "/");
  CHECK(routed(router, Method::GET, "/products?q=1") == "/products");
  CHECK(routed(router, Method::GET, "/products/popular") == "/products/popular");
  CHECK(routed(router, Method::HEAD, "/products/popular") == "/products/popular");
  CHECK(routed(router, Method::DELETE, "/products/popular") == "/products/{id} id=popular");
  CHECK(routed(router, Method::GET, "/products/7") == "/products/{id} id=7");
  CHECK(routed(router, Method::GET, "/products/7/pictures/2") == "/products/{id}/pictures/{n} id=7 n=2");
  CHECK(routed(router, Method::GET, "/files/a/b.c") == "/files/{*path} path=a/b.c");
  CHECK(routed(router, Method::POST, "/files/new") == "/files/new");
  CHECK(routed(router, Method::GET, "/files/new") == "405 POST");
  CHECK(routed(router, Method::POST, "/products/7") == "405 GET, HEAD, DELETE");
  CHECK(routed(router, Method::POST, "/products/popular") == "405 GET, HEAD, DELETE");
  for (const char* missing : {"/product", "/products/", "/products//pictures/2", "/products/7/x", "//", "/files"}) {
    INFO(missing);
    CHECK(routed(router, Method::GET, missing) == "404");
  }
}

TEST_CASE("paths are decoded once, and what could be read in two ways is refused") {
  CHECK(read_path("/a%20b/%EA%B0%80?x=%zz")->text == "/a b/가");
  CHECK(read_path("/a%252e")->text == "/a%2e");
  CHECK(read_path("/..a/...")->text == "/..a/...");
  for (const char* bad : {"/..", "/a/../b", "/a/.", "/%2E%2e", "/a%2f..%2fb", "/%", "/%4", "/%u0041", "/a%5cb",
                          "/%00", "/%0a", "/%7f", "/%c3", "/%ed%a0%80", "a", ""}) {
    INFO(bad);
    CHECK_FALSE(read_path(bad).has_value());
  }
}

TEST_CASE("a problem names code, title and its own members, and text cannot break out of it") {
  CHECK(problem_json({.status = 409,
                      .code = "insufficient_stock",
                      .title = {},
                      .detail = "a \"b\"\n\x01",
                      .instance = "/x",
                      .members = "\"available\":3"}) ==
        "{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,\"code\":\"insufficient_stock\",\"detail\":\"a \\\"b\\\"\\n\\u0001\","
        "\"instance\":\"/x\",\"available\":3}");
}

TEST_CASE("If-None-Match compares weakly over a list") {
  CHECK(etag_matches("\"a\"", "\"a\""));
  CHECK(etag_matches("W/\"a\"", "\"a\""));
  CHECK(etag_matches("\"x\", W/\"a,b\"", "W/\"a,b\""));
  CHECK(etag_matches(" * ", "\"a\""));
  CHECK_FALSE(etag_matches("\"ab\"", "\"a\""));
  CHECK_FALSE(etag_matches("a", "\"a\""));
  CHECK_FALSE(etag_matches("", "\"a\""));
}

TEST_CASE("cookies are found by their whole name, and written only when they cannot break out") {
  CHECK(cookie_value("a=1; session=xyz; b=\"q\"", "session") == "xyz");
  CHECK(cookie_value("a=1; session=xyz; b=\"q\"", "b") == "q");
  CHECK_FALSE(cookie_value("xsession=1", "session").has_value());
  CHECK(set_cookie({.name = "__Host-s", .value = "v", .max_age_s = 60}) ==
        "__Host-s=v; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax");
  CHECK_FALSE(set_cookie({.name = "s", .value = "v; Domain=x"}).has_value());
  CHECK_FALSE(set_cookie({.name = "s\r\nX", .value = "v"}).has_value());
  CHECK_FALSE(set_cookie({.name = "s", .value = "v", .path = "/;x"}).has_value());
  CHECK_FALSE(set_cookie({.name = "__Host-s", .value = "v", .secure = false}).has_value());
}

TEST_CASE("Accept-Encoding is read with its weights") {
  CHECK(accepts_encoding("gzip, br", "br"));
  CHECK(accepts_encoding("GZIP;q=0.5", "gzip"));
  CHECK(accepts_encoding("*", "gzip"));
  CHECK_FALSE(accepts_encoding("gzip;q=0, *", "gzip"));
  CHECK_FALSE(accepts_encoding("gzip; q=0.000", "gzip"));
  CHECK_FALSE(accepts_encoding("", "gzip"));
  CHECK_FALSE(accepts_encoding("xgzip", "gzip"));
}

TEST_CASE("dates are written as the protocol wants them") {
  CHECK(http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST_CASE("answers are compressed only when asked for, worth it and accepted") {
  const auto answer = [](std::size_t size) {
    Response response = Response::json(200, std::string(size, 'a'));
    response.compress = true;
    response.set_header("ETag", "\"v\"");
    return response;
  };
  Response taken = answer(5000);
  compress_if_wanted(taken, "gzip");
  CHECK(gunzip(taken.body) == std::string(5000, 'a'));
  CHECK(*taken.find_header("Content-Encoding") == "gzip");
  CHECK(*taken.find_header("Vary") == "Accept-Encoding");
  CHECK(*taken.find_header("ETag") == "W/\"v\"");
  Response small = answer(100);
  compress_if_wanted(small, "gzip");
  CHECK(small.body.size() == 100);
  Response refused = answer(5000);
  compress_if_wanted(refused, "br");
  CHECK(refused.body.size() == 5000);
  CHECK(*refused.find_header("Vary") == "Accept-Encoding");
  Response coded = answer(5000);
  coded.set_header("Content-Encoding", "br");
  compress_if_wanted(coded, "gzip");
  CHECK(coded.body.size() == 5000);
}

TEST_CASE("address ranges hold what they say, and IPv4 in IPv6 clothes is IPv4") {
  const auto contains = [](const char* range, const char* address) {
    return Cidr::parse(range)->contains(*Address::parse(address));
  };
  CHECK(contains("10.0.0.0/8", "10.200.3.4"));
  CHECK(contains("10.0.0.0/8", "::ffff:10.1.1.1"));
  CHECK_FALSE(contains("10.0.0.0/8", "11.0.0.1"));
  CHECK(contains("192.168.1.128/25", "192.168.1.200"));
  CHECK_FALSE(contains("192.168.1.128/25", "192.168.1.100"));
  CHECK(contains("fd00::/8", "fdab::1"));
  CHECK(contains("::1", "::1"));
  CHECK(contains("0.0.0.0/0", "8.8.8.8"));
  CHECK_FALSE(contains("0.0.0.0/0", "::1"));
  for (const char* bad : {"10.0.0.0/33", "::/129", "10.0.0/8", "x", "", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x"}) {
    INFO(bad);
    CHECK_FALSE(Cidr::parse(bad).has_value());
  }
  CHECK(Address::parse("::ffff:127.0.0.1")->text() == "127.0.0.1");
}

TEST_CASE("static files are found by exact path only, with their types, tags and ready-made codings") {
  const TemporaryDirectory root;
  root.write("index.html", "<p>home</p>");
  root.write("assets/app-1a2b.js", "let a");
  root.write("assets/app-1a2b.js.gz", "gz");
  root.write("assets/app-1a2b.js.br", "br");
  root.write(".secret", "no");
  root.write(".git/config", "no");
  std::filesystem::create_symlink("/etc/passwd", root.path / "link");
  std::filesystem::create_directory_symlink("/etc", root.path / "etc");
  std::string fault;
  const auto files = StaticFiles::load({.directory = root.path.string()}, fault);
  REQUIRE_MESSAGE(files.has_value(), fault);
  CHECK(files->count() == 2);

  Request request;
  const auto home = files->find(request, "/");
  REQUIRE(home.has_value());
  CHECK(home->content_type == "text/html; charset=utf-8");
  CHECK(*home->shared_body == "<p>home</p>");
  CHECK(*home->find_header("Cache-Control") == "no-cache");
  const std::string etag = *home->find_header("ETag");
  request.headers = {{"If-None-Match", etag}};
  CHECK(files->find(request, "/index.html")->status == 304);

  const std::string script = "/assets/app-1a2b.js";
  request.headers = {{"Accept-Encoding", "gzip, br"}};
  const auto brotli = files->find(request, script);
  CHECK(*brotli->shared_body == "br");
  CHECK(*brotli->find_header("Content-Encoding") == "br");
  CHECK(*brotli->find_header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(brotli->content_type == "text/javascript; charset=utf-8");
  request.headers = {{"Accept-Encoding", "gzip"}};
  CHECK(*files->find(request, script)->shared_body == "gz");
  request.headers = {};
  CHECK(*files->find(request, script)->shared_body == "let a");
  for (const char* hidden : {"/.secret", "/.git/config", "/link", "/etc/passwd", "/../index.html", "/assets", "/x"}) {
    INFO(hidden);
    CHECK_FALSE(files->find(request, hidden).has_value());
  }
  CHECK_FALSE(StaticFiles::load({.directory = (root.path / "none").string()}, fault).has_value());
  CHECK(fault.find("cannot read") == 0);
  CHECK_FALSE(StaticFiles::load({.directory = root.path.string(), .max_total_bytes = 5}, fault).has_value());
}

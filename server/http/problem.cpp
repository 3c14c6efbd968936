#include "server/http/problem.h"

#include <utility>

#include "server/json_string.h"

namespace cartwright::http {

std::string problem_json(const Problem& problem) {
  std::string out = "{\"type\":\"about:blank\",\"title\":";
  json::append_string(out, problem.title.empty() ? status_title(problem.status) : problem.title);
  out += ",\"status\":" + std::to_string(problem.status);
  out += ",\"code\":";
  json::append_string(out, problem.code);
  if (!problem.detail.empty()) {
    out += ",\"detail\":";
    json::append_string(out, problem.detail);
  }
  if (!problem.instance.empty()) {
    out += ",\"instance\":";
    json::append_string(out, problem.instance);
  }
  if (!problem.members.empty()) out.append(",").append(problem.members);
  out += '}';
  return out;
}

Response problem_response(int status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = std::move(body);
  response.set_header("Cache-Control", "no-store");
  return response;
}

std::string_view status_title(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Unknown";
  }
}

}  // namespace cartwright::http

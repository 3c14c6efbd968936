#include "server/http/message.h"

#include <algorithm>

#include "server/http/fields.h"

namespace cartwright::http {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string one_line(std::string value) {
  for (char& c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7f) c = ' ';
  }
  return value;
}

}  // namespace

std::optional<Method> method_of(std::string_view word) {
  for (std::size_t i = 0; i < method_names.size(); ++i) {
    if (method_names[i] == word) return static_cast<Method>(i);
  }
  return std::nullopt;
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Request::header(std::string_view name) const {
  for (const HeaderView& field : headers) {
    if (same_name(field.name, name)) return field.value;
  }
  return {};
}

bool Request::has_header(std::string_view name) const {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const HeaderView& field) { return same_name(field.name, name); });
}

const std::string* Request::find(std::string_view name) const {
  for (const Pair& pair : query) {
    if (pair.name == name) return &pair.value;
  }
  return nullptr;
}

std::string_view Request::param(std::string_view name) const {
  for (const Pair& pair : path_params) {
    if (pair.name == name) return pair.value;
  }
  return {};
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (const HeaderView& field : headers) {
    if (!same_name(field.name, "Cookie")) continue;
    if (const auto value = cookie_value(field.value, name)) return value;
  }
  return std::nullopt;
}

Response Response::json(int status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  return response;
}

Response Response::text(int status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

Response Response::empty(int status) {
  Response response;
  response.status = status;
  return response;
}

Response Response::events(StreamStart start) {
  Response response;
  response.content_type = "text/event-stream";
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Accel-Buffering", "no");
  response.stream = std::move(start);
  return response;
}

Response& Response::add_header(std::string name, std::string value) {
  headers.push_back({std::move(name), one_line(std::move(value))});
  return *this;
}

Response& Response::set_header(std::string name, std::string value) {
  for (Pair& pair : headers) {
    if (!same_name(pair.name, name)) continue;
    pair.value = one_line(std::move(value));
    return *this;
  }
  return add_header(std::move(name), std::move(value));
}

const std::string* Response::find_header(std::string_view name) const {
  for (const Pair& pair : headers) {
    if (same_name(pair.name, name)) return &pair.value;
  }
  return nullptr;
}

}  // namespace cartwright::http

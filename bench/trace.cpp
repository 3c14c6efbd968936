// Listens to what the server says to SQLite: loaded into the release binary with LD_PRELOAD, it writes each command of
// the writer that has been committed into the file CARTWRIGHT_TRACE, statement by statement with its values (trace.h), for raw.cpp
// to say again. Commands of the server's own (relay, sweep) are left out: only what a request wrote is a request's.
#include <dlfcn.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bench/trace.h"

namespace {

using cartwright::bench::put_integer;
using cartwright::bench::put_text;
using cartwright::bench::Tag;

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

struct Listened {
  sqlite3* db = nullptr;
  std::string text;
  std::map<int, std::string> values;  // as bound last, encoded
  bool is_begun = false;
};

struct Listener {
  std::mutex mutex;
  std::unordered_map<sqlite3_stmt*, Listened> statements;
  std::map<std::string, std::int64_t> numbers;  // of texts that were written already
  sqlite3* writing = nullptr;                   // the connection inside a command
  std::string command;
  bool is_request = false;
  std::FILE* file = nullptr;

  Listener() {
    const char* path = std::getenv("CARTWRIGHT_TRACE");
    if (path != nullptr) file = std::fopen(path, "wb");
  }

  void begin(Listened& statement) {
    statement.is_begun = true;
    if (statement.text == "SAVEPOINT command") {
      writing = statement.db;
      command.clear();
      is_request = false;
      return;
    }
    if (writing == nullptr || statement.db != writing) return;
    if (statement.text == "RELEASE command") return end();
    if (statement.text == "ROLLBACK TO command") return void(is_request = false);
    if (statement.text.find("INSERT INTO idempotency_keys") != std::string::npos) is_request = true;
    put_integer(command, static_cast<std::int64_t>(Tag::statement));
    put_integer(command, number_of(statement.text));
    put_integer(command, static_cast<std::int64_t>(statement.values.size()));
    for (const auto& [index, value] : statement.values) command += value;
  }

  void end() {
    writing = nullptr;
    if (!is_request || file == nullptr) return;
    put_integer(command, static_cast<std::int64_t>(Tag::end));
    std::fwrite(command.data(), 1, command.size(), file);
    std::fflush(file);
  }

  // Texts are written ahead of the command that says them first.
  std::int64_t number_of(const std::string& text) {
    const auto [at, is_new] = numbers.try_emplace(text, static_cast<std::int64_t>(numbers.size()));
    if (is_new && file != nullptr) {
      std::string out;
      put_integer(out, static_cast<std::int64_t>(Tag::text));
      put_text(out, text);
      std::fwrite(out.data(), 1, out.size(), file);
    }
    return at->second;
  }
};

Listener& listener() {
  static Listener instance;
  return instance;
}

template <class Put>
void bound(sqlite3_stmt* statement, int index, Put put) {
  const std::lock_guard lock(listener().mutex);
  const auto at = listener().statements.find(statement);
  if (at == listener().statements.end()) return;
  std::string& value = at->second.values[index];
  value.clear();
  put(value);
}

}  // namespace

extern "C" {

int sqlite3_prepare_v3(sqlite3* db, const char* sql, int size, unsigned flags, sqlite3_stmt** out, const char** rest) {
  static const auto real = next<decltype(&sqlite3_prepare_v3)>("sqlite3_prepare_v3");
  const int code = real(db, sql, size, flags, out, rest);
  if (code != SQLITE_OK) return code;
  const std::lock_guard lock(listener().mutex);
  listener().statements[*out] = {.db = db, .text = sqlite3_sql(*out), .values = {}};
  return code;
}

int sqlite3_finalize(sqlite3_stmt* statement) {
  static const auto real = next<decltype(&sqlite3_finalize)>("sqlite3_finalize");
  {
    const std::lock_guard lock(listener().mutex);
    listener().statements.erase(statement);
  }
  return real(statement);
}

int sqlite3_step(sqlite3_stmt* statement) {
  static const auto real = next<decltype(&sqlite3_step)>("sqlite3_step");
  {
    const std::lock_guard lock(listener().mutex);
    const auto at = listener().statements.find(statement);
    if (at != listener().statements.end() && !at->second.is_begun) listener().begin(at->second);
  }
  return real(statement);
}

int sqlite3_reset(sqlite3_stmt* statement) {
  static const auto real = next<decltype(&sqlite3_reset)>("sqlite3_reset");
  {
    const std::lock_guard lock(listener().mutex);
    const auto at = listener().statements.find(statement);
    if (at != listener().statements.end()) at->second.is_begun = false;
  }
  return real(statement);
}

int sqlite3_bind_null(sqlite3_stmt* statement, int index) {
  static const auto real = next<decltype(&sqlite3_bind_null)>("sqlite3_bind_null");
  bound(statement, index, [](std::string& out) { put_integer(out, static_cast<std::int64_t>(Tag::null)); });
  return real(statement, index);
}

int sqlite3_bind_int64(sqlite3_stmt* statement, int index, sqlite3_int64 value) {
  static const auto real = next<decltype(&sqlite3_bind_int64)>("sqlite3_bind_int64");
  bound(statement, index, [&](std::string& out) {
    put_integer(out, static_cast<std::int64_t>(Tag::integer));
    put_integer(out, value);
  });
  return real(statement, index, value);
}

int sqlite3_bind_text64(sqlite3_stmt* statement, int index, const char* text, sqlite3_uint64 size,
                        void (*free)(void*), unsigned char encoding) {
  static const auto real = next<decltype(&sqlite3_bind_text64)>("sqlite3_bind_text64");
  bound(statement, index, [&](std::string& out) {
    put_integer(out, static_cast<std::int64_t>(Tag::words));
    put_text(out, {text, static_cast<std::size_t>(size)});
  });
  return real(statement, index, text, size, free, encoding);
}

int sqlite3_bind_blob64(sqlite3_stmt* statement, int index, const void* data, sqlite3_uint64 size,
                        void (*free)(void*)) {
  static const auto real = next<decltype(&sqlite3_bind_blob64)>("sqlite3_bind_blob64");
  bound(statement, index, [&](std::string& out) {
    put_integer(out, static_cast<std::int64_t>(Tag::bytes));
    put_text(out, {static_cast<const char*>(data), static_cast<std::size_t>(size)});
  });
  return real(statement, index, data, size, free);
}

}  // extern "C"

// The limit of whatever writes: raw DATABASE TRACE says to SQLite again what the server said (trace.cpp), on a database
// as it was then, without a server: 100 commands in a transaction, each in a savepoint, on a log, synchronous=FULL, with
// the settings of the server's own connection. Prints commands and seconds as JSON.
//   raw --sync FILE prints how long one fdatasync of a growing file takes, in microseconds (median of 500).
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "bench/trace.h"

namespace {

using cartwright::bench::Tag;
using cartwright::bench::take_integer;
using cartwright::bench::take_text;
using Clock = std::chrono::steady_clock;

constexpr std::size_t commands_per_commit = 100;
constexpr const char* settings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;"
    "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864;"
    "PRAGMA secure_delete = FAST; PRAGMA cache_size = -65536";

[[noreturn]] void fail(const std::string& what) {
  std::cerr << "raw: " << what << '\n';
  std::exit(1);
}

struct Value {
  Tag type = Tag::null;
  std::int64_t integer = 0;
  std::string_view text = {};
};

struct Said {
  std::size_t text = 0;
  std::vector<Value> values = {};
};

struct Trace {
  std::string bytes;
  std::vector<std::string> texts;
  std::vector<std::vector<Said>> commands;
};

Value take_value(std::string_view& in) {
  Value value{.type = static_cast<Tag>(take_integer(in))};
  if (value.type == Tag::integer) value.integer = take_integer(in);
  if (value.type == Tag::words || value.type == Tag::bytes) value.text = take_text(in);
  return value;
}

void read(Trace& trace, const char* file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream content;
  content << stream.rdbuf();
  trace.bytes = std::move(content).str();
  std::vector<Said> command;
  for (std::string_view in = trace.bytes; !in.empty();) {
    switch (static_cast<Tag>(take_integer(in))) {
      case Tag::text: trace.texts.emplace_back(take_text(in)); break;
      case Tag::statement: {
        Said& said = command.emplace_back();
        said.text = static_cast<std::size_t>(take_integer(in));
        const std::int64_t count = take_integer(in);
        for (std::int64_t i = 0; i < count; ++i) said.values.push_back(take_value(in));
        break;
      }
      case Tag::end: trace.commands.push_back(std::exchange(command, {})); break;
      default: fail("a broken trace");
    }
  }
}

class Database {
 public:
  Database(const char* path, const std::vector<std::string>& texts) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_open_v2(path, &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) fail(path);
    run(settings);
    for (const std::string& text : texts) statements_.push_back(prepare(text));
    savepoint_ = prepare("SAVEPOINT command");
    release_ = prepare("RELEASE command");
  }
  ~Database() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    sqlite3_finalize(savepoint_);
    sqlite3_finalize(release_);
    sqlite3_close(db_);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(std::string(sqlite3_errmsg(db_)) + ": " + sql);
  }

  void say(const std::vector<Said>& command) {
    finish(savepoint_);
    for (const Said& said : command) {
      sqlite3_stmt* statement = statements_[said.text];
      for (std::size_t i = 0; i < said.values.size(); ++i) bind(statement, static_cast<int>(i) + 1, said.values[i]);
      finish(statement);
    }
    finish(release_);
  }

 private:
  sqlite3_stmt* prepare(const std::string& text) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(db_, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
      fail(std::string(sqlite3_errmsg(db_)) + ": " + text);
    }
    return statement;
  }

  static void bind(sqlite3_stmt* statement, int index, const Value& value) {
    switch (value.type) {
      case Tag::integer: sqlite3_bind_int64(statement, index, value.integer); break;
      case Tag::words:
        sqlite3_bind_text64(statement, index, value.text.data(), value.text.size(), SQLITE_STATIC, SQLITE_UTF8);
        break;
      case Tag::bytes:
        sqlite3_bind_blob64(statement, index, value.text.data(), value.text.size(), SQLITE_STATIC);
        break;
      default: sqlite3_bind_null(statement, index); break;
    }
  }

  void finish(sqlite3_stmt* statement) {
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(statement);
    if (code != SQLITE_DONE) fail(std::string(sqlite3_errmsg(db_)) + ": " + sqlite3_sql(statement));
    sqlite3_reset(statement);
  }

  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
  sqlite3_stmt* savepoint_ = nullptr;
  sqlite3_stmt* release_ = nullptr;
};

void say_all(const char* path, const Trace& trace) {
  Database database(path, trace.texts);
  const auto begin = Clock::now();
  for (std::size_t at = 0; at < trace.commands.size(); at += commands_per_commit) {
    database.run("BEGIN IMMEDIATE");
    const std::size_t end = std::min(trace.commands.size(), at + commands_per_commit);
    for (std::size_t i = at; i < end; ++i) database.say(trace.commands[i]);
    database.run("COMMIT");
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  std::size_t statements = 0;
  for (const auto& command : trace.commands) statements += command.size();
  std::printf("{\"commands\":%zu,\"statements\":%zu,\"seconds\":%.6f}\n", trace.commands.size(), statements, seconds);
}

void measure_sync(const char* path) {
  const int fd = ::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) fail(path);
  const std::string page(4096, 'x');
  std::vector<double> times;
  for (int i = 0; i < 500; ++i) {
    if (::write(fd, page.data(), page.size()) != static_cast<ssize_t>(page.size())) fail("the disk is full");
    const auto begin = Clock::now();
    fdatasync(fd);
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
  }
  ::close(fd);
  ::unlink(path);
  std::nth_element(times.begin(), times.begin() + 250, times.end());
  std::printf("%.1f\n", times[250]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) fail("raw DATABASE TRACE, or raw --sync FILE");
  if (std::string_view(argv[1]) == "--sync") {
    measure_sync(argv[2]);
    return 0;
  }
  Trace trace;
  read(trace, argv[2]);
  say_all(argv[1], trace);
}

#include "server/store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "server/store/sqlite/checkpointer.h"
#include "server/store/sqlite/file_lock.h"
#include "server/store/sqlite/migrate.h"

namespace cartwright::store {

namespace {

class SqliteReader final : public ReadConnection {
 public:
  explicit SqliteReader(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  void begin_snapshot() override { connection_->run("BEGIN DEFERRED"); }
  void end_snapshot() noexcept override {
    try {
      connection_->run("COMMIT");  // a kept statement: roll_back() has its text read each time
    } catch (const StoreError&) {
      connection_->roll_back();
    }
  }

 private:
  Cursor& open(Lock, Sql sql, std::span<const Value> arguments) override { return connection_->open(sql, arguments); }

  std::unique_ptr<Connection> connection_;
};

// After these a failed COMMIT has stored nothing: no commit mark was written. After any other one, think of a failed
// sync, it may have, and only a restart tells.
bool fails_cleanly(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_BUSY:
    case SQLITE_NOMEM:
    case SQLITE_CONSTRAINT:
    case SQLITE_READONLY: return true;
    default: return false;
  }
}

class SqliteWriter final : public WriteConnection {
 public:
  SqliteWriter(std::unique_ptr<Connection> connection, std::unique_ptr<Connection> for_checkpoints, int pages)
      : connection_(std::move(connection)), checkpointer_(std::move(for_checkpoints), *connection_, pages) {}

  void begin() override { connection_->run("BEGIN IMMEDIATE"); }
  bool rollback() noexcept override { return connection_->roll_back(); }
  bool in_transaction() const noexcept override { return connection_->in_transaction(); }
  void set_savepoint() override { connection_->run("SAVEPOINT command"); }
  void release_savepoint() override { connection_->run("RELEASE command"); }
  void rollback_to_savepoint() override { connection_->run("ROLLBACK TO command"); }
  bool maintain(bool idle) noexcept override { return checkpointer_.maintain(idle); }
  std::optional<Fault> broken() const noexcept override { return checkpointer_.broken(); }

  CommitResult commit() noexcept override {
    const int code = connection_->commit();
    if (code == SQLITE_OK) return {};
    const bool clean = connection_->roll_back() && fails_cleanly(code);
    if (clean) return {CommitResult::End::rolled_back, fault_of(code)};
    // What the log holds must be looked at again, by a fresh process, before any of it is copied.
    sqlite3_db_config(connection_->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return {CommitResult::End::unknown, fault_of(code)};
  }

 private:
  Cursor& open(Lock, Sql sql, std::span<const Value> arguments) override { return connection_->open(sql, arguments); }
  std::int64_t run(Sql sql, std::span<const Value> arguments) override { return connection_->run(sql, arguments); }

  std::unique_ptr<Connection> connection_;
  Checkpointer checkpointer_;
};

// Hashes of passwords and people's addresses are in it: for its owner only. SQLite gives its side files the same rights.
void make_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) throw StoreError(Fault::io, path + ": " + std::strerror(errno));
  ::close(fd);
}

void switch_to_log(Connection& connection) {
  Cursor& mode = connection.open("PRAGMA journal_mode = WAL", {});
  const bool switched = mode.step() && mode.text(0) == "wal";
  mode.close();
  if (!switched) throw StoreError(Fault::io, connection.path() + ": can't keep a log (WAL) on this file system");
}

[[noreturn]] void throw_lacks_tables(const std::string& path) {
  throw StoreError(Fault::foreign_database,
                   path + " was made by an older version of this program: run cartwright migrate first");
}

std::unique_ptr<Readers> make_readers(const SqliteOptions& options) {
  std::vector<std::unique_ptr<ReadConnection>> connections;
  for (std::size_t i = 0; i < options.readers; ++i) {
    connections.push_back(
        std::make_unique<SqliteReader>(std::make_unique<Connection>(options.path, Access::read, options.vfs)));
  }
  return std::make_unique<Readers>(std::move(connections));
}

}  // namespace

Database open_sqlite(const SqliteOptions& options) {
  if (!options.create && !std::filesystem::exists(options.path)) {
    throw StoreError(Fault::io, options.path + ": no such database");
  }
  Database database;
  database.lock = lock_for_writing(options.path);
  if (options.create) make_file(options.path);
  auto connection = std::make_unique<Connection>(options.path, Access::write, options.vfs);
  const int version = check_version(*connection);  // before the first change of what may be someone else's
  if (version != 0 && version != sqlite_schema_version()) throw_lacks_tables(options.path);
  switch_to_log(*connection);
  migrate(*connection, migrations());
  auto for_checkpoints = std::make_unique<Connection>(options.path, Access::write, options.vfs);
  database.writer = std::make_unique<Writer>(
      std::make_unique<SqliteWriter>(std::move(connection), std::move(for_checkpoints), options.checkpoint_pages),
      options.writer);
  database.readers = make_readers(options);
  return database;
}

std::unique_ptr<Readers> open_sqlite_readers(const SqliteOptions& options) {
  Connection connection(options.path, Access::read, options.vfs);
  if (check_version(connection) != sqlite_schema_version()) throw_lacks_tables(options.path);
  return make_readers(options);
}

int sqlite_schema_version() { return static_cast<int>(migrations().size()); }

}  // namespace cartwright::store

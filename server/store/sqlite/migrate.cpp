#include "server/store/sqlite/migrate.h"

#include <string>

namespace cartwright::store {

namespace {

constexpr std::int64_t application_id = 0x43525457;  // "CRTW"

bool is_empty(Connection& connection) {
  return connection.number("SELECT count(*) FROM sqlite_schema") == 0;
}

void apply(Connection& connection, const Migration& step, int number) {
  connection.run_script("BEGIN IMMEDIATE");
  try {
    if (number == 1) {
      connection.run_script("PRAGMA application_id = " + std::to_string(application_id));
      connection.run_script(
          "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
          " applied_at INTEGER NOT NULL) STRICT");
    }
    connection.run_script(step.sql);
    connection.run("INSERT INTO schema_migrations (version, name, applied_at)"
                   " VALUES ($1, $2, CAST(strftime('%s', 'now') AS INTEGER) * 1000)",
                   std::array{Value(number), Value(step.name)});
    connection.run_script("PRAGMA user_version = " + std::to_string(number));
    connection.run_script("COMMIT");
  } catch (...) {
    connection.roll_back();
    throw;
  }
}

}  // namespace

int check_version(Connection& connection) {
  if (is_empty(connection)) return 0;
  if (connection.number("PRAGMA application_id") != application_id) {
    throw StoreError(Fault::foreign_database, connection.path() + " is a database of another program");
  }
  const auto version = connection.number("PRAGMA user_version");
  if (version > static_cast<std::int64_t>(migrations().size())) {
    throw StoreError(Fault::newer_database,
                     connection.path() + " was made by a newer version of this program (tables " +
                         std::to_string(version) + ", known " + std::to_string(migrations().size()) + ")");
  }
  return static_cast<int>(version);
}

void migrate(Connection& connection, std::span<const Migration> steps) {
  const auto done = static_cast<std::size_t>(check_version(connection));
  for (std::size_t i = done; i < steps.size(); ++i) apply(connection, steps[i], static_cast<int>(i + 1));
}

}  // namespace cartwright::store

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <fstream>

#include "server/store/sqlite/backup.h"
#include "server/store/sqlite/migrate.h"
#include "tests/unit/store_fixture.h"

using namespace cartwright;
using namespace cartwright::store;

namespace {

void run_sql(const std::string& path, const char* sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  CHECK(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
}

std::int64_t number(Readers& readers, Sql sql) { return *readers.begin()->value<std::int64_t>(sql); }

std::optional<Fault> fault_of_opening(const std::string& path, bool create = true) {
  return fault_thrown_by([&] { open_sqlite({.path = path, .create = create}); });
}

}  // namespace

TEST_CASE("opening makes all tables once, and opening again changes nothing") {
  TemporaryDirectory directory;
  const std::string path = directory.file("shop.db");
  std::int64_t applied_at = 0;
  {
    Database database = open_sqlite({.path = path});
    CHECK(number(*database.readers, "SELECT count(*) FROM schema_migrations") == sqlite_schema_version());
    CHECK(number(*database.readers, "PRAGMA user_version") == sqlite_schema_version());
    applied_at = number(*database.readers, "SELECT sum(applied_at) FROM schema_migrations");
  }
  Database database = open_sqlite({.path = path});
  CHECK(number(*database.readers, "SELECT count(*) FROM schema_migrations") == sqlite_schema_version());
  CHECK(number(*database.readers, "SELECT sum(applied_at) FROM schema_migrations") == applied_at);
}

TEST_CASE("a database that has had only some migrations gets the rest from migrate, and a copy of it as it was") {
  TemporaryDirectory directory;
  const std::string path = directory.file("shop.db");
  {
    std::ofstream(path).close();
    Connection connection(path, Access::write, "");
    migrate(connection, migrations().first(2));
    CHECK(check_version(connection) == 2);
  }
  CHECK(fault_of_opening(path) == Fault::foreign_database);
  CHECK(fault_thrown_by([&] { open_sqlite_readers({.path = path}); }) == Fault::foreign_database);
  const MigrationReport report = migrate_sqlite(path);
  CHECK(report.from == 2);
  CHECK(report.to == sqlite_schema_version());
  Database database = open_sqlite({.path = path});
  CHECK(number(*database.readers, "PRAGMA user_version") == sqlite_schema_version());
  CHECK(number(*database.readers, "SELECT count(*) FROM orders") == 0);
  Connection copy(report.backup, Access::read, "");
  CHECK(check_version(copy) == 2);
}

TEST_CASE("a migration that fails leaves the version before it, whole") {
  TemporaryDirectory directory;
  const std::string path = directory.file("shop.db");
  std::ofstream(path).close();
  Connection connection(path, Access::write, "");
  const Migration steps[] = {{"0001_good", "CREATE TABLE good (id INTEGER) STRICT"},
                             {"0002_bad", "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE nonsense (id WHAT) STRICT"}};
  CHECK(fault_thrown_by([&] { migrate(connection, steps); }) == Fault::misuse);
  CHECK(check_version(connection) == 1);
  CHECK(!connection.in_transaction());
  CHECK(connection.number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0);
}

TEST_CASE("a database made by a newer version is refused and left alone") {
  TemporaryDirectory directory;
  const std::string path = directory.file("shop.db");
  open_sqlite({.path = path});
  run_sql(path, "PRAGMA user_version = 9999");
  CHECK(fault_of_opening(path) == Fault::newer_database);
  CHECK(fault_thrown_by([&] { open_sqlite_readers({.path = path}); }) == Fault::newer_database);
}

TEST_CASE("a database of another program, and a file that is none, are refused and left alone") {
  TemporaryDirectory directory;
  const std::string other = directory.file("other.db");
  run_sql(other, "CREATE TABLE notes (text)");
  const auto size = std::filesystem::file_size(other);
  CHECK(fault_of_opening(other) == Fault::foreign_database);
  CHECK(std::filesystem::file_size(other) == size);

  const std::string text = directory.file("text.db");
  std::ofstream(text) << std::string(5000, 'x');
  CHECK(fault_of_opening(text) == Fault::foreign_database);
}

TEST_CASE("a file that isn't there is made only when asked for") {
  TemporaryDirectory directory;
  CHECK(fault_of_opening(directory.file("none.db"), false) == Fault::io);
  CHECK(!std::filesystem::exists(directory.file("none.db")));
  CHECK(fault_of_opening(directory.file("no/such/folder/shop.db")) == Fault::io);
}

TEST_CASE("a second writer is refused, by another name of the file too, and readers are not") {
  TemporaryDirectory directory;
  const std::string path = directory.file("shop.db");
  {
    Database first = open_sqlite({.path = path});
    CHECK(fault_of_opening(path) == Fault::second_writer);
    std::filesystem::create_symlink(path, directory.file("alias.db"));
    CHECK(fault_of_opening(directory.file("alias.db")) == Fault::second_writer);
    CHECK(number(*open_sqlite_readers({.path = path}), "SELECT count(*) FROM users") == 0);
  }
  CHECK(fault_of_opening(path) == std::nullopt);
}

TEST_CASE("a new database is for its owner only") {
  TemporaryDirectory directory;
  const std::string path = directory.file("shop.db");
  Database database = open_sqlite({.path = path});
  for (const char* part : {"", "-wal"}) {
    using std::filesystem::perms;
    CHECK((std::filesystem::status(path + part).permissions() & (perms::group_all | perms::others_all)) == perms::none);
  }
}

TEST_CASE("connections are set up for safety") {
  TemporaryDirectory directory;
  Database database = open_sqlite({.path = directory.file("shop.db")});
  write(database, [](Transaction& tx) {
    CHECK(*tx.value<std::string>("PRAGMA journal_mode") == "wal");
    CHECK(*tx.value<int>("PRAGMA synchronous") == 2);
    CHECK(*tx.value<int>("PRAGMA foreign_keys") == 1);
    CHECK(*tx.value<int>("PRAGMA trusted_schema") == 0);
    CHECK(*tx.value<int>("PRAGMA cell_size_check") == 1);
  });
  CHECK(number(*database.readers, "PRAGMA query_only") == 1);
}

TEST_CASE("every table is STRICT and every foreign key finds its parent") {
  TemporaryDirectory directory;
  Database database = open_sqlite({.path = directory.file("shop.db")});
  CHECK(number(*database.readers,
               "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
               " AND name NOT LIKE 'sqlite_%'") == 0);
  CHECK(number(*database.readers, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 1") >= 40);
  CHECK(number(*database.readers, "SELECT count(*) FROM pragma_foreign_key_check") == 0);
}

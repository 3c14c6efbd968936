#include <doctest/doctest.h>

#include "tests/unit/store_fixture.h"

using namespace cartwright;
using namespace cartwright::store;

namespace {

struct Shop {
  TemporaryDirectory directory;
  Database database = open_sqlite({.path = directory.file("shop.db")});

  UserId add_user(const std::string& email) {
    UserId id;
    write(database, [&](Transaction& tx) {
      id = tx.insert<UserId>(
          "INSERT INTO users (email, password_hash, name, created_at) VALUES ($1, 'x', 'Kim', 1) RETURNING id", email);
    });
    return id;
  }
  std::int64_t count_users() {
    return *database.readers->begin()->value<std::int64_t>("SELECT count(*) FROM users");
  }
};

std::optional<Fault> fault_of_write(Database& database, Sql sql) {
  return fault_thrown_by([&] { write(database, [&](Transaction& tx) { tx.execute(sql); }); });
}

}  // namespace

TEST_CASE("parameters are bound by their number, in whatever order they appear") {
  Shop shop;
  const auto read = shop.database.readers->begin();
  const auto row = read->first("SELECT $2, $1, $3, $1", "one", "two", 3);
  REQUIRE(row);
  CHECK(row->get<std::string>(0) == "two");
  CHECK(row->get<std::string>(1) == "one");
  CHECK(row->get<int>(2) == 3);
  CHECK(row->get<std::string>(3) == "one");
}

TEST_CASE("a statement in a writing transaction binds by number too") {
  Shop shop;
  const UserId id = shop.add_user("a@example.com");
  write(shop.database, [&](Transaction& tx) {
    CHECK(tx.execute("UPDATE users SET name = $2 WHERE id = $1", id, "Lee") == 1);
    CHECK(tx.execute("UPDATE users SET name = $2 WHERE id = $1", UserId{999}, "Park") == 0);
  });
  CHECK(*shop.database.readers->begin()->value<std::string>("SELECT name FROM users WHERE id = $1", id) == "Lee");
}

TEST_CASE("every kind of value survives the way in and out") {
  Shop shop;
  const auto read = shop.database.readers->begin();
  const std::array<unsigned char, 3> bytes = {0, 255, 7};
  const std::string with_nul("a\0b", 3);
  auto row = read->first("SELECT $1, $2, $3, $4, $5, $6, $7", INT64_MIN, true, with_nul, "", bytes, std::nullopt,
                         std::optional<TimeMs>(TimeMs{42}));
  REQUIRE(row);
  CHECK(row->get<std::int64_t>(0) == INT64_MIN);
  CHECK(row->get<bool>(1));
  CHECK(row->get<std::string>(2) == with_nul);
  CHECK(row->get<std::string>(3).empty());
  const Bytes read_bytes = row->get<Bytes>(4);
  CHECK(std::vector<unsigned char>(read_bytes.begin(), read_bytes.end()) == std::vector<unsigned char>{0, 255, 7});
  CHECK(row->get<std::optional<std::string>>(5) == std::nullopt);
  CHECK(row->get<std::optional<TimeMs>>(6) == TimeMs{42});
  CHECK(fault_thrown_by([&] { (void)row->get<std::string>(0); }) == Fault::type_violation);
  CHECK(fault_thrown_by([&] { (void)row->get<std::int64_t>(5); }) == Fault::type_violation);
  CHECK(fault_thrown_by([&] { (void)row->get<std::int8_t>(0); }) == Fault::type_violation);
}

TEST_CASE("into() fills variables from the first columns in order") {
  Shop shop;
  const UserId id = shop.add_user("a@example.com");
  UserId found;
  std::string email;
  std::optional<TimeMs> erased_at = TimeMs{1};
  const auto read = shop.database.readers->begin();
  const auto row = read->first("SELECT id, email, erased_at FROM users WHERE id = $1", id);
  REQUIRE(row);
  row->into(found, email, erased_at);
  CHECK(found == id);
  CHECK(email == "a@example.com");
  CHECK(!erased_at);
}

TEST_CASE("a statement can be used again inside its own rows, and again afterwards") {
  Shop shop;
  for (const char* email : {"a@example.com", "b@example.com", "c@example.com"}) shop.add_user(email);
  const auto read = shop.database.readers->begin();
  const auto later_than = [&read](UserId id) { return read->query("SELECT id FROM users WHERE id > $1 ORDER BY id", id); };
  int pairs = 0;
  for (const Row outer : later_than(UserId{0})) {
    for (const Row inner : later_than(outer.get<UserId>(0))) pairs += inner.get<UserId>(0).value > 0;
  }
  CHECK(pairs == 3);
  int first_two = 0;
  for ([[maybe_unused]] const Row row : later_than(UserId{0})) {
    if (++first_two == 2) break;
  }
  int all = 0;
  for ([[maybe_unused]] const Row row : later_than(UserId{0})) ++all;
  CHECK(all == 3);
}

TEST_CASE("arguments of a query may be gone while its rows are read") {
  Shop shop;
  shop.add_user("a@example.com");
  shop.add_user("b@example.com");
  const auto read = shop.database.readers->begin();
  int found = 0;
  for (const Row row : read->query("SELECT $1 FROM users", std::string(200, 'x'))) {
    found += row.get<std::string>(0) == std::string(200, 'x');
  }
  CHECK(found == 2);
}

TEST_CASE("a wrong number of arguments and parameters with gaps are misuse") {
  Shop shop;
  const auto read = shop.database.readers->begin();
  CHECK(fault_thrown_by([&] { (void)read->first("SELECT $1, $2", 1); }) == Fault::misuse);
  CHECK(fault_thrown_by([&] { (void)read->first("SELECT $1, $3", 1, 2); }) == Fault::misuse);
  CHECK(fault_thrown_by([&] { (void)read->first("SELECT nonsense FROM nowhere"); }) == Fault::misuse);
}

TEST_CASE("violations are told apart") {
  Shop shop;
  shop.add_user("a@example.com");
  Database& database = shop.database;
  CHECK(fault_of_write(database, "INSERT INTO users (email, password_hash, name, created_at)"
                                 " VALUES ('a@example.com', 'x', 'Kim', 1)") == Fault::unique_violation);
  CHECK(fault_of_write(database, "INSERT INTO users (id, email, password_hash, name, created_at)"
                                 " VALUES (1, 'b@example.com', 'x', 'Kim', 1)") == Fault::unique_violation);
  CHECK(fault_of_write(database, "INSERT INTO user_balances (user_id) VALUES (77)") == Fault::foreign_key_violation);
  CHECK(fault_of_write(database, "INSERT INTO user_balances (user_id, balance) VALUES (1, -1)") ==
        Fault::check_violation);
  CHECK(fault_of_write(database, "INSERT INTO users (email, password_hash, created_at)"
                                 " VALUES ('b@example.com', 'x', 1)") == Fault::not_null_violation);
  CHECK(fault_of_write(database, "UPDATE users SET created_at = 'now'") == Fault::type_violation);
  CHECK(shop.count_users() == 1);
}

TEST_CASE("RETURNING doesn't hide a violated foreign key") {
  Shop shop;
  const auto fault = fault_thrown_by([&] {
    write(shop.database, [](Transaction& tx) {
      tx.insert<UserId>("INSERT INTO user_balances (user_id) VALUES (77) RETURNING user_id");
    });
  });
  CHECK(fault == Fault::foreign_key_violation);
  CHECK(*shop.database.readers->begin()->value<std::int64_t>("SELECT count(*) FROM user_balances") == 0);
}

TEST_CASE("a statement that returns rows has written even if they aren't read") {
  Shop shop;
  write(shop.database, [](Transaction& tx) {
    (void)tx.query("INSERT INTO users (email, password_hash, name, created_at)"
                   " VALUES ('a@example.com', 'x', 'Kim', 1), ('b@example.com', 'x', 'Lee', 1) RETURNING id");
    int rows = 0;
    for (const Row row : tx.query("UPDATE users SET role = 'admin' RETURNING name, email")) {
      rows += row.get<std::string>(1).ends_with("@example.com");
    }
    CHECK(rows == 2);
  });
  CHECK(shop.count_users() == 2);
}

TEST_CASE("a reader sees one committed state from its first read to its end") {
  Shop shop;
  shop.add_user("a@example.com");
  const auto before = shop.database.readers->begin();
  CHECK(*before->value<int>("SELECT count(*) FROM users") == 1);
  write(shop.database, [&](Transaction& tx) {
    tx.execute("INSERT INTO users (email, password_hash, name, created_at) VALUES ('b@example.com', 'x', 'Lee', 1)");
    CHECK(*tx.value<int>("SELECT count(*) FROM users") == 2);
    CHECK(*shop.database.readers->begin()->value<int>("SELECT count(*) FROM users") == 1);
  });
  CHECK(*before->value<int>("SELECT count(*) FROM users") == 1);
  CHECK(*shop.database.readers->begin()->value<int>("SELECT count(*) FROM users") == 2);
}

TEST_CASE("a reader can't write") {
  Shop shop;
  const auto read = shop.database.readers->begin();
  CHECK(fault_thrown_by([&] { (void)read->query("DELETE FROM users"); }) == Fault::read_only);
}

TEST_CASE("when all read connections are in use, the next one waits no longer than it says") {
  TemporaryDirectory directory;
  Database database = open_sqlite({.path = directory.file("shop.db"), .readers = 1});
  {
    const auto held = database.readers->begin();
    CHECK(fault_thrown_by([&] { (void)database.readers->begin(1); }) == Fault::busy);
  }
  CHECK(*database.readers->begin(1)->value<int>("SELECT 1") == 1);
}

TEST_CASE("nested reads take a connection each and find it back") {
  Shop shop;
  for (int i = 0; i < 100; ++i) {
    const auto a = shop.database.readers->begin();
    const auto b = shop.database.readers->begin();
    CHECK(*a->value<int>("SELECT 1") + *b->value<int>("SELECT 2") == 3);
  }
}

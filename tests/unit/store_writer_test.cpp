#include <doctest/doctest.h>

#include <latch>
#include <thread>

#include "tests/unit/store_fault_vfs.h"
#include "tests/unit/store_fixture.h"

using namespace cartwright;
using namespace cartwright::store;

namespace {

struct Shop {
  explicit Shop(WriterLimits limits = {}, int checkpoint_pages = 2000)
      : database(open_sqlite({.path = directory.file("shop.db"),
                              .writer = limits,
                              .checkpoint_pages = checkpoint_pages,
                              .vfs = breakable_vfs()})) {}

  Writer& writer() { return *database.writer; }

  TemporaryDirectory directory;
  Database database;
};

void add_tax_class(Transaction& tx, std::string_view name) {
  tx.execute("INSERT INTO tax_rates (tax_class, basis_points) VALUES ($1, 1000)", name);
}

std::vector<std::string> tax_classes(Database& database) {
  std::vector<std::string> names;
  const auto read = database.readers->begin();
  for (const Row row : read->query("SELECT tax_class FROM tax_rates ORDER BY tax_class")) {
    names.push_back(row.get<std::string>(0));
  }
  return names;
}

Submitted add(Writer& writer, std::string_view name, Outcome outcome = Outcome::done) {
  return writer.submit([&](Transaction& tx) {
    add_tax_class(tx, name);
    return outcome;
  });
}

// Holds the writer inside a command until let go, so that others have to queue behind it.
class Hold {
 public:
  explicit Hold(Writer& writer) {
    thread_ = std::thread([this, &writer] {
      const Submitted submitted = writer.submit([this](Transaction&) {
        running_.count_down();
        go_.wait();
        return Outcome::done;
      });
      fate_ = submitted.fate;
    });
    running_.wait();
  }
  Fate let_go() {
    go_.count_down();
    thread_.join();
    return fate_;
  }

 private:
  std::latch running_{1};
  std::latch go_{1};
  Fate fate_ = Fate::stopping;
  std::thread thread_;
};

void wait_until_queued(Writer& writer, std::uint64_t waiting) {
  while (writer.statistics().waiting < waiting) std::this_thread::yield();
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a done command is on disk and visible when submit returns") {
  Shop shop;
  const int syncs_before = faults().log_syncs;
  const Submitted submitted = add(shop.writer(), "book");
  CHECK(submitted.fate == Fate::committed);
  CHECK(submitted.outcome == Outcome::done);
  CHECK(faults().log_syncs > syncs_before);
  CHECK(tax_classes(shop.database) == Names{"book"});
}

TEST_CASE("a refused command leaves nothing, a refused and recorded one stays") {
  Shop shop;
  const Submitted refused = add(shop.writer(), "refused", Outcome::refused);
  CHECK(refused.fate == Fate::committed);
  CHECK(refused.outcome == Outcome::refused);
  const Submitted recorded = add(shop.writer(), "recorded", Outcome::refused_recorded);
  CHECK(recorded.outcome == Outcome::refused_recorded);
  CHECK(tax_classes(shop.database) == Names{"recorded"});
}

TEST_CASE("what a command throws is thrown to its caller alone, and the others of its batch stand") {
  Shop shop;
  Hold hold(shop.writer());
  std::vector<std::thread> callers;
  std::atomic<int> committed = 0, thrown = 0, violated = 0;
  for (int i = 0; i < 9; ++i) {
    callers.emplace_back([&, i] {
      try {
        const Submitted submitted = shop.writer().submit([&](Transaction& tx) {
          add_tax_class(tx, i % 3 == 2 ? "same" : std::to_string(i));
          if (i % 3 == 1) throw std::runtime_error("no");
          return Outcome::done;
        });
        committed += submitted.committed();
      } catch (const StoreError& error) {
        violated += error.fault() == Fault::unique_violation;
      } catch (const std::runtime_error& error) {
        thrown += std::string(error.what()) == "no";
      }
    });
  }
  wait_until_queued(shop.writer(), 9);
  CHECK(hold.let_go() == Fate::committed);
  for (std::thread& caller : callers) caller.join();
  CHECK(committed == 4);
  CHECK(thrown == 3);
  CHECK(violated == 2);
  CHECK(tax_classes(shop.database) == Names{"0", "3", "6", "same"});
}

TEST_CASE("commands that wait share commits, and no batch is above its cap") {
  Shop shop({.queue = 1000, .batch = 16});
  const std::uint64_t batches_before = shop.writer().statistics().batches;
  Hold hold(shop.writer());
  std::vector<std::thread> callers;
  std::atomic<int> committed = 0;
  for (int i = 0; i < 64; ++i) {
    callers.emplace_back([&, i] { committed += add(shop.writer(), std::to_string(i)).committed(); });
  }
  wait_until_queued(shop.writer(), 64);
  hold.let_go();
  for (std::thread& caller : callers) caller.join();
  CHECK(committed == 64);
  CHECK(tax_classes(shop.database).size() == 64);
  const WriterStatistics statistics = shop.writer().statistics();
  CHECK(statistics.batches - batches_before == 1 + 64 / 16);
  CHECK(statistics.largest_batch == 16);
  CHECK(statistics.commands == 65);
  CHECK(statistics.waiting == 0);
  std::uint64_t timed = 0;
  for (const std::uint64_t commits : statistics.commit_us) timed += commits;
  CHECK(timed == statistics.batches);
}

TEST_CASE("the order of arrival is the order of service") {
  Shop shop({.queue = 1000, .batch = 4});
  Hold hold(shop.writer());
  std::vector<std::thread> callers;
  std::vector<int> served;
  for (int i = 0; i < 20; ++i) {
    callers.emplace_back([&, i] {
      CHECK(shop.writer().submit([&](Transaction&) { return served.push_back(i), Outcome::done; }).committed());
    });
    wait_until_queued(shop.writer(), static_cast<std::uint64_t>(i) + 1);
  }
  hold.let_go();
  for (std::thread& caller : callers) caller.join();
  REQUIRE(served.size() == 20);
  for (int i = 0; i < 20; ++i) CHECK(served[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("a full queue refuses at once and stores nothing of it") {
  Shop shop({.queue = 2, .batch = 16});
  Hold hold(shop.writer());
  std::thread a([&] { CHECK(add(shop.writer(), "a").committed()); });
  std::thread b([&] { CHECK(add(shop.writer(), "b").committed()); });
  wait_until_queued(shop.writer(), 2);
  CHECK(add(shop.writer(), "c").fate == Fate::queue_full);
  CHECK(shop.writer().statistics().refused_full == 1);
  hold.let_go();
  a.join();
  b.join();
  CHECK(tax_classes(shop.database) == Names{"a", "b"});
}

TEST_CASE("stopping finishes what was accepted and takes no more") {
  Shop shop;
  Hold hold(shop.writer());
  std::vector<std::thread> callers;
  std::atomic<int> committed = 0;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&, i] { committed += add(shop.writer(), std::to_string(i)).committed(); });
  }
  wait_until_queued(shop.writer(), 8);
  std::thread stopper([&] { shop.writer().stop(); });
  std::thread prober([&] {
    // Refused at the latest when the stop has begun; what is taken before that is finished too.
    while (shop.writer().submit([](Transaction&) { return Outcome::refused; }).fate != Fate::stopping) {
    }
  });
  hold.let_go();
  stopper.join();
  prober.join();
  for (std::thread& caller : callers) caller.join();
  CHECK(committed == 8);
  CHECK(tax_classes(shop.database).size() == 8);
  CHECK(add(shop.writer(), "late").fate == Fate::stopping);
}

TEST_CASE("what committed commands touched is told once per batch, before their callers go on") {
  Shop shop;
  std::vector<Touch> told;
  std::vector<std::uint64_t> numbers;
  shop.writer().on_commit([&](const Commit& commit) {
    told.insert(told.end(), commit.touched.begin(), commit.touched.end());
    numbers.push_back(commit.number);
  });
  const auto touch = [&](std::int64_t id, Outcome outcome) {
    return shop.writer().submit([&](Transaction& tx) {
      tx.touch(7, id);
      return outcome;
    });
  };
  CHECK(touch(1, Outcome::done).committed());
  CHECK(told == std::vector<Touch>{{7, 1}});
  CHECK(touch(2, Outcome::refused).committed());
  CHECK(touch(3, Outcome::refused_recorded).committed());
  CHECK_THROWS(shop.writer().submit([&](Transaction& tx) -> Outcome {
    tx.touch(7, 4);
    throw std::runtime_error("no");
  }).committed());
  shop.writer().stop();
  CHECK(told == std::vector<Touch>{{7, 1}, {7, 3}});
  CHECK(numbers == std::vector<std::uint64_t>{1, 2, 3, 4});
}

TEST_CASE("a full disk fails the batch cleanly, and the next one works when there is room again") {
  Shop shop;
  faults().log_is_full = true;
  const Submitted failed = add(shop.writer(), "lost");
  CHECK(failed.fate == Fate::commit_failed);
  CHECK(failed.fault == Fault::disk_full);
  CHECK(!shop.writer().broken());
  faults().log_is_full = false;
  CHECK(add(shop.writer(), "kept").committed());
  CHECK(tax_classes(shop.database) == Names{"kept"});
  CHECK(shop.writer().statistics().failed_batches == 1);
}

TEST_CASE("a failed sync leaves the outcome unknown, and nothing is written any more") {
  Shop shop;
  CHECK(add(shop.writer(), "before").committed());
  faults().log_sync_fails = true;
  CHECK(add(shop.writer(), "unknown").fate == Fate::outcome_unknown);
  faults().log_sync_fails = false;
  CHECK(shop.writer().broken() == Fault::io);
  CHECK(add(shop.writer(), "after").fate == Fate::outcome_unknown);
  CHECK(tax_classes(shop.database) == Names{"before"});
}

TEST_CASE("after a failed sync a restart finds a whole database without what came later") {
  TemporaryDirectory directory;
  const SqliteOptions options{.path = directory.file("shop.db"), .vfs = breakable_vfs()};
  {
    Database database = open_sqlite(options);
    CHECK(add(*database.writer, "before").committed());
    faults().log_sync_fails = true;
    CHECK(add(*database.writer, "unknown").fate == Fate::outcome_unknown);
    faults().log_sync_fails = false;
    CHECK(add(*database.writer, "after").fate == Fate::outcome_unknown);
  }
  Database database = open_sqlite(options);
  const Names names = tax_classes(database);
  const bool whole = names == Names{"before"} || names == Names{"before", "unknown"};
  CHECK(whole);
  CHECK(add(*database.writer, "again").committed());
}

TEST_CASE("when the database file can't be synced, writing stops before the log is given up") {
  Shop shop({}, 8);
  faults().table_sync_fails = true;
  Fate fate = Fate::committed;
  for (int i = 0; i < 100000 && fate == Fate::committed; ++i) fate = add(shop.writer(), std::to_string(i)).fate;
  CHECK(fate == Fate::outcome_unknown);
  CHECK(shop.writer().broken() == Fault::io);
  faults().table_sync_fails = false;
}

TEST_CASE("the log stays bounded under steady writing, and nothing is lost by copying it") {
  TemporaryDirectory directory;
  const SqliteOptions options{.path = directory.file("shop.db"), .checkpoint_pages = 50, .vfs = breakable_vfs()};
  constexpr int commands = 1500;
  std::uintmax_t largest = 0;
  {
    Database database = open_sqlite(options);
    for (int i = 0; i < commands; ++i) {
      REQUIRE(add(*database.writer, std::to_string(i)).committed());
      largest = std::max(largest, std::filesystem::file_size(options.path + "-wal"));
    }
  }
  CHECK(largest < 1200 * 4120);  // some 3000 pages go through it
  CHECK(!std::filesystem::exists(options.path + "-wal"));
  Database database = open_sqlite(options);
  CHECK(tax_classes(database).size() == commands);
}

TEST_CASE("many threads that submit at once are all answered, each with its own outcome") {
  Shop shop({.queue = 64, .batch = 8});
  std::vector<std::thread> callers;
  std::atomic<int> done = 0, refused = 0;
  for (int t = 0; t < 16; ++t) {
    callers.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const Outcome outcome = i % 2 ? Outcome::done : Outcome::refused;
        const Submitted submitted = add(shop.writer(), std::to_string(t * 1000 + i), outcome);
        if (submitted.committed() && submitted.outcome == outcome) ++(i % 2 ? done : refused);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  CHECK(done == 400);
  CHECK(refused == 400);
  CHECK(tax_classes(shop.database).size() == 400);
  CHECK(shop.writer().statistics().batches < 800);
}

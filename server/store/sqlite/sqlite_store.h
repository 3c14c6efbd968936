// The SQLite store: opens a database file, brings its tables up to date, and hands out its readers and its writer.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "server/store/readers.h"
#include "server/store/writer.h"

namespace cartwright::store {

struct SqliteOptions {
  std::string path;
  bool create = true;      // make the file when there is none
  std::size_t readers = 8;  // connections for reading
  WriterLimits writer = {};
  // Pages (of 4 KiB) of log after which they are copied into the database file.
  int checkpoint_pages = 2000;
  // A VFS that is already registered with SQLite; empty: the operating system. For tests that break disks.
  std::string vfs = {};
};

// An open database. Members end in the opposite order: the writer's connection closes last, and with it goes the log.
struct Database {
  std::shared_ptr<void> lock;  // keeps other writing processes away
  std::unique_ptr<Writer> writer;
  std::unique_ptr<Readers> readers;
};

// For the one process that writes. A new file gets its tables; one with an older version's is refused as foreign_database
// (backup.h: migrate_sqlite). Throws StoreError: second_writer, foreign_database,
// newer_database, io (no such file, no right to it), corrupt, …
Database open_sqlite(const SqliteOptions& options);

// For looking only, also while another process writes (audit). The schema must be this version's.
std::unique_ptr<Readers> open_sqlite_readers(const SqliteOptions& options);

// The version of the tables that this program makes.
int sqlite_schema_version();

}  // namespace cartwright::store

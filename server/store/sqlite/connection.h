// One SQLite connection with its kept statements. For one thread at a time. Inside store/sqlite/ only.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/store/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace cartwright::store {

// What SQLite's (extended) result code means to us.
Fault fault_of(int extended_code);

// A prepared statement, and the cursor over its rows.
class Statement final : public Cursor {
 public:
  Statement(sqlite3* db, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  bool in_use() const { return in_use_; }
  // Begins; rows come by step(). One that writes has then done so, wholly: SQLite checks foreign keys only at the end,
  // so a row that was returned early might yet be taken back. Its rows are kept here.
  void start(std::span<const Value> arguments);
  // Begins and ends, whatever rows there are. Rows changed.
  std::int64_t run(std::span<const Value> arguments);

  bool step() override;
  void close() noexcept override;
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string_view text(int column) const override;
  Bytes bytes(int column) const override;

 private:
  struct Cell {
    int type = 0;
    std::int64_t integer = 0;
    std::string text = {};
  };

  void bind(std::span<const Value> arguments, bool copy);
  bool step_raw();
  void keep_all_rows();
  void require(int column, int type) const;
  const Cell* kept(int column) const;

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  std::vector<int> index_of_;  // $n at n - 1: SQLite numbers by first appearance
  int columns_ = 0;
  bool writes_ = false;
  bool in_use_ = false;
  bool done_ = false;
  std::vector<Cell> cells_;    // of a writing statement: row after row
  std::size_t next_row_ = 0;   // of them; the current one is the one before
};

enum class Access : std::uint8_t { read, write };

class Connection {
 public:
  // Of a file that is there; an empty one will do. Throws StoreError. All settings but the journal mode are made here.
  Connection(const std::string& path, Access access, const std::string& vfs);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // A kept statement, started.
  Cursor& open(Sql sql, std::span<const Value> arguments);
  std::int64_t run(Sql sql, std::span<const Value> arguments = {});

  // Several statements, not kept; for migrations and pragmas.
  void run_script(const std::string& sql);
  // The first column of the first row, 0 without one; not kept.
  std::int64_t number(std::string_view sql);
  // SQLite's extended code: SQLITE_OK, or why the transaction could not be committed.
  int commit() noexcept;
  // Ends a transaction if there is one. False when that failed.
  bool roll_back() noexcept;
  bool in_transaction() const noexcept;

  sqlite3* handle() const { return db_; }
  const std::string& path() const { return path_; }

 private:
  Statement& kept(Sql sql);

  std::string path_;
  sqlite3* db_ = nullptr;
  // By the literal's address; several where one is used inside the rows of another.
  std::unordered_map<const char*, std::vector<std::unique_ptr<Statement>>> statements_;
};

}  // namespace cartwright::store

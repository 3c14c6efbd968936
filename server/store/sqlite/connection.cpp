#include "server/store/sqlite/connection.h"

#include <sqlite3.h>

#include "core/result.h"

namespace cartwright::store {

namespace {

// `code` is an extended one: connections are opened with SQLITE_OPEN_EXRESCODE.
[[noreturn]] void fail(sqlite3* db, int code, std::string_view doing) {
  const Fault fault = fault_of(code);
  const std::string said = fault == Fault::disk_full ? "no room left on the disk" : sqlite3_errmsg(db);
  throw StoreError(fault, said + " in: " + std::string(doing));
}

Fault fault_of_constraint(int extended_code) {
  switch (extended_code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return Fault::unique_violation;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return Fault::foreign_key_violation;
    case SQLITE_CONSTRAINT_CHECK: return Fault::check_violation;
    case SQLITE_CONSTRAINT_NOTNULL: return Fault::not_null_violation;
    case SQLITE_CONSTRAINT_DATATYPE: return Fault::type_violation;
    default: return Fault::misuse;
  }
}

// Before SQLite's first use: without its count of all memory, which nobody reads, a malloc() takes no lock.
void set_up_sqlite() {
  static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(code);  // too late, and then it counts
}

void configure(sqlite3* db, int option, int value) {
  const int code = sqlite3_db_config(db, option, value, nullptr);
  if (code != SQLITE_OK) fail(db, code, "sqlite3_db_config");
}

}  // namespace

Fault fault_of(int extended_code) {
  switch (extended_code & 0xff) {
    case SQLITE_CONSTRAINT: return fault_of_constraint(extended_code);
    case SQLITE_MISMATCH: return Fault::type_violation;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Fault::busy;
    case SQLITE_FULL: return Fault::disk_full;
    case SQLITE_IOERR: return extended_code == SQLITE_IOERR_SHMSIZE ? Fault::disk_full : Fault::io;
    case SQLITE_READONLY: return Fault::read_only;
    case SQLITE_CORRUPT: return Fault::corrupt;
    case SQLITE_NOMEM: return Fault::out_of_memory;
    case SQLITE_NOTADB: return Fault::foreign_database;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOLFS:
    case SQLITE_PROTOCOL: return Fault::io;
    default: return Fault::misuse;
  }
}

Statement::Statement(sqlite3* db, std::string_view sql) : db_(db) {
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement_, &rest);
  if (code != SQLITE_OK) fail(db, code, sql);
  const int parameters = sqlite3_bind_parameter_count(statement_);
  for (int n = 1; n <= parameters; ++n) {
    const int index = sqlite3_bind_parameter_index(statement_, std::string("$").append(std::to_string(n)).c_str());
    if (index == 0) {
      sqlite3_finalize(statement_);
      throw StoreError(Fault::misuse, "parameters must be $1, $2, … without gaps in: " + std::string(sql));
    }
    index_of_.push_back(index);
  }
  columns_ = sqlite3_column_count(statement_);
  writes_ = sqlite3_stmt_readonly(statement_) == 0;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind(std::span<const Value> arguments, bool copy) {
  if (arguments.size() != index_of_.size()) {
    throw StoreError(Fault::misuse, "wrong number of arguments for: " + std::string(sqlite3_sql(statement_)));
  }
  const auto lifetime = copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value& value = arguments[i];
    int code = SQLITE_OK;
    switch (value.type()) {
      case Value::Type::null: code = sqlite3_bind_null(statement_, index_of_[i]); break;
      case Value::Type::integer: code = sqlite3_bind_int64(statement_, index_of_[i], value.integer()); break;
      case Value::Type::text: {
        const auto text = value.text();
        code = sqlite3_bind_text64(statement_, index_of_[i], text.data() ? text.data() : "", text.size(), lifetime,
                                   SQLITE_UTF8);
        break;
      }
      case Value::Type::bytes: {
        const auto bytes = value.bytes();
        const void* data = bytes.data() ? static_cast<const void*>(bytes.data()) : "";
        code = sqlite3_bind_blob64(statement_, index_of_[i], data, bytes.size(), lifetime);
        break;
      }
    }
    if (code != SQLITE_OK) fail(db_, code, sqlite3_sql(statement_));
  }
}

bool Statement::step_raw() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(db_, code, sqlite3_sql(statement_));
}

void Statement::start(std::span<const Value> arguments) {
  in_use_ = true;
  done_ = false;
  try {
    bind(arguments, !writes_);
    if (writes_) keep_all_rows();
  } catch (...) {
    close();
    throw;
  }
}

std::int64_t Statement::run(std::span<const Value> arguments) {
  in_use_ = true;
  try {
    bind(arguments, false);
    while (step_raw()) {
    }
  } catch (...) {
    close();
    throw;
  }
  const std::int64_t changed = writes_ ? sqlite3_changes64(db_) : 0;
  close();
  return changed;
}

void Statement::keep_all_rows() {
  cells_.clear();
  next_row_ = 0;
  while (step_raw()) {
    for (int column = 0; column < columns_; ++column) {
      Cell cell{sqlite3_column_type(statement_, column)};
      if (cell.type == SQLITE_INTEGER) {
        cell.integer = sqlite3_column_int64(statement_, column);
      } else if (cell.type != SQLITE_NULL) {
        const void* data = sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        if (size > 0) cell.text.assign(static_cast<const char*>(data), size);
      }
      cells_.push_back(std::move(cell));
    }
  }
  sqlite3_reset(statement_);
}

bool Statement::step() {
  if (done_) return false;
  if (writes_) {
    done_ = next_row_ * static_cast<std::size_t>(columns_) >= cells_.size();
    if (!done_) ++next_row_;
  } else {
    done_ = !step_raw();
  }
  return !done_;
}

void Statement::close() noexcept {
  sqlite3_reset(statement_);  // repeats the error of the last step, which has been thrown already
  in_use_ = false;
}

const Statement::Cell* Statement::kept(int column) const {
  if (!writes_) return nullptr;
  return &cells_[(next_row_ - 1) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column)];
}

bool Statement::is_null(int column) const {
  CARTWRIGHT_ASSERT(column >= 0 && column < columns_);
  const Cell* cell = kept(column);
  return (cell ? cell->type : sqlite3_column_type(statement_, column)) == SQLITE_NULL;
}

void Statement::require(int column, int type) const {
  CARTWRIGHT_ASSERT(column >= 0 && column < columns_);
  const Cell* cell = kept(column);
  if ((cell ? cell->type : sqlite3_column_type(statement_, column)) == type) return;
  throw StoreError(Fault::type_violation, "column " + std::to_string(column) + " is NULL or of another type in: " +
                                              sqlite3_sql(statement_));
}

std::int64_t Statement::integer(int column) const {
  require(column, SQLITE_INTEGER);
  const Cell* cell = kept(column);
  return cell ? cell->integer : sqlite3_column_int64(statement_, column);
}

std::string_view Statement::text(int column) const {
  require(column, SQLITE_TEXT);
  if (const Cell* cell = kept(column)) return cell->text;
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Bytes Statement::bytes(int column) const {
  require(column, SQLITE_BLOB);
  if (const Cell* cell = kept(column)) {
    return {reinterpret_cast<const unsigned char*>(cell->text.data()), cell->text.size()};
  }
  const auto* data = static_cast<const unsigned char*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Connection::Connection(const std::string& path, Access access, const std::string& vfs) : path_(path) {
  set_up_sqlite();
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &db_, flags, vfs.empty() ? nullptr : vfs.c_str());
  if (code != SQLITE_OK) {
    const std::string message = path + ": " + sqlite3_errmsg(db_);
    sqlite3_close(db_);
    throw StoreError(fault_of(code), message);
  }
  try {
    sqlite3_busy_timeout(db_, 5000);
    configure(db_, SQLITE_DBCONFIG_DEFENSIVE, 1);
    configure(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    configure(db_, SQLITE_DBCONFIG_DQS_DML, 0);
    configure(db_, SQLITE_DBCONFIG_DQS_DDL, 0);
    run_script(
        "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL;"
        "PRAGMA temp_store = MEMORY;"          // a savepoint's journal stays off the disk
        "PRAGMA wal_autocheckpoint = 0;"       // checkpointer.h
        "PRAGMA journal_size_limit = 67108864;"
        "PRAGMA secure_delete = FAST;");       // Debian's default zeroes at the price of more writing
    run_script(access == Access::read ? "PRAGMA cache_size = -16384; PRAGMA query_only = ON"
                                      : "PRAGMA cache_size = -65536");
  } catch (...) {
    sqlite3_close(db_);
    throw;
  }
}

Connection::~Connection() {
  statements_.clear();
  sqlite3_close(db_);
}

Statement& Connection::kept(Sql sql) {
  auto& same = statements_[sql.text().data()];
  for (const auto& statement : same) {
    if (!statement->in_use()) return *statement;
  }
  return *same.emplace_back(std::make_unique<Statement>(db_, sql.text()));
}

Cursor& Connection::open(Sql sql, std::span<const Value> arguments) {
  Statement& statement = kept(sql);
  statement.start(arguments);
  return statement;
}

std::int64_t Connection::run(Sql sql, std::span<const Value> arguments) { return kept(sql).run(arguments); }

void Connection::run_script(const std::string& sql) {
  const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(db_, code, sql);
}

std::int64_t Connection::number(std::string_view sql) {
  Statement statement(db_, sql);
  statement.start({});
  return statement.step() && !statement.is_null(0) ? statement.integer(0) : 0;
}

int Connection::commit() noexcept { return sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr); }

bool Connection::roll_back() noexcept {
  if (!in_transaction()) return true;
  sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  return !in_transaction();
}

bool Connection::in_transaction() const noexcept { return sqlite3_get_autocommit(db_) == 0; }

}  // namespace cartwright::store

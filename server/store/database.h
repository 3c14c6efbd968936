// What use cases see of the database, whichever it is: a consistent view to read (Reader) and a unit of work to write
// (Transaction). Today SQLite implements it (store/sqlite/), a server database will (ARCHITECTURE.md "SQL is written
// once").
//
//   for (auto row : reader.query("SELECT id, name FROM products WHERE vendor = $1", vendor))
//     use(row.get<ProductId>(0), row.get<std::string_view>(1));
//   if (auto row = reader.first("SELECT email, name FROM users WHERE id = $1", user)) row->into(email, name);
//   const auto stock = tx.value<std::int64_t>(Lock::exclusive, "SELECT stock FROM product_variants WHERE id = $1", id);
//   tx.execute("UPDATE product_variants SET stock = stock - $2 WHERE id = $1", id, units);
//
// The language: what SQLite and PostgreSQL share. Parameters are $1, $2, … without gaps, bound by their number in any
// order of appearance; RETURNING; ON CONFLICT; sums as CAST(SUM(x) AS BIGINT). After a violated constraint a server database refuses the rest of the
// transaction, so don't catch one and go on: say ON CONFLICT DO NOTHING and look at the count.
//
// Threads: an object here belongs to one thread at a time. Errors are StoreError exceptions: what they tell of is either
// a defect (a constraint that the use case should have asked about first) or the machine (disk full), and no use case
// answers either of them by itself. Expected refusals are read from rows and stay values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/id.h"
#include "core/time.h"

namespace cartwright::store {

// What went wrong, told apart as far as a caller could act on it.
enum class Fault : std::uint8_t {
  // about the data: the statement left nothing behind
  unique_violation,  // primary keys too
  foreign_key_violation,
  check_violation,
  not_null_violation,
  type_violation,  // a STRICT column got another type, or a row was read as a type that it hasn't
  // about the machine
  busy,  // a lock or a read connection was not to be had in time
  disk_full,
  read_only,
  io,
  corrupt,
  out_of_memory,
  // about the file
  foreign_database,  // not a Cartwright database
  newer_database,    // made by a newer version of this program
  second_writer,     // another process has it open for writing
  // a defect: bad SQL, wrong number of arguments
  misuse,
};

// The word for logs: "disk_full".
std::string_view name_of(Fault fault);

// A defect of the command rather than trouble with the machine or the file.
bool is_about_data(Fault fault);

class StoreError : public std::runtime_error {
 public:
  StoreError(Fault fault, const std::string& what) : std::runtime_error(what), fault_(fault) {}
  Fault fault() const { return fault_; }

 private:
  Fault fault_;
};

// A read that guards a write names the lock that it needs (COMMERCE.md "Locks"). SQLite has one writer and needs
// nothing more; a server database appends FOR SHARE or FOR UPDATE, so the statement must be a plain SELECT of rows.
enum class Lock : std::uint8_t { none, shared, exclusive };

// The text of a statement: a literal and nothing else, so that nothing from outside can get into it, and so that its
// address is its name: a connection prepares it once and finds it again without looking at the text.
class Sql {
 public:
  template <std::size_t N>
  consteval Sql(const char (&literal)[N]) : text_(literal, N - 1) {}
  std::string_view text() const { return text_; }  // ends with a NUL

 private:
  std::string_view text_;
};

using Bytes = std::span<const unsigned char>;  // hashes, tokens

// One argument; a view of the caller's text, and only alive during the call.
class Value {
 public:
  enum class Type : std::uint8_t { null, integer, text, bytes };

  Value(std::nullopt_t) {}
  template <class T>
    requires std::is_integral_v<T>  // bool too: 0 or 1
  Value(T value) : type_(Type::integer), integer_(static_cast<std::int64_t>(value)) {}
  template <class Tag>
  Value(Id<Tag> id) : type_(Type::integer), integer_(id.value) {}
  Value(TimeMs time) : type_(Type::integer), integer_(time.ms) {}
  Value(std::string_view text) : type_(Type::text), data_(text.data()), size_(text.size()) {}
  Value(const std::string& text) : Value(std::string_view(text)) {}
  Value(const char* text) : Value(std::string_view(text)) {}
  Value(Bytes bytes) : type_(Type::bytes), data_(bytes.data()), size_(bytes.size()) {}
  template <std::size_t N>
  Value(const std::array<unsigned char, N>& bytes) : Value(Bytes(bytes)) {}
  template <class T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value(std::nullopt)) {}

  Type type() const { return type_; }
  std::int64_t integer() const { return integer_; }
  std::string_view text() const { return {static_cast<const char*>(data_), size_}; }
  Bytes bytes() const { return {static_cast<const unsigned char*>(data_), size_}; }

 private:
  Type type_ = Type::null;
  std::int64_t integer_ = 0;
  const void* data_ = nullptr;
  std::size_t size_ = 0;
};

// An open result, implemented by each store. Columns count from 0. Views live until the next step or close.
class Cursor {
 public:
  virtual bool step() = 0;  // false: no more rows
  virtual void close() noexcept = 0;
  virtual bool is_null(int column) const = 0;
  // These throw type_violation on NULL and on another type.
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual Bytes bytes(int column) const = 0;

 protected:
  ~Cursor() = default;
};

namespace detail {
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class>
inline constexpr bool unreadable = false;
}  // namespace detail

// One row of an open result.
class Row {
 public:
  explicit Row(const Cursor& cursor) : cursor_(&cursor) {}

  // T: integers and bool, Id<…>, TimeMs, std::string, std::string_view and Bytes (views until the next row), and
  // std::optional of these for columns that may be NULL.
  template <class T>
  T get(int column) const {
    if constexpr (detail::IsOptional<T>::value) {
      if (cursor_->is_null(column)) return std::nullopt;
      return get<typename T::value_type>(column);
    } else if constexpr (std::is_same_v<T, bool>) {
      return cursor_->integer(column) != 0;
    } else if constexpr (std::is_integral_v<T>) {
      const std::int64_t value = cursor_->integer(column);
      if (!std::in_range<T>(value)) throw StoreError(Fault::type_violation, "a column's number is out of range");
      return static_cast<T>(value);
    } else if constexpr (detail::IsId<T>::value) {
      return T{cursor_->integer(column)};
    } else if constexpr (std::is_same_v<T, TimeMs>) {
      return TimeMs{cursor_->integer(column)};
    } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
      return T(cursor_->text(column));
    } else if constexpr (std::is_same_v<T, Bytes>) {
      return cursor_->bytes(column);
    } else {
      static_assert(detail::unreadable<T>, "no column is read as this type");
    }
  }

  // The first columns, in order, into these variables: row.into(order.id, order.number, order.total).
  template <class... T>
  void into(T&... targets) const {
    int column = 0;
    ((targets = get<T>(column++)), ...);
  }

 private:
  const Cursor* cursor_;
};

// The rows of a query, read once, from front to back. Keep it no longer than needed: an open result holds its statement.
class Rows {
 public:
  explicit Rows(Cursor& cursor) : cursor_(&cursor) {}
  Rows(Rows&& other) noexcept : cursor_(std::exchange(other.cursor_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (cursor_) cursor_->close();
  }

  struct End {};
  class Iterator {
   public:
    explicit Iterator(Cursor& cursor) : cursor_(&cursor), more_(cursor.step()) {}
    Row operator*() const { return Row(*cursor_); }
    Iterator& operator++() {
      more_ = cursor_->step();
      return *this;
    }
    friend bool operator==(const Iterator& it, End) { return !it.more_; }

   private:
    Cursor* cursor_;
    bool more_;
  };
  Iterator begin() { return Iterator(*cursor_); }
  End end() const { return {}; }

 private:
  Cursor* cursor_;
};

// At most one row, open as long as this lives.
class FirstRow {
 public:
  explicit FirstRow(Cursor& cursor) : rows_(cursor), row_(cursor), found_(cursor.step()) {}
  explicit operator bool() const { return found_; }
  const Row* operator->() const { return &row_; }
  const Row& operator*() const { return row_; }

 private:
  Rows rows_;
  Row row_;
  bool found_;
};

// A consistent view of the database: all reads through it see one state.
class Reader {
 public:
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  template <class... Args>
  Rows query(Sql sql, const Args&... args) {
    return Rows(open_with(Lock::none, sql, args...));
  }
  template <class... Args>
  FirstRow first(Sql sql, const Args&... args) {
    return FirstRow(open_with(Lock::none, sql, args...));
  }
  // The first column of the first row; empty when there is no row.
  template <class T, class... Args>
  std::optional<T> value(Sql sql, const Args&... args) {
    return first_value<T>(Lock::none, sql, args...);
  }

 protected:
  Reader() = default;
  ~Reader() = default;

  // Text and bytes are copied when they must outlive the call. A statement that writes has done so, wholly, on return.
  virtual Cursor& open(Lock lock, Sql sql, std::span<const Value> arguments) = 0;

  template <class... Args>
  Cursor& open_with(Lock lock, Sql sql, const Args&... args) {
    if constexpr (sizeof...(Args) == 0) {
      return open(lock, sql, {});
    } else {
      const Value values[] = {Value(args)...};
      return open(lock, sql, values);
    }
  }
  template <class T, class... Args>
  std::optional<T> first_value(Lock lock, Sql sql, const Args&... args) {
    static_assert(!std::is_same_v<T, std::string_view> && !std::is_same_v<T, Bytes>, "the view would dangle");
    const FirstRow row(open_with(lock, sql, args...));
    if (!row) return std::nullopt;
    return std::optional<T>(row->template get<T>(0));
  }
};

// What a command told of: caches and live streams learn it after the commit (writer.h), never before.
struct Touch {
  std::uint32_t topic = 0;  // the use cases' enum
  std::int64_t id = 0;      // 0: the topic as a whole

  friend bool operator==(Touch, Touch) = default;
};

// A unit of work. Only the writer makes one and only the writer ends it (writer.h).
class Transaction : public Reader {
 public:
  using Reader::first;
  using Reader::query;
  using Reader::value;

  template <class... Args>
  Rows query(Lock lock, Sql sql, const Args&... args) {
    return Rows(open_with(lock, sql, args...));
  }
  template <class... Args>
  FirstRow first(Lock lock, Sql sql, const Args&... args) {
    return FirstRow(open_with(lock, sql, args...));
  }
  template <class T, class... Args>
  std::optional<T> value(Lock lock, Sql sql, const Args&... args) {
    return first_value<T>(lock, sql, args...);
  }

  // Rows inserted, changed or deleted.
  template <class... Args>
  std::int64_t execute(Sql sql, const Args&... args) {
    if constexpr (sizeof...(Args) == 0) {
      return run(sql, {});
    } else {
      const Value values[] = {Value(args)...};
      return run(sql, values);
    }
  }

  // INSERT … RETURNING id.
  template <class IdType, class... Args>
  IdType insert(Sql sql, const Args&... args) {
    const std::optional<IdType> id = first_value<IdType>(Lock::none, sql, args...);
    if (!id) throw StoreError(Fault::misuse, "insert() returned no id");
    return *id;
  }

  // Forgotten when the command is refused or fails.
  template <class Topic>
  void touch(Topic topic, std::int64_t id = 0) {
    touched_.push_back(Touch{static_cast<std::uint32_t>(topic), id});
  }
  std::vector<Touch>& touched() { return touched_; }

 protected:
  Transaction() = default;
  ~Transaction() = default;
  virtual std::int64_t run(Sql sql, std::span<const Value> arguments) = 0;

 private:
  std::vector<Touch> touched_;
};

}  // namespace cartwright::store

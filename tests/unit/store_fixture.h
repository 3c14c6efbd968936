// Real database files in a directory of their own, gone at the end; for the tests of the store.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "server/store/sqlite/sqlite_store.h"

namespace cartwright::store {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cartwright-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  std::string file(const std::string& name) const { return (std::filesystem::path(path_) / name).string(); }

 private:
  std::string path_;
};

// Runs `use(Transaction&)` as one committed command.
template <class Use>
void write(Database& database, Use use) {
  const Submitted submitted = database.writer->submit([&](Transaction& tx) {
    use(tx);
    return Outcome::done;
  });
  if (!submitted.committed()) throw StoreError(submitted.fault, "not committed");
}

// The fault that `work()` throws; empty when it throws none.
template <class Work>
std::optional<Fault> fault_thrown_by(Work work) {
  try {
    work();
  } catch (const StoreError& error) {
    return error.fault();
  }
  return std::nullopt;
}

}  // namespace cartwright::store

namespace doctest {
template <>
struct StringMaker<std::optional<cartwright::store::Fault>> {
  static String convert(const std::optional<cartwright::store::Fault>& fault) {
    return fault ? String(std::string(cartwright::store::name_of(*fault)).c_str()) : String("no fault");
  }
};
}  // namespace doctest

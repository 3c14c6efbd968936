#include "server/store/sqlite/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "server/store/sqlite/file_lock.h"
#include "server/store/sqlite/migrate.h"

namespace cartwright::store {

namespace {

[[noreturn]] void fail_at(const std::string& path) { throw StoreError(Fault::io, path + ": " + std::strerror(errno)); }

// Only once its bytes and its name are on the disk is it a backup.
void sync(const std::string& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
  if (fd < 0) fail_at(path);
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  if (!synced) fail_at(path);
}

void copy(Connection& source, const std::string& to) {
  sqlite3* target = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(to.c_str(), &target, flags, nullptr);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> closing(target, sqlite3_close);
  sqlite3_backup* backup = code == SQLITE_OK ? sqlite3_backup_init(target, "main", source.handle(), "main") : nullptr;
  if (backup != nullptr) {
    sqlite3_backup_step(backup, -1);  // in one go, so from one state: the log lets others write meanwhile
    code = sqlite3_backup_finish(backup);
  } else {
    code = sqlite3_extended_errcode(target);
  }
  if (code != SQLITE_OK) throw StoreError(fault_of(code), to + ": " + sqlite3_errmsg(target));
}

void require_absent(const std::string& path) {
  if (std::filesystem::exists(path)) throw StoreError(Fault::io, path + " is there already");
}

}  // namespace

void backup_sqlite(const std::string& from, const std::string& to) {
  require_absent(to);
  Connection source(from, Access::read, "");
  check_version(source);
  const std::string part = to + ".part";
  std::filesystem::remove(part);
  const int fd = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) fail_at(part);
  ::close(fd);
  try {
    copy(source, part);
    sync(part, O_RDWR);
    // Unlike a rename this never takes the place of what someone else put there meanwhile.
    if (::link(part.c_str(), to.c_str()) != 0) fail_at(to);
  } catch (...) {
    ::unlink(part.c_str());
    throw;
  }
  ::unlink(part.c_str());
  const auto folder = std::filesystem::path(to).parent_path();
  sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

MigrationReport migrate_sqlite(const std::string& path) {
  if (!std::filesystem::exists(path)) throw StoreError(Fault::io, path + ": no such database");
  const auto lock = lock_for_writing(path);
  Connection connection(path, Access::write, "");
  const int last = static_cast<int>(migrations().size());
  MigrationReport report{.from = check_version(connection), .to = last};
  if (report.from == last) return report;
  report.backup = path + ".before-" + std::to_string(last);
  backup_sqlite(path, report.backup);
  migrate(connection, migrations());
  return report;
}

}  // namespace cartwright::store

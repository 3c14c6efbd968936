#include "server/store/sqlite/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "server/store/database.h"

namespace cartwright::store {

// A file beside the database, locked as long as it is open; it stays there unlocked. (Not the database file itself:
// closing any descriptor of that would drop SQLite's own locks on it.)
std::shared_ptr<void> lock_for_writing(const std::string& path) {
  std::error_code ignored;
  const auto real = std::filesystem::weakly_canonical(path, ignored);
  const std::string lock_path = (real.empty() ? std::filesystem::path(path) : real).string() + "-lock";
  const int fd = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) throw StoreError(Fault::io, lock_path + ": " + std::strerror(errno));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    throw StoreError(Fault::second_writer, path + " is open for writing in another process");
  }
  return std::shared_ptr<void>(nullptr, [fd](void*) { ::close(fd); });
}

}  // namespace cartwright::store

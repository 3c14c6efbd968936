// A disk that breaks on command: SQLite's VFS of the operating system behind switches. Test support for the store.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <string_view>

namespace cartwright::store {

// What fails from now on. `log` is the -wal file, `table` the database file itself.
struct FaultSwitches {
  std::atomic<bool> log_is_full{false};
  std::atomic<bool> log_sync_fails{false};
  std::atomic<bool> table_sync_fails{false};
  std::atomic<int> log_syncs{0};
};

inline FaultSwitches& faults() {
  static FaultSwitches switches;
  return switches;
}

namespace fault_vfs {

struct File {
  sqlite3_file base;
  bool is_log;
  bool is_table;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

inline File* file_of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
inline sqlite3_file* real_of(sqlite3_file* file) { return file_of(file)->real(); }
inline sqlite3_vfs* real_vfs() { return sqlite3_vfs_find("unix"); }

inline const sqlite3_io_methods* methods() {
  static const sqlite3_io_methods table = {
      3,
      [](sqlite3_file* f) { return real_of(f)->pMethods->xClose(real_of(f)); },
      [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
        return real_of(f)->pMethods->xRead(real_of(f), to, n, at);
      },
      [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
        if (file_of(f)->is_log && faults().log_is_full) return SQLITE_FULL;
        return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
      },
      [](sqlite3_file* f, sqlite3_int64 n) { return real_of(f)->pMethods->xTruncate(real_of(f), n); },
      [](sqlite3_file* f, int flags) {
        if (file_of(f)->is_log) ++faults().log_syncs;
        if (file_of(f)->is_log && faults().log_sync_fails) return SQLITE_IOERR_FSYNC;
        if (file_of(f)->is_table && faults().table_sync_fails) return SQLITE_IOERR_FSYNC;
        return real_of(f)->pMethods->xSync(real_of(f), flags);
      },
      [](sqlite3_file* f, sqlite3_int64* n) { return real_of(f)->pMethods->xFileSize(real_of(f), n); },
      [](sqlite3_file* f, int l) { return real_of(f)->pMethods->xLock(real_of(f), l); },
      [](sqlite3_file* f, int l) { return real_of(f)->pMethods->xUnlock(real_of(f), l); },
      [](sqlite3_file* f, int* out) { return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out); },
      [](sqlite3_file* f, int op, void* arg) { return real_of(f)->pMethods->xFileControl(real_of(f), op, arg); },
      [](sqlite3_file* f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); },
      [](sqlite3_file* f) { return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f)); },
      [](sqlite3_file* f, int region, int size, int extend, void volatile** out) {
        return real_of(f)->pMethods->xShmMap(real_of(f), region, size, extend, out);
      },
      [](sqlite3_file* f, int offset, int n, int flags) {
        return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
      },
      [](sqlite3_file* f) { real_of(f)->pMethods->xShmBarrier(real_of(f)); },
      [](sqlite3_file* f, int remove) { return real_of(f)->pMethods->xShmUnmap(real_of(f), remove); },
      [](sqlite3_file* f, sqlite3_int64 at, int n, void** out) {
        return real_of(f)->pMethods->xFetch(real_of(f), at, n, out);
      },
      [](sqlite3_file* f, sqlite3_int64 at, void* page) {
        return real_of(f)->pMethods->xUnfetch(real_of(f), at, page);
      },
  };
  return &table;
}

inline int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  File* mine = file_of(file);
  mine->base.pMethods = nullptr;
  mine->is_log = (flags & SQLITE_OPEN_WAL) != 0;
  mine->is_table = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  const int code = real_vfs()->xOpen(real_vfs(), name, mine->real(), flags, out_flags);
  if (mine->real()->pMethods) mine->base.pMethods = methods();
  return code;
}

}  // namespace fault_vfs

// The name to open databases with; all switches are off again.
inline const char* breakable_vfs() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs copy = *fault_vfs::real_vfs();
    copy.szOsFile += static_cast<int>(sizeof(fault_vfs::File));
    copy.zName = "breakable";
    copy.xOpen = fault_vfs::open;
    return copy;
  }();
  sqlite3_vfs_register(&vfs, 0);
  faults().log_is_full = faults().log_sync_fails = faults().table_sync_fails = false;
  faults().log_syncs = 0;
  return "breakable";
}

}  // namespace cartwright::store

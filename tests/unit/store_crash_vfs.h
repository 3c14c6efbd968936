// A disk that remembers what was written and what was synced, so that a test can see what a power cut would have left at
// any moment: SQLite's VFS of the operating system with a recorder before it. Shared memory (-shm) is no disk.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace cartwright::store {

struct DiskEvent {
  enum class Kind : std::uint8_t { write, truncate, sync, remove, acknowledge };
  Kind kind = Kind::write;
  std::string file = {};   // or the name of what was acknowledged
  std::string bytes = {};  // written
  sqlite3_int64 at = 0;    // where, or the new size
};

class DiskRecorder {
 public:
  void start(bool syncs_count) {
    const std::lock_guard lock(mutex_);
    events_.clear();
    syncs_count_ = syncs_count;
  }
  void add(DiskEvent event) {
    const std::lock_guard lock(mutex_);
    if (event.kind == DiskEvent::Kind::sync && !syncs_count_) return;
    events_.push_back(std::move(event));
  }
  // A client has been told that this was done.
  void acknowledge(std::string name) { add({.kind = DiskEvent::Kind::acknowledge, .file = std::move(name)}); }
  std::vector<DiskEvent> events() {
    const std::lock_guard lock(mutex_);
    return events_;
  }

 private:
  std::mutex mutex_;
  std::vector<DiskEvent> events_;
  bool syncs_count_ = true;
};

inline DiskRecorder& recorder() {
  static DiskRecorder recorder;
  return recorder;
}

// What of the recorded is surely there when the power goes: of each file all up to its last sync.
class Disk {
 public:
  void apply(const DiskEvent& event) {
    using enum DiskEvent::Kind;
    switch (event.kind) {
      case write:
      case truncate: files_[event.file].pending.push_back(&event); return;
      case sync: settle(files_[event.file]); return;
      case remove: files_.erase(event.file); return;
      case acknowledge: return;
    }
  }

  // The files as they would be found; of what was not synced `chance` says for each write whether it made it.
  template <class Chance>
  void write_to(const std::filesystem::path& folder, Chance chance) const {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    for (const auto& [path, file] : files_) {
      File image{file.content, {}, file.synced};
      for (const DiskEvent* event : file.pending) {
        if (chance()) change(image, *event);
      }
      if (!image.synced && image.content.empty()) continue;
      std::ofstream out(folder / std::filesystem::path(path).filename(), std::ios::binary);
      out.write(image.content.data(), static_cast<std::streamsize>(image.content.size()));
    }
  }

 private:
  struct File {
    std::string content = {};
    std::vector<const DiskEvent*> pending = {};
    bool synced = false;
  };

  static void change(File& file, const DiskEvent& event) {
    const auto at = static_cast<std::size_t>(event.at);
    if (event.kind == DiskEvent::Kind::truncate) return file.content.resize(at);
    if (file.content.size() < at + event.bytes.size()) file.content.resize(at + event.bytes.size());
    file.content.replace(at, event.bytes.size(), event.bytes);
  }
  static void settle(File& file) {
    for (const DiskEvent* event : file.pending) change(file, *event);
    file.pending.clear();
    file.synced = true;
  }

  std::map<std::string, File> files_;
};

namespace crash_vfs {

struct File {
  sqlite3_file base;
  char name[256];
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

inline File* file_of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
inline sqlite3_file* real_of(sqlite3_file* file) { return file_of(file)->real(); }
inline sqlite3_vfs* real_vfs() { return sqlite3_vfs_find("unix"); }

inline const sqlite3_io_methods* methods() {
  using enum DiskEvent::Kind;
  static const sqlite3_io_methods table = {
      2,  // without xFetch: nothing is mapped, so nothing is written unseen
      [](sqlite3_file* f) { return real_of(f)->pMethods->xClose(real_of(f)); },
      [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
        return real_of(f)->pMethods->xRead(real_of(f), to, n, at);
      },
      [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
        recorder().add({write, file_of(f)->name, {static_cast<const char*>(from), static_cast<std::size_t>(n)}, at});
        return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
      },
      [](sqlite3_file* f, sqlite3_int64 n) {
        recorder().add({truncate, file_of(f)->name, {}, n});
        return real_of(f)->pMethods->xTruncate(real_of(f), n);
      },
      [](sqlite3_file* f, int) {
        recorder().add({.kind = sync, .file = file_of(f)->name});
        return SQLITE_OK;  // the real disk needn't keep what the test throws away
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
      nullptr,
      nullptr,
  };
  return &table;
}

inline int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  File* mine = file_of(file);
  mine->base.pMethods = nullptr;
  sqlite3_snprintf(sizeof mine->name, mine->name, "%s", name == nullptr ? "" : name);
  const int code = real_vfs()->xOpen(real_vfs(), name, mine->real(), flags, out_flags);
  if (mine->real()->pMethods) mine->base.pMethods = methods();
  return code;
}

inline int remove(sqlite3_vfs*, const char* name, int sync_directory) {
  recorder().add({.kind = DiskEvent::Kind::remove, .file = name});
  return real_vfs()->xDelete(real_vfs(), name, sync_directory);
}

}  // namespace crash_vfs

// The name to open databases with. `syncs_count` false: as if no sync was ever asked for (synchronous = OFF).
inline const char* recording_vfs(bool syncs_count = true) {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs copy = *crash_vfs::real_vfs();
    copy.szOsFile += static_cast<int>(sizeof(crash_vfs::File));
    copy.zName = "recording";
    copy.xOpen = crash_vfs::open;
    copy.xDelete = crash_vfs::remove;
    return copy;
  }();
  sqlite3_vfs_register(&vfs, 0);
  recorder().start(syncs_count);
  return "recording";
}

}  // namespace cartwright::store

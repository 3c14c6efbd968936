// Copies of a database file, made while it is in use.
#pragma once

#include <string>

namespace cartwright::store {

// A copy of one committed state, on the disk when this returns; payments go on meanwhile. It is made beside `to` and
// takes that name when it is whole, so a copy with that name is never half of one. Throws StoreError: io (there is no
// such database, `to` is there already or can't be written), disk_full, corrupt, foreign_database, …
void backup_sqlite(const std::string& from, const std::string& to);

struct MigrationReport {
  int from = 0;  // versions of the tables
  int to = 0;
  std::string backup = {};  // the copy made before; empty when there was nothing to do
};

// Brings the tables up to this program's version, after a copy of the file as it was ("shop.db.before-8"). Nothing may
// serve it meanwhile. Throws StoreError; the file is then as it was or has had some of the steps, each whole.
MigrationReport migrate_sqlite(const std::string& path);

}  // namespace cartwright::store

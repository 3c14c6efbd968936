// backup, migrate: the database file as a whole.
#include "server/store/sqlite/backup.h"

#include <cstdio>

#include "server/commands/commands.h"
#include "server/commands/support.h"
#include "server/store/database.h"

namespace cartwright::commands {

int backup(const BackupOptions& options) {
  try {
    store::backup_sqlite(options.db, options.to);
    std::printf("%s is a copy of %s\n", options.to.c_str(), options.db.c_str());
  } catch (const store::StoreError& error) {
    return fail(error.what());
  }
  return audit(options.to);
}

int migrate(const std::string& db) {
  try {
    const store::MigrationReport report = store::migrate_sqlite(db);
    if (report.from == report.to) {
      std::printf("%s has the tables of this version (%d) already\n", db.c_str(), report.to);
      return 0;
    }
    std::printf("%s: tables from version %d to %d; as it was before: %s\n", db.c_str(), report.from, report.to,
                report.backup.c_str());
  } catch (const store::StoreError& error) {
    return fail(error.what());
  }
  return audit(db);
}

}  // namespace cartwright::commands

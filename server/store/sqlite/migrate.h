// The tables and how they came to be: numbered steps, each applied once, in a transaction of its own.
#pragma once

#include <span>

#include "server/store/sqlite/connection.h"

namespace cartwright::store {

struct Migration {
  const char* name;  // "0001_shop_and_users"
  const char* sql;
};

// Number i + 1 is at i. Embedded by the build.
std::span<const Migration> migrations();

// Refuses a file that isn't ours (foreign_database) or that is newer than this program (newer_database).
// Returns the number of the last migration that it has had; 0 for an empty file.
int check_version(Connection& connection);

// Applies what lacks, up to `steps`. Applying again changes nothing.
void migrate(Connection& connection, std::span<const Migration> steps);

}  // namespace cartwright::store

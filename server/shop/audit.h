// What must always be true (COMMERCE.md "Always true"), looked for in one snapshot. For `cartwright audit`, on a live or
// copied database, and for the end of every test that writes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/store/database.h"

namespace cartwright::shop {

struct Breach {
  std::string rule;          // what should be true
  std::int64_t id = 0;       // of whom or what it is not: a user, a variant, an order, …
  std::int64_t expected = 0;
  std::int64_t found = 0;
};

// Empty when all is well. Reads every row of the tables it checks.
std::vector<Breach> audit(store::Reader& reader);

// "rule: id 7, expected 3, found 4"
std::string describe(const Breach& breach);

}  // namespace cartwright::shop

// The commands of `cartwright`, one function each; main.cpp parses their options. They return the process's exit code:
// 0 done, 1 refused or failed (said on stderr).
#pragma once

#include <cstdint>
#include <string>

namespace cartwright::commands {

// NDJSON on stdin, one quote or {"error":…} a line on stdout (PRICING.md). Never fails on a bad line.
int quote();

}  // namespace cartwright::commands

// What the commands share.
#pragma once

#include <string>

#include "core/time.h"

namespace cartwright::commands {

// The system's clock: the only place where the program asks for the time.
TimeMs system_now();

// Says it on stderr and gives exit code 1.
int fail(const std::string& what);

// For accounts that a command makes: printed once, kept by nobody.
std::string random_password();

}  // namespace cartwright::commands

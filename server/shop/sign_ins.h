// What signing in needs beside the database, one per server.
#pragma once

#include "server/shop/passwords.h"
#include "server/shop/sessions.h"
#include "server/shop/sign_in_limits.h"

namespace cartwright::shop {

struct SignIns {
  Passwords passwords = Passwords{};
  Sessions sessions = {};
  SignInLimits limits = SignInLimits{};
};

}  // namespace cartwright::shop

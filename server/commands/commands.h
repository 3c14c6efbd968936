// The commands of `cartwright`, one function each; main.cpp parses their options. They return the process's exit code:
// 0 done, 1 refused or failed (said on stderr).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/shop/services.h"

namespace cartwright::commands {

// NDJSON on stdin, one quote or {"error":…} a line on stdout (PRICING.md). Never fails on a bad line.
int quote();

struct ServeOptions {
  std::string db;
  std::string host = "127.0.0.1";
  int port = 8080;  // 0: any free one
  std::string web = {};  // folder of the built shop front; empty: the API alone
  std::vector<std::string> trusted_proxies = {};  // CIDR
  std::optional<std::string> currency = {};
  shop::Settings settings = {};
};

// Serves until SIGTERM or SIGINT; then what was accepted is finished.
int serve(const ServeOptions& options);

struct DemoOptions {
  std::string db;
  std::optional<std::string> currency = {};
};

// Fills an empty database with the demo shop and prints its accounts.
int demo(const DemoOptions& options);

struct ImportOptions {
  std::string db;
  std::string file;
  std::optional<std::string> currency = {};
  std::string language = "en";  // that the file is written in
  bool skip_bad = false;
};

int import_products(const ImportOptions& options);

// Exit code 1 when something that must always be true is not.
int audit(const std::string& db);

struct AdminOptions {
  std::string db;
  std::string email;
  std::string name = "Admin";
};

// Makes an admin's account (or makes an account an admin's) and prints its new random password.
int add_admin(const AdminOptions& options);

}  // namespace cartwright::commands

// The commands of `cartwright`, one function each; main.cpp parses their options. They return the process's exit code:
// 0 done, 1 refused or failed (said on stderr).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/gateway/gateway.h"
#include "server/log.h"
#include "server/reset_mailer.h"
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
  std::vector<std::string> allowed_origins = {};  // of other sites whose pages may use the API
  std::optional<std::string> currency = {};
  std::optional<int> metrics_port = {};  // of loopback; without it there is no metrics page
  log::Level log_level = log::Level::info;
  bool access_log = false;  // a line for each request, not only for failed and slow ones
  bool empty_route = false;  // GET /empty answers 40 bytes: what bench/run holds everything else against
  std::vector<std::string> limits = {};  // over the defaults: "order_user=100/60" (shop/rate_limits.h)
  std::size_t connections_per_address = 512;
  std::size_t body_memory_mib = 256;
  MailSettings mail = {};
  gateway::GatewaySettings gateway = {};
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

struct BackupOptions {
  std::string db;
  std::string to;
};

// Copies a database, also while it is served, and audits the copy.
int backup(const BackupOptions& options);

// Brings an older version's tables up to date, after a copy, and audits the result.
int migrate(const std::string& db);

// Prints METHOD PATTERN ACCESS of every route.
int routes();

struct AdminOptions {
  std::string db;
  std::string email;
  std::string name = "Admin";
};

// Makes an admin's account (or makes an account an admin's) and prints its new random password.
int add_admin(const AdminOptions& options);

struct ResetLinkOptions {
  std::string db;
  std::string email;
  std::string public_url = {};
};

// Prints a one-time link to a new password, of a database that isn't being served.
int make_reset_link(const ResetLinkOptions& options);

struct ReplayOptions {
  std::string db;
  std::int64_t id = 0;
  std::optional<std::int64_t> after = {};
};

// The webhook goes on behind that position, or where it was, once the database is served.
int replay_webhook(const ReplayOptions& options);

}  // namespace cartwright::commands

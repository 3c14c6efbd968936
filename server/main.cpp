// The command line. Settings come from flags, from the environment (CARTWRIGHT_*) or from a TOML file (--config).
#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "core/version.h"
#include "server/commands/commands.h"

namespace {

using namespace cartwright;
using shop::ChargeProvider;

CLI::Option* add_db(CLI::App& command, std::string& db) {
  return command.add_option("--db", db, "The shop's database file")->required()->envname("CARTWRIGHT_DB");
}

void add_currency(CLI::App& command, std::optional<std::string>& currency) {
  command.add_option("--currency", currency,
                     "Of a new shop, by its ISO 4217 code; KRW without it. It never changes afterwards");
}

void add_quote(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("quote", "Price requests: NDJSON in, NDJSON out, one line each");
  command->footer(
      "Reads pricing requests on stdin, one a line, and writes one quote a line. A bad line is answered with\n"
      "{\"error\":{\"code\",\"path\"}} and the run goes on.");
  command->callback([&exit_code] { exit_code = commands::quote(); });
}

void add_serve(CLI::App& app, commands::ServeOptions& options, int& exit_code) {
  CLI::App* command = app.add_subcommand("serve", "Serve the shop until SIGTERM");
  add_db(*command, options.db);
  add_currency(*command, options.currency);
  command->add_option("--host", options.host, "Address to listen on")->capture_default_str()->envname("CARTWRIGHT_HOST");
  command->add_option("--port", options.port, "Port to listen on, 0 for any free one")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535))
      ->envname("CARTWRIGHT_PORT");
  command->add_option("--web", options.web, "Folder of the built shop front; without it the API is served alone")
      ->check(CLI::ExistingDirectory)
      ->envname("CARTWRIGHT_WEB");
  command->add_option("--trust-proxy", options.trusted_proxies,
                      "Address ranges (CIDR) of proxies whose X-Forwarded-For and -Proto count")
      ->envname("CARTWRIGHT_TRUST_PROXY");
  command->add_option("--public-url", options.settings.public_url, "The shop's address, for links: https://shop.example.com")
      ->envname("CARTWRIGHT_PUBLIC_URL");
  command->add_option("--allow-origin", options.allowed_origins,
                      "Another site whose pages may use the API, with tokens of their own: https://www.example.com;\n"
                      "may be given again for each")
      ->envname("CARTWRIGHT_ALLOW_ORIGIN");
  command
      ->add_option("--charge-provider", options.settings.charge_provider,
                   "How balances are charged: none, bank_transfer (waits for an admin), gateway (a payment company), or\n"
                   "instant (credits at once: for demos and tests only, as anybody can make themselves money)")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, ChargeProvider>{{"none", ChargeProvider::none},
                                                            {"instant", ChargeProvider::instant},
                                                            {"bank_transfer", ChargeProvider::bank_transfer},
                                                            {"gateway", ChargeProvider::gateway}})
                      .description("none|bank_transfer|gateway|instant"))
      ->envname("CARTWRIGHT_CHARGE_PROVIDER");
  command->add_option("--charge-max", options.settings.charge_max, "Most of one charge, in minor units")
      ->capture_default_str()
      ->check(CLI::Range(Amount{1}, max_amount))
      ->envname("CARTWRIGHT_CHARGE_MAX");
  command->add_option("--balance-max", options.settings.balance_max, "Most that a balance may hold, in minor units")
      ->capture_default_str()
      ->check(CLI::Range(Amount{1}, max_amount))
      ->envname("CARTWRIGHT_BALANCE_MAX");
  command->add_option("--charge-days", options.settings.charge_days, "How long a charge waits for its money")
      ->capture_default_str()
      ->check(CLI::Range(1, 365))
      ->envname("CARTWRIGHT_CHARGE_DAYS");
  command->add_option("--bank-account", options.settings.bank_account,
                      "bank_transfer: where to, as the shopper reads it: bank, number, holder")
      ->envname("CARTWRIGHT_BANK_ACCOUNT");
  command->add_option("--gateway-url", options.gateway.url,
                      "gateway: the payment company's API, of Toss Payments' shape: https://api.tosspayments.com")
      ->envname("CARTWRIGHT_GATEWAY_URL");
  command->add_option("--gateway-secret-key", options.gateway.secret_key,
                      "gateway: our secret key there: by environment or --config, where nobody reads it off the process list")
      ->envname("CARTWRIGHT_GATEWAY_SECRET_KEY");
  command->add_option("--gateway-client-key", options.settings.gateway_client_key,
                      "gateway: the key that its payment page is opened with; no secret")
      ->envname("CARTWRIGHT_GATEWAY_CLIENT_KEY");
  command->add_option("--gateway-checkout-url", options.settings.gateway_checkout_url,
                      "gateway: its payment page; clientKey, orderId, amount, currency, successUrl and failUrl are added")
      ->envname("CARTWRIGHT_GATEWAY_CHECKOUT_URL");
  command->add_option("--pending-minutes", options.settings.pending_minutes, "How long an order waits for its payment")
      ->capture_default_str()
      ->check(CLI::Range(1, 525600))
      ->envname("CARTWRIGHT_PENDING_MINUTES");
  command->add_flag("--require-address", options.settings.require_address, "Orders must have a delivery address")
      ->envname("CARTWRIGHT_REQUIRE_ADDRESS");
  command->add_option("--return-days", options.settings.return_days,
                      "How long after delivery a shopper may return units; 0: only until they are shipped")
      ->capture_default_str()
      ->check(CLI::Range(0, 3650))
      ->envname("CARTWRIGHT_RETURN_DAYS");
  command->add_flag("--restock-returns", options.settings.restock_returns,
                    "Units that a shopper returns after they were shipped are on sale again at once")
      ->envname("CARTWRIGHT_RESTOCK_RETURNS");
  command->add_option("--events-keep-days", options.settings.events_keep_days,
                      "How far back GET /events goes; longer where a webhook still waits for what is older")
      ->capture_default_str()
      ->check(CLI::Range(1, 36500))
      ->envname("CARTWRIGHT_EVENTS_KEEP_DAYS");
  command->add_option("--webhook-dead-days", options.settings.webhook_dead_days,
                      "A webhook that fails for so long is given up until an admin replays or activates it")
      ->capture_default_str()
      ->check(CLI::Range(1, 365))
      ->envname("CARTWRIGHT_WEBHOOK_DEAD_DAYS");
  command->add_flag("--webhook-allow-private", options.settings.webhook_allow_private,
                    "Webhooks may go to loopback and private addresses: for development, or a receiver inside")
      ->envname("CARTWRIGHT_WEBHOOK_ALLOW_PRIVATE");
  command->add_option("--metrics-port", options.metrics_port,
                      "Port of loopback for Prometheus (GET /metrics), 0 for any free one; without it there is none")
      ->check(CLI::Range(0, 65535))
      ->envname("CARTWRIGHT_METRICS_PORT");
  command->add_option("--log-level", options.log_level, "What the log begins with: debug, info, warn or error")
      ->transform(CLI::CheckedTransformer(std::map<std::string, log::Level>{{"debug", log::Level::debug},
                                                                            {"info", log::Level::info},
                                                                            {"warn", log::Level::warn},
                                                                            {"error", log::Level::error}})
                      .description("debug|info|warn|error"))
      ->envname("CARTWRIGHT_LOG_LEVEL");
  command->add_flag("--access-log", options.access_log, "Log every request, not only failed and slow ones")
      ->envname("CARTWRIGHT_ACCESS_LOG");
  command->add_flag("--empty-route", options.empty_route)->group("");  // not in the help: for bench/run only
  command->add_option("--limit", options.limits,
                      "How often who may ask, NAME=COUNT/SECONDS or NAME=off; may be given again for each of\n"
                      "register_address (30/3600), reset_address (30/3600), reset_email (3/3600), issue_user (300/600),\n"
                      "issue_address (6000/60), code_user (10/600), code_address (200/600), order_user (300/600),\n"
                      "payment_user (600/600)")
      ->envname("CARTWRIGHT_LIMIT");
  command->add_option("--connections-per-address", options.connections_per_address,
                      "Most connections from one address; loopback and trusted proxies have no limit of their own")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000000))
      ->envname("CARTWRIGHT_CONNECTIONS_PER_ADDRESS");
  command->add_option("--body-memory", options.body_memory_mib,
                      "MiB that large request bodies may take together; small ones (64 KiB) always have room")
      ->capture_default_str()
      ->check(CLI::Range(1, 1048576))
      ->envname("CARTWRIGHT_BODY_MEMORY");
  command->add_option("--smtp-host", options.mail.host,
                      "Mail server for links to a new password; without it an admin hands them over\n"
                      "(cartwright admin reset-link, POST /api/v1/admin/reset-links)")
      ->envname("CARTWRIGHT_SMTP_HOST");
  command->add_option("--smtp-port", options.mail.port, "Its port")
      ->capture_default_str()
      ->check(CLI::Range(1, 65535))
      ->envname("CARTWRIGHT_SMTP_PORT");
  command->add_option("--smtp-security", options.mail.security, "How it is spoken to: starttls, tls or none")
      ->capture_default_str()
      ->check(CLI::IsMember({"starttls", "tls", "none"}))
      ->envname("CARTWRIGHT_SMTP_SECURITY");
  command->add_option("--smtp-user", options.mail.user, "Its account, if it wants one")->envname("CARTWRIGHT_SMTP_USER");
  command->add_option("--smtp-password", options.mail.password,
                      "The account's password: by environment or --config, where nobody reads it off the process list")
      ->envname("CARTWRIGHT_SMTP_PASSWORD");
  command->add_option("--smtp-from", options.mail.from, "The shop's own address")->envname("CARTWRIGHT_SMTP_FROM");
  command->callback([&options, &exit_code] { exit_code = commands::serve(options); });
}

void add_demo(CLI::App& app, commands::DemoOptions& options, int& exit_code) {
  CLI::App* command = app.add_subcommand("demo", "Fill an empty database with the demo shop");
  add_db(*command, options.db);
  add_currency(*command, options.currency);
  command->footer("Prints the demo accounts with random passwords, once.");
  command->callback([&options, &exit_code] { exit_code = commands::demo(options); });
}

void add_import(CLI::App& app, commands::ImportOptions& options, int& exit_code) {
  CLI::App* command = app.add_subcommand("import", "Import products from Shopify's product CSV");
  add_db(*command, options.db);
  add_currency(*command, options.currency);
  command->add_option("file", options.file, "The CSV file")->required()->check(CLI::ExistingFile);
  command->add_option("--language", options.language, "The language that the file is written in")
      ->capture_default_str()
      ->check(CLI::IsMember({"ko", "en"}));
  command->add_flag("--skip-bad", options.skip_bad, "Leave bad rows out instead of taking nothing of the file");
  command->footer(
      "Every bad row is named as FILE:LINE:COLUMN, and nothing of the file is taken then. Importing the same file again\n"
      "changes nothing.");
  command->callback([&options, &exit_code] { exit_code = commands::import_products(options); });
}

void add_audit(CLI::App& app, std::string& db, int& exit_code) {
  CLI::App* command = app.add_subcommand("audit", "Check what must always be true; exit code 1 when something is not");
  add_db(*command, db);
  command->footer("Works on a database that is being served, too.");
  command->callback([&db, &exit_code] { exit_code = commands::audit(db); });
}

void add_backup(CLI::App& app, commands::BackupOptions& options, int& exit_code) {
  CLI::App* command = app.add_subcommand("backup", "Copy a database, also while it is served, and audit the copy");
  add_db(*command, options.db);
  command->add_option("to", options.to, "The copy's file; it must not be there yet")->required();
  command->callback([&options, &exit_code] { exit_code = commands::backup(options); });
}

void add_migrate(CLI::App& app, std::string& db, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("migrate", "Bring an older version's database up to date; a copy is made first");
  add_db(*command, db);
  command->callback([&db, &exit_code] { exit_code = commands::migrate(db); });
}

void add_routes(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("routes", "List the REST API's routes and who may use each");
  command->callback([&exit_code] { exit_code = commands::routes(); });
}

void add_admin(CLI::App& app, commands::AdminOptions& options, commands::ResetLinkOptions& reset, int& exit_code) {
  CLI::App* command = app.add_subcommand("admin", "Admins' accounts")->require_subcommand(1);
  CLI::App* add = command->add_subcommand("add", "Make an admin's account; prints its random password");
  add_db(*add, options.db);
  add->add_option("email", options.email, "E-mail of the account")->required();
  add->add_option("--name", options.name, "Name of the person")->capture_default_str();
  add->callback([&options, &exit_code] { exit_code = commands::add_admin(options); });
  CLI::App* link = command->add_subcommand("reset-link", "Print a one-time link to a new password");
  add_db(*link, reset.db);
  link->add_option("email", reset.email, "E-mail of the account, anybody's")->required();
  link->add_option("--public-url", reset.public_url, "The shop's address: https://shop.example.com")
      ->envname("CARTWRIGHT_PUBLIC_URL");
  link->footer(
      "For a database that isn't being served. While it is, an admin asks POST /api/v1/admin/reset-links.\n"
      "The link works once, for half an hour.");
  link->callback([&reset, &exit_code] { exit_code = commands::make_reset_link(reset); });
}

void add_webhook(CLI::App& app, commands::ReplayOptions& options, int& exit_code) {
  CLI::App* command = app.add_subcommand("webhook", "Receivers of events")->require_subcommand(1);
  CLI::App* replay = command->add_subcommand("replay", "Deliver events to a webhook again, and revive it");
  add_db(*replay, options.db);
  replay->add_option("id", options.id, "The webhook's id")->required()->check(CLI::PositiveNumber);
  replay->add_option("--after", options.after, "Begin behind this position; without it the webhook goes on where it was")
      ->check(CLI::NonNegativeNumber);
  replay->footer(
      "For a database that isn't being served: the deliveries are made once it is. While it is,\n"
      "use POST /api/v1/admin/webhooks/{id}/replay.");
  replay->callback([&options, &exit_code] { exit_code = commands::replay_webhook(options); });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Cartwright: a shop whose rules run in the browser and on the server from one source."};
  app.require_subcommand(1);
  app.set_config("--config", "", "Settings from a TOML file: [serve] port = 8080");
  app.set_version_flag("--version", "cartwright " CARTWRIGHT_VERSION ", rules " + std::string(rules_version));

  int exit_code = 0;
  commands::ServeOptions serve;
  commands::DemoOptions demo;
  commands::ImportOptions import_options;
  commands::AdminOptions admin;
  commands::ResetLinkOptions reset_link;
  commands::ReplayOptions replay;
  commands::BackupOptions backup;
  std::string audit_db, migrate_db;
  add_quote(app, exit_code);
  add_serve(app, serve, exit_code);
  add_demo(app, demo, exit_code);
  add_import(app, import_options, exit_code);
  add_audit(app, audit_db, exit_code);
  add_backup(app, backup, exit_code);
  add_migrate(app, migrate_db, exit_code);
  add_admin(app, admin, reset_link, exit_code);
  add_routes(app, exit_code);
  add_webhook(app, replay, exit_code);

  CLI11_PARSE(app, argc, argv);
  return exit_code;
}

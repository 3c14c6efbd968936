// The command line. Settings come from flags, from the environment (CARTWRIGHT_*) or from a TOML file (--config).
#include <CLI/CLI.hpp>
#include <map>

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
  command
      ->add_option("--charge-provider", options.settings.charge_provider,
                   "How balances are charged: none, bank_transfer (waits for an admin), or instant (credits at once:\n"
                   "for demos and tests only, as anybody can make themselves money)")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, ChargeProvider>{{"none", ChargeProvider::none},
                                                            {"instant", ChargeProvider::instant},
                                                            {"bank_transfer", ChargeProvider::bank_transfer}})
                      .description("none|bank_transfer|instant"))
      ->envname("CARTWRIGHT_CHARGE_PROVIDER");
  command->add_option("--charge-max", options.settings.charge_max, "Most of one charge, in minor units")
      ->capture_default_str()
      ->check(CLI::Range(Amount{1}, max_amount))
      ->envname("CARTWRIGHT_CHARGE_MAX");
  command->add_option("--balance-max", options.settings.balance_max, "Most that a balance may hold, in minor units")
      ->capture_default_str()
      ->check(CLI::Range(Amount{1}, max_amount))
      ->envname("CARTWRIGHT_BALANCE_MAX");
  command->add_option("--pending-minutes", options.settings.pending_minutes, "How long an order waits for its payment")
      ->capture_default_str()
      ->check(CLI::Range(1, 525600))
      ->envname("CARTWRIGHT_PENDING_MINUTES");
  command->add_flag("--require-address", options.settings.require_address, "Orders must have a delivery address")
      ->envname("CARTWRIGHT_REQUIRE_ADDRESS");
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

void add_admin(CLI::App& app, commands::AdminOptions& options, int& exit_code) {
  CLI::App* command = app.add_subcommand("admin", "Admins' accounts")->require_subcommand(1);
  CLI::App* add = command->add_subcommand("add", "Make an admin's account; prints its random password");
  add_db(*add, options.db);
  add->add_option("email", options.email, "E-mail of the account")->required();
  add->add_option("--name", options.name, "Name of the person")->capture_default_str();
  add->callback([&options, &exit_code] { exit_code = commands::add_admin(options); });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Cartwright: a shop whose rules run in the browser and on the server from one source."};
  app.require_subcommand(1);
  app.set_config("--config", "", "Settings from a TOML file: [serve] port = 8080");
  app.set_version_flag("--version", "cartwright " CARTWRIGHT_VERSION);

  int exit_code = 0;
  commands::ServeOptions serve;
  commands::DemoOptions demo;
  commands::ImportOptions import_options;
  commands::AdminOptions admin;
  std::string audit_db;
  add_quote(app, exit_code);
  add_serve(app, serve, exit_code);
  add_demo(app, demo, exit_code);
  add_import(app, import_options, exit_code);
  add_audit(app, audit_db, exit_code);
  add_admin(app, admin, exit_code);

  CLI11_PARSE(app, argc, argv);
  return exit_code;
}

// The command line. Settings come from flags, from the environment (CARTWRIGHT_*) or from a TOML file (--config).
#include <CLI/CLI.hpp>

#include "server/commands/commands.h"

int main(int argc, char** argv) {
  CLI::App app{"Cartwright: a shop whose rules run in the browser and on the server from one source."};
  app.require_subcommand(1);

  int exit_code = 0;
  CLI::App* quote = app.add_subcommand("quote", "Price requests: NDJSON in, NDJSON out, one line each");
  quote->footer("Reads PRICING requests on stdin, one a line, and writes one quote a line; a bad line is answered\n"
                "with {\"error\":{\"code\",\"path\"}} and the run goes on.");
  quote->callback([&] { exit_code = cartwright::commands::quote(); });

  CLI11_PARSE(app, argc, argv);
  return exit_code;
}

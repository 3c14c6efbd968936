// demo and import: products into a database.
#include <sodium.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "server/commands/commands.h"
#include "server/commands/support.h"
#include "server/demo/demo.h"
#include "server/import/import.h"
#include "server/shop/setup.h"
#include "server/store/sqlite/sqlite_store.h"

namespace cartwright::commands {

int demo(const DemoOptions& options) {
  try {
    if (sodium_init() < 0) return fail("libsodium does not start");
    const auto database = store::open_sqlite({.path = options.db});
    const demo::DemoOptions wanted{.currency = options.currency,
                                   .shopper_password = random_password(),
                                   .admin_password = random_password()};
    const auto report = demo::fill_demo(*database.writer, wanted, system_now());
    if (!report) return fail(report.error().detail);
    std::printf("The demo shop is in %s: %lld products, %lld variants, %lld offers, %lld paid orders, prices in %s.\n",
                options.db.c_str(), static_cast<long long>(report->products), static_cast<long long>(report->variants),
                static_cast<long long>(report->offers), static_cast<long long>(report->orders),
                report->currency.c_str());
    std::printf("Its accounts; the passwords are random and shown only here:\n");
    std::printf("  shopper  %s  %s\n", report->shopper_email.c_str(), wanted.shopper_password.c_str());
    std::printf("  admin    %s  %s\n", report->admin_email.c_str(), wanted.admin_password.c_str());
    return 0;
  } catch (const store::StoreError& error) {
    return fail(options.db + ": " + error.what());
  }
}

int import_products(const ImportOptions& options) {
  std::error_code unreadable;
  const auto bytes = std::filesystem::file_size(options.file, unreadable);
  if (unreadable) return fail(options.file + ": " + unreadable.message());
  if (bytes > import::max_file_bytes) return fail(options.file + ": larger than 64 MiB");
  std::ifstream stream(options.file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (stream.bad()) return fail(options.file + ": can't be read");

  try {
    const auto database = store::open_sqlite({.path = options.db});
    if (const Status made = shop::ensure_shop(*database.writer, options.currency, system_now()); !made) {
      return fail(made.error().detail);
    }
    const auto currency = shop::shop_currency(*database.readers->begin());
    const auto report = import::import_shopify(
        *database.writer, text,
        {.currency = *currency, .language = options.language, .skip_bad = options.skip_bad}, system_now());
    if (!report) return fail(report.error().detail);
    const std::string printed = print_report(*report, std::filesystem::path(options.file).filename().string());
    std::fputs(printed.c_str(), report->taken ? stdout : stderr);
    return report->taken ? 0 : 1;
  } catch (const store::StoreError& error) {
    return fail(options.db + ": " + error.what());
  }
}

}  // namespace cartwright::commands

// `cartwright demo`: a shop worth looking at in an empty database.
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "server/store/writer.h"

namespace cartwright::demo {

struct DemoOptions {
  std::optional<std::string> currency = {};  // KRW, or that of the shop in the database
  std::string shopper_password;              // made at random by the caller, who prints them
  std::string admin_password;
};

struct DemoReport {
  std::string currency;
  std::string shopper_email;
  std::string admin_email;
  std::int64_t products = 0;
  std::int64_t variants = 0;
  std::int64_t pictures = 0;
  std::int64_t offers = 0;  // promotions and coupons
  std::int64_t orders = 0;  // of the last days, paid
};

// One transaction. Errors: `invalid_request` (the database isn't empty, no such currency, another currency than the
// shop's), and those of the writer.
Result<DemoReport> fill_demo(store::Writer& writer, const DemoOptions& options, TimeMs now);

}  // namespace cartwright::demo

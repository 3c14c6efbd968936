// The demo shop's catalogue as catalog.json holds it, and what becomes of it: records and pictures.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "server/demo/pictures.h"
#include "server/shop/catalog_writer.h"

namespace cartwright::demo {

// The demo's amounts are written in won and turned into round prices of other currencies: a thousand won stand for one
// dollar, euro, …, a hundred yen. `currency` is one of the table.
Amount from_won(Amount won, std::string_view currency);

struct DemoCatalog {
  std::vector<shop::ProductRecord> products;
  std::vector<DemoPicture> pictures;
};

// Error: `invalid_request` with the place in catalog.json.
Result<DemoCatalog> load_catalog(std::string_view currency);

}  // namespace cartwright::demo

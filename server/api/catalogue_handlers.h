// What anyone may read (API.md "without sign-in"): products, categories, campaigns, the shop, the snapshot. All carry an
// ETag. What has the server's clock in it (`now`) is tagged without it and marked no-store, so that a browser never shows
// an old clock: its countdowns run by it.
#pragma once

#include "server/api/call.h"
#include "server/shop/products.h"

namespace cartwright::api {

http::Response list_products(const Call& call);    // GET /products
http::Response show_product(const Call& call);     // GET /products/{id}: an id or a handle
http::Response list_popular(const Call& call);     // GET /products/popular
http::Response list_categories(const Call& call);  // GET /categories
http::Response show_shop(const Call& call);        // GET /shop
http::Response show_snapshot(const Call& call);    // GET /snapshot
http::Response list_campaigns(const Call& call);   // GET /campaigns
http::Response show_campaign(const Call& call);    // GET /campaigns/{id}
http::Response show_media(const Call& call);       // GET /media/{name}: a picture of the shop's own

// The filters in a query string. Error: `invalid_request` with the parameter's name.
Result<shop::ProductQuery> read_product_query(const Call& call);

}  // namespace cartwright::api

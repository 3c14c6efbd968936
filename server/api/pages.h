// The shop's pages as HTML: the built web app with title, text, price and structured data filled in, so that they read
// without script and the app takes over. Korean first; `?lang=`, the cookie `lang` or Accept-Language choose.
//
// What is public and alike for all is kept until a commit changes it (tagged.h). Thread-safe.
#pragma once

#include <string>

#include "server/api/call.h"
#include "server/api/page_template.h"

namespace cartwright::api {

class Pages {
 public:
  // `index_html`: web/dist/index.html. Without it there are no pages, and no routes to them.
  explicit Pages(std::string index_html) : template_(std::move(index_html)) {}

  http::Response home(const Call& call) const;       // GET /
  http::Response products(const Call& call) const;   // GET /products: the API's filters
  http::Response product(const Call& call) const;    // GET /products/{handle}; unknown: 404 and the app
  http::Response campaigns(const Call& call) const;  // GET /campaigns
  http::Response cart(const Call& call) const;       // GET /cart: its name and its frame; what is in it is the app's
  // GET /checkout, /orders, /orders/{number}, /me, /signin, /coupons, /balance: the app alone, not to be indexed.
  http::Response shell(const Call& call) const;
  // Anything else: the app alone with status 404.
  http::Response not_found(const Call& call) const;

 private:
  PageTemplate template_;
};

// The language of a page.
wire::Language language_of(const http::Request& request);

}  // namespace cartwright::api

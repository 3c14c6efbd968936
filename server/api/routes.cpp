// All of the REST API, as a table of contents.
#include "server/api/account_handlers.h"
#include "server/api/application.h"
#include "server/api/balance_handlers.h"
#include "server/api/cart_handlers.h"
#include "server/api/catalogue_handlers.h"
#include "server/api/coupon_handlers.h"
#include "server/api/live.h"
#include "server/api/order_handlers.h"

namespace cartwright::api {

namespace {

http::Response healthy(const Call&) { return http::Response::text(200, "ok\n"); }

// Ready means: writes are taken.
http::Response ready(const Call& call) {
  if (const auto fault = call.shop.writer.broken()) {
    return http::Response::text(503, "writing stopped: " + std::string(store::name_of(*fault)) + "\n");
  }
  return http::Response::text(200, "ready\n");
}

// Anyone may send these, and a parsed body takes fifty times its bytes.
constexpr http::RouteOptions small_body = {.max_body_bytes = 64U << 10U};

// Beside the pages, which have a page for what isn't there.
http::Response no_such_resource(const Call& call) {
  return refuse(call, {.code = ErrorCode::not_found, .detail = "There is nothing here."});
}

}  // namespace

std::vector<ApiRoute> api_routes(const Live& live) {
  using enum http::Method;
  using enum Access;
  return {
      {GET, "/healthz", anyone, healthy},
      {GET, "/readyz", anyone, ready},
      {GET, "/media/{name}", anyone, show_media},

      {GET, "/api/v1/shop", anyone, show_shop},
      {GET, "/api/v1/snapshot", anyone, show_snapshot},
      {GET, "/api/v1/stream", anyone, [&live](const Call& call) { return live.open(call); }},

      {GET, "/api/v1/products", anyone, list_products},
      {GET, "/api/v1/products/popular", anyone, list_popular},
      {GET, "/api/v1/products/{id}", anyone, show_product},
      {GET, "/api/v1/categories", anyone, list_categories},
      {GET, "/api/v1/campaigns", anyone, list_campaigns},
      {GET, "/api/v1/campaigns/{id}", anyone, show_campaign},
      {POST, "/api/v1/campaigns/{id}/issue", shopper, issue_coupon},

      {POST, "/api/v1/auth/register", anyone, register_account, small_body},
      {POST, "/api/v1/auth/login", anyone, sign_in, small_body},
      {POST, "/api/v1/auth/refresh", shopper, renew_session, small_body},
      {POST, "/api/v1/auth/logout", anyone, sign_out, small_body},

      {GET, "/api/v1/me", shopper, show_me},
      {GET, "/api/v1/me/coupons", shopper, list_my_coupons},
      {GET, "/api/v1/me/balance", shopper, show_balance},
      {POST, "/api/v1/me/balance/charges", shopper, charge_balance},
      {GET, "/api/v1/me/balance/history", shopper, list_balance_history},

      {GET, "/api/v1/me/cart", shopper, show_cart},
      {PUT, "/api/v1/me/cart", shopper, replace_cart},
      {POST, "/api/v1/me/cart/lines", shopper, add_cart_line},
      {PATCH, "/api/v1/me/cart/lines/{variant_id}", shopper, change_cart_line},
      {DELETE, "/api/v1/me/cart/lines/{variant_id}", shopper, remove_cart_line},
      {POST, "/api/v1/sync", shopper, sync_cart},

      {POST, "/api/v1/orders", shopper, place_order},
      {GET, "/api/v1/orders", shopper, list_orders},
      {GET, "/api/v1/orders/{number}", shopper, show_order},
      {POST, "/api/v1/orders/{number}/cancel", shopper, cancel_order},
      {POST, "/api/v1/orders/{number}/payment", shopper, pay_order},
      {GET, "/api/v1/orders/{number}/payments", shopper, list_order_payments},
  };
}

std::vector<ApiRoute> page_routes(const Pages& pages, const http::StaticFiles& files) {
  using enum http::Method;
  using enum Access;
  const auto shell = [&pages](const Call& call) { return pages.shell(call); };
  std::vector<ApiRoute> routes{
      {GET, "/", anyone, [&pages](const Call& call) { return pages.home(call); }},
      {GET, "/products", anyone, [&pages](const Call& call) { return pages.products(call); }},
      {GET, "/products/{handle}", anyone, [&pages](const Call& call) { return pages.product(call); }},
      {GET, "/campaigns", anyone, [&pages](const Call& call) { return pages.campaigns(call); }},
      {GET, "/campaigns/{id}", anyone, shell},
      {GET, "/cart", anyone, shell},
      {GET, "/checkout", anyone, shell},
      {GET, "/orders", anyone, shell},
      {GET, "/orders/{number}", anyone, shell},
      {GET, "/coupons", anyone, shell},
      {GET, "/balance", anyone, shell},
      {GET, "/me", anyone, shell},
      {GET, "/signin", anyone, shell},
      {GET, "/register", anyone, shell},
      {GET, "/{*file}", anyone, [&pages, &files](const Call& call) {
         if (auto file = files.find(call.request, call.request.path)) return *std::move(file);
         return pages.not_found(call);
       }},
  };
  for (const auto method : {GET, POST, PUT, PATCH, DELETE}) {
    routes.push_back({method, "/api/{*rest}", anyone, no_such_resource});
  }
  return routes;
}

}  // namespace cartwright::api

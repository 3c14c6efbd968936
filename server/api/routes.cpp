// All of the REST API, as a table of contents.
#include "server/api/account_handlers.h"
#include "server/api/address_handlers.h"
#include "server/api/admin_catalogue_handlers.h"
#include "server/api/admin_log_handlers.h"
#include "server/api/admin_order_handlers.h"
#include "server/api/admin_rule_handlers.h"
#include "server/api/application.h"
#include "server/api/balance_handlers.h"
#include "server/api/cart_handlers.h"
#include "server/api/catalogue_handlers.h"
#include "server/api/charge_handlers.h"
#include "server/api/coupon_handlers.h"
#include "server/api/description.h"
#include "server/api/live.h"
#include "server/api/order_handlers.h"
#include "server/api/shop_settings_handlers.h"
#include "server/api/site_map.h"
#include "server/api/quote_handlers.h"
#include "server/api/relay_handlers.h"
#include "server/api/upload_handlers.h"
#include "server/shop/pictures.h"

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

// The largest legal requests; quote_lines() reads few of the large ones at a time.
constexpr http::RouteOptions quote_body = {.max_body_bytes = 4U << 20U};

constexpr http::RouteOptions picture_body = {.max_body_bytes = shop::max_picture_bytes};
constexpr http::RouteOptions file_body = {.max_body_bytes = import::max_upload_bytes};

// Beside the pages, which have a page for what isn't there.
http::Response no_such_resource(const Call& call) {
  return refuse(call, {.code = ErrorCode::not_found, .detail = "There is nothing here."});
}

}  // namespace

std::vector<ApiRoute> api_routes(const Live& live, import::Importer* importer) {
  using enum http::Method;
  using enum Access;
  return {
      {GET, "/healthz", anyone, healthy},
      {GET, "/readyz", anyone, ready},
      {GET, "/openapi.json", anyone, show_description},
      {GET, "/media/{name}", anyone, show_media},

      {GET, "/api/v1/shop", anyone, show_shop},
      {GET, "/api/v1/shop/policies", anyone, show_policies},
      {GET, "/api/v1/snapshot", anyone, show_snapshot},
      {POST, "/api/v1/quotes", anyone, quote_lines, quote_body},
      {GET, "/api/v1/stream", anyone, [&live](const Call& call) { return live.open(call); }},

      {GET, "/api/v1/products", anyone, list_products},
      {GET, "/api/v1/products/popular", anyone, list_popular},
      {GET, "/api/v1/products/{id}", anyone, show_product},
      {GET, "/api/v1/categories", anyone, list_categories},
      {GET, "/api/v1/campaigns", anyone, list_campaigns},
      {GET, "/api/v1/campaigns/{id}", anyone, show_campaign},
      {POST, "/api/v1/campaigns/{id}/issue", shopper, issue_coupon, {}, Limit::issue},

      {POST, "/api/v1/auth/register", anyone, register_account, small_body, Limit::registration},
      {POST, "/api/v1/auth/login", anyone, sign_in, small_body},
      {POST, "/api/v1/auth/refresh", shopper, renew_session, small_body},
      {POST, "/api/v1/auth/logout", anyone, sign_out, small_body},
      {POST, "/api/v1/auth/reset", anyone, ask_for_reset, small_body, Limit::reset},
      {POST, "/api/v1/auth/reset/confirm", anyone, confirm_reset, small_body},

      {GET, "/api/v1/me", shopper, show_me},
      {DELETE, "/api/v1/me", shopper, erase_account, small_body},
      {PUT, "/api/v1/me/password", shopper, change_password, small_body},
      {GET, "/api/v1/me/addresses", shopper, list_addresses},
      {POST, "/api/v1/me/addresses", shopper, add_address},
      {PATCH, "/api/v1/me/addresses/{id}", shopper, change_address},
      {DELETE, "/api/v1/me/addresses/{id}", shopper, remove_address},
      {GET, "/api/v1/me/coupons", shopper, list_my_coupons},
      {POST, "/api/v1/me/coupons", shopper, redeem_code, small_body, Limit::code},
      {GET, "/api/v1/me/balance", shopper, show_balance},
      {POST, "/api/v1/me/balance/charges", shopper, charge_balance, {}, Limit::payment},
      {GET, "/api/v1/me/balance/charges", shopper, list_my_charges},
      {GET, "/api/v1/me/balance/history", shopper, list_balance_history},

      {GET, "/api/v1/charges/return", anyone, return_from_gateway},
      {POST, "/api/v1/charges/notices", anyone, notice_from_gateway, small_body},

      {GET, "/api/v1/me/cart", shopper, show_cart},
      {PUT, "/api/v1/me/cart", shopper, replace_cart},
      {POST, "/api/v1/me/cart/lines", shopper, add_cart_line},
      {PATCH, "/api/v1/me/cart/lines/{variant_id}", shopper, change_cart_line},
      {DELETE, "/api/v1/me/cart/lines/{variant_id}", shopper, remove_cart_line},
      {POST, "/api/v1/sync", shopper, sync_cart},

      {POST, "/api/v1/orders", shopper, place_order, {}, Limit::order},
      {GET, "/api/v1/orders", shopper, list_orders},
      {GET, "/api/v1/orders/{number}", shopper, show_order},
      {POST, "/api/v1/orders/{number}/cancel", shopper, cancel_order, {}, Limit::payment},
      {POST, "/api/v1/orders/{number}/payment", shopper, pay_order, {}, Limit::payment},
      {GET, "/api/v1/orders/{number}/payments", shopper, list_order_payments},
      {POST, "/api/v1/orders/{number}/returns", shopper, return_order, {}, Limit::payment},

      {GET, "/api/v1/admin/shop", admin, show_shop_settings},
      {PATCH, "/api/v1/admin/shop", admin, change_shop_settings},
      {POST, "/api/v1/admin/reset-links", admin, make_reset_link, small_body},
      {GET, "/api/v1/admin/log", admin, list_admin_log},
      {GET, "/api/v1/admin/orders", admin, list_all_orders},
      {GET, "/api/v1/admin/orders/{number}", admin, show_any_order},
      {POST, "/api/v1/admin/orders/{number}/ship", admin, ship_order},
      {POST, "/api/v1/admin/orders/{number}/deliver", admin, deliver_order},
      {POST, "/api/v1/admin/orders/{number}/refund", admin, refund_order},
      {GET, "/api/v1/admin/charges", admin, list_admin_charges},
      {POST, "/api/v1/admin/charges/{id}/confirm", admin, confirm_charge},
      {POST, "/api/v1/admin/charges/{id}/fail", admin, fail_charge},
      {POST, "/api/v1/admin/charges/{id}/reverse", admin, reverse_charge},

      {GET, "/api/v1/admin/coupons", admin, list_admin_coupons},
      {POST, "/api/v1/admin/coupons", admin, create_admin_coupon},
      {GET, "/api/v1/admin/coupons/{id}", admin, show_admin_coupon},
      {PATCH, "/api/v1/admin/coupons/{id}", admin, change_admin_coupon},
      {DELETE, "/api/v1/admin/coupons/{id}", admin, archive_admin_coupon},
      {GET, "/api/v1/admin/coupons/{id}/codes", admin, list_coupon_codes},
      {POST, "/api/v1/admin/coupons/{id}/codes", admin, set_coupon_code},
      {DELETE, "/api/v1/admin/coupons/{id}/codes", admin, remove_coupon_code},
      {POST, "/api/v1/admin/coupons/{id}/grants", admin, grant_coupons},
      {GET, "/api/v1/admin/promotions", admin, list_admin_promotions},
      {POST, "/api/v1/admin/promotions", admin, create_admin_promotion},
      {GET, "/api/v1/admin/promotions/{id}", admin, show_admin_promotion},
      {PATCH, "/api/v1/admin/promotions/{id}", admin, change_admin_promotion},
      {DELETE, "/api/v1/admin/promotions/{id}", admin, archive_admin_promotion},
      {GET, "/api/v1/admin/campaigns", admin, list_admin_campaigns},
      {POST, "/api/v1/admin/campaigns", admin, create_admin_campaign},
      {GET, "/api/v1/admin/campaigns/{id}", admin, show_admin_campaign},
      {PATCH, "/api/v1/admin/campaigns/{id}", admin, change_admin_campaign},
      {POST, "/api/v1/admin/campaigns/{id}/end", admin, end_admin_campaign},
      {GET, "/api/v1/admin/stats", admin, show_stats},

      {GET, "/api/v1/admin/products", admin, list_admin_products},
      {POST, "/api/v1/admin/products", admin, create_product},
      {GET, "/api/v1/admin/products/{id}", admin, show_admin_product},
      {PATCH, "/api/v1/admin/products/{id}", admin, change_product},
      {DELETE, "/api/v1/admin/products/{id}", admin, archive_product},
      {POST, "/api/v1/admin/products/{id}/variants", admin, add_variant},
      {GET, "/api/v1/admin/variants/{id}", admin, show_admin_variant},
      {PATCH, "/api/v1/admin/variants/{id}", admin, change_variant},
      {GET, "/api/v1/admin/variants/{id}/movements", admin, list_movements},
      {POST, "/api/v1/admin/variants/{id}/movements", admin, move_stock},
      {GET, "/api/v1/admin/categories", admin, list_admin_categories},
      {POST, "/api/v1/admin/categories", admin, create_category},
      {GET, "/api/v1/admin/categories/{id}", admin, show_admin_category},
      {PATCH, "/api/v1/admin/categories/{id}", admin, change_category},
      {DELETE, "/api/v1/admin/categories/{id}", admin, remove_category},
      {POST, "/api/v1/admin/images", admin, upload_image, picture_body},
      {GET, "/api/v1/admin/imports", admin, list_imports},
      {POST, "/api/v1/admin/imports", admin,
       [importer](const Call& call) { return import_products(call, *importer); }, file_body},
      {GET, "/api/v1/admin/imports/{id}", admin, show_import},

      {GET, "/api/v1/events", admin, list_events},
      {GET, "/api/v1/admin/webhooks", admin, list_webhooks},
      {POST, "/api/v1/admin/webhooks", admin, create_webhook},
      {GET, "/api/v1/admin/webhooks/{id}", admin, show_webhook},
      {PATCH, "/api/v1/admin/webhooks/{id}", admin, change_webhook},
      {DELETE, "/api/v1/admin/webhooks/{id}", admin, remove_webhook},
      {POST, "/api/v1/admin/webhooks/{id}/replay", admin, replay_webhook},
      {GET, "/api/v1/admin/webhooks/{id}/deliveries", admin, list_deliveries},
  };
}

std::vector<ApiRoute> page_routes(const Pages& pages, const http::StaticFiles& files) {
  using enum http::Method;
  using enum Access;
  const auto shell = [&pages](const Call& call) { return pages.shell(call); };
  const auto docs = [&pages, &files](const Call& call) {
    if (auto file = files.find(call.request, "/docs/")) return *std::move(file);
    return pages.not_found(call);
  };
  // One page with no data of the shop in it: who may see what, the API says.
  const auto back_office = [&pages, &files](const Call& call) {
    if (auto file = files.find(call.request, "/admin/")) return *std::move(file);
    return pages.not_found(call);
  };
  const auto site_map = [&pages](std::optional<http::Response> (*show)(const Call&)) {
    return [&pages, show](const Call& call) {
      auto part = show(call);
      return part ? *std::move(part) : pages.not_found(call);
    };
  };
  std::vector<ApiRoute> routes{
      {GET, "/docs", anyone, docs},
      {GET, "/admin", anyone, back_office},
      {GET, "/admin/{*rest}", anyone, back_office},
      {GET, "/", anyone, [&pages](const Call& call) { return pages.home(call); }},
      {GET, "/products", anyone, [&pages](const Call& call) { return pages.products(call); }},
      {GET, "/products/{handle}", anyone, [&pages](const Call& call) { return pages.product(call); }},
      {GET, "/campaigns", anyone, [&pages](const Call& call) { return pages.campaigns(call); }},
      {GET, "/campaigns/{id}", anyone, shell},
      {GET, "/cart", anyone, [&pages](const Call& call) { return pages.cart(call); }},
      {GET, "/checkout", anyone, shell},
      {GET, "/orders", anyone, shell},
      {GET, "/orders/{number}", anyone, shell},
      {GET, "/orders/{number}/receipt", anyone, shell},
      {GET, "/coupons", anyone, shell},
      {GET, "/balance", anyone, shell},
      {GET, "/me", anyone, shell},
      {GET, "/me/addresses", anyone, shell},
      {GET, "/me/password", anyone, shell},
      {GET, "/me/erase", anyone, shell},
      {GET, "/signin", anyone, shell},
      {GET, "/register", anyone, shell},
      {GET, "/reset", anyone, shell},
      {GET, "/robots.txt", anyone, show_robots},
      {GET, "/sitemap.xml", anyone, site_map(list_site_map_parts)},
      {GET, "/sitemaps/{after}", anyone, site_map(show_site_map_part)},
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

// Products, variants with their stock, and categories as admins keep them. Changes need If-Match (versioned.h); a PATCH's
// body goes into the thing as it is (wire_catalogue.h); what makes something needs an Idempotency-Key.
#pragma once

#include "server/api/call.h"

namespace cartwright::api {

http::Response list_admin_products(const Call& call);  // GET /admin/products?q=&status=active|archived -> 200 a page
http::Response create_product(const Call& call);       // POST /admin/products (ProductInput) -> 201 AdminProduct
http::Response show_admin_product(const Call& call);   // GET /admin/products/{id} -> 200 AdminProduct
http::Response change_product(const Call& call);       // PATCH /admin/products/{id} (of ProductInput) -> 200 AdminProduct
http::Response archive_product(const Call& call);      // DELETE /admin/products/{id} -> 204; PATCH `active` undoes it
http::Response add_variant(const Call& call);          // POST /admin/products/{id}/variants (ProductVariantInput) -> 201

http::Response show_admin_variant(const Call& call);  // GET /admin/variants/{id} -> 200 AdminVariant
http::Response change_variant(const Call& call);      // PATCH /admin/variants/{id} (of ProductVariantInput) -> 200 AdminVariant
http::Response move_stock(const Call& call);          // POST /admin/variants/{id}/movements (MovementInput) -> 201 Moved
http::Response list_movements(const Call& call);      // GET /admin/variants/{id}/movements -> 200 a page, newest first

http::Response list_admin_categories(const Call& call);  // GET /admin/categories -> 200 AdminCategoryList
http::Response create_category(const Call& call);        // POST /admin/categories (CategoryInput) -> 201 AdminCategory
http::Response show_admin_category(const Call& call);    // GET /admin/categories/{id} -> 200 AdminCategory
http::Response change_category(const Call& call);        // PATCH /admin/categories/{id} (of CategoryInput) -> 200
http::Response remove_category(const Call& call);        // DELETE /admin/categories/{id} -> 204

}  // namespace cartwright::api

#include "server/api/site_map.h"

#include "server/api/page_template.h"
#include "server/api/tagged.h"
#include "server/etag.h"
#include "server/shop/html_policy.h"
#include "server/shop/products.h"

namespace cartwright::api {

namespace {

using shop::Topic;

constexpr std::int64_t products_a_part = 2000;
constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const TagOptions xml_options = {.content_type = "application/xml; charset=utf-8"};

std::string alternate(std::string_view language, const std::string& address) {
  return "<xhtml:link rel=\"alternate\" hreflang=\"" + std::string(language) + "\" href=\"" + address + "\"/>";
}

// A page is two addresses; each names both.
void add_page(std::string& xml, const std::string& public_url, const std::string& path) {
  const std::string korean = shop::escape_html(public_url + path);
  const std::string english =
      shop::escape_html(public_url + path + (path.find('?') == path.npos ? "?lang=en" : "&lang=en"));
  const std::string both = alternate("ko", korean) + alternate("en", english);
  xml += "<url><loc>" + korean + "</loc>" + both + "</url>\n<url><loc>" + english + "</loc>" + both + "</url>\n";
}

}  // namespace

http::Response show_robots(const Call& call) {
  std::string text = "User-agent: *\nAllow: /\nDisallow: /admin\n";
  const std::string& public_url = call.shop.settings.public_url;
  if (!public_url.empty()) text += "Sitemap: " + public_url + "/sitemap.xml\n";
  const std::string etag = etag_of(text);
  return answer_tagged(call, std::move(text), etag, {.content_type = "text/plain; charset=utf-8"});
}

std::optional<http::Response> list_site_map_parts(const Call& call) {
  const std::string& public_url = call.shop.settings.public_url;
  if (public_url.empty()) return std::nullopt;
  return answer_kept(
      call, "sitemap",
      [&]() -> Result<Made> {
        std::string xml(xml_head);
        xml += "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
        for (std::optional<ProductId> after = ProductId{}; after;) {
          xml += "<sitemap><loc>" + shop::escape_html(public_url) + "/sitemaps/" + std::to_string(after->value) +
                 "</loc></sitemap>\n";
          after = shop::list_handles(call.shop, *after, products_a_part).end;
        }
        return Made{.body = xml + "</sitemapindex>\n", .dependencies = {{Topic::catalogue}}};
      },
      xml_options);
}

std::optional<http::Response> show_site_map_part(const Call& call) {
  const std::string& public_url = call.shop.settings.public_url;
  const std::string name(call.request.param("after"));
  const auto after = name == "0" ? 0 : shop::read_id(name);
  if (public_url.empty() || !after) return std::nullopt;
  return answer_kept(
      call, "sitemap/" + name,
      [&]() -> Result<Made> {
        std::string xml(xml_head);
        xml += "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
               " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
        if (*after == 0) {
          for (const char* path : {"/", "/products", "/campaigns"}) add_page(xml, public_url, path);
          const auto categories = shop::list_categories(call.shop);
          if (!categories) return categories.error();
          for (const wire::Category& category : categories->items) {
            add_page(xml, public_url, "/products?category=" + url_part(category.slug));
          }
        }
        for (const std::string& handle : shop::list_handles(call.shop, ProductId{*after}, products_a_part).handles) {
          add_page(xml, public_url, "/products/" + url_part(handle));
        }
        return Made{.body = xml + "</urlset>\n", .dependencies = {{Topic::catalogue}}};
      },
      xml_options);
}

}  // namespace cartwright::api

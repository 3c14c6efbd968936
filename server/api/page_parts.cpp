#include "server/api/page_parts.h"

#include <algorithm>

#include "server/api/page_template.h"
#include "server/api/page_words.h"
#include "server/api/price_text.h"
#include "server/json.h"
#include "server/shop/decimals.h"
#include "server/shop/html_policy.h"

namespace cartwright::api {

namespace {

using shop::escape_html;

constexpr std::size_t max_data_text = 500;

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + escape_html(text) + "</" + std::string(name) + ">";
}

// Width and height keep the picture's place; the style sheet scales it.
std::string picture(const wire::Image& image, std::string_view fallback_alt, const PageContext& context, bool lazy) {
  const std::string url = safe_url(image.url);
  if (url.empty()) return {};
  const std::string& alt = in(context.language, image.alt);
  return "<img src=\"" + escape_html(url) + "\" alt=\"" + escape_html(alt.empty() ? fallback_alt : alt) +
         "\" width=\"640\" height=\"640\"" + (lazy ? " loading=\"lazy\"" : "") + ">";
}

std::string price_range(Amount min, Amount max, const PageContext& context) {
  std::string text = price_text(min, context.currency, context.language);
  if (max > min) text += " – " + price_text(max, context.currency, context.language);
  return text;
}

struct PriceRange {
  Amount min = max_amount;
  Amount max = 0;
};

PriceRange prices_of(const wire::Product& product) {
  PriceRange range;
  for (const wire::ProductVariant& variant : product.variants) {
    if (!variant.active) continue;
    range.min = std::min(range.min, variant.unit_price);
    range.max = std::max(range.max, variant.unit_price);
  }
  return range;
}

std::string variant_words(const wire::Product& product, const wire::ProductVariant& variant,
                          const PageContext& context) {
  std::string words;
  for (std::size_t i = 0; i < std::min(variant.options.size(), product.options.size()); ++i) {
    const auto value = static_cast<std::size_t>(variant.options[i]);
    if (value >= product.options[i].values.size()) continue;
    if (!words.empty()) words += " / ";
    words += in(context.language, product.options[i].values[value]);
  }
  return words.empty() ? in(context.language, product.name) : words;
}

std::string_view stock_words(std::int64_t stock, const PageContext& context) {
  const PageWords& words = words_of(context.language);
  return stock > 0 ? words.in_stock : words.sold_out;
}

void add_member(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  out.append(",\"").append(name).append("\":");
  json::append_string(out, text);
}

std::string absolute(std::string_view url, const PageContext& context) {
  const std::string safe = safe_url(url);
  return safe.starts_with('/') ? context.public_url + safe : safe;
}

std::string_view availability(bool in_stock) {
  return in_stock ? "https://schema.org/InStock" : "https://schema.org/OutOfStock";
}

std::string offer(const wire::ProductVariant& variant, const std::string& page, const PageContext& context) {
  std::string out = "{\"@type\":\"Offer\"";
  add_member(out, "sku", variant.sku);
  add_member(out, "price", shop::decimal_text(variant.unit_price, context.currency));
  add_member(out, "priceCurrency", context.currency);
  add_member(out, "availability", availability(variant.stock > 0));
  add_member(out, "itemCondition", "https://schema.org/NewCondition");
  add_member(out, "url", page);
  return out + "}";
}

// One variant is an Offer; several are an AggregateOffer that has them all.
std::string offers(const wire::Product& product, const std::string& page, const PageContext& context) {
  std::string all;
  std::int64_t count = 0;
  bool in_stock = false;
  for (const wire::ProductVariant& variant : product.variants) {
    if (!variant.active) continue;
    if (count++ > 0) all += ',';
    all += offer(variant, page, context);
    in_stock = in_stock || variant.stock > 0;
  }
  if (count == 1) return all;
  const PriceRange prices = prices_of(product);
  std::string out = "{\"@type\":\"AggregateOffer\"";
  add_member(out, "lowPrice", shop::decimal_text(prices.min, context.currency));
  add_member(out, "highPrice", shop::decimal_text(prices.max, context.currency));
  add_member(out, "priceCurrency", context.currency);
  add_member(out, "availability", availability(in_stock));
  out += ",\"offerCount\":";
  json::append_integer(out, count);
  return out + ",\"offers\":[" + all + "]}";
}

// The first category that a product is in, behind those above it.
std::vector<const wire::Category*> way_to(const wire::Product& product, const wire::CategoryList& categories) {
  std::vector<const wire::Category*> way;
  std::optional<CategoryId> next;
  if (!product.category_ids.empty()) next = product.category_ids.back();
  while (next && way.size() <= categories.items.size()) {
    const auto found = std::find_if(categories.items.begin(), categories.items.end(),
                                    [&](const wire::Category& category) { return category.id == *next; });
    if (found == categories.items.end()) break;
    way.insert(way.begin(), &*found);
    next = found->parent_id;
  }
  return way;
}

void add_list_item(std::string& out, std::int64_t position, std::string_view name, std::string_view member,
                   const std::string& address) {
  if (position > 1) out += ',';
  out += "{\"@type\":\"ListItem\",\"position\":";
  json::append_integer(out, position);
  add_member(out, "name", name);
  add_member(out, member, address);
  out += "}";
}

}  // namespace

std::string page_path(std::string_view path, const PageContext& context) {
  std::string address(path);
  if (context.language == wire::Language::en) address += path.find('?') == path.npos ? "?lang=en" : "&lang=en";
  return address;
}

std::string card_list(std::span<const wire::ProductCard> cards, const PageContext& context) {
  std::string html = "<ul class=\"plain-products\">\n";
  for (const wire::ProductCard& card : cards) {
    const std::string& name = in(context.language, card.name);
    html += "<li><a href=\"" + escape_html(page_path("/products/" + url_part(card.handle), context)) + "\">";
    if (card.image) html += picture(*card.image, name, context, true);
    html += element("span", name) + "</a> ";
    html += element("strong", price_range(card.price_min, card.price_max, context));
    if (card.stock == 0) html += " " + element("em", words_of(context.language).sold_out);
    html += "</li>\n";
  }
  return html + "</ul>\n";
}

std::string product_body(const wire::Product& product, const PageContext& context) {
  const PriceRange prices = prices_of(product);
  const std::string& name = in(context.language, product.name);
  std::string html = "<article class=\"plain-product\">\n";
  bool lazy = false;  // the first picture is what the page shows first
  for (const wire::Image& image : product.images) {
    html += picture(image, name, context, lazy) + "\n";
    lazy = true;
  }
  html += "<p>" + element("strong", price_range(prices.min, prices.max, context)) + "</p>\n";
  html += "<div>" + in(context.language, product.description) + "</div>\n";
  html += element("h2", words_of(context.language).options) + "\n<ul>\n";
  for (const wire::ProductVariant& variant : product.variants) {
    if (!variant.active) continue;
    html += "<li>" + element("span", variant_words(product, variant, context)) + " " +
            element("strong", price_text(variant.unit_price, context.currency, context.language)) + " " +
            element("em", stock_words(variant.stock, context)) + "</li>\n";
  }
  return html + "</ul>\n</article>\n";
}

std::string campaign_list(std::span<const wire::Campaign> campaigns, const PageContext& context) {
  std::string html = "<ul class=\"plain-campaigns\">\n";
  for (const wire::Campaign& campaign : campaigns) {
    html += "<li>" + element("h2", in(context.language, campaign.name));
    const std::string& description = in(context.language, campaign.description);
    if (!description.empty()) html += element("p", description);
    html += element("p", std::string(words_of(context.language).left) + ": " +
                             std::to_string(campaign.remaining_quantity) + " / " +
                             std::to_string(campaign.total_quantity));
    html += "</li>\n";
  }
  return html + "</ul>\n";
}

std::string page_body(std::string_view heading, std::string_view content, const PageContext& context) {
  const PageWords& words = words_of(context.language);
  std::string html = "<header><nav><a href=\"" + escape_html(page_path("/", context)) + "\">" +
                     escape_html(context.shop_name) + "</a> <a href=\"" + escape_html(page_path("/products", context)) +
                     "\">" + escape_html(words.products) + "</a> <a href=\"" +
                     escape_html(page_path("/campaigns", context)) + "\">" + escape_html(words.campaigns) +
                     "</a></nav></header>\n<main>\n";
  html += element("h1", heading) + "\n";
  html += content;
  return html + "</main>\n";
}

std::string product_data(const wire::Product& product, const PageContext& context) {
  const std::string page = context.public_url + page_path("/products/" + url_part(product.handle), context);
  std::string out = "{\"@context\":\"https://schema.org\",\"@type\":\"Product\"";
  add_member(out, "name", in(context.language, product.name));
  add_member(out, "description", shop::html_to_text(in(context.language, product.description), max_data_text));
  add_member(out, "url", page);
  if (!product.vendor.empty()) {
    out += ",\"brand\":{\"@type\":\"Brand\"";
    add_member(out, "name", product.vendor);
    out += "}";
  }
  out += ",\"image\":[";
  bool first = true;
  for (const wire::Image& image : product.images) {
    const std::string url = absolute(image.url, context);
    if (url.empty()) continue;
    if (!first) out += ',';
    first = false;
    json::append_string(out, url);
  }
  return out + "],\"offers\":" + offers(product, page, context) + "}";
}

std::string way_data(const wire::Product& product, const wire::CategoryList& categories, const PageContext& context) {
  std::string out = "{\"@context\":\"https://schema.org\",\"@type\":\"BreadcrumbList\",\"itemListElement\":[";
  std::int64_t position = 0;
  const auto add = [&](std::string_view name, const std::string& path) {
    add_list_item(out, ++position, name, "item", context.public_url + page_path(path, context));
  };
  add(words_of(context.language).products, "/products");
  for (const wire::Category* category : way_to(product, categories)) {
    add(in(context.language, category->name), "/products?category=" + url_part(category->slug));
  }
  add(in(context.language, product.name), "/products/" + url_part(product.handle));
  return out + "]}";
}

std::string shop_data(const PageContext& context) {
  std::string out = "{\"@context\":\"https://schema.org\",\"@type\":\"WebSite\"";
  add_member(out, "name", context.shop_name);
  add_member(out, "url", context.public_url + "/");
  out += ",\"potentialAction\":{\"@type\":\"SearchAction\"";
  add_member(out, "target", context.public_url + "/products?q={search_term_string}");
  add_member(out, "query-input", "required name=search_term_string");
  return out + "}}";
}

std::string list_data(std::span<const wire::ProductCard> cards, const PageContext& context) {
  std::string out = "{\"@context\":\"https://schema.org\",\"@type\":\"ItemList\",\"itemListElement\":[";
  std::int64_t position = 0;
  for (const wire::ProductCard& card : cards) {
    add_list_item(out, ++position, in(context.language, card.name), "url",
                  context.public_url + page_path("/products/" + url_part(card.handle), context));
  }
  return out + "]}";
}

}  // namespace cartwright::api

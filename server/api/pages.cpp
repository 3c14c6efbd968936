#include "server/api/pages.h"

#include <algorithm>

#include "server/api/catalogue_handlers.h"
#include "server/api/page_parts.h"
#include "server/api/page_words.h"
#include "server/api/tagged.h"
#include "server/etag.h"
#include "server/http/fields.h"
#include "server/shop/campaigns_read.h"
#include "server/shop/html_policy.h"
#include "server/shop/popular.h"
#include "server/shop/products.h"
#include "server/shop/shop_info.h"

namespace cartwright::api {

namespace {

using shop::Topic;

constexpr std::size_t description_characters = 160;
constexpr std::int64_t new_products = 12;

const TagOptions html_options = {.content_type = "text/html; charset=utf-8", .vary = "Accept-Language, Cookie"};

bool names(std::string_view tag, std::string_view language) {
  return http::same_name(tag.substr(0, tag.find('-')), language);
}

// Qualities rarely differ from the order that browsers write, so the first of ours wins.
std::optional<wire::Language> first_accepted(std::string_view header) {
  while (!header.empty()) {
    const std::size_t comma = std::min(header.find(','), header.size());
    const std::string_view range = header.substr(0, comma);
    const std::string_view tag = http::trim(range.substr(0, range.find(';')));
    if (names(tag, "ko")) return wire::Language::ko;
    if (names(tag, "en")) return wire::Language::en;
    header.remove_prefix(std::min(comma + 1, header.size()));
  }
  return std::nullopt;
}

bool is_addressed(const Call& call) {
  const std::string* const asked = call.request.find("lang");
  return asked != nullptr && (*asked == "ko" || *asked == "en");
}

PageContext context_of(const Call& call) {
  PageContext context{.language = language_of(call.request),
                      .is_addressed = is_addressed(call),
                      .public_url = call.shop.settings.public_url};
  if (const auto shop = shop::find_shop(call.shop, call.now)) {
    context.currency = shop->rules.currency;
    context.shop_name = in(context.language, shop->name);
  }
  return context;
}

PageHead head_of(const PageContext& context, std::string_view title, std::string path) {
  return {.language = context.language,
          .is_addressed = context.is_addressed,
          .title = title.empty() ? context.shop_name : std::string(title) + " · " + context.shop_name,
          .path = std::move(path),
          .shop_name = context.shop_name};
}

std::string language_key(const Call& call) {
  const std::string language = language_of(call.request) == wire::Language::en ? "en" : "ko";
  return "page/" + language + (is_addressed(call) ? "?/" : "/");
}

// By slug or id, as the list's filter takes it.
std::optional<wire::Category> find_category(const Call& call, const std::string& slug_or_id) {
  if (slug_or_id.empty()) return std::nullopt;
  const auto categories = shop::list_categories(call.shop);
  if (!categories) return std::nullopt;
  for (const wire::Category& category : categories->items) {
    if (category.slug == slug_or_id || std::to_string(category.id.value) == slug_or_id) return category;
  }
  return std::nullopt;
}

std::string fill(const PageTemplate& page, const PageHead& head, std::string_view body, const PageContext& context) {
  return page.fill(context.language, head_tags(head, context.public_url), body);
}

}  // namespace

wire::Language language_of(const http::Request& request) {
  if (const std::string* asked = request.find("lang")) {
    if (*asked == "ko") return wire::Language::ko;
    if (*asked == "en") return wire::Language::en;
  }
  if (const auto chosen = request.cookie("lang")) {
    if (*chosen == "ko") return wire::Language::ko;
    if (*chosen == "en") return wire::Language::en;
  }
  return first_accepted(request.header("Accept-Language")).value_or(wire::Language::ko);
}

http::Response Pages::home(const Call& call) const {
  const std::string key = language_key(call) + "home/" + std::to_string(hour_of(call.now));
  return answer_kept(
      call, key,
      [&]() -> Result<Made> {
        const PageContext context = context_of(call);
        const PageWords& words = words_of(context.language);
        const auto popular = shop::list_popular(call.shop, {}, call.now);
        if (!popular) return popular.error();
        const auto fresh = shop::list_products(call.shop, {.limit = new_products}, call.now);
        if (!fresh) return fresh.error();
        std::vector<wire::ProductCard> cards;
        for (const wire::PopularProduct& product : popular->items) cards.push_back(product.product);

        PageHead head = head_of(context, {}, "/");
        head.description = words.home_description;
        head.structured_data = {shop_data(context), list_data(cards.empty() ? fresh->items : cards, context)};
        std::string content;
        if (!cards.empty()) {
          content += "<h2>" + std::string(words.popular) + "</h2>\n" + card_list(cards, context);
        }
        content += "<h2>" + std::string(words.fresh) + "</h2>\n" + card_list(fresh->items, context);
        return Made{.body = fill(template_, head, page_body(context.shop_name, content, context), context),
                    .dependencies = {{Topic::catalogue}, {Topic::stock}, {Topic::popular}}};
      },
      html_options);
}

http::Response Pages::products(const Call& call) const {
  const PageContext context = context_of(call);
  const PageWords& words = words_of(context.language);
  auto query = read_product_query(call);
  // A page that is asked for wrongly shows what there is; the API says what was wrong.
  shop::ProductQuery filters = query ? query.take() : shop::ProductQuery{};
  filters.language = context.language;
  auto page = shop::list_products(call.shop, filters, call.now);
  if (!page) {
    filters.cursor.clear();
    page = shop::list_products(call.shop, filters, call.now);
  }
  if (!page) return refuse(call, page.error());

  const auto category = find_category(call, filters.category);
  const std::string title = category ? in(context.language, category->name) : std::string(words.products);
  PageHead head = head_of(context, title, category ? "/products?category=" + url_part(category->slug) : "/products");
  head.description = words.home_description;
  head.structured_data = {list_data(page->items, context)};
  // Searches and later pages are no pages of their own to a search engine.
  head.is_indexed = filters.text.empty() && filters.cursor.empty();
  std::string content = page->items.empty() ? "<p>" + std::string(words.none_found) + "</p>\n"
                                            : card_list(page->items, context);
  if (page->next_cursor && filters.text.empty() && filters.category.empty() && !call.request.find("sort") &&
      !call.request.find("min_price") && !call.request.find("max_price") && !filters.in_stock) {
    content += "<p><a rel=\"next\" href=\"" +
               shop::escape_html(page_path("/products?cursor=" + *page->next_cursor, context)) + "\">" +
               std::string(words.next_page) + "</a></p>\n";
  }
  std::string html = fill(template_, head, page_body(title, content, context), context);
  const std::string etag = etag_of(html);
  return answer_tagged(call, std::move(html), etag, html_options);
}

http::Response Pages::product(const Call& call) const {
  const std::string handle(call.request.param("handle"));
  http::Response response = answer_kept(
      call, language_key(call) + "product/" + handle,
      [&]() -> Result<Made> {
        const PageContext context = context_of(call);
        const auto product = shop::find_product(call.shop, handle);
        if (!product) return product.error();
        const std::string& name = in(context.language, product->name);
        PageHead head = head_of(context, name, "/products/" + url_part(product->handle));
        head.description = shop::html_to_text(in(context.language, product->description), description_characters);
        head.type = "product";
        if (!product->images.empty()) head.image = safe_url(product->images.front().url);
        const auto categories = shop::list_categories(call.shop);
        if (!categories) return categories.error();
        head.structured_data = {product_data(*product, context), way_data(*product, *categories, context)};
        Made made{.body = fill(template_, head, page_body(name, product_body(*product, context), context), context),
                  .dependencies = {{Topic::catalogue}}};
        for (const auto& variant : product->variants) made.dependencies.push_back({Topic::stock, variant.id.value});
        return made;
      },
      html_options);
  return response.status == 404 ? not_found(call) : response;
}

// What is shown depends on the clock, so it isn't kept.
http::Response Pages::campaigns(const Call& call) const {
  const PageContext context = context_of(call);
  const PageWords& words = words_of(context.language);
  const auto list = shop::list_campaigns(call.shop, std::nullopt, call.now);
  if (!list) return refuse(call, list.error());
  PageHead head = head_of(context, words.campaigns, "/campaigns");
  head.description = words.home_description;
  std::string html = fill(template_, head,
                          page_body(words.campaigns, campaign_list(list->items, context), context), context);
  const std::string etag = etag_of(html);
  return answer_tagged(call, std::move(html), etag, html_options);
}

// Everybody's own, so there is nothing to tell but what it is; found by its name all the same.
http::Response Pages::cart(const Call& call) const {
  return answer_kept(
      call, language_key(call) + "cart",
      [&]() -> Result<Made> {
        const PageContext context = context_of(call);
        const PageWords& words = words_of(context.language);
        PageHead head = head_of(context, words.cart, "/cart");
        head.description = words.cart_description;
        const std::string content = "<noscript><p>" + std::string(words.needs_script) + "</p></noscript>\n";
        return Made{.body = fill(template_, head, page_body(words.cart, content, context), context),
                    .dependencies = {{Topic::catalogue}}};
      },
      html_options);
}

http::Response Pages::shell(const Call& call) const {
  return answer_kept(
      call, language_key(call) + "shell",
      [&]() -> Result<Made> {
        const PageContext context = context_of(call);
        PageHead head = head_of(context, {}, "/");
        head.is_indexed = false;
        return Made{.body = fill(template_, head, {}, context), .dependencies = {{Topic::catalogue}}};
      },
      html_options);
}

http::Response Pages::not_found(const Call& call) const {
  const PageContext context = context_of(call);
  const PageWords& words = words_of(context.language);
  PageHead head = head_of(context, words.not_found, "/");
  head.is_indexed = false;
  http::Response response;
  response.status = 404;
  response.content_type = html_options.content_type;
  response.body = fill(template_, head, page_body(words.not_found, {}, context), context);
  response.compress = true;
  response.set_header("Cache-Control", "no-store");
  return response;
}

}  // namespace cartwright::api

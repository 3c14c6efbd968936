// The bodies of the pages, and their structured data: wire structs in, HTML or JSON-LD out. Pure functions; everything that
// comes from the tables is escaped, but for descriptions, which went through the allow-list of tags when they were stored.
#pragma once

#include <span>
#include <string>

#include "server/wire.h"

namespace cartwright::api {

struct PageContext {
  wire::Language language = wire::Language::ko;
  bool is_addressed = false;  // the language stands in the address; else it is what the browser would rather read
  std::string currency = {};
  std::string public_url = {};
  std::string shop_name = {};
};

std::string card_list(std::span<const wire::ProductCard> cards, const PageContext& context);
std::string product_body(const wire::Product& product, const PageContext& context);
std::string campaign_list(std::span<const wire::Campaign> campaigns, const PageContext& context);

// The frame around them: the shop's name, the ways to the other pages, one heading.
std::string page_body(std::string_view heading, std::string_view content, const PageContext& context);

// schema.org: Product with its offer (several: an AggregateOffer of them), the way to it as BreadcrumbList, the shop as
// WebSite with its search, a list as ItemList.
std::string product_data(const wire::Product& product, const PageContext& context);
std::string way_data(const wire::Product& product, const wire::CategoryList& categories, const PageContext& context);
std::string shop_data(const PageContext& context);
std::string list_data(std::span<const wire::ProductCard> cards, const PageContext& context);

// The path to a page in the context's language.
std::string page_path(std::string_view path, const PageContext& context);

}  // namespace cartwright::api

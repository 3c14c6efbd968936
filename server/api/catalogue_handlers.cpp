#include "server/api/catalogue_handlers.h"

#include "server/api/clocked.h"
#include "server/api/tagged.h"
#include "server/etag.h"
#include "server/shop/campaigns_read.h"
#include "server/shop/media.h"
#include "server/shop/popular.h"
#include "server/shop/shop_info.h"
#include "server/shop/snapshot.h"

namespace cartwright::api {

namespace {

using shop::Topic;

constexpr std::size_t max_words_bytes = 200;

const TagOptions with_clock = {.cache_control = "no-store"};
const TagOptions with_clock_and_person = {.cache_control = "private, no-store", .vary = "Authorization, Cookie"};

Error invalid(std::string_view name, std::string detail) {
  return {.code = ErrorCode::invalid_request, .path = "$." + std::string(name), .detail = std::move(detail)};
}

std::string text_parameter(const Call& call, std::string_view name) {
  const std::string* text = call.request.find(name);
  return text == nullptr ? std::string() : *text;
}

Result<bool> flag_parameter(const Call& call, std::string_view name) {
  const std::string text = text_parameter(call, name);
  if (text.empty() || text == "false" || text == "0") return false;
  if (text == "true" || text == "1") return true;
  return invalid(name, "must be true or false");
}

Result<shop::ProductSort> sort_parameter(const Call& call) {
  using shop::ProductSort;
  const std::string word = text_parameter(call, "sort");
  if (word.empty() || word == "newest") return ProductSort::newest;
  if (word == "price_asc") return ProductSort::price_asc;
  if (word == "price_desc") return ProductSort::price_desc;
  if (word == "popular") return ProductSort::popular;
  if (word == "name") return ProductSort::name;
  return invalid("sort", "must be newest, price_asc, price_desc, popular or name");
}

// Tagged without the clock.
template <class T>
std::string tag_without(T value, TimeMs T::*clock) {
  value.*clock = {};
  return etag_of(json::encode(value));
}

std::string key_of(const shop::ProductQuery& query, TimeMs now) {
  std::string key = "products?sort=" + std::to_string(static_cast<int>(query.sort)) +
                    "&lang=" + std::to_string(static_cast<int>(query.language)) + "&stock=" +
                    std::to_string(query.in_stock) + "&limit=" + std::to_string(query.limit) +
                    "&cursor=" + query.cursor + "&category=" + query.category;
  // The window of what is popular moves with the hour.
  if (query.sort == shop::ProductSort::popular) key += "&hour=" + std::to_string(hour_of(now));
  return key;
}

}  // namespace

Result<shop::ProductQuery> read_product_query(const Call& call) {
  shop::ProductQuery query;
  query.text = text_parameter(call, "q");
  if (query.text.size() > max_words_bytes) return invalid("q", "must have at most 200 bytes");
  query.category = text_parameter(call, "category");
  const auto min_price = query_integer(call, "min_price", 0, max_amount);
  if (!min_price) return min_price.error();
  query.min_price = min_price->value_or(0);
  const auto max_price = query_integer(call, "max_price", 0, max_amount);
  if (!max_price) return max_price.error();
  query.max_price = max_price->value_or(max_amount);
  const auto in_stock = flag_parameter(call, "in_stock");
  if (!in_stock) return in_stock.error();
  query.in_stock = *in_stock;
  const auto sort = sort_parameter(call);
  if (!sort) return sort.error();
  query.sort = *sort;
  if (text_parameter(call, "lang") == "en") query.language = wire::Language::en;
  query.cursor = text_parameter(call, "cursor");
  const auto limit = query_integer(call, "limit", 1, 100);
  if (!limit) return limit.error();
  query.limit = limit->value_or(24);
  return query;
}

http::Response list_products(const Call& call) {
  const auto query = read_product_query(call);
  if (!query) return refuse(call, query.error());
  const auto make = [&]() -> Result<Made> {
    const auto page = shop::list_products(call.shop, *query, call.now);
    if (!page) return page.error();
    Made made{.body = json::encode(*page), .dependencies = {{Topic::catalogue}, {Topic::stock}}};
    if (query->sort == shop::ProductSort::popular) made.dependencies.push_back({Topic::popular});
    return made;
  };
  // Only what many ask for alike is worth keeping.
  const bool is_common = query->text.empty() && query->min_price == 0 && query->max_price == max_amount;
  if (is_common) return answer_kept(call, key_of(*query, call.now), make);
  auto made = make();
  if (!made) return refuse(call, made.error());
  const std::string etag = etag_of(made->body);
  return answer_tagged(call, std::move(made->body), etag);
}

http::Response show_product(const Call& call) {
  const std::string name(call.request.param("id"));
  return answer_kept(call, "product/" + name, [&]() -> Result<Made> {
    const auto product = shop::find_product(call.shop, name);
    if (!product) return product.error();
    Made made{.body = json::encode(*product), .dependencies = {{Topic::catalogue}}};
    for (const auto& variant : product->variants) made.dependencies.push_back({Topic::stock, variant.id.value});
    return made;
  });
}

http::Response list_popular(const Call& call) {
  const auto limit = query_integer(call, "limit", 1, popular_limit_max);
  if (!limit) return refuse(call, limit.error());
  const auto days = query_integer(call, "days", 1, popular_days_max);
  if (!days) return refuse(call, days.error());
  const shop::PopularQuery query{.limit = limit->value_or(5), .days = days->value_or(3)};
  const std::string key = "popular/" + std::to_string(query.limit) + "/" + std::to_string(query.days) + "/" +
                          std::to_string(hour_of(call.now));
  return answer_kept(call, key, [&]() -> Result<Made> {
    const auto list = shop::list_popular(call.shop, query, call.now);
    if (!list) return list.error();
    return Made{.body = json::encode(*list),
                .dependencies = {{Topic::catalogue}, {Topic::stock}, {Topic::popular}}};
  });
}

http::Response list_categories(const Call& call) {
  return answer_kept(call, "categories", [&]() -> Result<Made> {
    const auto list = shop::list_categories(call.shop);
    if (!list) return list.error();
    return Made{.body = json::encode(*list), .dependencies = {{Topic::catalogue}}};
  });
}

http::Response show_shop(const Call& call) {
  const auto info = shop::find_shop(call.shop, call.now);
  if (!info) return refuse(call, info.error());
  return answer_tagged(call, json::encode(*info), tag_without(*info, &wire::ShopInfo::now), with_clock);
}

// The whole snapshot is for every new client, and for every cursor that there are no changes for. So it is kept, all but
// the clock in it: that is put in each time.
http::Response show_snapshot(const Call& call) {
  const std::string since = text_parameter(call, "since");
  const auto changes = since.empty() ? std::nullopt : shop::load_changes(*call.shop.readers.begin(), since, call.now);
  if (changes) {
    return answer_tagged(call, json::encode(*changes), tag_without(*changes, &wire::Snapshot::now), with_clock);
  }
  return answer_clocked(
      call, "snapshot",
      [&]() -> Result<Made> {
        return Made{.body = json::encode(shop::load_snapshot(*call.shop.readers.begin(), {})),
                    .dependencies = {{Topic::catalogue}, {Topic::stock}}};
      },
      with_clock);
}

http::Response list_campaigns(const Call& call) {
  const auto user = call.caller ? std::optional(call.caller->user) : std::nullopt;
  auto list = shop::list_campaigns(call.shop, user, call.now);
  if (!list) return refuse(call, list.error());
  std::string body = json::encode(*list);
  for (wire::Campaign& campaign : list->items) campaign.now = {};
  return answer_tagged(call, std::move(body), etag_of(json::encode(*list)), with_clock_and_person);
}

http::Response show_campaign(const Call& call) {
  const auto id = path_id(call, "id");
  if (!id) return refuse(call, id.error());
  const auto user = call.caller ? std::optional(call.caller->user) : std::nullopt;
  const auto campaign = shop::find_campaign(call.shop, CampaignId{*id}, user, call.now);
  if (!campaign) return refuse(call, campaign.error());
  return answer_tagged(call, json::encode(*campaign), tag_without(*campaign, &wire::Campaign::now),
                       with_clock_and_person);
}

http::Response show_media(const Call& call) {
  auto media = shop::find_media(*call.shop.readers.begin(), call.request.param("name"));
  if (!media) return refuse(call, {.code = ErrorCode::not_found, .detail = "There is no such picture."});
  const std::string etag = etag_of(media->name);  // its bytes never change (media.h)
  http::Response response = answer_tagged(
      call, std::move(media->bytes), etag,
      {.content_type = media->content_type, .cache_control = "public, max-age=31536000, immutable"});
  response.compress = response.compress && media->content_type == "image/svg+xml";  // the others are packed already
  // A drawing that is opened by itself is a page of this shop: it may style itself and do nothing else.
  response.set_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return response;
}

}  // namespace cartwright::api

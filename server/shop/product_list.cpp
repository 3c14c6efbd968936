// list_products(): one statement per order, all with the same filters; the page after a cursor begins behind its key.
#include "server/shop/cursor.h"
#include "server/shop/products.h"

#include <charconv>

#include "core/popularity.h"
#include "server/store/search.h"
#include "server/wire_fields.h"

namespace cartwright::shop {

namespace {

using store::Reader;
using store::Sql;

// What every statement has between its own head and tail, joined at compile time: Sql takes literals only.
template <std::size_t N>
struct Joined {
  char text[N];
};
template <std::size_t H, std::size_t M, std::size_t T>
consteval Joined<H + M + T - 2> join(const char (&head)[H], const char (&middle)[M], const char (&tail)[T]) {
  Joined<H + M + T - 2> joined{};
  std::size_t at = 0;
  for (std::size_t i = 0; i + 1 < H; ++i) joined.text[at++] = head[i];
  for (std::size_t i = 0; i + 1 < M; ++i) joined.text[at++] = middle[i];
  for (std::size_t i = 0; i < T; ++i) joined.text[at++] = tail[i];
  return joined;
}

// $1..$3 patterns of words ('%': any), $4 category (0: all), $5 $6 prices, $7 in stock only, $8 limit, $9 whether
// there is a key to begin behind.
constexpr char filters[] =
    " WHERE p.active = 1"
    " AND ($1 = '%' OR p.id IN (SELECT m.product_id FROM product_search m"
    "   WHERE m.text LIKE $1 AND m.text LIKE $2 AND m.text LIKE $3))"
    " AND ($4 = 0 OR p.id IN ("
    "   WITH RECURSIVE below (id) AS ("
    "     SELECT c.id FROM categories c WHERE c.id = $4"
    "     UNION SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id)"
    "   SELECT pc.product_id FROM product_categories pc WHERE pc.category_id IN (SELECT id FROM below)))"
    " AND EXISTS (SELECT 1 FROM product_variants v WHERE v.product_id = p.id AND v.active = 1"
    "   AND v.price BETWEEN $5 AND $6 AND ($7 = 0 OR v.stock > 0))";

constexpr auto newest = join("SELECT p.id, 0, 0, '' FROM products p", filters,
                             " AND ($9 = 0 OR p.id < $10) ORDER BY p.id DESC LIMIT $8");
constexpr auto price_asc =
    join("SELECT p.id, p.base_price, 0, '' FROM products p", filters,
         " AND ($9 = 0 OR (p.base_price, p.id) > ($11, $10)) ORDER BY p.base_price, p.id LIMIT $8");
constexpr auto price_desc =
    join("SELECT p.id, p.base_price, 0, '' FROM products p", filters,
         " AND ($9 = 0 OR (p.base_price, p.id) < ($11, $10)) ORDER BY p.base_price DESC, p.id DESC LIMIT $8");
// Ranked as the popular products are; what nobody bought follows by id.
constexpr auto popular =
    join("SELECT p.id, coalesce(s.units, 0), coalesce(s.last_sale, 0), '' FROM products p"
         " LEFT JOIN (SELECT product_id, sum(units) AS units, max(last_sale_at) AS last_sale FROM sales_buckets"
         "   WHERE hour >= $13 AND units > 0 GROUP BY product_id) s ON s.product_id = p.id",
         filters,
         " AND ($9 = 0 OR (-coalesce(s.units, 0), -coalesce(s.last_sale, 0), p.id) > (-$11, -$12, $10))"
         " ORDER BY coalesce(s.units, 0) DESC, coalesce(s.last_sale, 0) DESC, p.id LIMIT $8");
// By code point, in the language asked for; a product without a text in it goes by the other one.
constexpr auto by_name =
    join("SELECT id, 0, 0, name FROM (SELECT p.id, coalesce("
         "(SELECT t.name FROM product_texts t WHERE t.product_id = p.id AND t.language = $11),"
         "(SELECT t.name FROM product_texts t WHERE t.product_id = p.id ORDER BY t.language LIMIT 1), '') AS name"
         " FROM products p",
         filters, ") named WHERE ($9 = 0 OR (name, id) > ($12, $10)) ORDER BY name, id LIMIT $8");

// Where a page ended: what its last product was sorted by.
struct Key {
  ProductId id;
  std::int64_t first = 0;
  std::int64_t second = 0;
  std::string name = {};
};

std::string encode(const Key& key) {
  return std::to_string(key.id.value) + ' ' + std::to_string(key.first) + ' ' + std::to_string(key.second) + ' ' +
         key.name;
}

std::optional<Key> decode_key(std::string_view text) {
  Key key;
  const char* const end = text.data() + text.size();
  const char* at = text.data();
  for (std::int64_t* number : {&key.id.value, &key.first, &key.second}) {
    const auto [rest, error] = std::from_chars(at, end, *number);
    if (error != std::errc() || rest == end || *rest != ' ') return std::nullopt;
    at = rest + 1;
  }
  key.name.assign(at, end);
  return key;
}

// Which list a cursor belongs to.
std::string context_of(const ProductQuery& query) {
  std::string context = "products";
  for (const std::string& part :
       {query.text, query.category, std::to_string(query.min_price), std::to_string(query.max_price),
        std::to_string(query.in_stock), std::to_string(static_cast<int>(query.sort)),
        std::to_string(static_cast<int>(query.language))}) {
    context += '\n' + part;
  }
  return context;
}

// Empty: there is no such category, so the list is empty.
std::optional<std::int64_t> find_category(Reader& reader, const std::string& slug_or_id) {
  if (slug_or_id.empty()) return 0;
  const auto by_slug = reader.value<std::int64_t>("SELECT id FROM categories WHERE slug = $1", slug_or_id);
  if (by_slug) return by_slug;
  const auto id = read_id(slug_or_id);
  return id ? reader.value<std::int64_t>("SELECT id FROM categories WHERE id = $1", *id) : std::nullopt;
}

std::vector<Key> find_keys(Reader& reader, const ProductQuery& query, std::int64_t category, const Key& after,
                           TimeMs now) {
  const auto words = store::search_patterns(query.text);
  const bool has_key = after.id.value != 0;
  const std::int64_t limit = query.limit + 1;  // one more tells whether there is a next page
  std::vector<Key> keys;
  const auto collect = [&](Sql sql, const auto&... sort_arguments) {
    for (const auto row : reader.query(sql, words[0], words[1], words[2], category, query.min_price, query.max_price,
                                       query.in_stock, limit, has_key, after.id, sort_arguments...)) {
      Key& key = keys.emplace_back();
      row.into(key.id, key.first, key.second, key.name);
    }
  };
  switch (query.sort) {
    case ProductSort::newest: collect(Sql(newest.text)); break;
    case ProductSort::price_asc: collect(Sql(price_asc.text), after.first); break;
    case ProductSort::price_desc: collect(Sql(price_desc.text), after.first); break;
    case ProductSort::popular:
      collect(Sql(popular.text), after.first, after.second, window_begin(now, 3));
      break;
    case ProductSort::name: collect(Sql(by_name.text), name_of(query.language), after.name); break;
  }
  return keys;
}

}  // namespace

Result<wire::Page<wire::ProductCard>> list_products(Services& services, const ProductQuery& query, TimeMs now) {
  const std::string context = context_of(query);
  Key after;
  if (!query.cursor.empty()) {
    const auto content = open_cursor(context, query.cursor);
    const auto key = content ? decode_key(*content) : std::nullopt;
    if (!key) {
      return Error{.code = ErrorCode::invalid_request, .path = "$.cursor", .detail = "is not a cursor of this list"};
    }
    after = *key;
  }
  auto read = services.readers.begin();
  wire::Page<wire::ProductCard> page;
  const auto category = find_category(*read, query.category);
  if (!category) return page;
  auto keys = find_keys(*read, query, *category, after, now);
  if (keys.size() > static_cast<std::size_t>(query.limit)) {
    keys.resize(static_cast<std::size_t>(query.limit));
    page.next_cursor = seal_cursor(context, encode(keys.back()));
  }
  for (const Key& key : keys) {
    if (auto card = load_card(*read, key.id)) page.items.push_back(std::move(*card));
  }
  return page;
}

}  // namespace cartwright::shop

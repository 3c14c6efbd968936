// What a quote is made of, read from the shop's own tables: the same inputs that the browser gets by the snapshot, so
// both come to the same price. Each takes a Reader, so it works on a page's snapshot and inside a transaction alike.
//
// Throws store::StoreError only (a rule in the table that is none: Fault::corrupt).
#pragma once

#include <span>
#include <vector>

#include "core/quote.h"
#include "server/store/database.h"
#include "server/wire.h"

namespace cartwright::shop {

// Currency, discount multiple, shipping, tax. A database without its shop row is Fault::corrupt.
ShopRules load_shop_rules(store::Reader& reader);

// Those of the ids that exist, in rising order of id, each once; ids may come in any order and more than once. A variant
// is active when it and its product are. Its categories are its product's and all those above them, rising, so that a
// rule about a category means what lies below it too.
std::vector<Variant> load_variants(store::Reader& reader, std::span<const VariantId> ids);
std::vector<Variant> load_variants(store::Reader& reader, std::span<const CartLine> lines);
std::vector<Variant> load_all_variants(store::Reader& reader);

// The promotions that apply by themselves, by id; at most as many as a quote takes (200). Those whose time hasn't come
// or is over are among them: the quote asks the clock.
std::vector<Rule> load_promotions(store::Reader& reader);

// Their names, in the same order.
std::vector<wire::Text> load_promotion_names(store::Reader& reader);

// A `coupons.rule` column.
Rule read_rule(std::string_view column);

// What a cart line or an order item shows of its variant, in the order of the ids; unknown ids are left out.
std::vector<wire::VariantLabel> load_labels(store::Reader& reader, std::span<const VariantId> ids);

// An option combination ("2/1": positions from 1) as indexes from 0.
std::vector<std::int64_t> option_indexes(std::string_view combination);

// The words for an option combination ("2/1" -> "Green / M"); empty when there is nothing to choose.
wire::Text option_words(std::string_view combination, std::span<const wire::ProductOption> options);

// The product's options with their values, both in order.
std::vector<wire::ProductOption> load_options(store::Reader& reader, ProductId product);

}  // namespace cartwright::shop

#include "server/demo/offers.h"

#include "server/demo/catalog.h"
#include "server/demo/resources.h"
#include "server/json.h"
#include "server/shop/coupons.h"

namespace cartwright::demo {

namespace {

using store::Transaction;

Rule rule_of(Transaction& tx, const Offer& offer, RuleId id, std::string_view currency) {
  Rule rule{.id = id,
            .name = offer.name.en,
            .target = offer.target,
            .type = offer.type,
            .amount = from_won(offer.amount, currency),
            .basis_points = offer.basis_points,
            .buy = offer.buy,
            .get = offer.get,
            .max_groups = offer.max_groups,
            .min_amount = from_won(offer.min_amount, currency),
            .min_quantity = offer.min_quantity,
            .first_order_only = offer.first_order_only,
            .stack_group = offer.stack_group,
            .exclusive = offer.exclusive};
  if (offer.max_discount) rule.max_discount = from_won(*offer.max_discount, currency);
  for (const Tier& tier : offer.tiers) {
    rule.tiers.push_back({.from = from_won(tier.from, currency),
                          .amount = from_won(tier.amount, currency),
                          .basis_points = tier.basis_points});
  }
  for (const std::string& slug : offer.categories) {
    const auto category = tx.value<CategoryId>("SELECT id FROM categories WHERE slug = $1", slug);
    CARTWRIGHT_ASSERT(category);
    rule.include.category_ids.push_back(*category);
  }
  for (const std::string& handle : offer.products) {
    const auto product = tx.value<ProductId>("SELECT id FROM products WHERE handle = $1", handle);
    CARTWRIGHT_ASSERT(product);
    rule.include.product_ids.push_back(*product);
  }
  return rule;
}

void write_texts(Transaction& tx, const Offer& offer, RuleId id) {
  tx.execute("INSERT INTO coupon_texts (coupon_id, language, name, description)"
             " VALUES ($1, 'ko', $2, $3), ($1, 'en', $4, $5)",
             id, offer.name.ko, offer.text.ko, offer.name.en, offer.text.en);
}

void open_campaign(Transaction& tx, const Campaign& campaign, RuleId coupon, const OfferTimes& times) {
  tx.execute("INSERT INTO fcfs_coupons (coupon_id, total_quantity, remaining_quantity, starts_at, ends_at, created_at)"
             " VALUES ($1, $2, $2, $3, $4, $5)",
             coupon, campaign.total, after(times.now, campaign.starts_in_hours * hour_ms),
             after(times.now, campaign.ends_in_hours * hour_ms), times.created);
}

}  // namespace

Result<OffersFile> load_offers() { return json::decode<OffersFile>(offers_json()); }

void write_offers(Transaction& tx, std::span<const Offer> offers, std::string_view currency, UserId wallet,
                  const OfferTimes& times) {
  for (const Offer& offer : offers) {
    // The rule holds its own id.
    const auto code = offer.code.empty() ? std::nullopt : std::optional(shop::normalise_code(offer.code));
    const auto id = tx.insert<RuleId>("INSERT INTO coupons (kind, rule, valid_days, code, created_at, updated_at)"
                                      " VALUES ($1, '{}', $2, $3, $4, $4) RETURNING id",
                                      name_of(offer.kind), offer.valid_days, code, times.created);
    tx.execute("UPDATE coupons SET rule = $2 WHERE id = $1", id, json::encode(rule_of(tx, offer, id, currency)));
    write_texts(tx, offer, id);
    if (offer.campaign) open_campaign(tx, *offer.campaign, id, times);
    if (offer.grant) CARTWRIGHT_ASSERT(shop::grant_coupon(tx, wallet, id, times.now).ok());
  }
}

}  // namespace cartwright::demo

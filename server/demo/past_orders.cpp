#include "server/demo/past_orders.h"

#include "core/quote.h"
#include "server/shop/accounts.h"
#include "server/shop/catalogue.h"
#include "server/shop/orders.h"
#include "server/shop/payments.h"

namespace cartwright::demo {

namespace {

using store::Transaction;

std::vector<CartLine> lines_of(Transaction& tx, const PastOrder& order) {
  std::vector<CartLine> lines;
  for (const PastLine& line : order.lines) {
    const auto variant = tx.value<VariantId>(
        "SELECT v.id FROM product_variants v JOIN products p ON p.id = v.product_id"
        " WHERE p.handle = $1 AND v.position = $2",
        line.handle, line.variant + 1);
    CARTWRIGHT_ASSERT(variant);
    lines.push_back({.variant_id = *variant, .quantity = line.quantity});
  }
  return lines;
}

// What a shopper's browser would have shown and sent.
Result<wire::NewOrder> shown(Transaction& tx, UserId user, std::vector<CartLine> lines, TimeMs at) {
  wire::NewOrder wanted{.lines = lines};
  QuoteRequest request{.now = at, .shop = shop::load_shop_rules(tx)};
  request.customer.paid_orders = shop::count_paid_orders(tx, user, at);
  request.variants = shop::load_variants(tx, lines);
  request.lines = std::move(lines);
  request.promotions = shop::load_promotions(tx);
  const auto quoted = quote(request);
  if (!quoted) return quoted.error();
  wanted.expected_total = quoted->total;
  wanted.fingerprint = quoted->fingerprint;
  return wanted;
}

}  // namespace

Status buy(Transaction& tx, const shop::Settings& settings, std::span<const PastOrder> orders,
           std::span<const UserId> shoppers, std::span<const std::string> numbers, TimeMs now) {
  CARTWRIGHT_ASSERT(numbers.size() >= orders.size());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const TimeMs at = after(now, -orders[i].hours_ago * hour_ms);
    const UserId user = shoppers[static_cast<std::size_t>(orders[i].shopper) % shoppers.size()];
    const auto wanted = shown(tx, user, lines_of(tx, orders[i]), at);
    if (!wanted) return wanted.error();
    const auto placed = shop::place_order(tx, settings, user, *wanted, numbers[i], at);
    if (const auto* refusal = std::get_if<shop::OrderRefusal>(&placed)) return refusal->error;
    const auto paid = shop::pay_order(tx, user, numbers[i], after(at, minute_ms));
    if (!paid) return paid.error();
  }
  return {};
}

}  // namespace cartwright::demo

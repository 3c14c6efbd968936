#include "server/shop/quotes.h"

#include <algorithm>

#include "core/fields.h"
#include "server/shop/accounts.h"
#include "server/shop/catalogue.h"
#include "server/shop/coupons.h"

namespace cartwright::shop {

namespace {

using store::Reader;

constexpr std::size_t most_coupons = 200;  // PRICING.md "Request"
constexpr std::size_t guest_lines = 20;
constexpr std::size_t guest_coupons = 12;

// All that are available, and the picks that aren't any more, so that the answer says why; by id.
std::vector<Coupon> load_whole_wallet(Reader& reader, UserId user, std::span<const Pick> picks, TimeMs now) {
  std::vector<Coupon> coupons = load_coupons(reader, user, picks);
  const std::vector<Coupon> picked = coupons;
  for (Coupon& coupon : load_wallet(reader, user, now)) {
    const bool is_there = std::any_of(picked.begin(), picked.end(), [&](const Coupon& c) { return c.id == coupon.id; });
    if (!is_there && coupons.size() < most_coupons) coupons.push_back(std::move(coupon));
  }
  std::sort(coupons.begin(), coupons.end(), [](const Coupon& a, const Coupon& b) { return a.id < b.id; });
  return coupons;
}

std::vector<Coupon> coupons_of(Reader& reader, const QuoteBasis& basis, TimeMs now) {
  if (!basis.user) return {};
  const bool is_whole = basis.wallet == WalletPart::whole;
  switch (basis.choice.mode) {
    case ChoiceMode::none:
      return is_whole ? load_wallet(reader, *basis.user, now) : std::vector<Coupon>{};
    case ChoiceMode::listed:
      return is_whole ? load_whole_wallet(reader, *basis.user, basis.choice.coupons, now)
                      : load_coupons(reader, *basis.user, basis.choice.coupons);
    case ChoiceMode::best:
      return load_wallet(reader, *basis.user, now);
  }
  CARTWRIGHT_ASSERT(false);
  return {};
}

Error too_many(std::string path, std::size_t most, std::string_view what) {
  return {.code = ErrorCode::invalid_request,
          .path = std::move(path),
          .detail = "Without signing in, the best coupons are searched for up to " + std::to_string(most) + ' ' +
                    std::string(what) + '.'};
}

}  // namespace

QuoteRequest assemble_quote(Reader& reader, QuoteBasis basis, TimeMs now) {
  QuoteRequest request;
  request.now = now;
  request.shop = load_shop_rules(reader);
  if (basis.user) {
    request.customer.paid_orders = std::min(count_paid_orders(reader, *basis.user, now), count_max);
  }
  request.variants = load_variants(reader, basis.lines);
  request.promotions = load_promotions(reader);
  request.coupons = coupons_of(reader, basis, now);
  request.lines = std::move(basis.lines);
  request.choice = std::move(basis.choice);
  return request;
}

Result<Quote> find_quote(WorkSlots& slots, const QuoteRequest& request) {
  if (request.choice.mode != ChoiceMode::best) return quote(request);
  const auto slot = slots.take();
  if (!slot) return slot.error();
  return quote(request);
}

Status check_guest_limits(const QuoteRequest& request) {
  if (request.choice.mode != ChoiceMode::best) return {};
  if (request.lines.size() > guest_lines) return too_many("$.lines", guest_lines, "lines");
  if (request.coupons.size() > guest_coupons) return too_many("$.coupons", guest_coupons, "coupons");
  return {};
}

Result<Quote> quote_cart(Services& shop, std::optional<UserId> user, const wire::QuoteCart& cart, TimeMs now) {
  const QuoteRequest request = [&] {
    const auto read = shop.readers.begin();
    return assemble_quote(*read, {.user = user, .lines = cart.lines, .choice = cart.choice}, now);
  }();
  if (!user) {
    if (const Status status = check_guest_limits(request); !status) return status.error();
  }
  return find_quote(*shop.long_work, request);
}

}  // namespace cartwright::shop

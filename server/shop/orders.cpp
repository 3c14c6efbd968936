#include "server/shop/orders.h"

#include <algorithm>

#include "server/json.h"
#include "server/shop/accounts.h"
#include "server/shop/cancellation.h"
#include "server/shop/cart.h"
#include "server/shop/catalogue.h"
#include "server/shop/coupons.h"
#include "server/shop/order_view.h"
#include "server/shop/quotes.h"
#include "server/shop/words.h"

namespace cartwright::shop {

namespace {

using store::Reader;
using store::Transaction;

std::vector<CartLine> lines_of(Reader& reader, UserId user, const wire::NewOrder& wanted) {
  std::vector<CartLine> lines = wanted.lines.empty() ? cart_of(load_cart(reader, user)).lines : wanted.lines;
  std::erase_if(lines, [](const CartLine& line) { return !line.selected; });
  return lines;
}

QuoteBasis basis_of(Reader& reader, UserId user, const wire::NewOrder& wanted) {
  return {.user = user, .lines = lines_of(reader, user, wanted), .choice = wanted.choice, .wallet = WalletPart::chosen};
}

std::optional<Error> problem_of(const Quote& quote) {
  for (const QuoteLine& line : quote.lines) {
    if (line.problems.empty()) continue;
    const LineProblem& problem = line.problems.front();
    const bool stock = problem.code == ProblemCode::insufficient_stock;
    return Error{.code = stock ? ErrorCode::insufficient_stock : ErrorCode::not_orderable,
                 .detail = stock ? "There are not enough units of this product."
                                 : "This line can't be ordered: " + std::string(name_of(problem.code)) + ".",
                 .available = stock ? problem.available : problem.max_quantity,
                 .variant_id = line.variant_id.value};
  }
  if (quote.orderable) return std::nullopt;
  return Error{.code = ErrorCode::not_orderable, .detail = "There is nothing to order."};
}

std::optional<Rejection> rejected_pick(const Quote& quote, const Choice& choice) {
  if (choice.mode != ChoiceMode::listed) return std::nullopt;
  for (const Pick& pick : choice.coupons) {
    for (const Rejection& rejection : quote.rejected) {
      if (rejection.id == pick.id) return rejection;
    }
  }
  return std::nullopt;
}

std::optional<OrderRefusal> refusal_of(const Quote& quote, const wire::NewOrder& wanted) {
  if (const auto problem = problem_of(quote)) return OrderRefusal{.error = *problem};
  if (quote.total == wanted.expected_total && quote.fingerprint == wanted.fingerprint) return std::nullopt;
  OrderRefusal refusal{.error = {.code = ErrorCode::quote_changed, .detail = "The price is not the one shown any more."},
                       .quote = quote,
                       .rejection = rejected_pick(quote, wanted.choice)};
  if (refusal.rejection) {
    const bool first = refusal.rejection->code == RejectionCode::not_first_order;
    refusal.error = {.code = first ? ErrorCode::not_first_order : ErrorCode::coupon_not_usable,
                     .detail = "A chosen coupon can't be used: " + std::string(name_of(refusal.rejection->code)) + ".",
                     .missing = refusal.rejection->missing};
  }
  return refusal;
}

// The coupons that took something off, each picked for the line it went to.
Choice picks_of(const Quote& quote) {
  Choice choice;
  for (const Applied& each : quote.applied) {
    if (each.source != DiscountSource::coupon) continue;
    choice.mode = ChoiceMode::listed;
    choice.coupons.push_back({.id = CouponId{each.id}, .variant_id = each.variant_id});
  }
  return choice;
}

// What a payment needs to compute the same price again, and no more: the promotions and coupons that took something off.
// The price doesn't change by it; the fingerprint holds us to that.
QuoteRequest canonical(QuoteRequest request, const Quote& quote) {
  const auto applied = [&](DiscountSource source, std::int64_t id) {
    return std::any_of(quote.applied.begin(), quote.applied.end(),
                       [=](const Applied& each) { return each.source == source && each.id == id; });
  };
  std::erase_if(request.promotions,
                [&](const Rule& rule) { return !applied(DiscountSource::promotion, rule.id.value); });
  std::erase_if(request.coupons,
                [&](const Coupon& coupon) { return !applied(DiscountSource::coupon, coupon.id.value); });
  request.choice = picks_of(quote);
  return request;
}

struct NewRow {
  OrderId id;
  UserId user;
  const QuoteRequest& request;
  const Quote& quote;
};

OrderId write_order(Transaction& tx, const Settings& settings, UserId user, const QuoteRequest& request,
                    const Quote& quote, const std::optional<wire::Address>& address, const std::string& number) {
  const auto part = [&](std::string wire::Address::*member) -> std::optional<std::string> {
    if (!address) return std::nullopt;
    return (*address).*member;
  };
  using wire::Address;
  return tx.insert<OrderId>(
      "INSERT INTO orders (number, user_id, status, currency, tax_mode, subtotal, item_discount, order_discount,"
      " merchandise, shipping_fee, shipping_discount, tax, total, fingerprint, ship_name, ship_phone, ship_postcode,"
      " ship_line1, ship_line2, ship_note, created_at, expires_at)"
      " VALUES ($1, $2, 'PENDING', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
      " $21) RETURNING id",
      number, user, quote.currency, name_of(request.shop.tax.mode), quote.subtotal, quote.item_discount,
      quote.order_discount, quote.merchandise, quote.shipping_fee, quote.shipping_discount, quote.tax, quote.total,
      quote.fingerprint, part(&Address::name), part(&Address::phone), part(&Address::postcode),
      part(&Address::line1), part(&Address::line2), part(&Address::note), request.now,
      after(request.now, settings.pending_minutes * minute_ms));
}

void write_items(Transaction& tx, const NewRow& order) {
  std::vector<VariantId> ids;
  for (const QuoteLine& line : order.quote.lines) ids.push_back(line.variant_id);
  const std::vector<wire::VariantLabel> labels = load_labels(tx, ids);
  CARTWRIGHT_ASSERT(labels.size() == ids.size());  // an orderable quote knows all its variants
  const Catalog catalog(order.request.variants);
  std::int64_t position = 0;
  for (const QuoteLine& line : order.quote.lines) {
    const wire::VariantLabel& label = labels[static_cast<std::size_t>(position)];
    tx.execute("INSERT INTO order_items (order_id, position, variant_id, product_id, names, options, image_url,"
               " unit_price, quantity, discount, net, tax_class, tax)"
               " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
               order.id, ++position, line.variant_id, line.product_id, json::encode(label.name),
               json::encode(label.options), label.image, line.unit_price, line.quantity, line.discount, line.net,
               catalog.find(line.variant_id)->tax_class, line.tax);
  }
}

void write_coupons(Transaction& tx, const NewRow& order) {
  std::vector<std::pair<CouponId, Amount>> used;
  for (const Applied& applied : order.quote.applied) {
    if (applied.source != DiscountSource::coupon) continue;
    used.emplace_back(CouponId{applied.id}, applied.amount);
  }
  for (const auto& [coupon, amount] : used) {
    tx.execute("INSERT INTO order_coupons (order_id, user_coupon_id, coupon_id, amount)"
               " SELECT $1, id, coupon_id, $3 FROM user_coupons WHERE id = $2",
               order.id, coupon, amount);
    hold_coupon(tx, coupon, order.id, order.request.now);
  }
  if (!used.empty()) tx.touch(Topic::wallet, order.user.value);
}

void take_from_cart(Transaction& tx, UserId user, const std::vector<CartLine>& lines, TimeMs now) {
  CartEdit edit;
  edit.apply = [&](Cart& cart, const Catalog& catalog) -> Status {
    for (const CartLine& line : lines) {
      const Status removed = apply(cart, {.name = MutationName::remove, .variant_id = line.variant_id}, catalog);
      CARTWRIGHT_ASSERT(removed.ok());  // they were read from this cart in this transaction
    }
    return {};
  };
  (void)edit_cart(tx, user, edit, now).value();
}

}  // namespace

Status check_address(const Settings& settings, const std::optional<wire::Address>& address) {
  if (!address) {
    if (!settings.require_address) return {};
    return Error{.code = ErrorCode::address_required, .detail = "This shop needs a delivery address."};
  }
  const auto empty = [](std::string_view name) {
    return Error{.code = ErrorCode::invalid_request,
                 .path = "$.address." + std::string(name),
                 .detail = "must not be empty"};
  };
  if (address->name.empty()) return empty("name");
  if (address->phone.empty()) return empty("phone");
  if (address->postcode.empty()) return empty("postcode");
  if (address->line1.empty()) return empty("line1");
  return {};
}

Status settle_choice(Services& shop, UserId user, wire::NewOrder& wanted, TimeMs now) {
  if (wanted.choice.mode != ChoiceMode::best) return {};
  const QuoteRequest request = [&] {
    const auto read = shop.readers.begin();
    return assemble_quote(*read, basis_of(*read, user, wanted), now);
  }();
  const Result<Quote> found = find_quote(*shop.long_work, request);
  if (!found && found.error().code == ErrorCode::overloaded) return found.error();
  wanted.choice = found ? picks_of(*found) : Choice{};  // place_order() tells what is wrong with the lines
  return {};
}

std::variant<wire::Order, OrderRefusal> place_order(Transaction& tx, const Settings& settings, UserId user,
                                                    const wire::NewOrder& wanted, const std::string& number,
                                                    TimeMs now) {
  CARTWRIGHT_ASSERT(wanted.choice.mode != ChoiceMode::best);
  expire_orders_of(tx, user, now);
  const QuoteRequest full = assemble_quote(tx, basis_of(tx, user, wanted), now);
  const Result<Quote> fresh = quote(full);
  if (!fresh) return OrderRefusal{.error = fresh.error()};
  if (auto refusal = refusal_of(*fresh, wanted)) return std::move(*refusal);

  const QuoteRequest request = canonical(full, *fresh);
  const Quote bought = quote(request).value();
  CARTWRIGHT_ASSERT(bought.fingerprint == fresh->fingerprint);
  const OrderId id = write_order(tx, settings, user, request, bought, wanted.address, number);
  tx.execute("INSERT INTO order_quotes (order_id, request, answer) VALUES ($1, $2, $3)", id, json::encode(request),
             json::encode(bought));
  const NewRow row{.id = id, .user = user, .request = request, .quote = bought};
  write_items(tx, row);
  write_coupons(tx, row);
  if (wanted.lines.empty()) take_from_cart(tx, user, request.lines, now);
  tx.touch(Topic::order, user.value);
  return load_order(tx, id).order;
}

}  // namespace cartwright::shop

#include "server/demo/demo.h"

#include "server/demo/catalog.h"
#include "server/demo/offers.h"
#include "server/demo/past_orders.h"
#include "server/shop/accounts.h"
#include "server/shop/charges.h"
#include "server/shop/media.h"
#include "server/shop/numbers.h"
#include "server/shop/passwords.h"
#include "server/shop/setup.h"
#include "server/shop/writing.h"

namespace cartwright::demo {

namespace {

using store::Transaction;

constexpr std::string_view shopper_email = "demo@example.com";
constexpr std::string_view admin_email = "admin@example.com";
constexpr std::size_t past_shoppers = 3;  // who placed the past orders; nobody can sign in as them
constexpr std::string_view no_password = "*";
constexpr std::int64_t open_since = 14 * day_ms;

// Random, and slow, so made before the command.
struct Prepared {
  std::string shopper_hash;
  std::string admin_hash;
  std::vector<std::string> charge_numbers;
  std::vector<std::string> order_numbers;
};

Result<Prepared> prepare(const DemoOptions& options, std::size_t orders, TimeMs now) {
  shop::Passwords passwords;
  const auto shopper = passwords.hash(options.shopper_password);
  if (!shopper) return shopper.error();
  const auto admin = passwords.hash(options.admin_password);
  if (!admin) return admin.error();
  Prepared prepared{.shopper_hash = *shopper, .admin_hash = *admin, .charge_numbers = {}, .order_numbers = {}};
  for (std::size_t i = 0; i < past_shoppers + 2; ++i) prepared.charge_numbers.push_back(shop::make_number(now));
  for (std::size_t i = 0; i < orders; ++i) prepared.order_numbers.push_back(shop::make_number(now));
  return prepared;
}

// The shop's row, made where there is none; its currency. Nothing but that row may be there.
Result<std::string> open_shop(Transaction& tx, const std::optional<std::string>& currency, TimeMs opened) {
  const auto things = tx.value<std::int64_t>(
      "SELECT (SELECT count(*) FROM products) + (SELECT count(*) FROM users) + (SELECT count(*) FROM coupons)"
      " + (SELECT count(*) FROM categories)");
  if (things.value_or(0) > 0) {
    return Error{.code = ErrorCode::invalid_request,
                 .path = {},
                 .detail = "The database is not empty: the demo shop wants one of its own."};
  }
  const auto there = shop::shop_currency(tx);
  if (there && currency && *there != *currency) {
    return Error{.code = ErrorCode::invalid_request,
                 .path = "$.currency",
                 .detail = "This shop was made with " + *there + ", and a shop's currency never changes."};
  }
  const std::string chosen = there.value_or(currency.value_or("KRW"));
  if (!there) {
    const Status made = shop::create_shop(tx, {.currency = chosen}, opened);
    if (!made) return made.error();
  }
  tx.execute("UPDATE shop SET name = 'Cartwright', shipping_fee = $1, shipping_free_from = $2, discount_multiple = $3,"
             " tax_mode = 'inclusive' WHERE id = 1",
             from_won(3000, chosen), from_won(50000, chosen), chosen == "KRW" ? 10 : 1);
  return chosen;
}

class Filler {
 public:
  Filler(Transaction& tx, const Prepared& prepared, std::string_view currency, TimeMs now)
      : tx_(tx), prepared_(prepared), currency_(currency), now_(now), opened_(after(now, -open_since)) {
    settings_.charge_provider = shop::ChargeProvider::instant;
    settings_.charge_max = max_amount;
    settings_.balance_max = max_amount;
  }

  Status fill(const DemoCatalog& catalog, const OffersFile& offers) {
    shop::upsert_products(tx_, catalog.products, opened_);
    for (const DemoPicture& picture : catalog.pictures) {
      shop::add_media(tx_, {.name = picture.name, .content_type = "image/svg+xml", .bytes = picture.svg});
    }
    const auto admin = account(admin_email, "관리자", wire::Role::admin, prepared_.admin_hash);
    if (!admin) return admin.error();
    const auto shopper = account(shopper_email, "데모 손님", wire::Role::shopper, prepared_.shopper_hash);
    if (!shopper) return shopper.error();
    if (const Status status = charge(*shopper, 300000, after(opened_, day_ms)); !status) return status;
    if (const Status status = charge(*shopper, 200000, after(now_, -2 * day_ms)); !status) return status;
    write_offers(tx_, offers.promotions_and_coupons, currency_, *shopper, {.created = opened_, .now = now_});
    return fill_past(offers.past_orders);
  }

 private:
  Result<UserId> account(std::string_view email, std::string name, wire::Role role, std::string_view hash) {
    return shop::create_account(tx_, {.email = std::string(email), .name = std::move(name), .role = role}, hash,
                                opened_);
  }

  Status charge(UserId user, Amount won, TimeMs at) {
    const auto charged = shop::charge_balance(tx_, settings_, user, from_won(won, currency_),
                                              prepared_.charge_numbers.at(charges_++), at);
    if (!charged) return charged.error();
    return {};
  }

  Status fill_past(std::span<const PastOrder> orders) {
    std::vector<UserId> shoppers;
    for (std::size_t i = 1; i <= past_shoppers; ++i) {
      const auto user = account("guest" + std::to_string(i) + "@example.com", "손님 " + std::to_string(i),
                                wire::Role::shopper, no_password);
      if (!user) return user.error();
      if (const Status status = charge(*user, 1000000, opened_); !status) return status;
      shoppers.push_back(*user);
    }
    return buy(tx_, settings_, orders, shoppers, prepared_.order_numbers, now_);
  }

  Transaction& tx_;
  const Prepared& prepared_;
  std::string_view currency_;
  TimeMs now_;
  TimeMs opened_;
  shop::Settings settings_;
  std::size_t charges_ = 0;
};

}  // namespace

Result<DemoReport> fill_demo(store::Writer& writer, const DemoOptions& options, TimeMs now) {
  const auto offers = load_offers();
  if (!offers) return offers.error();
  const auto prepared = prepare(options, offers->past_orders.size(), now);
  if (!prepared) return prepared.error();

  DemoReport report;
  Status status;
  const store::Submitted submitted = writer.submit([&](Transaction& tx) {
    status = [&]() -> Status {
      const auto currency = open_shop(tx, options.currency, after(now, -open_since));
      if (!currency) return currency.error();
      const auto catalog = load_catalog(*currency);
      if (!catalog) return catalog.error();
      report = {.currency = *currency,
                .shopper_email = std::string(shopper_email),
                .admin_email = std::string(admin_email),
                .products = static_cast<std::int64_t>(catalog->products.size()),
                .pictures = static_cast<std::int64_t>(catalog->pictures.size()),
                .offers = static_cast<std::int64_t>(offers->promotions_and_coupons.size()),
                .orders = static_cast<std::int64_t>(offers->past_orders.size())};
      for (const auto& product : catalog->products) {
        report.variants += static_cast<std::int64_t>(product.variants.size());
      }
      return Filler(tx, *prepared, *currency, now).fill(*catalog, *offers);
    }();
    return status.ok() ? store::Outcome::done : store::Outcome::refused;
  });
  if (!submitted.committed()) return shop::error_of(submitted);
  if (!status) return status.error();
  return report;
}

}  // namespace cartwright::demo

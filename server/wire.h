// What goes over REST besides the core's own structs (API.md): every request body and answer, one field list each.
// web's TypeScript is printed from these lists (server/print_types.cpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/fields.h"
#include "core/quote.h"
#include "server/wire_refund.h"

namespace cartwright::wire {

// One text in both languages; a text without a translation has the same in both.
struct Text {
  std::string ko = {};
  std::string en = {};
};

template <class T>
struct Page {
  std::vector<T> items = {};
  std::optional<std::string> next_cursor = {};  // null: this was the last page
};

// ---- shop ------------------------------------------------------------------------------------------------------------

struct ShopInfo {
  Text name = {};
  std::int64_t currency_exponent = 0;
  std::string time_zone = {};
  ShopRules rules = {};
  std::string rules_version = {};  // of the core: a page with another one asks for a reload
  TimeMs now = {};                 // the server's clock: countdowns run by it
  std::string charge_provider = {};
  Amount charge_max = 0;
  Amount balance_max = 0;
  bool require_address = false;
  std::int64_t pending_minutes = 0;  // how long an order waits for its payment
  std::int64_t return_days = 0;      // for so many days after delivery a shopper may return units
};

struct Category {
  CategoryId id = {};
  std::optional<CategoryId> parent_id = {};
  std::string slug = {};
  Text name = {};
};

struct CategoryList {
  std::vector<Category> items = {};
};

// ---- catalogue ---------------------------------------------------------------------------------------------------------

struct Image {
  std::string url = {};
  Text alt = {};
};

// A product in a list.
struct ProductCard {
  ProductId id = {};
  std::string handle = {};
  Text name = {};
  std::optional<Image> image = {};
  Amount price_min = 0;  // over its active variants
  Amount price_max = 0;
  std::optional<Amount> compare_at = {};  // the crossed-out price, where one is above price_min
  std::int64_t stock = 0;                 // units over its active variants
  std::vector<CategoryId> category_ids = {};
};

struct ProductOption {
  Text name = {};
  std::vector<Text> values = {};
};

struct ProductVariant {
  VariantId id = {};
  std::string sku = {};
  std::vector<std::int64_t> options = {};  // index into the values of each option
  Amount unit_price = 0;
  std::optional<Amount> compare_at = {};
  std::int64_t stock = 0;
  bool active = true;
  std::int64_t max_quantity = 0;
};

struct Product {
  ProductId id = {};
  std::string handle = {};
  Text name = {};
  Text description = {};  // HTML of the shop's allow-list
  std::string vendor = {};
  std::vector<std::string> tags = {};
  std::vector<CategoryId> category_ids = {};
  std::vector<Image> images = {};
  std::vector<ProductOption> options = {};
  std::vector<ProductVariant> variants = {};
};

struct PopularProduct {
  std::int64_t rank = 0;
  std::int64_t units = 0;  // sold in the window
  ProductCard product = {};
};

struct PopularList {
  std::int64_t days = 0;
  std::vector<PopularProduct> items = {};
};

// ---- what an offline client needs ----------------------------------------------------------------------------------------

// What a cart line shows of its variant.
struct VariantLabel {
  VariantId variant_id = {};
  std::string handle = {};
  Text name = {};
  Text options = {};  // "Green / M"; empty when there is nothing to choose
  std::string image = {};
};

// All of it when `complete`, else what has changed since the cursor that was sent.
struct Snapshot {
  std::string cursor = {};
  bool complete = true;
  std::string rules_version = {};
  TimeMs now = {};
  ShopRules shop = {};
  std::vector<Variant> variants = {};
  std::vector<VariantLabel> labels = {};
  std::vector<VariantId> removed_variant_ids = {};
  std::vector<Rule> promotions = {};  // always all of them
  std::vector<Text> promotion_names = {};
};

// ---- campaigns and coupons -------------------------------------------------------------------------------------------------

struct Campaign {
  CampaignId id = {};
  Text name = {};
  Text description = {};
  Rule rule = {};
  std::int64_t total_quantity = 0;
  std::int64_t remaining_quantity = 0;
  TimeMs starts_at = {};
  TimeMs ends_at = {};
  CampaignPhase phase = CampaignPhase::coming;
  std::optional<bool> issued_to_me = {};  // null without a session
  TimeMs now = {};
};

struct CampaignList {
  std::vector<Campaign> items = {};
};

enum class CouponOrigin : std::uint8_t { campaign, code, grant };

struct WalletCoupon {
  CouponId id = {};
  Text name = {};
  CouponOrigin origin = CouponOrigin::grant;
  CouponStatus status = CouponStatus::AVAILABLE;
  std::optional<TimeMs> expires_at = {};
  TimeMs issued_at = {};
  std::optional<TimeMs> used_at = {};
  Rule rule = {};
};

// ---- accounts ----------------------------------------------------------------------------------------------------------------

enum class Role : std::uint8_t { shopper, admin };
enum class Language : std::uint8_t { ko, en };

// How a session is carried. Scripts of a page can't read its cookie, so the token is told to none but apps that ask for it.
enum class SessionKind : std::uint8_t { cookie, token };

struct Registration {
  std::string email = {};
  std::string password = {};
  std::string name = {};
  Language language = Language::ko;
  SessionKind session = SessionKind::cookie;
};

struct Credentials {
  std::string email = {};
  std::string password = {};
  SessionKind session = SessionKind::cookie;
};

struct Me {
  UserId id = {};
  std::string email = {};
  std::string name = {};
  Role role = Role::shopper;
  Language language = Language::ko;
  std::int64_t paid_orders = 0;  // as rules with first_order_only count: pending orders too
  Amount balance = 0;
};

struct Session {
  std::optional<std::string> token = {};  // for Authorization: Bearer; left out where the session is a cookie
  TimeMs expires_at = {};
  Me me = {};
};

// ---- balance -----------------------------------------------------------------------------------------------------------------

struct Balance {
  Amount balance = 0;
  Amount receivable = 0;  // what reversed charges left uncovered: has to be covered before anything else is bought
  Amount charge_max = 0;
  Amount balance_max = 0;
  std::string bank_account = {};  // where transfers go, as the shop words it; empty when it takes none
};

struct BalanceHistory {
  std::int64_t id = 0;
  BalanceEntry type = BalanceEntry::CHARGE;
  Amount amount = 0;
  Amount balance_before = 0;
  Amount balance_after = 0;
  std::string reference = {};  // an order's number, a charge's id
  TimeMs created_at = {};
};

// ---- cart ----------------------------------------------------------------------------------------------------------------------

struct CartItem {
  VariantId variant_id = {};
  std::int64_t quantity = 0;
  bool selected = true;
  std::optional<Amount> price_when_added = {};
};

struct CartState {
  std::int64_t version = 0;  // its ETag
  std::vector<CartItem> lines = {};
};

struct NewCartLine {
  VariantId variant_id = {};
  std::int64_t quantity = 1;
};

struct CartLineChange {
  std::optional<std::int64_t> quantity = {};
  std::optional<bool> selected = {};
};

// COMMERCE.md "Cart sync".
struct MutationArgs {
  std::optional<VariantId> variant_id = {};
  std::optional<std::int64_t> quantity = {};
  std::optional<bool> selected = {};
  std::vector<CartLine> lines = {};
};

struct QueuedMutation {
  std::int64_t id = 0;  // 1, 2, 3, … of one client
  MutationName name = MutationName::add;
  MutationArgs args = {};
};

struct SyncRequest {
  std::string client_id = {};
  std::vector<QueuedMutation> mutations = {};
  std::optional<std::string> cursor = {};
};

struct SyncAnswer {
  bool resync = false;  // a gap or an unknown cursor: take a new client id, fetch all, replay
  std::int64_t last_mutation_id = 0;
  CartState cart = {};
  std::optional<Snapshot> changes = {};  // since `cursor`; null without one
  std::vector<WalletCoupon> wallet = {};
  Amount balance = 0;
  std::int64_t paid_orders = 0;
};

// ---- orders ----------------------------------------------------------------------------------------------------------------------

struct Address {
  std::string name = {};
  std::string phone = {};
  std::string postcode = {};
  std::string line1 = {};
  std::string line2 = {};
  std::string note = {};
};

// Without `lines` the selected lines of the cart are ordered.
struct NewOrder {
  std::vector<CartLine> lines = {};
  Choice choice = {};
  Amount expected_total = 0;
  std::string fingerprint = {};
  std::optional<Address> address = {};
};

struct OrderItem {
  VariantId variant_id = {};
  ProductId product_id = {};
  std::string handle = {};
  Text name = {};
  Text options = {};
  std::string image = {};
  Amount unit_price = 0;
  std::int64_t quantity = 0;
  Amount discount = 0;
  Amount net = 0;
  Amount tax = 0;
  std::int64_t refunded_quantity = 0;
};

struct OrderCoupon {
  CouponId id = {};
  Text name = {};
  Amount amount = 0;
};

struct Order {
  std::string number = {};
  OrderStatus status = OrderStatus::PENDING;
  TimeMs created_at = {};
  TimeMs expires_at = {};
  std::optional<TimeMs> paid_at = {};
  std::optional<TimeMs> cancelled_at = {};
  std::string cancel_reason = {};  // shopper, expired, payment_failed, refunded; empty when it isn't cancelled
  std::string currency = {};
  std::vector<OrderItem> items = {};
  std::vector<OrderCoupon> coupons = {};
  Amount subtotal = 0;
  Amount item_discount = 0;
  Amount order_discount = 0;
  Amount merchandise = 0;
  Amount shipping_fee = 0;
  Amount shipping_discount = 0;
  Amount tax = 0;
  Amount total = 0;
  Amount refunded = 0;  // of the total, so far
  std::optional<Address> address = {};
  std::vector<Shipment> shipments = {};
  std::vector<RefundInfo> refunds = {};
};

// An order in a list.
struct OrderSummary {
  std::string number = {};
  OrderStatus status = OrderStatus::PENDING;
  TimeMs created_at = {};
  TimeMs expires_at = {};
  Amount total = 0;
  Amount refunded = 0;
  std::int64_t items = 0;  // lines
  std::int64_t units = 0;
  Text first_item = {};
  std::string image = {};
};

struct PaymentInfo {
  std::int64_t id = 0;
  Amount amount = 0;
  PaymentStatus status = PaymentStatus::PENDING;
  std::string reason = {};  // an error code, when it failed
  TimeMs created_at = {};
};

struct PaymentList {
  std::vector<PaymentInfo> items = {};
};

struct Paid {
  PaymentInfo payment = {};
  Amount balance = 0;  // what is left
  Order order = {};
};

}  // namespace cartwright::wire

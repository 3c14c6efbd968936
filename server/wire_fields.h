// The field lists of server/wire.h. Ranges and limits count where a struct is read from a client; what is only
// written needs none.
#pragma once

#include "core/fields.h"
#include "server/wire.h"

namespace cartwright {

template <>
struct Names<wire::CouponOrigin> {
  static constexpr auto last = wire::CouponOrigin::grant;
  static constexpr auto list = std::to_array<std::string_view>({"campaign", "code", "grant"});
};
template <>
struct Names<wire::Role> {
  static constexpr auto last = wire::Role::admin;
  static constexpr auto list = std::to_array<std::string_view>({"shopper", "admin"});
};
template <>
struct Names<wire::Language> {
  static constexpr auto last = wire::Language::en;
  static constexpr auto list = std::to_array<std::string_view>({"ko", "en"});
};
template <>
struct Names<wire::SessionKind> {
  static constexpr auto last = wire::SessionKind::token;
  static constexpr auto list = std::to_array<std::string_view>({"cookie", "token"});
};
template <>
struct Fields<wire::Text> {
  static constexpr auto list = std::tuple{field("ko", &wire::Text::ko), field("en", &wire::Text::en)};
};
template <class T>
struct Fields<wire::Page<T>> {
  static constexpr auto list =
      std::tuple{field("items", &wire::Page<T>::items), field("next_cursor", &wire::Page<T>::next_cursor)};
};
template <>
struct Fields<wire::ShopInfo> {
  static constexpr auto list = std::tuple{field("name", &wire::ShopInfo::name),
                                          field("currency_exponent", &wire::ShopInfo::currency_exponent),
                                          field("time_zone", &wire::ShopInfo::time_zone),
                                          field("rules", &wire::ShopInfo::rules),
                                          field("rules_version", &wire::ShopInfo::rules_version),
                                          field("now", &wire::ShopInfo::now),
                                          field("charge_provider", &wire::ShopInfo::charge_provider),
                                          field("charge_max", &wire::ShopInfo::charge_max),
                                          field("balance_max", &wire::ShopInfo::balance_max),
                                          field("require_address", &wire::ShopInfo::require_address),
                                          field("pending_minutes", &wire::ShopInfo::pending_minutes),
                                          field("return_days", &wire::ShopInfo::return_days)};
};
template <>
struct Fields<wire::Category> {
  static constexpr auto list =
      std::tuple{field("id", &wire::Category::id), field("parent_id", &wire::Category::parent_id),
                 field("slug", &wire::Category::slug), field("name", &wire::Category::name)};
};
template <>
struct Fields<wire::CategoryList> {
  static constexpr auto list = std::tuple{field("items", &wire::CategoryList::items)};
};
template <>
struct Fields<wire::Image> {
  static constexpr auto list = std::tuple{field("url", &wire::Image::url), field("alt", &wire::Image::alt)};
};
template <>
struct Fields<wire::ProductCard> {
  static constexpr auto list = std::tuple{field("id", &wire::ProductCard::id),
                                          field("handle", &wire::ProductCard::handle),
                                          field("name", &wire::ProductCard::name),
                                          field("image", &wire::ProductCard::image),
                                          field("price_min", &wire::ProductCard::price_min),
                                          field("price_max", &wire::ProductCard::price_max),
                                          field("compare_at", &wire::ProductCard::compare_at),
                                          field("stock", &wire::ProductCard::stock),
                                          field("category_ids", &wire::ProductCard::category_ids)};
};
template <>
struct Fields<wire::ProductOption> {
  static constexpr auto list =
      std::tuple{field("name", &wire::ProductOption::name), field("values", &wire::ProductOption::values)};
};
template <>
struct Fields<wire::ProductVariant> {
  static constexpr auto list = std::tuple{field("id", &wire::ProductVariant::id),
                                          field("sku", &wire::ProductVariant::sku),
                                          field("options", &wire::ProductVariant::options),
                                          field("unit_price", &wire::ProductVariant::unit_price),
                                          field("compare_at", &wire::ProductVariant::compare_at),
                                          field("stock", &wire::ProductVariant::stock),
                                          field("active", &wire::ProductVariant::active),
                                          field("max_quantity", &wire::ProductVariant::max_quantity)};
};
template <>
struct Fields<wire::Product> {
  static constexpr auto list = std::tuple{field("id", &wire::Product::id),
                                          field("handle", &wire::Product::handle),
                                          field("name", &wire::Product::name),
                                          field("description", &wire::Product::description),
                                          field("vendor", &wire::Product::vendor),
                                          field("tags", &wire::Product::tags),
                                          field("category_ids", &wire::Product::category_ids),
                                          field("images", &wire::Product::images),
                                          field("options", &wire::Product::options),
                                          field("variants", &wire::Product::variants)};
};
template <>
struct Fields<wire::PopularProduct> {
  static constexpr auto list =
      std::tuple{field("rank", &wire::PopularProduct::rank), field("units", &wire::PopularProduct::units),
                 field("product", &wire::PopularProduct::product)};
};
template <>
struct Fields<wire::PopularList> {
  static constexpr auto list =
      std::tuple{field("days", &wire::PopularList::days), field("items", &wire::PopularList::items)};
};
template <>
struct Fields<wire::VariantLabel> {
  static constexpr auto list =
      std::tuple{field("variant_id", &wire::VariantLabel::variant_id), field("handle", &wire::VariantLabel::handle),
                 field("name", &wire::VariantLabel::name), field("options", &wire::VariantLabel::options),
                 field("image", &wire::VariantLabel::image)};
};
template <>
struct Fields<wire::Snapshot> {
  static constexpr auto list = std::tuple{field("cursor", &wire::Snapshot::cursor),
                                          field("complete", &wire::Snapshot::complete),
                                          field("rules_version", &wire::Snapshot::rules_version),
                                          field("now", &wire::Snapshot::now),
                                          field("shop", &wire::Snapshot::shop),
                                          field("variants", &wire::Snapshot::variants),
                                          field("labels", &wire::Snapshot::labels),
                                          field("removed_variant_ids", &wire::Snapshot::removed_variant_ids),
                                          field("promotions", &wire::Snapshot::promotions),
                                          field("promotion_names", &wire::Snapshot::promotion_names)};
};
template <>
struct Fields<wire::Campaign> {
  static constexpr auto list = std::tuple{field("id", &wire::Campaign::id),
                                          field("name", &wire::Campaign::name),
                                          field("description", &wire::Campaign::description),
                                          field("rule", &wire::Campaign::rule),
                                          field("total_quantity", &wire::Campaign::total_quantity),
                                          field("remaining_quantity", &wire::Campaign::remaining_quantity),
                                          field("starts_at", &wire::Campaign::starts_at),
                                          field("ends_at", &wire::Campaign::ends_at),
                                          field("phase", &wire::Campaign::phase),
                                          field("issued_to_me", &wire::Campaign::issued_to_me),
                                          field("now", &wire::Campaign::now)};
};
template <>
struct Fields<wire::CampaignList> {
  static constexpr auto list = std::tuple{field("items", &wire::CampaignList::items)};
};
template <>
struct Fields<wire::WalletCoupon> {
  static constexpr auto list = std::tuple{field("id", &wire::WalletCoupon::id),
                                          field("name", &wire::WalletCoupon::name),
                                          field("origin", &wire::WalletCoupon::origin),
                                          field("status", &wire::WalletCoupon::status),
                                          field("expires_at", &wire::WalletCoupon::expires_at),
                                          field("issued_at", &wire::WalletCoupon::issued_at),
                                          field("used_at", &wire::WalletCoupon::used_at),
                                          field("rule", &wire::WalletCoupon::rule)};
};
template <>
struct Fields<wire::Registration> {
  static constexpr auto list = std::tuple{field("email", &wire::Registration::email).required().most(254),
                                          field("password", &wire::Registration::password).required().most(1024),
                                          field("name", &wire::Registration::name).required().most(100),
                                          field("language", &wire::Registration::language),
                                          field("session", &wire::Registration::session)};
};
template <>
struct Fields<wire::Credentials> {
  static constexpr auto list = std::tuple{field("email", &wire::Credentials::email).required().most(254),
                                          field("password", &wire::Credentials::password).required().most(1024),
                                          field("session", &wire::Credentials::session)};
};
template <>
struct Fields<wire::Me> {
  static constexpr auto list = std::tuple{field("id", &wire::Me::id),
                                          field("email", &wire::Me::email),
                                          field("name", &wire::Me::name),
                                          field("role", &wire::Me::role),
                                          field("language", &wire::Me::language),
                                          field("paid_orders", &wire::Me::paid_orders),
                                          field("balance", &wire::Me::balance)};
};
template <>
struct Fields<wire::Session> {
  static constexpr auto list =
      std::tuple{field("token", &wire::Session::token).omit_null(), field("expires_at", &wire::Session::expires_at),
                 field("me", &wire::Session::me)};
};
template <>
struct Fields<wire::Balance> {
  static constexpr auto list =
      std::tuple{field("balance", &wire::Balance::balance), field("receivable", &wire::Balance::receivable),
                 field("charge_max", &wire::Balance::charge_max), field("balance_max", &wire::Balance::balance_max),
                 field("bank_account", &wire::Balance::bank_account)};
};
template <>
struct Fields<wire::BalanceHistory> {
  static constexpr auto list = std::tuple{field("id", &wire::BalanceHistory::id),
                                          field("type", &wire::BalanceHistory::type),
                                          field("amount", &wire::BalanceHistory::amount),
                                          field("balance_before", &wire::BalanceHistory::balance_before),
                                          field("balance_after", &wire::BalanceHistory::balance_after),
                                          field("reference", &wire::BalanceHistory::reference),
                                          field("created_at", &wire::BalanceHistory::created_at)};
};
template <>
struct Fields<wire::CartItem> {
  static constexpr auto list = std::tuple{
      field("variant_id", &wire::CartItem::variant_id), field("quantity", &wire::CartItem::quantity),
      field("selected", &wire::CartItem::selected), field("price_when_added", &wire::CartItem::price_when_added)};
};
template <>
struct Fields<wire::CartState> {
  static constexpr auto list =
      std::tuple{field("version", &wire::CartState::version), field("lines", &wire::CartState::lines)};
};
template <>
struct Fields<wire::NewCartLine> {
  static constexpr auto list =
      std::tuple{field("variant_id", &wire::NewCartLine::variant_id).required(),
                 field("quantity", &wire::NewCartLine::quantity).range(1, max_quantity_limit)};
};
template <>
struct Fields<wire::CartLineChange> {
  static constexpr auto list =
      std::tuple{field("quantity", &wire::CartLineChange::quantity).range(1, max_quantity_limit),
                 field("selected", &wire::CartLineChange::selected)};
};
template <>
struct Fields<wire::MutationArgs> {
  static constexpr auto list =
      std::tuple{field("variant_id", &wire::MutationArgs::variant_id),
                 field("quantity", &wire::MutationArgs::quantity).range(1, max_quantity_limit),
                 field("selected", &wire::MutationArgs::selected),
                 field("lines", &wire::MutationArgs::lines).most(max_cart_lines)};
};
template <>
struct Fields<wire::QueuedMutation> {
  static constexpr auto list =
      std::tuple{field("id", &wire::QueuedMutation::id).required().range(1, max_id),
                 field("name", &wire::QueuedMutation::name).required(), field("args", &wire::QueuedMutation::args)};
};
template <>
struct Fields<wire::SyncRequest> {
  static constexpr auto list = std::tuple{field("client_id", &wire::SyncRequest::client_id).required().most(64),
                                          field("mutations", &wire::SyncRequest::mutations).most(1000),
                                          field("cursor", &wire::SyncRequest::cursor)};
};
template <>
struct Fields<wire::SyncAnswer> {
  static constexpr auto list = std::tuple{field("resync", &wire::SyncAnswer::resync),
                                          field("last_mutation_id", &wire::SyncAnswer::last_mutation_id),
                                          field("cart", &wire::SyncAnswer::cart),
                                          field("changes", &wire::SyncAnswer::changes),
                                          field("wallet", &wire::SyncAnswer::wallet),
                                          field("balance", &wire::SyncAnswer::balance),
                                          field("paid_orders", &wire::SyncAnswer::paid_orders)};
};
template <>
struct Fields<wire::Address> {
  static constexpr auto list = std::tuple{field("name", &wire::Address::name).required().most(100),
                                          field("phone", &wire::Address::phone).required().most(40),
                                          field("postcode", &wire::Address::postcode).required().most(20),
                                          field("line1", &wire::Address::line1).required(),
                                          field("line2", &wire::Address::line2),
                                          field("note", &wire::Address::note)};
};
template <>
struct Fields<wire::NewOrder> {
  static constexpr auto list = std::tuple{
      field("lines", &wire::NewOrder::lines).most(max_cart_lines), field("choice", &wire::NewOrder::choice),
      field("expected_total", &wire::NewOrder::expected_total).required().not_negative(),
      field("fingerprint", &wire::NewOrder::fingerprint).required().most(16),
      field("address", &wire::NewOrder::address)};
};
template <>
struct Fields<wire::OrderItem> {
  static constexpr auto list = std::tuple{field("variant_id", &wire::OrderItem::variant_id),
                                          field("product_id", &wire::OrderItem::product_id),
                                          field("handle", &wire::OrderItem::handle),
                                          field("name", &wire::OrderItem::name),
                                          field("options", &wire::OrderItem::options),
                                          field("image", &wire::OrderItem::image),
                                          field("unit_price", &wire::OrderItem::unit_price),
                                          field("quantity", &wire::OrderItem::quantity),
                                          field("discount", &wire::OrderItem::discount),
                                          field("net", &wire::OrderItem::net),
                                          field("tax", &wire::OrderItem::tax),
                                          field("refunded_quantity", &wire::OrderItem::refunded_quantity)};
};
template <>
struct Fields<wire::OrderCoupon> {
  static constexpr auto list =
      std::tuple{field("id", &wire::OrderCoupon::id), field("name", &wire::OrderCoupon::name),
                 field("amount", &wire::OrderCoupon::amount)};
};
template <>
struct Fields<wire::Order> {
  static constexpr auto list = std::tuple{field("number", &wire::Order::number),
                                          field("status", &wire::Order::status),
                                          field("created_at", &wire::Order::created_at),
                                          field("expires_at", &wire::Order::expires_at),
                                          field("paid_at", &wire::Order::paid_at),
                                          field("cancelled_at", &wire::Order::cancelled_at),
                                          field("cancel_reason", &wire::Order::cancel_reason),
                                          field("currency", &wire::Order::currency),
                                          field("items", &wire::Order::items),
                                          field("coupons", &wire::Order::coupons),
                                          field("subtotal", &wire::Order::subtotal),
                                          field("item_discount", &wire::Order::item_discount),
                                          field("order_discount", &wire::Order::order_discount),
                                          field("merchandise", &wire::Order::merchandise),
                                          field("shipping_fee", &wire::Order::shipping_fee),
                                          field("shipping_discount", &wire::Order::shipping_discount),
                                          field("tax", &wire::Order::tax),
                                          field("total", &wire::Order::total),
                                          field("refunded", &wire::Order::refunded),
                                          field("address", &wire::Order::address),
                                          field("shipments", &wire::Order::shipments),
                                          field("refunds", &wire::Order::refunds)};
};
template <>
struct Fields<wire::OrderSummary> {
  static constexpr auto list = std::tuple{
      field("number", &wire::OrderSummary::number),         field("status", &wire::OrderSummary::status),
      field("created_at", &wire::OrderSummary::created_at), field("expires_at", &wire::OrderSummary::expires_at),
      field("total", &wire::OrderSummary::total),           field("refunded", &wire::OrderSummary::refunded),
      field("items", &wire::OrderSummary::items),           field("units", &wire::OrderSummary::units),
      field("first_item", &wire::OrderSummary::first_item), field("image", &wire::OrderSummary::image)};
};
template <>
struct Fields<wire::PaymentInfo> {
  static constexpr auto list =
      std::tuple{field("id", &wire::PaymentInfo::id), field("amount", &wire::PaymentInfo::amount),
                 field("status", &wire::PaymentInfo::status), field("reason", &wire::PaymentInfo::reason),
                 field("created_at", &wire::PaymentInfo::created_at)};
};
template <>
struct Fields<wire::PaymentList> {
  static constexpr auto list = std::tuple{field("items", &wire::PaymentList::items)};
};
template <>
struct Fields<wire::Paid> {
  static constexpr auto list = std::tuple{field("payment", &wire::Paid::payment),
                                          field("balance", &wire::Paid::balance), field("order", &wire::Paid::order)};
};
static_assert(lists_every_member<wire::Text> && lists_every_member<wire::ShopInfo> &&
              lists_every_member<wire::Category> && lists_every_member<wire::CategoryList> &&
              lists_every_member<wire::Image> && lists_every_member<wire::ProductCard> &&
              lists_every_member<wire::ProductOption> && lists_every_member<wire::ProductVariant> &&
              lists_every_member<wire::Product> && lists_every_member<wire::PopularProduct> &&
              lists_every_member<wire::PopularList> && lists_every_member<wire::VariantLabel> &&
              lists_every_member<wire::Snapshot> && lists_every_member<wire::Campaign> &&
              lists_every_member<wire::CampaignList> && lists_every_member<wire::WalletCoupon> &&
              lists_every_member<wire::Registration> && lists_every_member<wire::Credentials> &&
              lists_every_member<wire::Me> && lists_every_member<wire::Session> &&
              lists_every_member<wire::Balance> && lists_every_member<wire::BalanceHistory> &&
              lists_every_member<wire::CartItem> && lists_every_member<wire::CartState> &&
              lists_every_member<wire::NewCartLine> && lists_every_member<wire::CartLineChange> &&
              lists_every_member<wire::MutationArgs> && lists_every_member<wire::QueuedMutation> &&
              lists_every_member<wire::SyncRequest> && lists_every_member<wire::SyncAnswer> &&
              lists_every_member<wire::Address> && lists_every_member<wire::NewOrder> &&
              lists_every_member<wire::OrderItem> && lists_every_member<wire::OrderCoupon> &&
              lists_every_member<wire::Order> && lists_every_member<wire::OrderSummary> &&
              lists_every_member<wire::PaymentInfo> && lists_every_member<wire::PaymentList> &&
              lists_every_member<wire::Paid>);

}  // namespace cartwright

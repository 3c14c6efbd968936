// What an admin sets about the shop itself, over REST.
#pragma once

#include "server/wire_fields.h"

namespace cartwright {

namespace wire {

// Plain text, shown as it is; empty where the shop has nothing to say.
struct PolicyText {
  std::string ko = {};
  std::string en = {};
};

struct ShopPolicies {
  PolicyText terms = {};
  PolicyText privacy = {};
  PolicyText returns = {};
  PolicyText shipping = {};
};

struct ShopSettings {
  Text name = {};
  std::string currency = {};
  bool currency_is_fixed = true;  // something has a price in it already
  std::string time_zone = {};
  std::int64_t discount_multiple = 1;
  Shipping shipping = {};
  Tax tax = {};
  ShopPolicies policies = {};
};

// What is left out stays; what is given is replaced whole.
struct ShopSettingsChange {
  std::optional<Text> name = {};
  std::optional<std::string> currency = {};
  std::optional<std::string> time_zone = {};
  std::optional<std::int64_t> discount_multiple = {};
  std::optional<Shipping> shipping = {};
  std::optional<Tax> tax = {};
  std::optional<ShopPolicies> policies = {};
};

}  // namespace wire

template <>
struct Fields<wire::PolicyText> {
  static constexpr auto list = std::tuple{field("ko", &wire::PolicyText::ko).most(20'000),
                                          field("en", &wire::PolicyText::en).most(20'000)};
};
template <>
struct Fields<wire::ShopPolicies> {
  using S = wire::ShopPolicies;
  static constexpr auto list = std::tuple{field("terms", &S::terms), field("privacy", &S::privacy),
                                          field("returns", &S::returns), field("shipping", &S::shipping)};
};
template <>
struct Fields<wire::ShopSettings> {
  using S = wire::ShopSettings;
  static constexpr auto list = std::tuple{
      field("name", &S::name),
      field("currency", &S::currency),
      field("currency_is_fixed", &S::currency_is_fixed),
      field("time_zone", &S::time_zone),
      field("discount_multiple", &S::discount_multiple),
      field("shipping", &S::shipping),
      field("tax", &S::tax),
      field("policies", &S::policies)};
};
template <>
struct Fields<wire::ShopSettingsChange> {
  using S = wire::ShopSettingsChange;
  static bool known_currency(const S& change) { return !change.currency || currency_exponent(*change.currency); }
  static constexpr auto list = std::tuple{
      field("name", &S::name),
      field("currency", &S::currency).must(known_currency),
      field("time_zone", &S::time_zone).most(64),
      field("discount_multiple", &S::discount_multiple).range(1, count_max),
      field("shipping", &S::shipping),
      field("tax", &S::tax),
      field("policies", &S::policies)};
};
static_assert(lists_every_member<wire::PolicyText> && lists_every_member<wire::ShopPolicies> && lists_every_member<wire::ShopSettings> &&
              lists_every_member<wire::ShopSettingsChange>);

}  // namespace cartwright

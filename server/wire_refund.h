// What an order's view shows beside the order: parcels, and what came back (COMMERCE.md "Payment", refund).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/fields.h"

namespace cartwright {

namespace wire {

struct Shipment {
  std::string carrier = {};
  std::string tracking_number = {};
  TimeMs shipped_at = {};
  std::optional<TimeMs> delivered_at = {};
};

struct RefundItem {
  VariantId variant_id = {};
  std::int64_t quantity = 0;
  Amount net = 0;  // these units' shares of the line
  Amount tax = 0;
};

// `amount` = sum(net) + shipping, and where tax comes on top of prices + sum(tax).
struct RefundInfo {
  std::int64_t id = 0;    // 1, 2, 3, … of the order
  Amount amount = 0;      // what went back to the balance
  Amount shipping = 0;    // of it, the shipping charge with its tax: comes with the last units
  bool restocked = false;
  bool by_shopper = false;  // else an admin
  std::string reason = {};
  std::vector<RefundItem> items = {};
  TimeMs created_at = {};
};

}  // namespace wire

template <>
struct Fields<wire::Shipment> {
  using S = wire::Shipment;
  static constexpr auto list =
      std::tuple{field("carrier", &S::carrier), field("tracking_number", &S::tracking_number),
                 field("shipped_at", &S::shipped_at), field("delivered_at", &S::delivered_at)};
};
template <>
struct Fields<wire::RefundItem> {
  using S = wire::RefundItem;
  static constexpr auto list = std::tuple{field("variant_id", &S::variant_id), field("quantity", &S::quantity),
                                          field("net", &S::net), field("tax", &S::tax)};
};
template <>
struct Fields<wire::RefundInfo> {
  using S = wire::RefundInfo;
  static constexpr auto list =
      std::tuple{field("id", &S::id),       field("amount", &S::amount),
                 field("shipping", &S::shipping), field("restocked", &S::restocked),
                 field("by_shopper", &S::by_shopper), field("reason", &S::reason),
                 field("items", &S::items), field("created_at", &S::created_at)};
};
static_assert(lists_every_member<wire::Shipment> && lists_every_member<wire::RefundItem> &&
              lists_every_member<wire::RefundInfo>);

}  // namespace cartwright

// Refunds and order progress over REST: what shoppers and admins send, and orders as admins see them.
#pragma once

#include "server/wire_admin_log.h"

namespace cartwright {

namespace wire {

struct RefundLine {
  VariantId variant_id = {};
  std::int64_t quantity = 1;
};

// The shopper's. Without lines: all that is left.
struct ReturnRequest {
  std::vector<RefundLine> lines = {};
  std::string reason = {};
};

// An admin's. Without lines: all that is left.
struct RefundRequest {
  std::vector<RefundLine> lines = {};
  bool restock = false;  // the units go back on sale
  std::string reason = {};
};

struct Refunded {
  RefundInfo refund = {};
  Amount balance = 0;  // the order's shopper's, after it
  Order order = {};
};

struct ShipRequest {
  std::string carrier = {};
  std::string tracking_number = {};
};

struct OrderUser {
  UserId id = {};
  std::string name = {};
  std::string email = {};  // empty: the account was erased
};

// An order in the admins' list.
struct AdminOrderSummary {
  std::string number = {};
  OrderStatus status = OrderStatus::PENDING;
  TimeMs created_at = {};
  std::optional<TimeMs> paid_at = {};
  Amount total = 0;
  Amount refunded = 0;
  std::int64_t items = 0;  // lines
  std::int64_t units = 0;
  Text first_item = {};
  OrderUser user = {};
};

struct PaymentChange {
  PaymentStatus status = PaymentStatus::PENDING;
  std::string reason = {};
  TimeMs created_at = {};
};

struct AdminPayment {
  std::int64_t id = 0;
  Amount amount = 0;
  PaymentStatus status = PaymentStatus::PENDING;
  std::vector<PaymentChange> history = {};
};

struct AdminOrder {
  Order order = {};
  OrderUser user = {};
  std::vector<AdminPayment> payments = {};
  std::vector<AdminLogEntry> log = {};  // what admins did to it, newest first, 100 at most
};

// What of an order an admin's deed may change: before and after it, in the log.
struct OrderTrace {
  OrderStatus status = OrderStatus::PENDING;
  Amount refunded = 0;
  std::vector<Shipment> shipments = {};
  std::vector<RefundInfo> refunds = {};
};

}  // namespace wire

template <>
struct Fields<wire::RefundLine> {
  using S = wire::RefundLine;
  static constexpr auto list = std::tuple{field("variant_id", &S::variant_id).required().unique(),
                                          field("quantity", &S::quantity).range(1, max_quantity_limit)};
};
template <>
struct Fields<wire::ReturnRequest> {
  using S = wire::ReturnRequest;
  static constexpr auto list =
      std::tuple{field("lines", &S::lines).most(max_cart_lines), field("reason", &S::reason).most(500)};
};
template <>
struct Fields<wire::RefundRequest> {
  using S = wire::RefundRequest;
  static constexpr auto list =
      std::tuple{field("lines", &S::lines).most(max_cart_lines), field("restock", &S::restock).required(),
                 field("reason", &S::reason).most(500)};
};
template <>
struct Fields<wire::Refunded> {
  using S = wire::Refunded;
  static constexpr auto list =
      std::tuple{field("refund", &S::refund), field("balance", &S::balance), field("order", &S::order)};
};
template <>
struct Fields<wire::ShipRequest> {
  using S = wire::ShipRequest;
  static constexpr auto list = std::tuple{field("carrier", &S::carrier).required().most(100),
                                          field("tracking_number", &S::tracking_number).required().most(100)};
};
template <>
struct Fields<wire::OrderUser> {
  using S = wire::OrderUser;
  static constexpr auto list = std::tuple{field("id", &S::id), field("name", &S::name), field("email", &S::email)};
};
template <>
struct Fields<wire::AdminOrderSummary> {
  using S = wire::AdminOrderSummary;
  static constexpr auto list = std::tuple{
      field("number", &S::number),     field("status", &S::status),         field("created_at", &S::created_at),
      field("paid_at", &S::paid_at),   field("total", &S::total),           field("refunded", &S::refunded),
      field("items", &S::items),       field("units", &S::units),           field("first_item", &S::first_item),
      field("user", &S::user)};
};
template <>
struct Fields<wire::PaymentChange> {
  using S = wire::PaymentChange;
  static constexpr auto list =
      std::tuple{field("status", &S::status), field("reason", &S::reason), field("created_at", &S::created_at)};
};
template <>
struct Fields<wire::AdminPayment> {
  using S = wire::AdminPayment;
  static constexpr auto list = std::tuple{field("id", &S::id), field("amount", &S::amount),
                                          field("status", &S::status), field("history", &S::history)};
};
template <>
struct Fields<wire::AdminOrder> {
  using S = wire::AdminOrder;
  static constexpr auto list = std::tuple{field("order", &S::order), field("user", &S::user),
                                          field("payments", &S::payments), field("log", &S::log)};
};
template <>
struct Fields<wire::OrderTrace> {
  using S = wire::OrderTrace;
  static constexpr auto list = std::tuple{field("status", &S::status), field("refunded", &S::refunded),
                                          field("shipments", &S::shipments), field("refunds", &S::refunds)};
};
static_assert(lists_every_member<wire::RefundLine> && lists_every_member<wire::ReturnRequest> &&
              lists_every_member<wire::RefundRequest> && lists_every_member<wire::Refunded> &&
              lists_every_member<wire::ShipRequest> && lists_every_member<wire::OrderUser> &&
              lists_every_member<wire::AdminOrderSummary> && lists_every_member<wire::PaymentChange> &&
              lists_every_member<wire::AdminPayment> && lists_every_member<wire::AdminOrder> &&
              lists_every_member<wire::OrderTrace>);

}  // namespace cartwright

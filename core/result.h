// Errors as values: the core throws nothing, and neither does anything that calls it across its border.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace cartwright {

// A broken invariant is a defect of ours and not an answer: it stops the process, in release builds too. The module has
// nowhere to print, and should not carry printf: there it traps.
#ifdef __EMSCRIPTEN__
#define CARTWRIGHT_ASSERT(condition) ((condition) ? void(0) : __builtin_trap())
#else
#define CARTWRIGHT_ASSERT(condition)                                                          \
  ((condition) ? void(0)                                                                      \
               : (std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__,   \
                               #condition),                                                   \
                  std::abort()))
#endif

// Every refusal of the shop. The names are the words on the wire (`code` of a problem, PRICING.md, COMMERCE.md,
// API.md); fields.h lists them once more as text, and fails to compile when one is missing there.
enum class ErrorCode : std::uint8_t {
  // the request itself
  invalid_request,
  malformed_json,
  payload_too_large,
  unsupported_media_type,
  method_not_allowed,
  not_found,
  // the pricing core
  amount_overflow,
  // who asks
  unauthenticated,
  forbidden,
  invalid_credentials,
  email_taken,
  weak_password,
  reset_link_invalid,
  account_has_open_orders,
  cross_origin_refused,
  // carts
  cart_full,
  cart_changed,
  // what admins keep
  already_exists,
  still_in_use,
  changed_meanwhile,
  limit_reached,
  target_refused,
  // campaigns and coupons
  campaign_not_started,
  campaign_ended,
  campaign_exhausted,
  already_issued,
  coupon_not_usable,
  coupon_code_unknown,
  coupon_code_exhausted,
  // orders and payments
  quote_changed,
  not_orderable,
  insufficient_stock,
  insufficient_balance,
  order_not_pending,
  order_expired,
  order_not_refundable,
  refund_exceeds_order,
  order_not_shippable,
  order_not_deliverable,
  not_first_order,
  address_required,
  // balance
  charge_limit,
  charge_not_pending,
  charge_not_reversible,
  charge_differs,
  charge_failed,
  receivable_outstanding,
  provider_unavailable,
  // the protocol around them
  idempotency_key_required,
  idempotency_key_reused,
  idempotency_in_flight,
  precondition_required,
  rate_limited,
  overloaded,
  storage_failed,
  outcome_unknown,
  internal,
};

// `path` names the place in the input ("$.lines[0].quantity"), empty when there is none. `detail` is a sentence for
// the person who reads it. The numbers are set by the codes that have them.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string path = {};
  std::string detail = {};
  std::optional<std::int64_t> available = {};  // units that are there
  std::optional<std::int64_t> missing = {};    // what lacks: minor units or units
  std::optional<std::int64_t> variant_id = {};  // the line it is about
};

// A value or the reason why there is none.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() {
    CARTWRIGHT_ASSERT(ok());
    return *std::get_if<0>(&content_);
  }
  const T& value() const {
    CARTWRIGHT_ASSERT(ok());
    return *std::get_if<0>(&content_);
  }
  T take() { return std::move(value()); }

  const Error& error() const {
    CARTWRIGHT_ASSERT(!ok());
    return *std::get_if<1>(&content_);
  }

  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }

 private:
  std::variant<T, Error> content_;
};

// Done, or the reason why not.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    CARTWRIGHT_ASSERT(error_);
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace cartwright

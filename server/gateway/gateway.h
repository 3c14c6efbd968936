// A payment company's REST API, of the shape that Toss Payments has:
//   POST {url}/v1/payments/confirm           {paymentKey, orderId, amount}, Idempotency-Key: the charge's number
//   GET  {url}/v1/payments/orders/{orderId}
// Both by Basic auth with the secret key, and answered with the payment: {paymentKey, orderId, status, totalAmount, …};
// refusals are 4xx with {code, message}. Money moves with the confirmation only, and comes from whom we know nothing about
// until it answers: what is unclear is asked again, never guessed.
//
// Thread-safe; each call takes 10 s at most, and ends within a second once `stopping` is true.
#pragma once

#include <atomic>
#include <string>

#include "core/result.h"
#include "server/shop/gateway_charges.h"

namespace cartwright::gateway {

struct GatewaySettings {
  std::string url = {};         // "https://api.tosspayments.com"; empty: there is none
  std::string secret_key = {};  // never logged
};

// https, or http on loopback: the secret goes with each request.
Status check(const GatewaySettings& settings);

class Gateway {
 public:
  explicit Gateway(const GatewaySettings& settings);  // checked

  // Brings the payment to its end. The first attempt confirms; later ones ask first, as the answer alone may have been lost.
  // A refusal counts once the order itself says that nothing was paid.
  shop::Verdict settle(const shop::GatewayCharge& charge, const std::atomic<bool>& stopping) const;

 private:
  enum class Told : std::uint8_t { paid, differs, refused, open, unknown_order, unclear };

  Told confirm(const shop::GatewayCharge& charge, const std::atomic<bool>& stopping) const;
  Told ask(const shop::GatewayCharge& charge, const std::atomic<bool>& stopping) const;
  static Told read_payment(const shop::GatewayCharge& charge, const std::string& text);

  const std::string url_;
  const std::string secret_key_;
};

}  // namespace cartwright::gateway

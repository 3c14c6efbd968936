#include "core/refund.h"

#include <algorithm>

namespace cartwright {

namespace {

Amount worth(const PaidOrder& order, Amount net, Amount tax) {
  return net + (order.tax_mode == TaxMode::exclusive ? tax : 0);
}

// What isn't the lines' is the shipping's.
Amount shipping_paid(const PaidOrder& order) {
  Amount rest = order.total;
  for (const PaidLine& line : order.lines) rest -= worth(order, line.net, line.tax);
  CARTWRIGHT_ASSERT(rest >= 0);
  return rest;
}

void add_part(Refund& refund, const PaidOrder& order, std::size_t index, std::int64_t units) {
  const PaidLine& line = order.lines[index];
  const RefundPart part{.line = index,
                        .quantity = units,
                        .net = refund_share(line.net, line.quantity, line.refunded, units),
                        .tax = refund_share(line.tax, line.quantity, line.refunded, units)};
  refund.amount += worth(order, part.net, part.tax);
  refund.parts.push_back(part);
}

Status add_wanted(Refund& refund, const PaidOrder& order, const std::vector<RefundUnits>& wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                   [&](const PaidLine& each) { return each.variant_id == wanted[i].variant_id; });
    if (line == order.lines.end()) {
      return Error{.code = ErrorCode::invalid_request,
                   .path = "$.lines[" + std::to_string(i) + "].variant_id",
                   .detail = "is not in this order"};
    }
    if (wanted[i].quantity > line->quantity - line->refunded) {
      return Error{.code = ErrorCode::refund_exceeds_order,
                   .detail = "Fewer units are left to be refunded.",
                   .available = line->quantity - line->refunded,
                   .variant_id = line->variant_id.value};
    }
    add_part(refund, order, static_cast<std::size_t>(line - order.lines.begin()), wanted[i].quantity);
  }
  return {};
}

}  // namespace

Result<Refund> plan_refund(const PaidOrder& order, const std::vector<RefundUnits>& wanted) {
  std::int64_t left = 0;
  for (const PaidLine& line : order.lines) left += line.quantity - line.refunded;
  if (left == 0) {
    return Error{.code = ErrorCode::order_not_refundable, .detail = "All of this order has been refunded already."};
  }
  Refund refund;
  if (wanted.empty()) {
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
      const PaidLine& line = order.lines[i];
      if (line.refunded < line.quantity) add_part(refund, order, i, line.quantity - line.refunded);
    }
  } else if (const Status status = add_wanted(refund, order, wanted); !status.ok()) {
    return status.error();
  }
  for (const RefundPart& part : refund.parts) left -= part.quantity;
  refund.whole = left == 0;
  if (refund.whole) {
    refund.shipping = shipping_paid(order);
    refund.amount += refund.shipping;
  }
  return refund;
}

}  // namespace cartwright

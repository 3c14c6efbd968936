// What is different between the quote a shopper saw and the one the server made.

import type { Quote } from '../api_types';

export type QuoteChange =
  | { what: 'price'; variant_id: number; before: number; after: number }
  | { what: 'line_discount'; variant_id: number; before: number; after: number }
  | { what: 'line_gone'; variant_id: number }
  | { what: 'order_discount' | 'shipping' | 'tax' | 'total'; before: number; after: number };

export function quote_changes(before: Quote, after: Quote): QuoteChange[] {
  const changes: QuoteChange[] = [];
  const lines = new Map(after.lines.map((line) => [line.variant_id, line]));
  for (const old of before.lines) {
    if (!old.counted) continue;
    const line = lines.get(old.variant_id);
    const { variant_id } = old;
    if (!line?.counted) {
      changes.push({ what: 'line_gone', variant_id });
    } else if (line.unit_price !== old.unit_price) {
      changes.push({ what: 'price', variant_id, before: old.unit_price, after: line.unit_price });
    } else if (line.discount !== old.discount) {
      changes.push({ what: 'line_discount', variant_id, before: old.discount, after: line.discount });
    }
  }
  const shipping = (quote: Quote): number => quote.shipping_fee - quote.shipping_discount;
  const sums = [
    { what: 'order_discount', before: before.order_discount, after: after.order_discount },
    { what: 'shipping', before: shipping(before), after: shipping(after) },
    { what: 'tax', before: before.tax, after: after.tax },
    { what: 'total', before: before.total, after: after.total },
  ] as const;
  changes.push(...sums.filter((sum) => sum.before !== sum.after));
  return changes;
}

// The sums of a quote or an order, one below the other.

import { all_words } from '../i18n';
import { money } from '../i18n/format';
import { shop } from '../state/shop';

export interface Sums {
  subtotal: number; item_discount: number; order_discount: number; shipping_fee: number; shipping_discount: number;
  tax: number; total: number;
}

export function MoneyRows({ sums, total_label }: { sums: Sums; total_label?: string }) {
  const say = all_words().cart;
  const exclusive = shop.value?.rules.tax.mode === 'exclusive';
  const minus = (amount: number): string => `−${money(amount)}`;
  return (
    <>
      <dl class="sums">
        <div><dt>{say.subtotal}</dt><dd>{money(sums.subtotal)}</dd></div>
        {sums.item_discount > 0 && <div class="sums-off"><dt>{say.item_discount}</dt><dd>{minus(sums.item_discount)}</dd></div>}
        {sums.order_discount > 0 && <div class="sums-off"><dt>{say.order_discount}</dt><dd>{minus(sums.order_discount)}</dd></div>}
        <div><dt>{say.shipping}</dt><dd>{sums.shipping_fee > 0 ? money(sums.shipping_fee) : say.free}</dd></div>
        {sums.shipping_discount > 0 && <div class="sums-off"><dt>{say.shipping_discount}</dt><dd>{minus(sums.shipping_discount)}</dd></div>}
        {exclusive && <div><dt>{say.tax}</dt><dd>{money(sums.tax)}</dd></div>}
        <div class="sums-total" aria-live="polite" aria-atomic="true">
          <dt>{total_label ?? say.total}</dt>
          <dd>{money(sums.total)}</dd>
        </div>
      </dl>
      {!exclusive && sums.tax > 0 && <p class="sums-note">{say.tax_included(money(sums.tax))}</p>}
    </>
  );
}

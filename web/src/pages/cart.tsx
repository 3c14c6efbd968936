// The cart: every change is priced by the module, here, without a request; so it works offline as well.

import { useRef, useState } from 'preact/hooks';
import type { CartLine, LineDiscount, QuoteLine } from '../api_types';
import { CouponPicker } from '../components/coupon_picker';
import { Stepper } from '../components/form';
import { Icon } from '../components/icons';
import { MoneyRows } from '../components/money_rows';
import { Empty, PageHead, Picture, show_toast, Skeleton, useSettled } from '../components/ui';
import { all_words, text } from '../i18n';
import { explain } from '../i18n/explain';
import { money } from '../i18n/format';
import { navigate } from '../router';
import { cart, catalogue, client, labels, me, promotion_names, quote, wallet } from '../state/shop';

export function discount_name(source: 'promotion' | 'coupon', id: number): string {
  if (source === 'promotion') {
    const name = promotion_names.value.get(id);
    return name ? text(name) : '';
  }
  const coupon = wallet.value.find((other) => other.id === id);
  return coupon ? text(coupon.name) : '';
}

interface Row {
  line: CartLine;
  priced: QuoteLine | undefined;
  /** What was taken off this very line; what the whole order gets is told in the sums. */
  own: LineDiscount[];
}

/** A row that says what it said stays the same object, so it isn't drawn again: one press changes one line of 200. */
function useRows(): Row[] {
  const known = useRef(new Map<number, { text: string; row: Row }>()).current;
  const priced = quote.value;
  const of_lines = new Set(priced?.applied.filter(({ target }) => target === 'item' || target === 'line')
    .map(({ source, id }) => `${source}${id}`));
  return cart.value.lines.map((line, index) => {
    const own = priced?.lines[index]?.discounts.filter(({ source, id }) => of_lines.has(`${source}${id}`)) ?? [];
    const row = { line, priced: priced?.lines[index], own };
    const text = JSON.stringify(row);
    const before = known.get(line.variant_id);
    if (before?.text === text) return before.row;
    known.set(line.variant_id, { text, row });
    return row;
  });
}

export function CartPage() {
  const say = all_words().cart;
  const { lines, picks } = cart.value;
  const priced = quote.value;
  const rows = useRows();
  useSettled(true);
  if (lines.length === 0) {
    return (
      <>
        <PageHead title={say.title} />
        <Empty icon="bag" title={say.empty} hint={say.empty_hint}>
          <a class="button button-strong" href="/products">{all_words().home.hero_button}</a>
        </Empty>
      </>
    );
  }
  const all = lines.every((line) => line.selected);
  const selected = lines.filter((line) => line.selected).length;
  const select_all = (): void => {
    for (const line of lines) {
      if (line.selected === all) void client.edit({ name: 'select', variant_id: line.variant_id, selected: !all });
    }
  };
  const clear = (): void => {
    const before = lines;
    void client.edit({ name: 'clear' });
    show_toast(say.cleared, { action: { label: all_words().undo, run: () => put_back(before) } });
  };
  return (
    <>
      <PageHead title={say.title} />
      <div class="cart">
        <section aria-label={say.title}>
          <div class="cart-bar">
            <label class="check"><input type="checkbox" checked={all} onChange={select_all} />{say.select_all}</label>
            <button type="button" class="link" onClick={clear}>{say.clear}</button>
          </div>
          <ul class="lines">
            {rows.map((row) => <Line key={row.line.variant_id} row={row} />)}
          </ul>
        </section>
        <div class="cart-side">
          {priced ? (
            <>
              <FreeShipping />
              <details class="panel panel-fold" open>
                <summary><Icon name="ticket" size={20} /><span>{say.coupons}</span></summary>
                <CouponPicker quote={priced} picks={picks} onPick={(next) => client.set_picks(next)}
                  quote_of={(next) => client.quote(next)} best_of={() => client.best_quote()} />
              </details>
              <section class="panel" aria-label={say.summary}>
                <h2>{say.summary}</h2>
                <MoneyRows sums={priced} /><Benefits />
              </section>
            </>
          ) : <Skeleton kind="block" count={2} /> /* nothing that stands already moves when the prices come */}
        </div>
      </div>
      <OrderBar selected={selected} />
    </>
  );
}

/** What was removed, again: lines come back with their quantity and tick. */
function put_back(lines: CartLine[]): void {
  void client.edit({ name: 'merge', lines });
}

function Line({ row: { line, priced, own } }: { row: Row }) {
  const say = all_words().cart;
  const label = labels.value.get(line.variant_id);
  const variant = catalogue.value?.variants.find((other) => other.id === line.variant_id);
  const name = label ? text(label.name) : say.unknown_item;
  const remove = (): void => {
    void client.edit({ name: 'remove', variant_id: line.variant_id });
    show_toast(say.removed(name), { action: { label: all_words().undo, run: () => put_back([line]) } });
  };
  const set_quantity = (quantity: number): void =>
    void client.edit({ name: 'set_quantity', variant_id: line.variant_id, quantity });
  const gross = (priced?.unit_price ?? variant?.unit_price ?? 0) * line.quantity;
  const off = own.reduce((sum, discount) => sum + discount.amount, 0);
  return (
    <li class={`line ${line.selected ? '' : 'line-off'}`}>
      <label class="line-check">
        <input type="checkbox" checked={line.selected}
          onChange={() => void client.edit({ name: 'select', variant_id: line.variant_id, selected: !line.selected })} />
        <span class="visually-hidden">{say.select(name)}</span>
      </label>
      <a href={label ? `/products/${label.handle}` : '/products'} class="line-picture" tabIndex={-1} aria-hidden="true">
        <Picture image={label?.image ?? null} size={96} />
      </a>
      <div class="line-main">
        <a href={label ? `/products/${label.handle}` : '/products'} class="line-name">{name}</a>
        {label && text(label.options) && <p class="line-options">{text(label.options)}</p>}
        {priced?.problems.map((problem) => <p key={problem.code} class="line-problem">{explain().problem(problem)}</p>)}
        {own.map((discount) => (
          <p key={`${discount.source}${discount.id}`} class="line-discount">
            {discount_name(discount.source, discount.id)} <span>{say.discount(money(discount.amount))}</span>
          </p>
        ))}
        <Stepper value={line.quantity} label={all_words().product.quantity} max={variant?.max_quantity || 1_000_000} onChange={set_quantity} />
      </div>
      <div class="line-end">
        <button type="button" class="icon-button icon-button-small" aria-label={say.remove(name)} onClick={remove}>
          <Icon name="close" size={18} />
        </button>
        <p class="line-price">
          {off > 0 && <s>{money(gross)}</s>}
          <strong>{money(gross - off)}</strong>
        </p>
      </div>
    </li>
  );
}

function FreeShipping() {
  const say = all_words().cart;
  const from = catalogue.value?.shop.shipping.free_from ?? null;
  const priced = quote.value;
  if (from === null || !priced || !priced.lines.some((line) => line.counted)) return null;
  const missing = from - priced.merchandise;
  return (
    <div class={`free-shipping ${missing <= 0 ? 'free-shipping-done' : ''}`}>
      <p aria-live="polite"><Icon name="truck" size={20} />{missing > 0 ? say.free_from(money(missing)) : say.free_reached}</p>
      <progress max={from} value={Math.min(from, priced.merchandise)} aria-hidden="true" />
    </div>
  );
}

function Benefits() {
  const priced = quote.value;
  if (!priced || priced.applied.length === 0) return null;
  const say = all_words().cart;
  const saved = priced.item_discount + priced.order_discount + priced.shipping_discount;
  return (
    <div class="benefits">
      <p class="benefits-sum">{say.saved(money(saved))}</p>
      <ul>
        {priced.applied.map((applied) => (
          <li key={`${applied.source}${applied.id}`}><span>{discount_name(applied.source, applied.id)}</span><span>−{money(applied.amount)}</span></li>
        ))}
      </ul>
    </div>
  );
}

function OrderBar({ selected }: { selected: number }) {
  const say = all_words().cart;
  const [going, set_going] = useState(false);
  const priced = quote.value;
  const why = selected === 0 ? say.nothing_selected : priced && !priced.orderable ? say.fix : null;
  return (
    <div class="buy-bar buy-bar-cart">
      {why && <p class="buy-bar-why" role="status">{why}</p>}
      <button type="button" class="button button-strong button-wide" disabled={!priced?.orderable || going} onClick={() => {
        set_going(true);
        navigate(me.value ? '/checkout' : '/signin?next=/checkout');
      }}>
        {priced ? say.order(money(priced.total)) : say.pricing}
      </button>
    </div>
  );
}

// A price that follows every key and tap: the cart is React's state, the quote is computed while rendering.
import { is_error } from 'cartwright';
import { en, explain } from 'cartwright/explain';
import { useState } from 'react';
import { names, rules } from './shop.js';

export function Calculator({ shop, variants, coupons }) {
  const [cart, set_cart] = useState({ lines: [{ variant_id: 1, quantity: 2 }] });
  const edit = (mutation) => set_cart((before) => shop.apply(before, mutation));

  // The module looks for the cheapest set of the coupons by itself.
  const quote = shop.quote({ now: Date.now(), lines: cart.lines, coupons, choice: { mode: 'best' } });
  const say = explain(en, { shop: rules, coupons });
  if (is_error(quote)) return <p role="alert">{say.error(quote.error)}</p>;

  const quantity_of = (id) => cart.lines.find((line) => line.variant_id === id)?.quantity ?? 0;
  const set_quantity = (id, quantity) => {
    if (quantity < 1) edit({ name: 'remove', variant_id: id });
    else if (quantity_of(id) === 0) edit({ name: 'add', variant_id: id, quantity });
    else edit({ name: 'set_quantity', variant_id: id, quantity });
  };

  return (
    <>
      <h1>What will it cost?</h1>
      <ul className="goods">
        {variants.map(({ id, unit_price }) => (
          <li key={id}>
            <label htmlFor={`quantity-${id}`}>{names[id]}</label>
            <span>{say.money(unit_price)}</span>
            <input
              id={`quantity-${id}`}
              type="number"
              min="0"
              value={quantity_of(id)}
              onChange={(event) => set_quantity(id, Math.floor(Number(event.target.value)))}
            />
            <Problems line={quote.lines.find((line) => line.variant_id === id)} say={say} />
          </li>
        ))}
      </ul>
      <Sums quote={quote} say={say} />
      <h2>Your coupons</h2>
      <ul className="coupons">
        {coupons.map(({ id, rule }) => (
          <li key={id}>
            <strong>{rule.name}</strong> {why(quote, id, say)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Problems({ line, say }) {
  if (!line?.problems.length) return null;
  return <em role="alert">{line.problems.map(say.problem).join(' ')}</em>;
}

function why(quote, id, say) {
  const applied = quote.applied.find((one) => one.source === 'coupon' && one.id === id);
  if (applied) return `used: ${say.money(applied.amount)} off`;
  const rejection = quote.rejected.find((one) => one.id === id);
  return rejection ? say.rejection(rejection) : 'not needed: it’s cheaper without';
}

function Sums({ quote, say }) {
  const rows = [
    ['Subtotal', quote.subtotal],
    ['Discount', -(quote.item_discount + quote.order_discount)],
    ['Shipping', quote.shipping_fee - quote.shipping_discount],
    ['Tax', quote.tax],
  ];
  return (
    <dl aria-live="polite">
      {rows.map(([label, amount]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{say.money(amount)}</dd>
        </div>
      ))}
      <div className="total">
        <dt>Total</dt>
        <dd>{say.money(quote.total)}</dd>
      </div>
    </dl>
  );
}

// The job of one coupon by hand: 10 % off the order, shared out over the lines to the last unit; once with dinero.js and
// once with plain integers. Neither knows rules, stock, stacking or tax, and what they leave over in sharing out goes to
// the first lines instead of the largest remainders: totals agree, single lines may differ by a unit.

import { add, allocate, dinero, multiply, subtract, toSnapshot } from 'dinero.js';

const KRW = { code: 'KRW', base: 10, exponent: 0 };

const counted = ({ variants, lines }) => {
  const prices = new Map(variants.map(({ id, unit_price }) => [id, unit_price]));
  return lines.map(({ variant_id, quantity }) => ({ unit_price: prices.get(variant_id), quantity }));
};

/** Both give {total, nets}. */
export function dinero_for(request) {
  const lines = counted(request);
  return () => {
    const grosses = lines.map(({ unit_price, quantity }) => multiply(dinero({ amount: unit_price, currency: KRW }), quantity));
    const subtotal = grosses.reduce(add);
    const [discount] = allocate(subtotal, [10, 90]);
    const shares = allocate(discount, grosses.map((gross) => toSnapshot(gross).amount));
    const nets = grosses.map((gross, i) => subtract(gross, shares[i]));
    return { total: toSnapshot(nets.reduce(add)).amount, nets: nets.map((net) => toSnapshot(net).amount) };
  };
}

export function integers_for(request) {
  const lines = counted(request);
  return () => {
    const grosses = lines.map(({ unit_price, quantity }) => unit_price * quantity);
    const subtotal = grosses.reduce((sum, gross) => sum + gross, 0);
    const discount = Math.floor(subtotal / 10);
    const shares = grosses.map((gross) => Math.floor((discount * gross) / subtotal));
    let left = discount - shares.reduce((sum, share) => sum + share, 0);
    for (let i = 0; left > 0; i += 1, left -= 1) shares[i] += 1;
    const nets = grosses.map((gross, i) => gross - shares[i]);
    return { total: nets.reduce((sum, net) => sum + net, 0), nets };
  };
}

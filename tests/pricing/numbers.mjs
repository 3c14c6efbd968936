// Exact integers: PRICING.md "Numbers". Everything is a BigInt.

import { MAX_AMOUNT } from './read_request.mjs';

export class AmountOverflow extends Error {}

export const sum = (values) => values.reduce((total, value) => total + value, 0n);
export const min = (a, b) => (a < b ? a : b);
export const max = (a, b) => (a > b ? a : b);
export const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
export const floor_to = (x, step) => x - (x % step);
export const round_half_up = (numerator, denominator) => (2n * numerator + denominator) / (2n * denominator);
export const cap = (discount, limit) => (limit === null ? discount : min(discount, limit));

export function allocate(total, weights) {
  const whole = sum(weights);
  if (whole === 0n) return weights.map(() => 0n);
  const shares = weights.map((weight) => (total * weight) / whole);
  const left = Number(total - sum(shares));
  const by_remainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % whole }))
    .sort((a, b) => compare(b.remainder, a.remainder) || a.index - b.index);
  for (const { index } of by_remainder.slice(0, left)) shares[index] += 1n;
  return shares;
}

export function check_range(value) {
  if (value > MAX_AMOUNT || value < -MAX_AMOUNT) throw new AmountOverflow();
  return value;
}

// Amounts of money in form fields.

import { decimal } from 'cartwright/explain';
import { exponent } from '../state/shop';

/** What shoppers type, as minor units; null when it is no amount. */
export function parse_amount(typed: string): number | null {
  const digits = exponent.value;
  const clean = typed.replace(/[\s,원₩$]/g, '');
  const match = /^(\d{1,13})(?:\.(\d+))?$/.exec(clean);
  if (!match || (match[2] ?? '').length > digits) return null;
  const amount = Number(match[1] + (match[2] ?? '').padEnd(digits, '0'));
  return Number.isSafeInteger(amount) ? amount : null;
}

/** The inverse, for a form field. */
export function amount_text(amount: number): string {
  return decimal(amount, exponent.value);
}

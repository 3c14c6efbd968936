// Money, times and rules in words, in the chosen language, the shop's currency and the shop's time zone.

import { money as price } from 'cartwright/explain';
import { currency, time_zone } from '../state/shop';
import { language, words } from './index';
import type { Rule } from '../api_types';

const locale = (): string => (language() === 'ko' ? 'ko-KR' : 'en');

/** Formatters are slow to make: kept by what they were made of. */
const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function number_format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${locale()}${JSON.stringify(options)}`;
  if (!kept.has(key)) kept.set(key, new Intl.NumberFormat(locale(), options));
  return kept.get(key) as Intl.NumberFormat;
}
function date_format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const all = { ...options, timeZone: time_zone.value };
  const key = `d${locale()}${JSON.stringify(all)}`;
  if (!kept.has(key)) kept.set(key, new Intl.DateTimeFormat(locale(), all));
  return kept.get(key) as Intl.DateTimeFormat;
}

/** Minor units as a price. */
export const money = (amount: number): string => price(amount, currency.value, locale());

export const number = (value: number): string => number_format({}).format(value);
export const percent = (basis_points: number): string =>
  number_format({ style: 'percent', maximumFractionDigits: 2 }).format(basis_points / 10000);
export const date = (ms: number): string => date_format({ dateStyle: 'medium' }).format(ms);
export const moment = (ms: number): string =>
  date_format({ month: 'short', day: 'numeric', weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(ms);
export const short_time = (ms: number): string =>
  date_format({ month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(ms);
export const date_time = (ms: number): string => date_format({ dateStyle: 'medium', timeStyle: 'short' }).format(ms);

/** What a rule gives: "10% 할인". */
export function rule_benefit(rule: Rule): string {
  const say = words().rule;
  switch (rule.type) {
    case 'free':
      return say.free_shipping;
    case 'buy_x_get_y':
      return rule.basis_points === 10000
        ? say.buy_get(rule.buy, rule.get)
        : say.buy_get_percent(rule.buy, rule.get, percent(rule.basis_points));
    case 'tiers':
      return say.tiers;
    case 'fixed':
    case 'percent': {
      if (rule.type === 'fixed' && rule.target === 'item') return say.per_unit(money(rule.amount));
      const what = rule.type === 'percent' ? say.percent_off(percent(rule.basis_points)) : say.amount_off(money(rule.amount));
      return rule.target === 'shipping' ? say.shipping_off(what) : what;
    }
  }
}

/** Under which conditions: "30,000원 이상 구매 시 · 최대 5,000원". */
export function rule_conditions(rule: Rule): string[] {
  const say = words().rule;
  const parts: string[] = [];
  for (const tier of rule.tiers) {
    const what = tier.basis_points > 0 ? say.percent_off(percent(tier.basis_points)) : say.amount_off(money(tier.amount));
    parts.push(say.tier(money(tier.from), what));
  }
  if (rule.min_amount > 0) parts.push(say.min_amount(money(rule.min_amount)));
  if (rule.min_quantity > 0) parts.push(say.min_quantity(rule.min_quantity));
  if (rule.max_discount !== null) parts.push(say.up_to(money(rule.max_discount)));
  if (rule.target === 'line') parts.push(say.one_line);
  const { product_ids, category_ids, variant_ids } = rule.include;
  if (product_ids.length + category_ids.length + variant_ids.length > 0) parts.push(say.some_items);
  if (rule.first_order_only) parts.push(say.first_order);
  if (rule.exclusive) parts.push(say.exclusive);
  return parts;
}

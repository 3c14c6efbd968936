// Rules read out in English.

import type { Target } from '../../api_types';
import type { ReadingWords } from './rule_reading';

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
const coupon_of: Record<Target, string> = { item: 'product', line: 'single-product', order: 'order',
  shipping: 'shipping' };

export const reading_en: ReadingWords = {
  benefit: {
    fixed: {
      item: (off) => `Takes ${off} off every unit of the products it covers.`,
      line: (off) => `Takes ${off} off one line of the cart.`,
      order: (off) => `Takes ${off} off the sum of the products it covers.`,
      shipping: (off) => `Takes ${off} off the shipping fee, and never more than the fee.`,
    },
    percent: {
      item: (off) => `Takes ${off} off every product it covers.`,
      line: (off) => `Takes ${off} off one line of the cart.`,
      order: (off) => `Takes ${off} off the sum of the products it covers.`,
      shipping: (off) => `Takes ${off} off the shipping fee.`,
    },
    free: () => 'Shipping is free.',
    buy_x_get_y: ({ buy, get, percent }) =>
      `Of every ${buy + get} units it covers, ${get} ${get === 1 ? 'is' : 'are'} ${percent ? `${percent} off`
        : 'free'} (buy ${buy}, get ${get}). `
      + `Units are grouped from the dearest down, and the cheapest ${get === 1 ? 'one' : get} of each group ${get === 1
        ? 'is' : 'are'} discounted.`,
    tiers: (steps) => `The more the cart holds, the more it takes off: ${steps.join('; ')}.`,
  },
  tier: (from, off) => `${off} off from ${from}`,
  which_line: {
    coupon: 'The shopper chooses the product; without a choice it goes where it takes off most.',
    promotion: 'It goes by itself to the product where it takes off most.',
  },
  conditions: {
    max_discount: (amount) => `It takes off ${amount} at most, all in all.`,
    max_groups: (groups) => `It applies to ${count(groups, 'group')} per order at most.`,
    include: (names) => `Covers: ${names}.`,
    exclude: (names) => `Leaves out: ${names}.`,
    everything: 'It covers all products.',
    min_amount: (amount) => `The products it covers must come to ${amount} or more before any discount.`,
    min_quantity: (units) => `The cart must hold ${count(units, 'unit')} or more of what it covers.`,
    period: (from, to) => {
      if (from && to) return `It applies from ${from} until ${to}.`;
      return from ? `It applies from ${from} on.` : `It applies until ${to}.`;
    },
    always: 'It has no start and no end.',
    first_order_only: 'It is for the first order of shoppers who have not paid for one yet.',
    stack_group: (target, group) => (group
      ? `Of the ${coupon_of[target]} coupons in group “${group}” only one can be used at a time.`
      : `It can’t be used with another ${coupon_of[target]} coupon that has no group either.`),
    exclusive: 'It can’t be used with any other coupon.',
    priority: (priority) =>
      `Among the discounts of its level it is worked out with priority ${priority}, lower numbers first.`,
  },
  names: {
    product: (name) => `“${name}”`,
    category: (name) => `category “${name}”`,
    variant: (name) => `variant “${name}”`,
    more: (more) => `${more} more`,
  },
  valid_days: (days) => (days === null ? 'Once taken it has no time limit of its own.'
    : `It can be used for ${count(days, 'day')} after it was taken.`),
};

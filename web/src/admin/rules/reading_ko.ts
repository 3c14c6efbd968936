// Rules read out in Korean. Names are quoted and amounts followed by a noun, so that no particle depends on them.

import type { Target } from '../../api_types';
import type { ReadingWords } from './rule_reading';

const coupon_of: Record<Target, string> = { item: '상품', line: '한 상품', order: '주문', shipping: '배송비' };

export const reading_ko: ReadingWords = {
  benefit: {
    fixed: {
      item: (off) => `대상 상품을 한 개에 ${off}씩 할인해요.`,
      line: (off) => `장바구니의 상품 한 줄에서 ${off}만큼 할인해요.`,
      order: (off) => `대상 상품의 합계에서 ${off}만큼 할인해요.`,
      shipping: (off) => `배송비를 ${off} 할인해요. 배송비보다 많이 할인하지는 않아요.`,
    },
    percent: {
      item: (off) => `대상 상품을 모두 ${off} 할인해요.`,
      line: (off) => `장바구니의 상품 한 줄을 ${off} 할인해요.`,
      order: (off) => `대상 상품의 합계를 ${off} 할인해요.`,
      shipping: (off) => `배송비를 ${off} 할인해요.`,
    },
    free: () => '배송비를 받지 않아요.',
    buy_x_get_y: ({ buy, get, percent }) => `대상 상품 ${buy + get}개마다 ${get}개를 ${percent ? `${percent} 할인해요` : '무료로 드려요'}`
      + `(${buy}+${get}). 비싼 것부터 ${buy + get}개씩 묶고, 묶음마다 가장 싼 ${get}개에 적용해요.`,
    tiers: (steps) => `대상 상품의 합계에 따라 할인이 달라져요. ${steps.join(', ')}.`,
  },
  tier: (from, off) => `${from}부터 ${off}`,
  which_line: {
    coupon: '어느 상품에 쓸지는 고객이 고르고, 고르지 않으면 가장 많이 할인되는 상품에 써요.',
    promotion: '가장 많이 할인되는 상품에 저절로 적용돼요.',
  },
  conditions: {
    max_discount: (amount) => `할인은 모두 합해 ${amount}까지예요.`,
    max_groups: (groups) => `한 주문에서 ${groups}묶음까지 적용돼요.`,
    include: (names) => `대상: ${names}.`,
    exclude: (names) => `제외: ${names}.`,
    everything: '모든 상품이 대상이에요.',
    min_amount: (amount) => `대상 상품을 할인 전 금액으로 ${amount} 이상 담아야 해요.`,
    min_quantity: (units) => `대상 상품을 ${units}개 이상 담아야 해요.`,
    period: (from, to) => {
      if (from && to) return `${from}부터 ${to} 전까지 적용돼요.`;
      return from ? `${from}부터 적용돼요.` : `${to} 전까지 적용돼요.`;
    },
    always: '적용 기간에 제한이 없어요.',
    first_order_only: '결제한 주문이 없는 고객의 첫 주문에만 적용돼요.',
    stack_group: (target, group) => (group
      ? `‘${group}’ 묶음의 ${coupon_of[target]} 쿠폰은 한 번에 한 장만 쓸 수 있어요.`
      : `묶음 이름이 없는 다른 ${coupon_of[target]} 쿠폰과는 함께 쓸 수 없어요.`),
    exclusive: '다른 쿠폰과는 함께 쓸 수 없어요.',
    priority: (priority) => `같은 단계의 할인 가운데 우선순위 ${priority}번으로 계산해요(작은 수가 먼저).`,
  },
  names: {
    product: (name) => `‘${name}’`,
    category: (name) => `카테고리 ‘${name}’`,
    variant: (name) => `옵션 ‘${name}’`,
    more: (count) => `그 밖에 ${count}가지`,
  },
  valid_days: (days) => (days === null ? '받은 뒤 사용 기한이 따로 없어요.' : `받은 때부터 ${days}일 동안 쓸 수 있어요.`),
};

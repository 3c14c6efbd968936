// What the page of the shop's settings says.

import type { ShopPolicies, TaxMode } from '../../api_types';
import { in_both } from '../words';

const modes_ko: Record<TaxMode, string> = { inclusive: '가격에 포함', exclusive: '가격에 더함' };
const modes_en: Record<TaxMode, string> = { inclusive: 'Included in prices', exclusive: 'Added to prices' };
const policies_ko: Record<keyof ShopPolicies, string> = { terms: '이용약관', privacy: '개인정보 처리방침', returns: '교환·환불',
  shipping: '배송 안내' };
const policies_en: Record<keyof ShopPolicies, string> = { terms: 'Terms', privacy: 'Privacy', returns: 'Returns',
  shipping: 'Shipping' };

export const say_settings = in_both(
  {
    title: '쇼핑몰 설정', shop: '쇼핑몰', name: '이름', currency: '통화', currency_hint: 'KRW, USD처럼 세 글자예요.',
      currency_fixed: '가격이 들어 있는 것이 있어 바꿀 수 없어요.',
    time_zone: '시간대', time_zone_hint: 'Asia/Seoul처럼 써 주세요. 하루와 영수증이 이 시각을 따라요.', multiple: '할인 금액의 단위',
      multiple_hint: '10이면 할인 금액을 십 단위로 내려요. 가장 작은 돈 단위로 적어요.',
    shipping: '배송비', fee: '배송비', free_from: '무료 배송 기준', free_from_hint: '비워 두면 무료 배송이 없어요.',
      shipping_class: '배송비의 세금 종류',
    tax: '세금', mode: '세금 표시', modes: modes_ko, rate_class: (n: number) => `${n}번 종류`,
      rate: (n: number) => `${n}번 세율 (%)`, add_rate: '세율 추가', remove_rate: (n: number) => `${n}번 세율 삭제`,
      no_rates: '세율이 없어요. 세금을 계산하지 않아요.',
    policies: '정책', policies_hint: '쓴 그대로 고객에게 보여요.', policy: policies_ko,
      prices_change: '배송비, 세금, 할인 단위를 바꾸면 모든 장바구니의 금액이 바로 바뀌어요.',
  },
  {
    title: 'Settings', shop: 'Shop', name: 'Name', currency: 'Currency',
      currency_hint: 'Three letters, like KRW or USD.',
      currency_fixed: 'Something has a price in it already, so it stays.',
    time_zone: 'Time zone', time_zone_hint: 'Like Asia/Seoul. Days and receipts follow it.',
      multiple: 'Discounts are multiples of',
      multiple_hint: 'In the smallest unit of money: 10 rounds discounts down to tens.',
    shipping: 'Shipping', fee: 'Shipping fee', free_from: 'Free from', free_from_hint: 'Empty: never free.',
      shipping_class: 'Tax class of the fee',
    tax: 'Tax', mode: 'Prices', modes: modes_en, rate_class: (n) => `Class ${n}`, rate: (n) => `Rate ${n} (%)`,
      add_rate: 'Add a rate', remove_rate: (n) => `Remove rate ${n}`, no_rates: 'No rates: no tax is worked out.',
    policies: 'Policies', policies_hint: 'Shown to shoppers as they are.', policy: policies_en,
      prices_change: 'A change of shipping, tax or rounding changes the sums of all carts at once.',
  },
);

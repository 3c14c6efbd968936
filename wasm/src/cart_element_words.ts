// What <cartwright-cart> says beside the sentences of explain.ts. A language without a sentence doesn't compile.
import { en, ko } from "./explain.js";
import type { Sentences } from "./explain.js";

export interface CartWords {
  sentences: Sentences;
  title: string;
  units(count: number): string;
  empty: string;
  loading: string;
  /** The catalogue was never here, so nothing can be added yet. */
  unreachable: string;
  offline: string;
  /** Nothing outlives the page: storage is full or denied. */
  not_kept: string;
  /** The server computes by other rules than this page's module. */
  outdated: string;
  one_less(name: string): string;
  one_more(name: string): string;
  quantity(name: string): string;
  remove: string;
  remove_line(name: string): string;
  removed(name: string): string;
  added(name: string): string;
  undo: string;
  coupons: string;
  /** The button that finds the cheapest set. */
  best: string;
  best_saved(amount: string): string;
  best_already: string;
  would_save(amount: string): string;
  used_instead(name: string, of: string): string;
  subtotal: string;
  discount: string;
  shipping: string;
  free: string;
  tax: string;
  included_tax: string;
  total: string;
  checkout: string;
  /** A line that isn't in the catalogue any more. */
  unknown_product: string;
}

const korean: CartWords = {
  sentences: ko,
  title: "장바구니",
  units: (count) => `${count}개`,
  empty: "장바구니가 비어 있어요.",
  loading: "불러오고 있어요…",
  unreachable: "지금은 상점에 연결할 수 없어요. 잠시 후 다시 시도해 주세요.",
  offline: "오프라인이에요. 가격은 이 기기에서 계산했어요.",
  not_kept: "저장 공간을 쓸 수 없어서, 이 페이지를 닫으면 장바구니가 사라져요.",
  outdated: "상점이 바뀌었어요. 페이지를 새로고침해 주세요.",
  one_less: (name) => `${name} 하나 빼기`,
  one_more: (name) => `${name} 하나 더하기`,
  quantity: (name) => `${name} 수량`,
  remove: "삭제",
  remove_line: (name) => `${name} 삭제`,
  removed: (name) => `${name} 삭제됨`,
  added: (name) => `${name} 담았어요`,
  undo: "되돌리기",
  coupons: "쿠폰",
  best: "최대 할인 적용",
  best_saved: (amount) => `${amount} 더 할인받았어요`,
  best_already: "이미 최대 할인이에요",
  would_save: (amount) => `${amount} 할인받을 수 있어요`,
  used_instead: (name, of) => `‘${of}’ 쿠폰 대신 ‘${name}’ 쿠폰을 적용했어요`,
  subtotal: "상품 금액",
  discount: "할인",
  shipping: "배송비",
  free: "무료",
  tax: "세금",
  included_tax: "포함된 세금",
  total: "결제 예정 금액",
  checkout: "주문하기",
  unknown_product: "판매하지 않는 상품",
};

const english: CartWords = {
  sentences: en,
  title: "Cart",
  units: (count) => (count === 1 ? "1 item" : `${count} items`),
  empty: "Your cart is empty.",
  loading: "Loading…",
  unreachable: "The shop can’t be reached right now. Please try again in a moment.",
  offline: "You are offline. Prices were computed on this device.",
  not_kept: "Storage is full or denied: this cart is gone when the page is closed.",
  outdated: "The shop has changed. Please reload the page.",
  one_less: (name) => `One less: ${name}`,
  one_more: (name) => `One more: ${name}`,
  quantity: (name) => `Quantity: ${name}`,
  remove: "Remove",
  remove_line: (name) => `Remove ${name}`,
  removed: (name) => `${name} removed`,
  added: (name) => `${name} added`,
  undo: "Undo",
  coupons: "Coupons",
  best: "Apply the best coupons",
  best_saved: (amount) => `${amount} more off`,
  best_already: "That is the best already",
  would_save: (amount) => `Would take ${amount} off`,
  used_instead: (name, of) => `“${name}” is used instead of “${of}”`,
  subtotal: "Subtotal",
  discount: "Discount",
  shipping: "Shipping",
  free: "Free",
  tax: "Tax",
  included_tax: "Tax included",
  total: "Total",
  checkout: "Check out",
  unknown_product: "No longer sold",
};

export type CartLanguage = "ko" | "en";

export const words: Record<CartLanguage, CartWords> = { ko: korean, en: english };

/** Of a `lang` attribute or a browser's language: Korean, or else English. */
export function language_of(tag: string): CartLanguage {
  return /^ko\b/i.test(tag) ? "ko" : "en";
}

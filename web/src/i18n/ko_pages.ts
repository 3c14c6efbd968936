// What the other pages say in Korean, with the package's sentences for codes. English (en_pages.ts) must have the same.

import { explain, ko, type Explain, type Subject } from 'cartwright/explain';
import type { BalanceEntry, CouponStatus, OrderStatus } from '../api_types';
import { ko_account } from './ko_account';

type Sentences<Code extends string> = Record<Code, string>;

const order_status: Sentences<OrderStatus> = {
  PENDING: '결제 대기', PAID: '결제 완료', SHIPPING: '배송 중', DELIVERED: '배송 완료', CANCELLED: '취소됨',
};
const coupon_status: Sentences<CouponStatus> = { AVAILABLE: '사용 가능', USED: '사용 완료', EXPIRED: '기간 만료' };
const balance_entry: Sentences<BalanceEntry> = { CHARGE: '충전', USE: '결제', REFUND: '환불', REVERSAL: '충전 취소' };

export const ko_pages = {
  explain: (subject: Subject): Explain => explain(ko, subject),
  order_status, coupon_status, balance_entry,
  ...ko_account,
  undo: '되돌리기',
  cart: {
    title: '장바구니', empty: '장바구니가 비어 있어요', empty_hint: '마음에 드는 상품을 담아 보세요.', select_all: '전체 선택',
    select: (name: string) => `${name} 선택`, remove: (name: string) => `${name} 빼기`, clear: '전체 비우기', removed: (name: string) => `‘${name}’ 상품을 뺐어요`,
    cleared: '장바구니를 비웠어요', subtotal: '상품 금액', item_discount: '상품 할인', order_discount: '주문 할인', shipping: '배송비',
    shipping_discount: '배송비 할인', free: '무료', total: '결제 예정 금액', tax_included: (tax: string) => `부가세 ${tax} 포함`, tax: '세금',
    free_from: (amount: string) => `${amount} 더 담으면 무료배송`, free_reached: '무료배송이에요', order: (total: string) => `${total} 주문하기`,
    fix: '주문할 수 없는 상품이 있어요', coupons: '쿠폰',
    sign_in_for_coupons: '로그인하면 쿠폰을 쓸 수 있어요', no_coupons: '가진 쿠폰이 없어요', get_coupons: '선착순 쿠폰 보러 가기',
    best: '최대 할인 적용', best_saved: (amount: string) => `${amount} 더 할인받았어요`, best_already: '이미 최대 할인이에요',
    applied: (amount: string) => `${amount} 할인 적용`, would_save: (amount: string) => `${amount} 할인`, replaced: (name: string) => `‘${name}’ 쿠폰 대신 적용했어요`,
    unavailable: '지금은 쓸 수 없는 쿠폰', summary: '결제 금액', nothing_selected: '주문할 상품을 선택해 주세요',
    pricing: '금액을 계산하고 있어요', discount: (amount: string) => `${amount} 할인`,
    saved: (amount: string) => `총 ${amount} 할인받았어요`, unknown_item: '알 수 없는 상품',
  },
  account: {
    sign_in_title: '다시 만나 반가워요', register_title: '처음 오셨군요, 반가워요', email: '이메일', password: '비밀번호', name: '이름', sign_in: '로그인', register: '가입하기',
    no_account: '아직 회원이 아니신가요?', have_account: '이미 회원이신가요?', password_hint: '8자 이상으로 만들어 주세요.', cart_kept: '담아 둔 장바구니는 로그인해도 그대로 있어요.',
    welcome: (name: string) => `${name}님, 반가워요!`,
    need_sign_in: '로그인이 필요한 페이지예요', merged: '담아 둔 상품을 내 장바구니에 합쳤어요', working: '확인하는 중…',
  },
  balance: {
    title: '잔액', current: '쓸 수 있는 잔액', charge: '충전하기', amount: '충전할 금액', charging: '충전하는 중…', charged: (amount: string) => `${amount} 충전했어요`,
    waiting: '입금이 확인되면 충전돼요.', history: '이용 내역', empty: '아직 이용 내역이 없어요', limit: (amount: string) => `한 번에 ${amount}까지 충전할 수 있어요.`,
    after: (amount: string) => `잔액 ${amount}`, unanswered: (amount: string) => `${amount} 충전의 답을 아직 받지 못했어요.`, check: '확인하기', too_small: '1 이상의 금액을 입력해 주세요.',
    waiting_title: '입금을 기다리는 충전', transfer_to: (account: string) => `${account} 계좌로 입금해 주세요. 입금자명에 충전 번호를 적어 주시면 빨라요.`, pay_there: '결제하기',
    being_checked: '결제를 확인하는 중이에요.', owed: (amount: string) => `취소된 충전 ${amount}이 아직 남아 있어요. 다음 충전에서 먼저 채워지고, 그때까지는 결제할 수 없어요.`,
    none: '지금은 충전을 받지 않아요.', order: (number: string) => `주문 ${number}`, plus: (amount: string) => `+${amount}`,
  },
  checkout: {
    title: '주문하기', address: '배송지', recipient: '받는 분', phone: '연락처', postcode: '우편번호', line1: '주소', line2: '상세 주소', note: '배송 메모',
    note_hint: '문 앞에 놓아 주세요', items: '주문 상품', pay: (total: string) => `${total} 결제하기`, paying: '결제하는 중…', ordering: '주문을 만드는 중…',
    changed_title: '그사이 금액이 바뀌었어요', changed_hint: '바뀐 내용을 확인하고 다시 결제해 주세요.',
    price: (name: string) => `${name} 가격`, line_discount: (name: string) => `${name} 할인`, line_gone: (name: string) => `${name}: 지금은 살 수 없어요`, order_discount: '주문 할인', shipping: '배송비', tax: '세금', total: '합계',
    missing: (amount: string) => `잔액이 ${amount} 부족해요`, missing_hint: '부족한 만큼 충전하면 바로 결제할 수 있어요.', charge_and_pay: (amount: string) => `${amount} 충전하고 결제하기`,
    balance_after: '결제 후 잔액', fill_in: '꼭 필요한 항목이에요', empty: '주문할 상품이 없어요', to_cart: '장바구니로', by_balance: '잔액 결제',
    lost: '답을 받지 못했어요. 다시 눌러도 두 번 결제되지 않아요.', coupons: '쿠폰',
  },
  orders: {
    title: '주문 내역', and_more: (name: string, n: number) => `${name} 외 ${n}건`, empty: '아직 주문이 없어요', empty_hint: '첫 주문을 기다리고 있을게요.', number: '주문 번호', ordered_at: '주문일',
    thanks: '주문이 완료되었어요', thanks_hint: '정성껏 준비해 보내 드릴게요.', pay_within: '결제까지 남은 시간', pay: (total: string) => `${total} 결제하기`, cancel: '주문 취소',
    cancel_ask: '이 주문을 취소할까요?', cancel_hint: '쓴 쿠폰은 쿠폰함으로 돌아와요.', cancelled: '주문을 취소했어요', keep: '그대로 두기', expired: '결제 시간이 지났어요', detail: '주문 상세', items: '주문 상품',
    address: '배송지', coupons: '사용한 쿠폰', progress: '주문 진행 상태', paid_at: '결제일', refunded: (n: number) => `${n}개 환불됨`,
  },
  coupons: {
    title: '쿠폰함', available: '사용 가능', past: '지난 쿠폰', empty: '쓸 수 있는 쿠폰이 없어요', empty_hint: '선착순 쿠폰을 받아 보세요.', until: (time: string) => `${time}까지`, used_at: (time: string) => `${time} 사용`,
  },
  missing: { title: '없는 페이지예요', hint: '주소가 바뀌었거나 사라진 페이지예요.', home: '홈으로' },
};
export type PageWords = typeof ko_pages;

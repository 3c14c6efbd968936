// What the audit says. An entity or a deed without a word of its own is told by the server's.

import { in_both } from './words';

type Named = Record<string, string>;

export const say_log = in_both(
  {
    title: '변경 기록', hint: '관리자가 바꾼 모든 것이 남아요. 지우거나 고칠 수 없어요.', none: '기록이 아직 없어요', when: '언제', who: '누가', what: '무엇을',
      changes: '바뀐 값',
    entity: '무엇을', all: '전체', no_changes: '바뀐 값이 없어요', empty: '빈 값', fields: (n: number) => `${n}개 항목`,
      all_fields: '나머지 보기',
    entities: {
      coupon: '쿠폰', promotion: '프로모션', campaign: '선착순', product: '상품', variant: '옵션', category: '카테고리', order: '주문',
        webhook: '웹훅',
      shop: '쇼핑몰 설정', image: '사진', user: '계정', charge: '충전', import: '가져오기',
    } as Named,
    verbs: {
      create: '만듦', change: '바꿈', archive: '보관', restore: '다시 사용', end: '끝냄', code: '코드 바꿈', grant: '직접 지급',
        remove: '삭제', replay: '다시 보냄',
      ship: '배송 시작', deliver: '배송 완료', refund: '환불', stock: '재고 조정', add: '추가', reset_link: '비밀번호 링크', confirm: '확인',
        refuse: '거절', reverse: '되돌림',
    } as Named,
  },
  {
    title: 'Audit log', hint: 'All that admins have changed. It can’t be edited or removed.',
      none: 'Nothing logged yet', when: 'When', who: 'Who', what: 'What', changes: 'Changes',
    entity: 'Of', all: 'Everything', no_changes: 'Nothing differs', empty: 'empty',
      fields: (n) => `${n} ${n === 1 ? 'field' : 'fields'}`, all_fields: 'Show the rest',
    entities: {
      coupon: 'Coupon', promotion: 'Promotion', campaign: 'Coupon drop', product: 'Product', variant: 'Variant',
        category: 'Category', order: 'Order', webhook: 'Webhook',
      shop: 'Settings', image: 'Picture', user: 'Account', charge: 'Charge', import: 'Import',
    },
    verbs: {
      create: 'made', change: 'changed', archive: 'archived', restore: 'brought back', end: 'ended',
        code: 'code changed', grant: 'given', remove: 'removed', replay: 'replayed',
      ship: 'shipped', deliver: 'delivered', refund: 'refunded', stock: 'stock moved', add: 'added',
        reset_link: 'password link', confirm: 'confirmed', refuse: 'refused', reverse: 'reversed',
    },
  },
);

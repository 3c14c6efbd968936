// What the coupon and promotion editor says.

import type { RuleType, Target } from '../../api_types';
import { in_both } from '../words';
import type { RuleForm } from './rule_form';

type Labels = Record<Exclude<keyof RuleForm, 'include' | 'exclude' | 'tiers' | 'name' | 'description'>, string>;

interface RuleWords {
  coupons: string;
  promotions: string;
  new_coupon: string;
  new_promotion: string;
  coupons_hint: string;
  promotions_hint: string;
  active: string;
  archived: string;
  no_coupons: string;
  no_promotions: string;
  column_name: string;
  column_benefit: string;
  column_uptake: string;
  column_period: string;
  column_state: string;
  uptake_coupon: (issued: number, used: number) => string;
  uptake_promotion: (used: number) => string;
  taken_off: (amount: string) => string;
  always: string;
  archive: string;
  archive_coupon_title: string;
  archive_promotion_title: string;
  archive_coupon_hint: string;
  archive_promotion_hint: string;
  restore: string;
  archived_now: string;
  restored_now: string;
  group_name: string;
  name: string;
  description: string;
  name_hint: string;
  group_benefit: string;
  group_scope: string;
  group_conditions: string;
  group_coupon: string;
  group_order: string;
  label: Labels;
  hint: Partial<Labels>;
  fault: string;
  fault_place: (label: string) => string;
  types: Record<RuleType, string>;
  targets: Record<Target, string>;
  tier_from: (n: number) => string;
  tier_value: (n: number) => string;
  tier_unit: (n: number) => string;
  tier_add: string;
  tier_remove: (n: number) => string;
  unit_percent: string;
  unit_amount: string;
  include: string;
  include_hint: string;
  exclude: string;
  exclude_hint: string;
  choose: string;
  chosen_none: string;
  chosen_everything: string;
  remove_chosen: (name: string) => string;
  picker_categories: string;
  picker_products: string;
  picker_variants: (product: string) => string;
  picker_search: string;
  picker_nothing: string;
  picker_done: string;
  reading: string;
  reading_waits: string;
  preview: string;
  preview_hint: string;
  preview_at: (when: string) => string;
  preview_others: string;
  preview_empty: string;
  preview_off: (amount: string) => string;
  preview_nothing: string;
  preview_without: string;
  preview_lines: string;
  add_line: string;
  add_line_choose: string;
  remove_line: (name: string) => string;
  quantity_of: (name: string) => string;
  reset_sample: string;
  code: string;
  code_hint: string;
  code_none: string;
  code_word: string;
  code_total: string;
  code_total_hint: string;
  code_issued: (issued: number, total: number | null) => string;
  code_save: string;
  code_change: string;
  code_remove: string;
  code_remove_hint: string;
  grants: string;
  grants_hint: string;
  grant_emails: string;
  grant_emails_hint: string;
  grant_note: string;
  grant_send: string;
  granted: (count: number) => string;
  grant_bad: (email: string) => string;
  campaigns: string;
  campaign_new: string;
  campaign_hint: string;
  figures: string;
  issued: string;
  used: string;
  discount: string;
  saved_before_more: string;
}

export const say_rules = in_both<RuleWords>(
  {
    coupons: '쿠폰', promotions: '프로모션', new_coupon: '새 쿠폰', new_promotion: '새 프로모션',
    coupons_hint: '고객이 받아서 쓰는 할인이에요. 선착순, 코드, 직접 지급으로 나눠 줘요.',
    promotions_hint: '쿠폰 없이 모든 장바구니에 저절로 적용되는 할인이에요.',
    active: '사용 중', archived: '보관함', no_coupons: '쿠폰이 아직 없어요', no_promotions: '프로모션이 아직 없어요',
    column_name: '이름', column_benefit: '혜택', column_uptake: '실적', column_period: '적용 기간', column_state: '상태',
    uptake_coupon: (issued, used) => `발급 ${issued} · 사용 ${used}`, uptake_promotion: (used) => `적용 ${used}건`,
    taken_off: (amount) => `${amount} 할인`, always: '기간 제한 없음',
    archive: '보관하기', archive_coupon_title: '쿠폰을 보관할까요?', archive_promotion_title: '프로모션을 보관할까요?',
    archive_coupon_hint: '더 이상 발급되지 않아요. 이미 받은 쿠폰은 계속 쓸 수 있어요.',
    archive_promotion_hint: '바로 할인이 멈춰요. 나중에 다시 켤 수 있어요.', restore: '다시 사용하기',
    archived_now: '보관했어요', restored_now: '다시 사용해요',
    group_name: '이름과 설명', name: '이름', description: '설명', name_hint: '한쪽만 쓰면 다른 언어에서도 그 이름이 보여요.',
    group_benefit: '혜택', group_scope: '대상 상품', group_conditions: '조건', group_coupon: '함께 쓰기와 사용 기한',
      group_order: '계산 순서',
    label: {
      target: '어디에서 할인하나요', type: '어떻게 할인하나요', amount: '할인 금액', basis_points: '할인율 (%)', max_discount: '최대 할인 금액',
      buy: '사는 수량', get: '할인받는 수량', max_groups: '최대 묶음 수', min_amount: '최소 구매 금액', min_quantity: '최소 구매 수량',
      starts_at: '시작', ends_at: '끝', first_order_only: '첫 주문에만', stack_group: '묶음 이름', exclusive: '다른 쿠폰과 함께 쓸 수 없음',
      priority: '우선순위', valid_days: '받은 뒤 사용 기한 (일)',
    },
    hint: {
      basis_points: '0~100, 소수점 둘째 자리까지', max_discount: '비워 두면 제한이 없어요.', max_groups: '비워 두면 제한이 없어요.',
      min_amount: '대상 상품의 할인 전 금액으로 따져요.', starts_at: '쇼핑몰이 있는 곳의 시각이에요.', ends_at: '이 시각부터는 쓸 수 없어요.',
      stack_group: '같은 이름의 쿠폰은 한 번에 한 장만 쓸 수 있어요.', priority: '작은 수가 먼저 계산돼요. 비워 두면 0이에요.',
      valid_days: '비워 두면 기한이 없어요.',
    },
    fault: '쓸 수 없는 값이에요. 다시 확인해 주세요.', fault_place: (label) => `‘${label}’ 칸을 다시 확인해 주세요.`,
    types: { percent: '비율 할인 (%)', fixed: '금액 할인', free: '무료 배송', buy_x_get_y: 'N+M (사면 더 드림)', tiers: '금액별 단계 할인' },
    targets: { order: '주문 합계', item: '대상 상품마다', line: '상품 한 줄', shipping: '배송비' },
    tier_from: (n) => `${n}단계: 이 금액부터`, tier_value: (n) => `${n}단계: 할인`, tier_unit: (n) => `${n}단계: 단위`,
      tier_add: '단계 추가',
    tier_remove: (n) => `${n}단계 삭제`, unit_percent: '%', unit_amount: '금액',
    include: '대상', include_hint: '비워 두면 모든 상품이 대상이에요.', exclude: '제외', exclude_hint: '대상에 있어도 여기 있으면 빠져요.',
    choose: '고르기', chosen_none: '제외한 상품이 없어요', chosen_everything: '모든 상품', remove_chosen: (name) => `${name} 빼기`,
    picker_categories: '카테고리', picker_products: '상품', picker_variants: (product) => `${product}의 옵션`,
      picker_search: '이름으로 찾기',
    picker_nothing: '찾는 것이 없어요', picker_done: '완료',
    reading: '이렇게 적용돼요', reading_waits: '위의 값을 고치면 여기에 풀어서 보여 드려요.',
    preview: '예시 장바구니', preview_hint: '고객의 장바구니와 똑같이 이 화면에서 바로 계산해요.', preview_at: (when) => `${when} 기준`,
    preview_others: '다른 프로모션도 함께 적용', preview_empty: '장바구니에 상품을 담아 보세요.',
      preview_off: (amount) => `이 규칙으로 ${amount} 할인`,
    preview_nothing: '이 장바구니에서는 할인이 없어요', preview_without: '이 규칙 없이', preview_lines: '예시 상품',
    add_line: '상품 담기', add_line_choose: '상품을 골라 주세요', remove_line: (name) => `${name} 빼기`,
      quantity_of: (name) => `${name} 수량`,
    reset_sample: '예시 다시 고르기',
    code: '쿠폰 코드', code_hint: '고객이 쿠폰함에서 직접 입력해요.', code_none: '아직 코드가 없어요.', code_word: '코드', code_total: '발급 수량',
    code_total_hint: '비워 두면 제한이 없어요.',
    code_issued: (issued, total) => (total === null ? `${issued}장 발급` : `${total}장 가운데 ${issued}장 발급`),
      code_save: '코드 만들기',
    code_change: '수량 바꾸기', code_remove: '코드 삭제', code_remove_hint: '이 코드로는 더 받을 수 없어요. 이미 받은 쿠폰은 그대로예요.',
    grants: '직접 지급', grants_hint: '고른 고객의 쿠폰함에 바로 넣어요. 한 명이라도 없는 계정이면 아무에게도 주지 않아요.',
    grant_emails: '받을 고객의 이메일', grant_emails_hint: '한 줄에 하나씩, 500명까지', grant_note: '메모 (로그에 남아요)', grant_send: '쿠폰 주기',
    granted: (count) => `${count}명에게 쿠폰을 줬어요`, grant_bad: (email) => `‘${email}’ 계정을 확인해 주세요.`,
    campaigns: '선착순', campaign_new: '선착순 이벤트 열기', campaign_hint: '수량과 기간을 정해 선착순으로 나눠 줘요.',
    figures: '실적', issued: '발급', used: '사용', discount: '할인한 금액',
    saved_before_more: '저장하면 코드, 직접 지급, 선착순 이벤트를 만들 수 있어요.',
  },
  {
    coupons: 'Coupons', promotions: 'Promotions', new_coupon: 'New coupon', new_promotion: 'New promotion',
    coupons_hint: 'Discounts that shoppers take and use: first come first served, by a code, or given by you.',
    promotions_hint: 'Discounts that apply to every cart by themselves, without a coupon.',
    active: 'In use', archived: 'Archived', no_coupons: 'No coupons yet', no_promotions: 'No promotions yet',
    column_name: 'Name', column_benefit: 'Benefit', column_uptake: 'Uptake', column_period: 'Applies',
      column_state: 'State',
    uptake_coupon: (issued, used) => `${issued} issued · ${used} used`,
      uptake_promotion: (used) => `Applied ${used} times`,
    taken_off: (amount) => `${amount} off`, always: 'Always',
    archive: 'Archive', archive_coupon_title: 'Archive this coupon?',
      archive_promotion_title: 'Archive this promotion?',
    archive_coupon_hint: 'It is issued no more. Those that shoppers have already stay usable.',
    archive_promotion_hint: 'It stops at once. You can bring it back later.', restore: 'Bring back',
    archived_now: 'Archived', restored_now: 'In use again',
    group_name: 'Name and description', name: 'Name', description: 'Description',
    name_hint: 'With one language filled in, the other shows the same name.',
    group_benefit: 'Benefit', group_scope: 'Products', group_conditions: 'Conditions',
      group_coupon: 'Combining and time limit', group_order: 'Order of working out',
    label: {
      target: 'Taken off from', type: 'Kind of discount', amount: 'Amount off', basis_points: 'Percent off',
        max_discount: 'At most',
      buy: 'Units to buy', get: 'Units discounted', max_groups: 'Groups at most', min_amount: 'Minimum amount',
        min_quantity: 'Minimum quantity',
      starts_at: 'Starts', ends_at: 'Ends', first_order_only: 'First order only', stack_group: 'Group',
        exclusive: 'Not with any other coupon',
      priority: 'Priority', valid_days: 'Days to use it',
    },
    hint: {
      basis_points: '0 to 100, two decimals at most', max_discount: 'Empty: no limit.', max_groups: 'Empty: no limit.',
      min_amount: 'Of the products it covers, before discounts.', starts_at: 'By the clocks where the shop is.',
        ends_at: 'From then on it can’t be used.',
      stack_group: 'Of coupons with the same group, one can be used at a time.',
        priority: 'Lower numbers come first. Empty: 0.',
      valid_days: 'From when it is taken. Empty: no limit.',
    },
    fault: 'This can’t be used. Please check it.', fault_place: (label) => `Please check “${label}”.`,
    types: { percent: 'Percent off', fixed: 'Amount off', free: 'Free shipping', buy_x_get_y: 'Buy X, get Y',
      tiers: 'Steps by amount' },
    targets: { order: 'Sum of the order', item: 'Every product', line: 'One line', shipping: 'Shipping fee' },
    tier_from: (n) => `Step ${n}: from`, tier_value: (n) => `Step ${n}: off`, tier_unit: (n) => `Step ${n}: unit`,
      tier_add: 'Add a step',
    tier_remove: (n) => `Remove step ${n}`, unit_percent: '%', unit_amount: 'Amount',
    include: 'Covers', include_hint: 'Empty: all products.', exclude: 'Leaves out',
      exclude_hint: 'What is here is left out even if it is covered.',
    choose: 'Choose', chosen_none: 'Nothing is left out', chosen_everything: 'All products',
      remove_chosen: (name) => `Take out ${name}`,
    picker_categories: 'Categories', picker_products: 'Products', picker_variants: (product) =>
      `Variants of ${product}`, picker_search: 'Find by name',
    picker_nothing: 'Nothing found', picker_done: 'Done',
    reading: 'In plain words', reading_waits: 'Once the fields can be read, this says what they mean.',
    preview: 'Sample cart', preview_hint: 'Priced right here, exactly as a shopper’s cart is.',
      preview_at: (when) => `As of ${when}`,
    preview_others: 'With the other promotions', preview_empty: 'Put something into the cart.',
      preview_off: (amount) => `${amount} off by this rule`,
    preview_nothing: 'Nothing off for this cart', preview_without: 'Without this rule',
      preview_lines: 'Sample products',
    add_line: 'Add a product', add_line_choose: 'Choose a product', remove_line: (name) => `Remove ${name}`,
      quantity_of: (name) => `Quantity of ${name}`,
    reset_sample: 'Choose again',
    code: 'Coupon code', code_hint: 'Shoppers enter it in their wallet.', code_none: 'It has no code yet.',
      code_word: 'Code', code_total: 'How many',
    code_total_hint: 'Empty: no limit.', code_issued: (issued, total) => (total === null ? `${issued} issued`
      : `${issued} of ${total} issued`),
    code_save: 'Make the code', code_change: 'Change how many', code_remove: 'Remove the code',
    code_remove_hint: 'Nobody can get the coupon by this code any more. Those who have it keep it.',
    grants: 'Give it',
    grants_hint: 'Goes straight into the wallets of these shoppers. If one of them has no account, nobody gets it.',
    grant_emails: 'E-mail addresses', grant_emails_hint: 'One a line, 500 at most',
      grant_note: 'Note (kept in the log)', grant_send: 'Give the coupon',
    granted: (count) => `Given to ${count} ${count === 1 ? 'shopper' : 'shoppers'}`,
      grant_bad: (email) => `Please check the account “${email}”.`,
    campaigns: 'Coupon drops', campaign_new: 'Open a drop',
      campaign_hint: 'So many, in a window of time, first come first served.',
    figures: 'What came of it', issued: 'Issued', used: 'Used', discount: 'Taken off',
    saved_before_more: 'Once saved, you can give it a code, hand it out or open a drop.',
  },
);

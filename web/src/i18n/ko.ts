// Every sentence of the shop in Korean. Its shape is the dictionary's type: English (en.ts) must have the same.

import type { BalanceEntry, CampaignPhase, CouponStatus, OrderStatus, ProblemCode, RejectionCode } from '../api_types';
import type { Problem } from '../store/rest';

type Sentences<Code extends string> = Record<Code, string>;

const errors: Sentences<Problem['code']> = {
  offline: '지금은 연결되지 않아요. 연결되면 다시 시도해 주세요.',
  invalid_request: '입력한 내용을 다시 확인해 주세요.',
  malformed_json: '요청을 읽을 수 없었어요. 다시 시도해 주세요.',
  payload_too_large: '보낸 내용이 너무 커요.',
  unsupported_media_type: '지원하지 않는 형식이에요.',
  method_not_allowed: '여기서는 할 수 없는 일이에요.',
  not_found: '찾으시는 것이 없어요.',
  not_implemented: '아직 준비 중인 기능이에요.',
  amount_overflow: '금액이 너무 커서 계산할 수 없어요.',
  unauthenticated: '로그인이 필요해요.',
  forbidden: '권한이 없어요.',
  invalid_credentials: '이메일이나 비밀번호가 맞지 않아요.',
  email_taken: '이미 가입된 이메일이에요. 로그인해 주세요.',
  weak_password: '비밀번호가 너무 쉬워요. 더 길게 만들어 주세요.',
  cross_origin_refused: '다른 사이트에서 온 요청이라 처리하지 않았어요.',
  cart_full: '장바구니가 가득 찼어요.',
  cart_changed: '그사이 장바구니가 바뀌었어요. 다시 확인해 주세요.',
  campaign_not_started: '아직 시작 전이에요. 시작하면 다시 눌러 주세요.',
  campaign_ended: '이벤트가 끝났어요.',
  campaign_exhausted: '아쉽지만 준비한 쿠폰이 모두 나갔어요.',
  already_issued: '이미 받은 쿠폰이에요. 쿠폰함에서 확인해 보세요.',
  coupon_not_usable: '사용할 수 없는 쿠폰이 있어요.',
  quote_changed: '그사이 금액이 바뀌었어요. 다시 확인해 주세요.',
  not_orderable: '지금 상태로는 주문할 수 없어요. 장바구니를 확인해 주세요.',
  insufficient_stock: '재고가 부족해요.',
  insufficient_balance: '잔액이 부족해요.',
  order_not_pending: '결제를 기다리는 주문이 아니에요.',
  order_expired: '결제 시간이 지나 주문이 취소되었어요.',
  order_not_cancellable: '이제는 취소할 수 없는 주문이에요.',
  not_first_order: '첫 주문에만 쓸 수 있는 쿠폰이에요.',
  address_required: '배송지를 입력해 주세요.',
  charge_limit: '충전 한도를 넘었어요.',
  provider_unavailable: '지금은 충전할 수 없어요. 잠시 뒤 다시 시도해 주세요.',
  idempotency_key_required: '요청을 확인할 수 없었어요. 다시 시도해 주세요.',
  idempotency_key_reused: '요청이 섞였어요. 다시 시도해 주세요.',
  idempotency_in_flight: '같은 요청을 처리하고 있어요. 잠시만 기다려 주세요.',
  precondition_required: '요청을 확인할 수 없었어요. 다시 시도해 주세요.',
  rate_limited: '요청이 많아요. 잠시 뒤 다시 시도해 주세요.',
  overloaded: '찾는 분이 많아요. 잠시 뒤 다시 시도해 주세요.',
  storage_failed: '저장하지 못했어요. 잠시 뒤 다시 시도해 주세요.',
  outcome_unknown: '처리됐는지 아직 알 수 없어요. 잠시 뒤 확인해 주세요.',
  internal: '문제가 생겼어요. 잠시 뒤 다시 시도해 주세요.',
};
const line_problems: Record<ProblemCode, (units: number) => string> = {
  unknown_variant: () => '더 이상 팔지 않는 상품이에요.',
  inactive: () => '지금은 판매하지 않아요.',
  insufficient_stock: (units) => (units > 0 ? `재고가 ${units}개 남았어요.` : '품절되었어요.'),
  over_max_quantity: (units) => `한 번에 ${units}개까지 살 수 있어요.`,
};
const rejections: Record<Exclude<RejectionCode, 'below_min_quantity' | 'below_min_amount' | 'cannot_combine'>, string> = {
  used: '이미 사용한 쿠폰이에요.',
  expired: '사용 기간이 지났어요.',
  not_started: '아직 사용 기간이 아니에요.',
  ended: '사용 기간이 끝났어요.',
  not_first_order: '첫 주문에만 쓸 수 있어요.',
  no_eligible_items: '이 쿠폰을 쓸 수 있는 상품이 없어요.',
  no_effect: '지금은 할인되는 금액이 없어요.',
  not_selected: '쓸 수 있어요.',
  unknown_coupon: '쿠폰함에 없는 쿠폰이에요.',
};
const order_status: Sentences<OrderStatus> = {
  PENDING: '결제 대기', PAID: '결제 완료', SHIPPING: '배송 중', DELIVERED: '배송 완료', CANCELLED: '취소됨',
};
const coupon_status: Sentences<CouponStatus> = { AVAILABLE: '사용 가능', USED: '사용 완료', EXPIRED: '기간 만료' };
const balance_entry: Sentences<BalanceEntry> = { CHARGE: '충전', USE: '결제', REFUND: '환불', REVERSAL: '충전 취소' };
const phase: Sentences<CampaignPhase> = { coming: '오픈 예정', open: '진행 중', exhausted: '마감', ended: '종료' };

export const ko = {
  errors, line_problems, order_status, coupon_status, balance_entry, phase,
  rejections: {
    ...rejections,
    below_min_quantity: (units: number) => `${units}개 더 담으면 쿠폰을 쓸 수 있어요`,
    below_min_amount: (amount: string) => `${amount} 더 담으면 쿠폰을 쓸 수 있어요`,
    cannot_combine: (name: string) => `‘${name}’ 쿠폰과 함께 쓸 수 없어요`,
  },
  nav: {
    home: '홈', products: '전체 상품', campaigns: '선착순 쿠폰', cart: '장바구니', my: '마이', search: '검색',
    search_hint: '찾는 상품이 있으신가요?', sign_in: '로그인', sign_out: '로그아웃', register: '회원가입', orders: '주문 내역',
    coupons: '쿠폰함', balance: '잔액', skip: '본문으로 건너뛰기', main: '주 메뉴', tabs: '하단 메뉴', language: 'English',
    close: '닫기', menu: '내 메뉴', products_short: '상품', campaigns_short: '쿠폰',
  },
  common: {
    units: (n: number) => `${n}개`, more: '더 보기', all: '전체', retry: '다시 시도', loading: '불러오는 중', cancel: '취소',
    undo: '되돌리기', from: (price: string) => `${price}부터`, sold_out: '품절', few_left: (n: number) => `${n}개 남음`,
    load_failed: '불러오지 못했어요', see_all: '전체 보기', apply: '적용',
    offline_bar: '오프라인이에요. 본 적 있는 페이지와 장바구니는 그대로 쓸 수 있어요.',
    offline_page: '이 페이지는 아직 저장되지 않았어요. 연결되면 보여 드릴게요.',
    needs_network: '연결되면 할 수 있어요. 담아 둔 것은 그대로 있어요.',
    outdated: '새 버전이 나왔어요.', reload: '새로고침', not_durable: '이 브라우저에는 저장할 수 없어 창을 닫으면 장바구니가 비워져요.',
    days: (n: number) => `${n}일`, ordinal: (n: number) => `${n}위`, discount: (percent: number) => `${percent}%`,
    required: '필수',
  },
  home: {
    hero_kicker: '오늘의 상점', hero_title: '매일 쓰는 것을\n오래 쓰고 싶게', hero_text: '손이 자주 가는 물건만 골라 담았어요. 천천히 둘러보세요.',
    hero_button: '상품 둘러보기', popular: '지금 많이 찾는 상품', popular_note: (days: number) => `최근 ${days}일 판매 기준`,
    categories: '카테고리', fresh: '새로 들어왔어요', campaign_open: '지금 받을 수 있는 선착순 쿠폰', campaign_coming: '곧 열리는 선착순 쿠폰',
    sold: (n: number) => `${n}개 판매`, get: '쿠폰 받으러 가기',
  },
  list: {
    title: '전체 상품', results_for: (q: string) => `‘${q}’ 검색 결과`, filter: '필터', category: '카테고리', price: '가격',
    min_price: '최저', max_price: '최고', in_stock: '품절 제외', sort: '정렬', clear: '조건 지우기', empty: '조건에 맞는 상품이 없어요',
    empty_hint: '검색어를 줄이거나 조건을 지워 보세요.', shown: (n: number) => `상품 ${n}개`, shown_more: (n: number) => `상품 ${n}개 이상`,
    sorts: { newest: '최신순', popular: '인기순', price_asc: '낮은 가격순', price_desc: '높은 가격순', name: '이름순' },
    any: '제한 없음', show: '상품 보기',
  },
  product: {
    choose: (option: string) => `${option} 선택`, quantity: '수량', add: '장바구니 담기', buy: '바로 구매', added: '장바구니에 담았어요',
    go_cart: '장바구니 보기', description: '상품 설명', sold_out: '품절된 옵션이에요', choose_first: '옵션을 먼저 골라 주세요',
    stock: (n: number) => `재고 ${n}개`, plenty: '재고 넉넉', pictures: '상품 사진', picture: (n: number) => `사진 ${n}`,
    max: (n: number) => `한 번에 ${n}개까지`, shipping: '배송비', shipping_fee: (fee: string, free: string) => `${fee} (${free} 이상 무료)`,
    shipping_flat: (fee: string) => fee, shipping_free: '무료', total: '상품 금액', vendor: '만든 곳', less: '수량 줄이기', more: '수량 늘리기',
    not_ready: '아직 가격표를 받지 못했어요. 연결되면 담을 수 있어요.',
  },
  cart: {
    title: '장바구니', empty: '장바구니가 비어 있어요', empty_hint: '마음에 드는 상품을 담아 보세요.', select_all: '전체 선택',
    select: (name: string) => `${name} 선택`, remove: (name: string) => `${name} 빼기`, clear: '전체 비우기', removed: (name: string) => `‘${name}’을(를) 뺐어요`,
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
  rule: {
    amount_off: (amount: string) => `${amount} 할인`, percent_off: (percent: string) => `${percent} 할인`, per_unit: (amount: string) => `개당 ${amount} 할인`,
    up_to: (amount: string) => `최대 ${amount}`, free_shipping: '무료배송', shipping_off: (what: string) => `배송비 ${what}`,
    buy_get: (buy: number, get: number) => `${buy}+${get}`, buy_get_percent: (buy: number, get: number, percent: string) => `${buy}개 사면 ${get}개 ${percent} 할인`,
    tiers: '많이 살수록 할인', tier: (from: string, what: string) => `${from} 이상 ${what}`, min_amount: (amount: string) => `${amount} 이상 구매 시`,
    min_quantity: (n: number) => `${n}개 이상 구매 시`, first_order: '첫 주문 전용', exclusive: '다른 쿠폰과 함께 쓸 수 없음', some_items: '일부 상품', one_line: '상품 하나에 적용',
  },
  campaigns: {
    title: '선착순 쿠폰', intro: '먼저 오신 분께 드려요. 시간과 남은 수량은 실시간이에요.', remaining: '남은 수량', of: (n: number, all: number) => `${n} / ${all}장`,
    starts_in: '시작까지', ends_in: '마감까지', take: '쿠폰 받기', taking: '받는 중…', sign_in_to_take: '로그인하고 받기', taken: '받은 쿠폰이에요',
    taken_hint: '쿠폰함에 넣어 두었어요.', see_wallet: '쿠폰함 보기', coming: (time: string) => `${time}에 열려요`, ended_at: (time: string) => `${time} 종료`,
    exhausted: '모두 소진되었어요', ended: '종료된 이벤트예요', empty: '지금은 열린 이벤트가 없어요', empty_hint: '새 쿠폰이 준비되면 여기에서 알려 드릴게요.',
    success: '쿠폰을 받았어요!', until: (time: string) => `${time}까지`, days: '일', hours: '시간', minutes: '분', seconds: '초', period: '기간',
  },
  account: {
    sign_in_title: '다시 만나 반가워요', register_title: '처음 오셨군요, 반가워요', email: '이메일', password: '비밀번호', name: '이름', sign_in: '로그인', register: '가입하기',
    no_account: '아직 회원이 아니신가요?', have_account: '이미 회원이신가요?', password_hint: '8자 이상으로 만들어 주세요.', cart_kept: '담아 둔 장바구니는 로그인해도 그대로 있어요.',
    signed_out: '로그아웃했어요. 이 기기에서 내 정보를 모두 지웠어요.', hello: (name: string) => `${name}님`, welcome: (name: string) => `${name}님, 반가워요!`,
    need_sign_in: '로그인이 필요한 페이지예요', merged: '담아 둔 상품을 내 장바구니에 합쳤어요', working: '확인하는 중…',
  },
  balance: {
    title: '잔액', current: '쓸 수 있는 잔액', charge: '충전하기', amount: '충전할 금액', charging: '충전하는 중…', charged: (amount: string) => `${amount}을 충전했어요`,
    waiting: '입금이 확인되면 충전돼요.', history: '이용 내역', empty: '아직 이용 내역이 없어요', limit: (amount: string) => `한 번에 ${amount}까지 충전할 수 있어요.`,
    after: (amount: string) => `잔액 ${amount}`, unanswered: (amount: string) => `${amount} 충전의 답을 아직 받지 못했어요.`, check: '확인하기', too_small: '1 이상의 금액을 입력해 주세요.',
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
    title: '주문 내역', empty: '아직 주문이 없어요', empty_hint: '첫 주문을 기다리고 있을게요.', number: '주문 번호', ordered_at: '주문일',
    thanks: '주문이 완료되었어요', thanks_hint: '정성껏 준비해 보내 드릴게요.', pay_within: '결제까지 남은 시간', pay: (total: string) => `${total} 결제하기`, cancel: '주문 취소',
    cancel_ask: '이 주문을 취소할까요?', cancel_hint: '쓴 쿠폰은 쿠폰함으로 돌아와요.', cancelled: '주문을 취소했어요', keep: '그대로 두기', expired: '결제 시간이 지났어요', detail: '주문 상세', items: '주문 상품',
    address: '배송지', coupons: '사용한 쿠폰', progress: '주문 진행 상태', paid_at: '결제일', refunded: (n: number) => `${n}개 환불됨`,
  },
  coupons: {
    title: '쿠폰함', available: '사용 가능', past: '지난 쿠폰', empty: '쓸 수 있는 쿠폰이 없어요', empty_hint: '선착순 쿠폰을 받아 보세요.', until: (time: string) => `${time}까지`, used_at: (time: string) => `${time} 사용`,
    forever: '기간 제한 없음', left: (days: number) => `${days}일 남음`, today: '오늘까지',
  },
  missing: { title: '없는 페이지예요', hint: '주소가 바뀌었거나 사라진 페이지예요.', home: '홈으로', product: '더 이상 볼 수 없는 상품이에요' },
};
export type Dictionary = typeof ko;

// What the pages that one comes in by say in Korean, and what all pages share; the rest is in ko_pages.ts. Its shape is a
// type: English (en.ts) must have the same.

import type { CampaignPhase } from '../api_types';

const phase: Record<CampaignPhase, string> = { coming: '오픈 예정', open: '진행 중', exhausted: '마감', ended: '종료' };

export const ko = {
  phase,
  nav: {
    home: '홈', products: '전체 상품', campaigns: '선착순 쿠폰', cart: '장바구니', my: '마이', search: '검색',
    search_hint: '찾는 상품이 있으신가요?', sign_in: '로그인', sign_out: '로그아웃', register: '회원가입', orders: '주문 내역',
    coupons: '쿠폰함', balance: '잔액', skip: '본문으로 건너뛰기', main: '주 메뉴', tabs: '하단 메뉴', language: 'English',
    close: '닫기', menu: '내 메뉴', products_short: '상품', campaigns_short: '쿠폰',
    signed_out: '로그아웃했어요. 이 기기에서 내 정보를 모두 지웠어요.', hello: (name: string) => `${name}님`,
  },
  common: {
    units: (n: number) => `${n}개`, more: '더 보기', all: '전체', retry: '다시 시도', loading: '불러오는 중',
    from: (price: string) => `${price}부터`, sold_out: '품절', few_left: (n: number) => `${n}개 남음`,
    load_failed: '불러오지 못했어요', see_all: '전체 보기', apply: '적용',
    no_connection: '지금은 연결되지 않아요. 연결되면 다시 시도해 주세요.',
    offline_bar: '오프라인이에요. 본 적 있는 페이지와 장바구니는 그대로 쓸 수 있어요.',
    offline_page: '이 페이지는 아직 저장되지 않았어요. 연결되면 보여 드릴게요.',
    needs_network: '연결되면 할 수 있어요. 담아 둔 것은 그대로 있어요.',
    outdated: '가게가 새로워졌어요. 새로고침하면 정확한 금액을 보실 수 있어요. 결제 금액은 주문할 때 다시 확인해 드려요.', updated: '가게의 새 버전이 준비됐어요.', reload: '새로고침', not_durable: '이 브라우저에는 저장할 수 없어 창을 닫으면 장바구니가 비워져요.',
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
    gone: '더 이상 볼 수 없는 상품이에요',
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
};
export type FirstWords = typeof ko;

// What the account's pages, returns, receipts, the search's list and the coupon rush say in Korean. English
// (en_account.ts) must have the same.

export const ko_account = {
  settings: {
    title: '내 정보와 설정', addresses: '배송지 관리', password: '비밀번호 바꾸기', erase: '회원 탈퇴',
  },
  password: {
    forgot: '비밀번호를 잊으셨나요?', ask_title: '비밀번호 다시 정하기', ask_hint: '가입한 이메일을 알려 주시면 비밀번호를 다시 정하는 링크를 보내 드려요.',
    send: '링크 보내기', sent_title: '메일함을 확인해 주세요',
    sent: (email: string) => `${email} 주소로 가입한 계정이 있다면 링크를 보냈어요. 링크는 30분 동안 한 번만 쓸 수 있어요.`,
    sent_hint: '메일이 오지 않으면 스팸함을 확인하거나 상점에 문의해 주세요.', again: '다른 이메일로 다시 보내기',
    new_title: '새 비밀번호 정하기', new_hint: '바꾸고 나면 로그인되어 있던 모든 기기에서 로그아웃돼요.', new_password: '새 비밀번호', repeat: '새 비밀번호 한 번 더',
    differs: '두 비밀번호가 서로 달라요.', save: '새 비밀번호로 바꾸기', reset_done: '비밀번호를 바꿨어요. 새 비밀번호로 로그인해 주세요.',
    ask_again: '링크 다시 받기', title: '비밀번호 바꾸기', current: '지금 비밀번호', wrong: '지금 비밀번호가 맞지 않아요.',
    others: '바꾸면 이 기기를 뺀 다른 모든 기기에서 로그아웃돼요.', changed: '비밀번호를 바꾸고 다른 기기에서 모두 로그아웃했어요', back_to_sign_in: '로그인으로 돌아가기',
  },
  addresses: {
    title: '배송지 관리', empty: '저장한 배송지가 없어요', empty_hint: '저장해 두면 주문할 때 고르기만 하면 돼요.', add: '배송지 추가', edit: '고치기', edit_title: '배송지 고치기',
    remove: '지우기', removed: '배송지를 지웠어요', is_default: '기본 배송지', make_default: '기본 배송지로', default_changed: '기본 배송지를 바꿨어요',
    save: '저장하기', saved: '배송지를 저장했어요', choose: '배송지 고르기', other: '다른 주소로 받기', keep: '이 주소를 배송지 목록에 저장',
    edit_of: (name: string) => `${name} 배송지 고치기`, remove_of: (name: string) => `${name} 배송지 지우기`,
  },
  erase: {
    title: '회원 탈퇴', lead: '탈퇴하면 되돌릴 수 없어요. 먼저 확인해 주세요.', gone_title: '바로 사라지는 것',
    gone: ['이름, 이메일, 비밀번호', '저장한 배송지와 장바구니', '쿠폰함의 쿠폰', '모든 기기의 로그인'],
    kept_title: '상점의 기록으로 남는 것', kept: ['결제한 주문의 상품과 금액, 결제 기록(받는 분과 배송지는 지워요)'],
    open: '진행 중인 주문이나 충전이 있으면 끝난 뒤에 탈퇴할 수 있어요.',
    balance: (amount: string) => `남은 잔액 ${amount}을 포기해요. 돌려받을 수 없어요.`, understood: '위 내용을 모두 확인했고, 탈퇴할게요.',
    password: '비밀번호', confirm: '영구히 탈퇴하기', working: '탈퇴하는 중…', done: '탈퇴했어요. 이 기기에서도 내 정보를 모두 지웠어요.', keep: '그대로 이용하기',
    wrong: '비밀번호가 맞지 않아요.',
  },
  code: {
    label: '쿠폰 코드', placeholder: '예: HELLO', add: '등록', adding: '등록 중…', added: (name: string) => `‘${name}’ 쿠폰을 받았어요`,
    applied: (name: string, amount: string) => `‘${name}’ 쿠폰으로 ${amount} 할인받았어요`,
  },
  progress: {
    shipped_by: (carrier: string) => `${carrier}(으)로 보냈어요`, tracking: '운송장 번호', copy: '복사', copied: '운송장 번호를 복사했어요',
    refunded_whole: '전액 환불된 주문이에요.', expired: '결제 시간이 지나 취소된 주문이에요.', cancelled: (time: string) => `${time}에 취소됐어요`,
  },
  returns: {
    cancel: '취소하고 환불받기', start: '반품하고 환불받기', title: '얼마나 돌려받을까요?', hint: '돌려보낼 상품과 수량을 골라 주세요.', all: '전부 고르기', none: '고른 것 지우기',
    left: (n: number) => `환불할 수 있는 수량 ${n}개`, units: (name: string) => `${name} 환불 수량`, reason: '이유 (선택)', shipping: '배송비', amount: '잔액으로 돌아올 금액',
    shipping_later: '배송비와 쓴 쿠폰은 남은 상품까지 모두 환불하면 돌아와요.', coupons_back: '쓴 쿠폰도 쿠폰함으로 돌아와요.',
    confirm: (amount: string) => `${amount} 환불받기`, pick: '환불할 상품을 골라 주세요', working: '환불하는 중…', done: (amount: string) => `${amount}을 잔액으로 환불했어요`,
    until: (date: string) => `${date}까지 반품할 수 있어요.`, over: '반품할 수 있는 기간이 지났어요.', list: '환불 내역', by_shop: '상점에서 환불', by_me: '내가 요청', total: '환불 합계',
    item: (name: string, n: number) => `${name} ${n}개`, remaining: '환불 뒤 결제 금액',
  },
  receipt: {
    title: '영수증', open: '영수증', print: '인쇄하기', item: '상품', unit: '단가', quantity: '수량', amount: '금액', method: '결제 수단', balance: '잔액', back: '주문으로 돌아가기',
    paid: '결제한 금액', discount: '할인', unpaid: '결제한 주문에만 영수증이 있어요.', refunded_at: (time: string) => `${time} 환불`, buyer: '주문한 분',
  },
  suggest: {
    results: '검색 제안', count: (n: number) => (n === 0 ? '찾은 상품이 없어요' : `상품 ${n}개. 위아래 화살표로 고를 수 있어요.`), none: '찾은 상품이 없어요',
    all: (q: string) => `‘${q}’ 모두 보기`, offline: '이 기기에 저장된 상품에서 찾았어요', recent: '최근 검색', clear: '지우기',
  },
  rush: {
    waiting: '차례를 기다리는 중이에요', waiting_hint: '지금 많은 분이 함께 받고 있어요. 이 화면을 열어 두면 알아서 다시 시도하고, 쿠폰은 한 번만 발급돼요.',
    offline: '네트워크가 끊겼어요. 연결되면 이어서 시도해요.', next: (seconds: number) => `${seconds}초 뒤 다시 시도`, asking: '지금 물어보는 중…', tries: (n: number) => `${n}번째 시도`,
    leave: '그만 기다리기', left: '그만 기다리기로 했어요. 쿠폰을 이미 받았다면 쿠폰함에 있어요.', failed_title: '이번에는 받지 못했어요', others: '다른 쿠폰 보기',
  },
};
export type AccountWords = typeof ko_account;

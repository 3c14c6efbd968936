// What the campaigns' pages say.

import { in_both } from '../words';

export const say_campaigns = in_both(
  {
    title: '선착순', hint: '정한 수량을 먼저 온 순서대로 나눠 주는 쿠폰 이벤트예요.', new: '새 이벤트', none: '이벤트가 아직 없어요',
    column_name: '쿠폰', column_state: '상태', column_period: '기간', column_issued: '발급',
    issued_of: (issued: string, total: string) => `${issued} / ${total}`, coupon: '나눠 줄 쿠폰',
      coupon_choose: '쿠폰을 골라 주세요', total: '수량',
    total_hint: (issued: number) => `이미 ${issued}장 나갔어요. 그보다 적게는 할 수 없어요.`, starts_at: '시작', ends_at: '끝',
      clock_hint: '쇼핑몰이 있는 곳의 시각이에요.',
    open: '이벤트 열기', opened: '이벤트를 열었어요', settings: '수량과 기간', curve: '발급 흐름', live: '실시간',
    not_begun: '아직 시작하지 않았어요.', curve_hint: '쿠폰이 나가면 바로 움직여요.', remaining: '남은 수량', issued: '발급', pace: '최근 5분',
      pace_value: (n: string) => `분당 ${n}장`,
    planned: '준비한 수량', end: '지금 끝내기', end_title: '지금 이벤트를 끝낼까요?', end_hint: '더는 받을 수 없고 되돌릴 수 없어요. 이미 받은 쿠폰은 쓸 수 있어요.',
    ended: '이벤트를 끝냈어요', to_coupon: '쿠폰 보기', to_page: '고객 화면 보기', to: '–', no_coupon: '먼저 쿠폰을 만들어 주세요.',
      new_coupon: '새 쿠폰',
  },
  {
    title: 'Coupon drops', hint: 'So many coupons, first come first served.', new: 'New drop', none: 'No drops yet',
    column_name: 'Coupon', column_state: 'State', column_period: 'Window', column_issued: 'Issued',
    issued_of: (issued, total) => `${issued} / ${total}`, coupon: 'Coupon', coupon_choose: 'Choose a coupon',
      total: 'How many',
    total_hint: (issued) => `${issued} are issued already, so not fewer than that.`, starts_at: 'Starts',
      ends_at: 'Ends', clock_hint: 'By the clocks where the shop is.',
    open: 'Open the drop', opened: 'The drop is open', settings: 'Quantity and window', curve: 'Issued over time',
      live: 'Live',
    not_begun: 'It has not begun yet.', curve_hint: 'It moves as coupons go out.', remaining: 'Remaining',
      issued: 'Issued', pace: 'Last 5 minutes', pace_value: (n) => `${n} a minute`,
    planned: 'In all', end: 'End it now', end_title: 'End this drop now?',
      end_hint: 'Nobody can take one any more, and this can’t be undone. Those that were taken stay usable.',
    ended: 'The drop has ended', to_coupon: 'View coupon', to_page: 'View as a shopper', to: '–',
      no_coupon: 'Please make a coupon first.', new_coupon: 'New coupon',
  },
);

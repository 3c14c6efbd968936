import { in_both } from './words';

export const say_dashboard = in_both(
  {
    title: '대시보드', range: '기간', hours_24: '24시간', days: (n: number) => `${n}일`, updated: (time: string) => `${time} 기준`,
    net: '순매출', of_refunds: (amount: string) => `환불 ${amount}`, orders: '주문', units: (n: string) => `상품 ${n}개`,
      average: '주문당 평균', charged: '충전액', outstanding: '보유 잔액 합계',
    to_ship: '보낼 주문', on_way: '배송 중', unpaid: '결제 대기', pending_charges: '확인할 충전', orders_count: (n: string) => `${n}건`,
    sales_chart: '매출', orders_chart: '주문 수', paid: '결제', refunded: '환불', rules: '쿠폰과 프로모션',
      rules_note: '이 기간에 결제된 주문 기준', coupon: '쿠폰', promotion: '프로모션',
    issued: '발급', used: '사용', discount: '할인액', uptake: '사용률', name: '이름', kind: '종류', popular: '많이 팔린 상품',
      sold: (n: string) => `${n}개`,
    low_stock: '재고 부족', low_stock_note: (n: string) => `${n}개 이하`, left: (n: string) => `${n}개 남음`,
      none_low: '재고가 모두 넉넉해요', none_sold: '이 기간에 팔린 상품이 없어요', unused: (n: string) => `쓰이지 않은 것 ${n}개`,
      none_used: '이 기간에 쓰인 할인이 없어요',
    more_low: (n: string) => `그 밖에 ${n}개`, product: '상품', stock: '재고',
  },
  {
    title: 'Dashboard', range: 'Range', hours_24: '24 hours', days: (n) => `${n} days`,
      updated: (time) => `as of ${time}`,
    net: 'Net sales', of_refunds: (amount) => `${amount} refunded`, orders: 'Orders', units: (n) => `${n} units`,
      average: 'Average order', charged: 'Topped up', outstanding: 'On all balances',
    to_ship: 'To ship', on_way: 'On their way', unpaid: 'Awaiting payment', pending_charges: 'Top-ups to confirm',
      orders_count: (n) => n,
    sales_chart: 'Sales', orders_chart: 'Orders', paid: 'Paid', refunded: 'Refunded', rules: 'Coupons and promotions',
      rules_note: 'in orders paid in this range', coupon: 'Coupon', promotion: 'Promotion',
    issued: 'Issued', used: 'Used', discount: 'Discount', uptake: 'Uptake', name: 'Name', kind: 'Kind',
      popular: 'Best sellers', sold: (n) => `${n} sold`,
    low_stock: 'Low stock', low_stock_note: (n) => `${n} or fewer`, left: (n) => `${n} left`,
      none_low: 'There is plenty of everything', none_sold: 'Nothing was sold in this range',
      unused: (n) => `${n} not used`, none_used: 'No discount was used in this range',
    more_low: (n) => `and ${n} more`, product: 'Product', stock: 'Stock',
  },
);

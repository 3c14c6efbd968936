import type { PaymentStatus } from '../api_types';
import { in_both } from './words';

const payments_ko: Record<PaymentStatus, string> = { PENDING: '대기', COMPLETED: '완료', FAILED: '실패', CANCELLED: '취소' };

export const say_orders = in_both(
  {
    title: '주문', search: '주문 번호, 이름, 이메일', status: '상태', number: '주문 번호', shopper: '주문한 사람', items: '상품', total: '금액',
      ordered: '주문 시각', detail: (number: string) => `주문 ${number}`,
    and_more: (name: string, n: number) => `${name} 외 ${n}건`, paid_at: '결제 시각',
      refunded: (amount: string) => `환불 ${amount}`, refunded_units: (n: number) => `${n}개 환불`,
      each: (amount: string) => `개당 ${amount}`, address: '배송지', no_address: '배송지가 없는 주문이에요', payments: '결제',
      payment_status: payments_ko,
    coupons: '쓴 쿠폰', sums: '결제 금액', refunds: '환불 내역', restocked: '재고로 되돌림', by_shopper: '주문한 사람이 요청', shipment: '배송',
      carrier: '택배사', tracking: '송장 번호', shipped_at: '보낸 시각', delivered_at: '도착 시각', log: '처리 기록',
    ship: '발송 처리', ship_title: '발송 처리', shipped: '배송 중으로 바꿨어요', deliver: '배송 완료 처리', deliver_ask: '배송이 끝났나요?',
      delivered: '배송 완료로 바꿨어요', refund: '환불', cancel: '주문 취소',
    refund_title: '환불', refund_hint: '수량을 고르면 그만큼 잔액으로 바로 돌려줘요.', left: (n: number) => `남은 수량 ${n}개`,
      restock: '재고로 되돌리기', reason: '이유', back: (amount: string) => `돌려줄 금액 ${amount}`, with_shipping: '배송비 포함',
      do_refund: (amount: string) => `${amount} 환불하기`, refund_done: (amount: string) => `${amount}을 돌려줬어요`,
    cancel_title: '이 주문을 취소할까요?', cancel_hint: (amount: string) => `${amount}을 잔액으로 돌려주고, 상품은 재고로, 쿠폰은 쿠폰함으로 돌아가요.`,
      cancelled: '주문을 취소하고 전액 돌려줬어요', keep: '그대로 두기', unpaid_hint: (time: string) => `결제하지 않으면 ${time}에 저절로 취소돼요.`,
      quantity_of: (name: string) => `${name} 환불 수량`, deed: (who: string, action: string) => `${who} · ${action}`,
    actions: { 'order.ship': '발송', 'order.deliver': '배송 완료', 'order.refund': '환불' } as Record<string, string>,
  },
  {
    title: 'Orders', search: 'Number, name or e-mail', status: 'Status', number: 'Order', shopper: 'Shopper',
      items: 'Items', total: 'Total', ordered: 'Ordered', detail: (number) => `Order ${number}`,
    and_more: (name, n) => `${name} and ${n} more`, paid_at: 'Paid', refunded: (amount) => `${amount} refunded`,
      refunded_units: (n) => `${n} refunded`, each: (amount) => `${amount} each`, address: 'Ship to',
      no_address: 'This order has no address', payments: 'Payments', payment_status: { PENDING: 'Pending',
      COMPLETED: 'Completed', FAILED: 'Failed', CANCELLED: 'Cancelled' },
    coupons: 'Coupons used', sums: 'Sums', refunds: 'Refunds', restocked: 'back on sale',
      by_shopper: 'asked for by the shopper', shipment: 'Parcel', carrier: 'Carrier', tracking: 'Tracking number',
      shipped_at: 'Left', delivered_at: 'Arrived', log: 'What was done',
    ship: 'Ship', ship_title: 'Ship the order', shipped: 'The order is on its way', deliver: 'Mark as delivered',
      deliver_ask: 'Has the parcel arrived?', delivered: 'The order is delivered', refund: 'Refund',
      cancel: 'Cancel order',
    refund_title: 'Refund', refund_hint: 'Choose how many units. The money goes back to the balance at once.',
      left: (n) => `${n} left`, restock: 'Put back on sale', reason: 'Reason', back: (amount) => `${amount} goes back`,
      with_shipping: 'with the shipping fee', do_refund: (amount) => `Refund ${amount}`,
      refund_done: (amount) => `${amount} refunded`,
    cancel_title: 'Cancel this order?',
      cancel_hint: (amount) =>
      `${amount} goes back to the balance, the items on sale again and coupons to their wallet.`,
      cancelled: 'The order is cancelled and all of it refunded', keep: 'Keep it',
      unpaid_hint: (time) => `It is cancelled by itself at ${time} unless it is paid.`,
      quantity_of: (name) => `Units of ${name} to refund`, deed: (who, action) => `${who} · ${action}`,
    actions: { 'order.ship': 'shipped', 'order.deliver': 'delivered', 'order.refund': 'refunded' },
  },
);

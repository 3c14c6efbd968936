import type { ChargeStatus } from '../api_types';
import { in_both } from './words';

const statuses_ko: Record<ChargeStatus, string> = { PENDING: '확인 대기', COMPLETED: '완료', FAILED: '실패', REVERSED: '되돌림' };

export const say_charges = in_both(
  {
    title: '충전', statuses: statuses_ko, number: '충전 번호', shopper: '충전한 사람', amount: '금액', status: '상태', when: '시각',
      provider: '방법', deeds: '처리',
    providers: { instant: '바로 충전', bank_transfer: '계좌 이체', gateway: '결제사' } as Record<string, string>,
    confirm: '입금 확인', confirm_ask: (amount: string, name: string) => `${name}님의 ${amount}이 들어왔나요?`,
      confirm_hint: '확인하면 바로 잔액에 더해요.', confirmed: '잔액에 더했어요',
    fail: '입금 안 됨', fail_ask: '이 충전을 실패로 처리할까요?', fail_hint: '잔액에는 아무것도 더하지 않아요.', failed: '실패로 처리했어요',
    reverse: '되돌리기', reverse_ask: (amount: string) => `${amount} 충전을 되돌릴까요?`,
      reverse_hint: '잔액에서 빼고, 모자라는 만큼은 다음 충전에서 채워요.', reversed: '충전을 되돌렸어요', reason: '이유',
  },
  {
    title: 'Top-ups', statuses: { PENDING: 'To confirm', COMPLETED: 'Completed', FAILED: 'Failed',
      REVERSED: 'Reversed' }, number: 'Top-up', shopper: 'Shopper', amount: 'Amount', status: 'Status', when: 'Time',
      provider: 'By', deeds: 'Actions',
    providers: { instant: 'At once', bank_transfer: 'Bank transfer', gateway: 'Payment company' },
    confirm: 'Confirm', confirm_ask: (amount, name) => `Has ${amount} of ${name} come in?`,
      confirm_hint: 'It goes to the balance at once.', confirmed: 'It is on the balance now',
    fail: 'Not paid', fail_ask: 'Mark this top-up as failed?', fail_hint: 'Nothing goes to the balance.',
      failed: 'Marked as failed',
    reverse: 'Reverse', reverse_ask: (amount) => `Reverse the top-up of ${amount}?`,
      reverse_hint: 'It is taken from the balance; what that can’t cover is settled by the next top-up.',
      reversed: 'The top-up was reversed', reason: 'Reason',
  },
);

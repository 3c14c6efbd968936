// What the webhooks' pages say.

import type { WebhookState } from '../../api_types';
import { in_both } from '../words';

const state_ko: Record<WebhookState, string> = { active: '보내는 중', paused: '다시 시도 중', stopped: '멈춤', dead: '실패로 중단',
  removed: '삭제됨' };
const state_en: Record<WebhookState, string> = { active: 'Active', paused: 'Retrying', stopped: 'Stopped',
  dead: 'Dead', removed: 'Removed' };

/** What other systems may be told of (server/relay/events.h). */
export const EVENT_TYPES = ['order.paid', 'order.cancelled', 'order.refunded', 'order.shipped',
  'order.delivered'] as const;
export type EventType = (typeof EVENT_TYPES)[number];
const event_ko: Record<EventType, string> = {
  'order.paid': '결제 완료', 'order.cancelled': '주문 취소', 'order.refunded': '환불', 'order.shipped': '배송 시작',
    'order.delivered': '배송 완료',
};
const event_en: Record<EventType, string> = {
  'order.paid': 'Order paid', 'order.cancelled': 'Order cancelled', 'order.refunded': 'Order refunded',
    'order.shipped': 'Order shipped',
  'order.delivered': 'Order delivered',
};

export const say_webhooks = in_both(
  {
    title: '웹훅', hint: '주문에 일이 생기면 다른 시스템에 순서대로 알려요.', new: '새 웹훅', none: '웹훅이 아직 없어요', state: state_ko,
      event: event_ko,
    url: '받을 주소', url_hint: 'https 주소여야 해요.', events: '보낼 이벤트', events_hint: '아무것도 고르지 않으면 모두 보내요.',
      all_events: '모든 이벤트',
    start_now: '지금부터 생기는 이벤트만 보내기', make: '웹훅 만들기', column_url: '주소', column_state: '상태', column_events: '이벤트',
      column_waiting: '밀린 이벤트',
    secret_title: '서명 비밀 키', secret_hint: '지금 한 번만 보여요. 받는 쪽에 저장해 주세요.', secret_copy: '복사', secret_copied: '복사했어요',
    progress: '진행', waiting: '밀린 이벤트', sent_to: '보낸 위치', failures: '연속 실패', failing_since: '실패 시작',
      next_attempt: '다음 시도', none_of_these: '없음',
    deliveries: '배달 기록', deliveries_none: '아직 보낸 것이 없어요', undelivered: '배달되지 않은 것만', position: '위치', what: '이벤트',
      attempts: '시도', when: '마지막 시도',
    outcome: '결과', delivered: '배달됨', not_delivered: '배달 안 됨', action: '할 일', from_here: '여기부터 다시 보내기', skip: '건너뛰기',
    replay: '다시 보내기', replay_title: '이벤트를 다시 보낼까요?', replay_hint: (position: number) =>
      `${position}번부터 차례로 모두 다시 보내요. 받는 쪽은 같은 이벤트를 두 번 받을 수 있어요.`,
    replay_all: '처음부터 다시 보내기', skip_title: '이 이벤트를 건너뛸까요?', skip_hint: (position: number) =>
      `${position}번은 보내지 않고 그다음부터 보내요.`,
    replaying: '다시 보내기 시작했어요', dead_title: '배달이 중단됐어요', dead_hint: (waiting: number) =>
      `계속 실패해서 멈췄어요. 이벤트 ${waiting}건이 기다리고 있어요. 받는 쪽을 고친 뒤 다시 시작하면 멈춘 곳부터 보내요.`,
    paused_hint: '받는 쪽이 응답하지 않아 간격을 늘려 가며 다시 시도해요. 순서를 지키려고 뒤의 이벤트도 기다려요.',
    wake: '다시 시작', stop: '멈추기', remove: '웹훅 삭제', remove_title: '웹훅을 삭제할까요?', remove_hint: '더 이상 보내지 않아요. 되돌릴 수 없어요.',
      removed: '웹훅을 삭제했어요', change: '주소와 이벤트',
    live: '몇 초마다 새로 봐요',
  },
  {
    title: 'Webhooks', hint: 'Tell other systems, in order, what happens to orders.', new: 'New webhook',
      none: 'No webhooks yet', state: state_en, event: event_en,
    url: 'Address', url_hint: 'It must be an https address.', events: 'Events',
      events_hint: 'None chosen: all of them.', all_events: 'All events',
    start_now: 'Only events from now on', make: 'Make the webhook', column_url: 'Address', column_state: 'State',
      column_events: 'Events', column_waiting: 'Waiting',
    secret_title: 'Signing secret', secret_hint: 'It is shown only this once. Keep it where the receiver is.',
      secret_copy: 'Copy', secret_copied: 'Copied',
    progress: 'Progress', waiting: 'Waiting', sent_to: 'Sent up to', failures: 'Failures in a row',
      failing_since: 'Failing since', next_attempt: 'Next attempt', none_of_these: 'None',
    deliveries: 'Deliveries', deliveries_none: 'Nothing sent yet', undelivered: 'Undelivered only',
      position: 'Position', what: 'Event', attempts: 'Attempts', when: 'Last attempt',
    outcome: 'Outcome', delivered: 'Delivered', not_delivered: 'Not delivered', action: 'Action',
      from_here: 'Replay from here', skip: 'Skip it',
    replay: 'Replay', replay_title: 'Send events again?', replay_hint: (position) =>
      `All from position ${position} on are sent again, in order. The receiver may get the same event twice.`,
    replay_all: 'Replay from the start', skip_title: 'Skip this event?',
      skip_hint: (position) => `Position ${position} is not sent; it goes on with the next.`,
    replaying: 'Sending again', dead_title: 'Delivery has stopped', dead_hint: (waiting) =>
      `It failed for too long. ${waiting} ${waiting === 1 ? 'event is'
      : 'events are'} waiting. Mend the receiver, then start again: it goes on where it stopped.`,
    paused_hint:
      'The receiver doesn’t take events. It is tried again, less and less often; later events wait so that the order is kept.',
    wake: 'Start again', stop: 'Stop', remove: 'Remove the webhook', remove_title: 'Remove this webhook?',
      remove_hint: 'Nothing is sent any more. This can’t be undone.', removed: 'The webhook is removed',
      change: 'Address and events',
    live: 'Refreshed every few seconds',
  },
);

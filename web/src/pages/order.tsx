// One order: how far it has come, what is left to do about it, and what it was.

import { useEffect, useState } from 'preact/hooks';
import type { Order, OrderStatus } from '../api_types';
import { AddressText } from '../components/address_form';
import { Dialog } from '../components/form';
import { Icon } from '../components/icons';
import { MoneyRows } from '../components/money_rows';
import { Countdown, Empty, PageHead, Picture, problem_text, ProblemState, show_problem, show_toast, Skeleton, useNow, useSettled, useTitle } from '../components/ui';
import { all_words, text } from '../i18n';
import { explain } from '../i18n/explain';
import { date_time, money, short_time } from '../i18n/format';
import { navigate, place } from '../router';
import { client, me, online } from '../state/shop';
import { useResource } from '../state/resource';
import { charge } from './balance';
import { Refunds, Return } from './order_return';

export function OrderPage({ name: number }: { name: string }) {
  const say = all_words();
  const order = useResource<Order>(`/orders/${encodeURIComponent(number)}`);
  useTitle(say.orders.detail);
  useSettled(Boolean(order.data));
  useEffect(() => client.live.on('orders', order.reload), [number]);
  if (order.data) return <Detail order={order.data} reload={order.reload} replace={order.replace} />;
  if (order.problem?.code === 'not_found') {
    return <Empty page icon="receipt" title={explain().error({ code: 'not_found' })}><a class="button" href="/orders">{say.orders.title}</a></Empty>;
  }
  return order.problem ? <ProblemState page problem={order.problem} retry={order.reload} /> : <Skeleton kind="block" count={2} />;
}

function Detail({ order, reload, replace }: { order: Order; reload: () => void; replace: (order: Order) => void }) {
  const say = all_words();
  const thanks = place.value.query.has('thanks') && order.status === 'PAID' && order.refunds.length === 0;
  return (
    <div class="narrow order">
      {thanks ? (
        <div class="thanks" role="status">
          <span class="thanks-icon"><Icon name="check" size={32} /></span>
          <h1>{say.orders.thanks}</h1><p class="muted">{say.orders.thanks_hint}</p>
        </div>
      ) : <PageHead title={say.orders.detail} />}
      <dl class="facts order-facts">
        <div><dt>{say.orders.number}</dt><dd class="code">{order.number}</dd></div>
        <div><dt>{say.orders.ordered_at}</dt><dd>{date_time(order.created_at)}</dd></div>
        {order.paid_at !== null && <div><dt>{say.orders.paid_at}</dt><dd>{date_time(order.paid_at)}</dd></div>}
      </dl>
      <Progress order={order} />
      {order.status === 'PENDING' && <Pending order={order} reload={reload} replace={replace} />}
      <Parcels order={order} />
      <Refunds order={order} />
      <section class="panel" aria-label={say.orders.items}>
        <h2>{say.orders.items}</h2>
        <ul class="bought">
          {order.items.map((item) => (
            <li key={item.variant_id}>
              <Picture image={item.image || null} size={64} />
              <div><a href={`/products/${item.handle}`}><b>{text(item.name)}</b></a>
                <p class="muted">{[text(item.options), `× ${item.quantity}`].filter(Boolean).join(' · ')}</p>
                {item.refunded_quantity > 0 && <p class="muted">{say.orders.refunded(item.refunded_quantity)}</p>}</div>
              <strong>{money(item.net)}</strong>
            </li>
          ))}
        </ul>
      </section>
      {order.coupons.length > 0 && (
        <section class="panel" aria-label={say.orders.coupons}>
          <h2>{say.orders.coupons}</h2>
          <dl class="sums">{order.coupons.map((c) => <div key={c.id} class="sums-off"><dt>{text(c.name)}</dt><dd>−{money(c.amount)}</dd></div>)}</dl>
        </section>
      )}
      <section class="panel" aria-label={say.cart.summary}>
        <h2>{say.cart.summary}</h2>
        <MoneyRows sums={order} total_label={say.checkout.total} />
      </section>
      {order.address && (
        <section class="panel" aria-label={say.orders.address}>
          <h2>{say.orders.address}</h2>
          <AddressText address={order.address} />
        </section>
      )}
      <Return order={order} replace={replace} />
      <p class="more order-links">
        {order.paid_at !== null && <a class="button" href={`/orders/${order.number}/receipt`}><Icon name="receipt" size={20} />{say.receipt.open}</a>}
        <a class="link" href="/orders">{say.orders.title}</a>
      </p>
    </div>
  );
}

const STEPS: OrderStatus[] = ['PENDING', 'PAID', 'SHIPPING', 'DELIVERED'];

/** Each step with the time it was reached. */
function Progress({ order }: { order: Order }) {
  const say = all_words();
  if (order.status === 'CANCELLED') {
    const why = order.cancel_reason === 'refunded' ? say.progress.refunded_whole : order.cancel_reason === 'expired' ? say.progress.expired : say.order_status.CANCELLED;
    return <p class="result"><span><b>{why}</b>{order.cancelled_at !== null && <><br />{say.progress.cancelled(date_time(order.cancelled_at))}</>}</span></p>;
  }
  const at = STEPS.indexOf(order.status);
  const last = order.shipments.at(-1);
  const times = [order.created_at, order.paid_at, last?.shipped_at, last?.delivered_at];
  return (
    <ol class="progress" aria-label={say.orders.progress}>
      {STEPS.map((step, index) => {
        const time = times[index];
        return (
          <li key={step} class={index <= at ? 'progress-done' : ''} aria-current={index === at ? 'step' : undefined}>
            <span class="progress-dot">{index <= at && <Icon name="check" size={14} />}</span>
            <span>{step === 'PENDING' && at > 0 ? say.orders.ordered_at : say.order_status[step]}</span>
            {index <= at && time && <small>{short_time(time)}</small>}
          </li>
        );
      })}
    </ol>
  );
}

/** Who carries it, and the number to ask for it with. */
function Parcels({ order }: { order: Order }) {
  const say = all_words().progress;
  const copy = async (number: string): Promise<void> => {
    await navigator.clipboard.writeText(number);
    show_toast(say.copied);
  };
  return (
    <>
      {order.shipments.map((parcel) => (
        <section key={parcel.shipped_at} class="panel parcel" aria-label={say.tracking}>
          <Icon name="truck" size={28} />
          <div>
            <b>{say.shipped_by(parcel.carrier)}</b>
            <p class="muted">{say.tracking} <span class="code">{parcel.tracking_number}</span></p>
          </div>
          {navigator.clipboard && (
            <button type="button" class="button button-small" onClick={() => void copy(parcel.tracking_number).catch(() => {})}>{say.copy}</button>
          )}
        </section>
      ))}
    </>
  );
}

function Pending({ order, reload, replace }: { order: Order; reload: () => void; replace: (order: Order) => void }) {
  const say = all_words();
  const [working, set_working] = useState(false);
  const [asking, set_asking] = useState(false);
  const [problem, set_problem] = useState<string | null>(null);
  const now = useNow(order.expires_at);
  const expired = now >= order.expires_at;
  const missing = Math.max(0, order.total - (me.value?.balance ?? 0));
  useEffect(() => {
    if (expired) reload();
  }, [expired]);
  const pay = async (): Promise<void> => {
    set_working(true);
    set_problem(null);
    if (missing === 0 || (await charge(missing))) {
      const paid = await client.pay(order.number);
      if (paid.ok) {
        replace(paid.value.order);
        navigate(`/orders/${order.number}?thanks`, { replace: true });
      } else {
        set_problem(problem_text(paid.problem) + (paid.problem.code === 'offline' ? ` ${say.checkout.lost}` : ''));
        reload();
      }
    }
    set_working(false);
  };
  const cancel = async (): Promise<void> => {
    set_asking(false);
    set_working(true);
    const answer = await client.rest.post_once<Order>(`/orders/${order.number}/cancel`);
    set_working(false);
    if (!answer.ok) return show_problem(answer.problem);
    show_toast(say.orders.cancelled);
    reload();
    client.sync_soon();
  };
  if (expired) return <p class="result">{say.orders.expired}</p>;
  return (
    <section class="panel pending" aria-label={say.orders.pay_within}>
      <p>{say.orders.pay_within}</p>
      <Countdown to={order.expires_at} label={say.orders.pay_within} />
      {missing > 0 && <p class="result"><span><b>{say.checkout.missing(money(missing))}</b><br />{say.checkout.missing_hint}</span></p>}
      <div role="alert">{problem && <p class="result result-bad">{problem}</p>}</div>
      <button type="button" class="button button-strong button-wide button-tall" disabled={working || !online.value} onClick={() => void pay()}>
        {working ? say.checkout.paying : missing > 0 ? say.checkout.charge_and_pay(money(missing)) : say.orders.pay(money(order.total))}
      </button>
      <button type="button" class="button button-wide" disabled={working || !online.value} onClick={() => set_asking(true)}>{say.orders.cancel}</button>
      <Dialog open={asking} title={say.orders.cancel_ask} onClose={() => set_asking(false)}>
        <p>{say.orders.cancel_hint}</p>
        <div class="buy-buttons">
          <button type="button" class="button" onClick={() => set_asking(false)}>{say.orders.keep}</button>
          <button type="button" class="button button-strong" onClick={() => void cancel()}>{say.orders.cancel}</button>
        </div>
      </Dialog>
    </section>
  );
}

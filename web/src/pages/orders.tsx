import { useEffect, useState } from 'preact/hooks';
import type { Order, OrderStatus, OrderSummary, Page } from '../api_types';
import { Dialog } from '../components/form';
import { Icon } from '../components/icons';
import { MoneyRows } from '../components/money_rows';
import { Countdown, Empty, PageHead, Picture, problem_text, ProblemState, show_problem, show_toast, Skeleton, useNow, useSettled, useTitle } from '../components/ui';
import { all_words, text } from '../i18n';
import { explain } from '../i18n/explain';
import { date_time, money } from '../i18n/format';
import { navigate, place } from '../router';
import { client, me, online } from '../state/shop';
import { useResource } from '../state/resource';
import { charge } from './balance';

export function OrdersPage() {
  const say = all_words().orders;
  const orders = useResource<Page<OrderSummary>>('/orders?limit=20');
  useSettled(Boolean(orders.data));
  useEffect(() => client.live.on('orders', orders.reload), []);
  const more = async (): Promise<void> => {
    if (!orders.data?.next_cursor) return;
    const answer = await client.rest.get<Page<OrderSummary>>(`/orders?limit=20&cursor=${encodeURIComponent(orders.data.next_cursor)}`);
    if (!answer.ok) return show_problem(answer.problem);
    orders.replace({ items: [...orders.data.items, ...answer.value.items], next_cursor: answer.value.next_cursor });
  };
  const items = orders.data?.items;
  return (
    <div class="narrow">
      <PageHead title={say.title} />
      {!items && orders.problem ? <ProblemState problem={orders.problem} retry={orders.reload} />
        : items?.length === 0 ? <Empty icon="receipt" title={say.empty} hint={say.empty_hint}><a class="button button-strong" href="/products">{all_words().home.hero_button}</a></Empty>
          : <ul class="orders">{items?.map((order) => <Row key={order.number} order={order} />) ?? <Skeleton kind="row" count={4} />}</ul>}
      {orders.data?.next_cursor && <p class="more"><button type="button" class="button" onClick={() => void more()}>{all_words().common.more}</button></p>}
    </div>
  );
}

function Row({ order }: { order: OrderSummary }) {
  const say = all_words();
  return (
    <li>
      <a href={`/orders/${order.number}`} class="order-row">
        <Picture image={order.image || null} size={72} />
        <div>
          <span class={`status status-${order.status}`}>{say.order_status[order.status]}</span>
          <b>{text(order.first_item)}</b>
          <small class="muted">{date_time(order.created_at)} · {say.common.units(order.units)}</small>
        </div>
        <strong>{money(order.total)}</strong>
      </a>
    </li>
  );
}

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
  const thanks = place.value.query.has('thanks') && order.status === 'PAID';
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
      <Progress status={order.status} />
      {order.status === 'PENDING' && <Pending order={order} reload={reload} replace={replace} />}
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
          <address>
            <b>{order.address.name}</b> {order.address.phone}<br />
            ({order.address.postcode}) {order.address.line1} {order.address.line2}
            {order.address.note && <><br /><span class="muted">{order.address.note}</span></>}
          </address>
        </section>
      )}
      <p class="more"><a class="link" href="/orders">{say.orders.title}</a></p>
    </div>
  );
}

const STEPS: OrderStatus[] = ['PENDING', 'PAID', 'SHIPPING', 'DELIVERED'];

function Progress({ status }: { status: OrderStatus }) {
  const say = all_words();
  if (status === 'CANCELLED') return <p class="result">{say.order_status.CANCELLED}</p>;
  const at = STEPS.indexOf(status);
  return (
    <ol class="progress" aria-label={say.orders.progress}>
      {STEPS.map((step, index) => (
        <li key={step} class={index <= at ? 'progress-done' : ''} aria-current={index === at ? 'step' : undefined}>
          <span class="progress-dot">{index <= at && <Icon name="check" size={14} />}</span>{say.order_status[step]}
        </li>
      ))}
    </ol>
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

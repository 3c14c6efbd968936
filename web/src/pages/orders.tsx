import { useEffect } from 'preact/hooks';
import type { OrderSummary, Page } from '../api_types';
import { Empty, PageHead, Picture, ProblemState, show_problem, Skeleton, useSettled } from '../components/ui';
import { all_words, text } from '../i18n';
import { date_time, money } from '../i18n/format';
import { keep_pages, useResource } from '../state/resource';
import { client } from '../state/shop';

export function OrdersPage() {
  const say = all_words().orders;
  const orders = useResource<Page<OrderSummary>>('/orders?limit=20', keep_pages((order) => order.number));
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
          <b>{order.items > 1 ? say.orders.and_more(text(order.first_item), order.items - 1) : text(order.first_item)}</b>
          <small class="muted">{date_time(order.created_at)} · {say.common.units(order.units)}</small>
        </div>
        <div class="order-row-end">
          <strong>{money(order.total)}</strong>
          {order.refunded > 0 && <small class="muted">{say.returns.list} {money(order.refunded)}</small>}
        </div>
      </a>
    </li>
  );
}

import type { AdminOrderSummary, OrderStatus } from '../api_types';
import { all_words, text } from '../i18n';
import { date_time, money } from '../i18n/format';
import { place } from '../router';
import { say_orders } from './orders_words';
import { Choices, Head, ListTable, Search, type Column } from './parts';
import { query_of, useListing } from './resource';
import { say_shell } from './words';

const STATUSES: OrderStatus[] = ['PENDING', 'PAID', 'SHIPPING', 'DELIVERED', 'CANCELLED'];

export function OrdersPage() {
  const say = say_orders();
  const status_words = all_words().order_status;
  const list = useListing<AdminOrderSummary>(`/admin/orders${query_of('q', 'status')}`);
  const columns: Column<AdminOrderSummary>[] = [
    { head: say.number, main: true, cell: (order) => <a class="code" href={`/admin/orders/${order.number}`}>
      {order.number}</a> },
    { head: say.status, cell: (order) => <span class={`status status-${order.status}`}>{status_words[order.status]}
      </span> },
    { head: say.shopper, cell: (order) => <span class="stacked">{order.user.name}
      <small class="muted">{order.user.email}</small></span> },
    { head: say.items, cell: (order) => (order.items > 1 ? say.and_more(text(order.first_item), order.items - 1)
      : text(order.first_item)) },
    {
      head: say.total, number: true,
      cell: (order) => <span class="stacked"><b>{money(order.total)}</b>
        {order.refunded > 0 && <small class="muted">{say.refunded(money(order.refunded))}</small>}</span>,
    },
    { head: say.ordered, number: true, cell: (order) => date_time(order.created_at) },
  ];
  return (
    <>
      <Head title={say.title} />
      <div class="admin-tools">
        <Search label={say.search} />
        <Choices label={say.status} name="status" values={[['', say_shell().all],
          ...STATUSES.map((status): [string, string] => [status, status_words[status]])]} />
      </div>
      <ListTable caption={say.title} list={list} columns={columns} row_key={({ number }) => number}
        filtered={place.value.query.size > 0} />
    </>
  );
}

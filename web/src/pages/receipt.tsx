// What was bought and paid, on one sheet of paper: everything around it is left out when it is printed (print.css).

import type { Order } from '../api_types';
import { Icon } from '../components/icons';
import { MoneyRows } from '../components/money_rows';
import { Empty, PageHead, ProblemState, Skeleton, useSettled } from '../components/ui';
import { all_words, text } from '../i18n';
import { explain } from '../i18n/explain';
import { date_time, money } from '../i18n/format';
import { me, shop } from '../state/shop';
import { useResource } from '../state/resource';

export function ReceiptPage({ name: number }: { name: string }) {
  const say = all_words();
  const order = useResource<Order>(`/orders/${encodeURIComponent(number)}`);
  useSettled(Boolean(order.data));
  const back = <a class="button" href={`/orders/${number}`}>{say.receipt.back}</a>;
  if (order.data) return order.data.paid_at === null ? <Empty page icon="receipt" title={say.receipt.unpaid}>{back}</Empty> : <Receipt order={order.data} />;
  if (order.problem?.code === 'not_found') return <Empty page icon="receipt" title={explain().error({ code: 'not_found' })}>{back}</Empty>;
  return order.problem ? <ProblemState page problem={order.problem} retry={order.reload} /> : <Skeleton kind="block" count={2} />;
}

function Receipt({ order }: { order: Order }) {
  const say = all_words();
  return (
    <div class="narrow">
      <article class="receipt">
        <PageHead title={say.receipt.title}><p>{shop.value && text(shop.value.name)}</p></PageHead>
        <dl class="facts">
          <div><dt>{say.orders.number}</dt><dd class="code">{order.number}</dd></div>
          <div><dt>{say.orders.paid_at}</dt><dd>{date_time(order.paid_at ?? order.created_at)}</dd></div>
          {me.value && <div><dt>{say.receipt.buyer}</dt><dd>{me.value.name}</dd></div>}
          <div><dt>{say.receipt.method}</dt><dd>{say.receipt.balance}</dd></div>
        </dl>
        <table>
          <thead><tr><th scope="col">{say.receipt.item}</th><th scope="col">{say.receipt.unit}</th><th scope="col">{say.receipt.quantity}</th><th scope="col">{say.receipt.amount}</th></tr></thead>
          <tbody>
            {order.items.map((item) => (
              <tr key={item.variant_id}>
                <th scope="row">{text(item.name)}{text(item.options) && <small> {text(item.options)}</small>}</th>
                <td>{money(item.unit_price)}</td><td>{item.quantity}</td>
                <td>{money(item.unit_price * item.quantity)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <MoneyRows sums={order} total_label={say.receipt.paid} />
        {order.coupons.length > 0 && (
          <p class="muted">{say.orders.coupons}: {order.coupons.map((coupon) => `${text(coupon.name)} −${money(coupon.amount)}`).join(', ')}</p>
        )}
        {order.refunds.length > 0 && (
          <dl class="sums sums-balance">
            {order.refunds.map((refund) => <div key={refund.id}><dt>{say.receipt.refunded_at(date_time(refund.created_at))}</dt><dd>−{money(refund.amount)}</dd></div>)}
            <div class="sums-total"><dt>{say.returns.remaining}</dt><dd>{money(order.total - order.refunded)}</dd></div>
          </dl>
        )}
      </article>
      <p class="more order-links no-print">
        <button type="button" class="button button-strong" onClick={() => print()}><Icon name="receipt" size={20} />{say.receipt.print}</button>
        <a class="link" href={`/orders/${order.number}`}>{say.receipt.back}</a>
      </p>
    </div>
  );
}

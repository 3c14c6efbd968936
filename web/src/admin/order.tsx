// One order: what was bought and paid, and what an admin does with it.

import { useState } from 'preact/hooks';
import type { AdminOrder, Order } from '../api_types';
import { Dialog } from '../components/form';
import { MoneyRows } from '../components/money_rows';
import { Loading, Picture, show_toast, Skeleton } from '../components/ui';
import { all_words, text } from '../i18n';
import { date_time, money } from '../i18n/format';
import type { Problem } from '../store/rest';
import { command, type Tagged } from './api';
import { TextField } from './forms';
import { say_orders } from './orders_words';
import { Ask, fault_at, Head, Panel, Refusal } from './parts';
import { RefundDialog } from './refund';
import { useThing } from './resource';
import type { PageProps } from './sections';
import { say_shell } from './words';

export function OrderPage({ name: number }: PageProps) {
  const order = useThing<AdminOrder>(`/admin/orders/${encodeURIComponent(number)}`);
  if (order.data) return <Detail all={order.data} reload={() => void order.reload()} />;
  if (order.problem) return <Refusal problem={order.problem} retry={() => void order.reload()} />;
  return <><Loading /><Skeleton kind="block" count={2} /></>;
}

type Deed = 'ship' | 'deliver' | 'refund' | 'cancel';

function deeds_of(order: Order): Deed[] {
  const left = order.items.some((item) => item.refunded_quantity < item.quantity);
  switch (order.status) {
    case 'PAID': return ['ship', ...(left ? ['refund', 'cancel'] as const : [])];
    case 'SHIPPING': return ['deliver', ...(left ? ['refund'] as const : [])];
    case 'DELIVERED': return left ? ['refund'] : [];
    case 'PENDING':
    case 'CANCELLED': return [];
  }
}

function Detail({ all, reload }: { all: AdminOrder; reload: () => void }) {
  const say = say_orders();
  const { order, user } = all;
  const [doing, set_doing] = useState<Deed | null>(null);
  const names: Record<Deed, string> = { ship: say.ship, deliver: say.deliver, refund: say.refund, cancel: say.cancel };
  const done = (message: string): void => {
    set_doing(null);
    show_toast(message);
    reload();
  };
  const close = (): void => set_doing(null);
  return (
    <>
      <Head title={say.detail(order.number)} back={{ path: '/admin/orders', name: say.title }}
        note={<><span class={`status status-${order.status}`}>{all_words().order_status[order.status]}
          </span> {date_time(order.created_at)}</>}>
        {deeds_of(order).map((deed, i) => (
          <button key={deed} type="button" class={`button ${i === 0 && deed !== 'refund' ? 'button-strong' : ''}`}
            onClick={() => set_doing(deed)}>{names[deed]}</button>
        ))}
      </Head>
      {order.status === 'PENDING' && <p class="result">{say.unpaid_hint(date_time(order.expires_at))}</p>}
      <div class="editor-columns">
        <div>
          <Items order={order} />
          {order.refunds.length > 0 && <Refunds order={order} />}
          <Panel title={say.sums}><MoneyRows sums={order} total_label={all_words().checkout.total} />
            {order.refunded > 0 && <p class="muted refunded-sum">{say.refunded(money(order.refunded))}</p>}</Panel>
        </div>
        <div>
          <Panel title={say.shopper}><p><b>{user.name}</b><br /><a class="link" href={`mailto:${user.email}`}>
            {user.email}</a></p></Panel>
          <ShipTo order={order} />
          <Payments all={all} />
          {all.log.length > 0 && <Log all={all} />}
        </div>
      </div>
      {doing === 'ship' && <ShipDialog order={order} onDone={() => done(say.shipped)} onClose={close} />}
      {doing === 'refund' && <RefundDialog order={order} onDone={(amount) => done(say.refund_done(money(amount)))}
        onClose={close} />}
      <SimpleDeed open={doing === 'deliver'} title={say.deliver_ask} yes={say.deliver} onClose={close}
        onDone={() => done(say.delivered)}
        run={() => command<Order>(`/admin/orders/${order.number}/deliver`)} />
      <SimpleDeed open={doing === 'cancel'} title={say.cancel_title}
        hint={say.cancel_hint(money(order.total - order.refunded))} yes={say.cancel} onClose={close}
        onDone={() => done(say.cancelled)}
        run={() => command(`/admin/orders/${order.number}/refund`, { restock: true, reason: say.cancel })} />
    </>
  );
}

function SimpleDeed(props: { open: boolean; title: string; hint?: string; yes: string;
  run: () => Promise<Tagged<unknown>>; onDone: () => void; onClose: () => void }) {
  const [working, set_working] = useState(false);
  const [problem, set_problem] = useState<Problem>();
  const go = async (): Promise<void> => {
    set_working(true);
    const answer = await props.run();
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (answer.ok) props.onDone();
  };
  return (
    <Ask open={props.open} title={props.title} hint={<>{props.hint && <p>{props.hint}</p>}<Refusal problem={problem} />
      </>} yes={props.yes} working={working}
      onYes={() => void go()} onClose={props.onClose} />
  );
}

function ShipDialog({ order, onDone, onClose }: { order: Order; onDone: () => void; onClose: () => void }) {
  const say = say_orders();
  const [carrier, set_carrier] = useState('');
  const [tracking_number, set_tracking] = useState('');
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  const ship = async (): Promise<void> => {
    set_working(true);
    const answer = await command<Order>(`/admin/orders/${order.number}/ship`,
      { carrier: carrier.trim(), tracking_number: tracking_number.trim() });
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (answer.ok) onDone();
  };
  return (
    <Dialog open title={say.ship_title} onClose={onClose}>
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void ship();
      }}>
        <TextField label={say.carrier} name="carrier" value={carrier} onInput={set_carrier} required maxLength={100}
          problem={fault_at(problem, '/carrier')} />
        <TextField label={say.tracking} name="tracking" value={tracking_number} onInput={set_tracking} required
          maxLength={100} problem={fault_at(problem, '/tracking_number')} />
        <Refusal problem={problem} />
        <div class="admin-actions">
          <button type="button" class="button" onClick={onClose}>{say_shell().cancel}</button>
          <button type="submit" class="button button-strong" disabled={working}>{say.ship}</button>
        </div>
      </form>
    </Dialog>
  );
}

function Items({ order }: { order: Order }) {
  const say = say_orders();
  return (
    <Panel title={say.items}>
      <ul class="bought">
        {order.items.map((item) => (
          <li key={item.variant_id}>
            <Picture image={item.image || null} size={64} />
            <div>
              <a href={`/admin/products/${item.product_id}`}><b>{text(item.name)}</b></a>
              <p class="muted">{[text(item.options), `× ${item.quantity}`,
                say.each(money(item.unit_price))].filter(Boolean).join(' · ')}</p>
              {item.refunded_quantity > 0 && <p class="muted">{say.refunded_units(item.refunded_quantity)}</p>}
            </div>
            <strong>{money(item.net)}</strong>
          </li>
        ))}
      </ul>
      {order.coupons.length > 0 && (
        <dl class="sums">{order.coupons.map((coupon) => <div key={coupon.id} class="sums-off">
          <dt>{text(coupon.name)}</dt><dd>−{money(coupon.amount)}</dd></div>)}</dl>
      )}
    </Panel>
  );
}

function Refunds({ order }: { order: Order }) {
  const say = say_orders();
  const name_of = (variant_id: number): string => text(order.items.find((item) => item.variant_id === variant_id)?.name
    ?? { ko: '', en: '' });
  return (
    <Panel title={say.refunds}>
      <ul class="rows-small">
        {order.refunds.map((refund) => (
          <li key={refund.id}>
            <span>
              {refund.items.map((item) => `${name_of(item.variant_id)} × ${item.quantity}`).join(', ')}
              <br /><small class="muted">{[date_time(refund.created_at), refund.by_shopper && say.by_shopper,
                refund.restocked && say.restocked, refund.shipping > 0 && say.with_shipping,
                refund.reason].filter(Boolean).join(' · ')}</small>
            </span>
            <b>{money(refund.amount)}</b>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ShipTo({ order }: { order: Order }) {
  const say = say_orders();
  const { address } = order;
  return (
    <Panel title={say.address}>
      {address ? (
        <address>
          <b>{address.name}</b> {address.phone}<br />({address.postcode}) {address.line1} {address.line2}
          {address.note && <><br /><span class="muted">{address.note}</span></>}
        </address>
      ) : <p class="muted">{say.no_address}</p>}
      {order.shipments.map((parcel) => (
        <dl key={parcel.shipped_at} class="facts parcel">
          <div><dt>{say.carrier}</dt><dd>{parcel.carrier}</dd></div>
          <div><dt>{say.tracking}</dt><dd class="code">{parcel.tracking_number}</dd></div>
          <div><dt>{say.shipped_at}</dt><dd>{date_time(parcel.shipped_at)}</dd></div>
          {parcel.delivered_at !== null && <div><dt>{say.delivered_at}</dt><dd>{date_time(parcel.delivered_at)}</dd>
            </div>}
        </dl>
      ))}
    </Panel>
  );
}

function Payments({ all }: { all: AdminOrder }) {
  const say = say_orders();
  if (all.payments.length === 0) return null;
  return (
    <Panel title={say.payments}>
      <ul class="rows-small">
        {all.payments.map((payment) => (
          <li key={payment.id}><span>{say.payment_status[payment.status]}<br />
            <small class="muted">{payment.history.at(-1) && date_time(payment.history.at(-1)!.created_at)}
            </small></span><b>{money(payment.amount)}</b></li>
        ))}
      </ul>
    </Panel>
  );
}

function Log({ all }: { all: AdminOrder }) {
  const say = say_orders();
  return (
    <Panel title={say.log}>
      <ul class="rows-small">
        {all.log.map((entry) => <li key={entry.id}><span>{say.deed(entry.user_name,
          say.actions[entry.action] ?? entry.action)}</span><small class="muted">{date_time(entry.created_at)}</small>
          </li>)}
      </ul>
    </Panel>
  );
}

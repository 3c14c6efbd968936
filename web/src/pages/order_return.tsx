// Money back for all of an order or for some units of it: the amount is shown before it is asked for, and to the unit
// what the server will answer (store/refund_plan.ts).

import { useState } from 'preact/hooks';
import type { Order, OrderItem, Refunded } from '../api_types';
import { Dialog, Field, Stepper } from '../components/form';
import { ProblemNote } from '../components/problem_note';
import { Picture, problem_text, show_toast, useNow } from '../components/ui';
import { all_words, text } from '../i18n';
import { date, date_time, money } from '../i18n/format';
import { client, online, shop } from '../state/shop';
import { plan_refund, return_deadline, units_left } from '../store/refund_plan';

const left_of = (item: OrderItem): number => item.quantity - item.refunded_quantity;

/** The button, for as long as the order can be returned. */
export function Return({ order, replace }: { order: Order; replace: (order: Order) => void }) {
  const say = all_words().returns;
  const [open, set_open] = useState(false);
  const deadline = return_deadline(order, shop.value?.return_days ?? 0);
  const now = useNow(deadline ?? undefined);
  if (order.paid_at === null || order.status === 'CANCELLED' || units_left(order) === 0) return null;
  if (deadline !== null && now >= deadline) return order.status === 'DELIVERED' ? <p class="muted order-note">{say.over}</p> : null;
  return (
    <div class="order-return">
      <button type="button" class="button button-wide" disabled={!online.value} onClick={() => set_open(true)}>{order.status === 'PAID' ? say.cancel : say.start}</button>
      {deadline !== null && <p class="muted order-note">{say.until(date(deadline))}</p>}
      <Dialog open={open} title={say.title} onClose={() => set_open(false)}>
        <ReturnForm order={order} onDone={(after) => {
          set_open(false);
          replace(after);
        }} />
      </Dialog>
    </div>
  );
}

function ReturnForm({ order, onDone }: { order: Order; onDone: (order: Order) => void }) {
  const say = all_words();
  const returnable = order.items.filter((item) => left_of(item) > 0);
  const [units, set_units] = useState<ReadonlyMap<number, number>>(new Map());
  const [reason, set_reason] = useState('');
  const [problem, set_problem] = useState<string>();
  const [working, set_working] = useState(false);
  const plan = plan_refund(order, units);
  const lines = [...units].filter(([, quantity]) => quantity > 0).map(([variant_id, quantity]) => ({ variant_id, quantity }));
  const set = (variant_id: number, quantity: number): void => set_units(new Map(units).set(variant_id, quantity));
  const submit = async (): Promise<void> => {
    set_working(true);
    set_problem(undefined);
    const answer = await client.rest.post_once<Refunded>(`/orders/${order.number}/returns`, { lines, reason: reason.trim() });
    set_working(false);
    client.sync_soon();
    if (!answer.ok) return set_problem(problem_text(answer.problem));
    show_toast(say.returns.done(money(answer.value.refund.amount)));
    onDone(answer.value.order);
  };
  return (
    <form class="form return-form" onSubmit={(event) => {
      event.preventDefault();
      void submit();
    }}>
      <div class="return-head">
        <p class="muted">{say.returns.hint}</p>
        <button type="button" class="link" onClick={() => set_units(plan.whole ? new Map() : new Map(returnable.map((item) => [item.variant_id, left_of(item)])))}>
          {plan.whole ? say.returns.none : say.returns.all}
        </button>
      </div>
      <ul class="bought return-lines">
        {returnable.map((item) => {
          const worth = plan.parts.get(item.variant_id) ?? 0;
          return (
            <li key={item.variant_id}>
              <Picture image={item.image || null} size={64} />
              <div><b>{text(item.name)}</b>
                <p class="muted">{[text(item.options), say.returns.left(left_of(item))].filter(Boolean).join(' · ')}</p>
                <Stepper value={units.get(item.variant_id) ?? 0} min={0} max={left_of(item)} label={say.returns.units(text(item.name))}
                  onChange={(quantity) => set(item.variant_id, Math.min(quantity, left_of(item)))} /></div>
              <strong class={worth > 0 ? '' : 'muted'}>{money(worth)}</strong>
            </li>
          );
        })}
      </ul>
      <Field label={say.returns.reason} name="reason" value={reason} onInput={set_reason} maxLength={200} autocomplete="off" />
      <div class="return-end">
        <dl class="sums">
          {plan.shipping > 0 && <div><dt>{say.returns.shipping}</dt><dd>{money(plan.shipping)}</dd></div>}
          <div class="sums-total" aria-live="polite" aria-atomic="true"><dt>{say.returns.amount}</dt><dd>{money(plan.amount)}</dd></div>
        </dl>
        {plan.whole ? order.coupons.length > 0 && <p class="muted">{say.returns.coupons_back}</p>
          : (order.shipping_fee > order.shipping_discount || order.coupons.length > 0) && <p class="muted">{say.returns.shipping_later}</p>}
        <ProblemNote text={problem} />
        <button type="submit" class="button button-strong button-wide button-tall" disabled={working || lines.length === 0 || !online.value}>
          {working ? say.returns.working : lines.length === 0 ? say.returns.pick : say.returns.confirm(money(plan.amount))}
        </button>
      </div>
    </form>
  );
}

/** What has come back so far. */
export function Refunds({ order }: { order: Order }) {
  const say = all_words().returns;
  if (order.refunds.length === 0) return null;
  const name_of = (variant_id: number): string => {
    const item = order.items.find((one) => one.variant_id === variant_id);
    return item ? text(item.name) : '';
  };
  return (
    <section class="panel" aria-label={say.list}>
      <h2>{say.list}</h2>
      <ul class="refunds">
        {order.refunds.map((refund) => (
          <li key={refund.id}>
            <div>
              <b>{refund.items.map((item) => say.item(name_of(item.variant_id), item.quantity)).join(', ')}</b>
              <p class="muted">
                {[date_time(refund.created_at), refund.by_shopper ? say.by_me : say.by_shop, refund.reason,
                  refund.shipping > 0 ? `${say.shipping} ${money(refund.shipping)}` : ''].filter(Boolean).join(' · ')}
              </p>
            </div>
            <strong class="plus">+{money(refund.amount)}</strong>
          </li>
        ))}
      </ul>
      <dl class="sums">
        <div><dt>{say.total}</dt><dd>{money(order.refunded)}</dd></div>
        <div><dt>{say.remaining}</dt><dd>{money(order.total - order.refunded)}</dd></div>
      </dl>
    </section>
  );
}

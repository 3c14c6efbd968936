// Units to refund. What goes back is said before.

import { useState } from 'preact/hooks';
import type { Order, OrderItem, Refunded, RefundRequest } from '../api_types';
import { Dialog, Stepper } from '../components/form';
import { Picture } from '../components/ui';
import { text } from '../i18n';
import { money } from '../i18n/format';
import { plan_refund } from '../store/refund_plan';
import type { Problem } from '../store/rest';
import { command } from './api';
import { CheckField, TextField } from './forms';
import { say_orders } from './orders_words';
import { Refusal } from './parts';
import { say_shell } from './words';

const left_of = (item: OrderItem): number => item.quantity - item.refunded_quantity;

export function RefundDialog({ order, onDone,
  onClose }: { order: Order; onDone: (amount: number) => void; onClose: () => void }) {
  const say = say_orders();
  const items = order.items.filter((item) => left_of(item) > 0);
  const [chosen, set_chosen] = useState(new Map<number, number>());
  const [restock, set_restock] = useState(order.status === 'PAID');
  const [reason, set_reason] = useState('');
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  const lines = [...chosen].filter(([, quantity]) => quantity > 0).map(([variant_id, quantity]) => ({ variant_id,
    quantity }));
  const { amount, shipping } = plan_refund(order, chosen);
  const refund = async (): Promise<void> => {
    set_working(true);
    const wanted: RefundRequest = { lines, restock, reason: reason.trim() };
    const answer = await command<Refunded>(`/admin/orders/${order.number}/refund`, wanted);
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (answer.ok) onDone(answer.value.refund.amount);
  };
  return (
    <Dialog open title={say.refund_title} onClose={onClose}>
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void refund();
      }}>
        <p class="muted">{say.refund_hint}</p>
        <ul class="refund-items">
          {items.map((item) => (
            <li key={item.variant_id}>
              <Picture image={item.image || null} size={48} />
              <div><b>{text(item.name)}</b><p class="muted">{[text(item.options),
                say.left(left_of(item))].filter(Boolean).join(' · ')}</p></div>
              <Stepper label={say.quantity_of([text(item.name), text(item.options)].filter(Boolean).join(' · '))}
                min={0} max={left_of(item)} value={chosen.get(item.variant_id) ?? 0}
                onChange={(quantity) => set_chosen(new Map(chosen).set(item.variant_id,
                  Math.min(quantity, left_of(item))))} />
            </li>
          ))}
        </ul>
        <CheckField label={say.restock} name="restock" value={restock} onInput={set_restock} />
        <TextField label={say.reason} name="reason" value={reason} onInput={set_reason} maxLength={200} />
        <p role="status">{lines.length > 0 && <b>{say.back(money(amount))}</b>} {shipping > 0
          && <span class="muted">({say.with_shipping})</span>}</p>
        <Refusal problem={problem} />
        <div class="admin-actions">
          <button type="button" class="button" onClick={onClose}>{say_shell().cancel}</button>
          <button type="submit" class="button button-strong" disabled={working || lines.length === 0}>
            {say.do_refund(money(amount))}</button>
        </div>
      </form>
    </Dialog>
  );
}

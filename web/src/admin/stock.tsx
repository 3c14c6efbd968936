// A variant's stock: what came and went, and a movement to book.

import { useState } from 'preact/hooks';
import type { AdminVariant, Moved, Movement, MovementReason } from '../api_types';
import { Dialog } from '../components/form';
import { show_toast } from '../components/ui';
import { date_time, number } from '../i18n/format';
import type { Problem } from '../store/rest';
import { command } from './api';
import { NumberField, SelectField, TextField, type Figure } from './forms';
import { fault_at, ListTable, Refusal, type Column } from './parts';
import { say_products } from './products_words';
import { useListing, useThing } from './resource';

const UNITS_MAX = 1_000_000_000;
/** The importer's own note. */
const IMPORTED = 'import';

export function StockDialog({ variant, onClose }: { variant: { id: number; name: string }; onClose: () => void }) {
  const say = say_products();
  const stored = useThing<AdminVariant>(`/admin/variants/${variant.id}`);
  const movements = useListing<Movement>(`/admin/variants/${variant.id}/movements`, 20);
  const [delta, set_delta] = useState<Figure>(null);
  const [reason, set_reason] = useState<MovementReason>('RECEIVED');
  const [reference, set_reference] = useState('');
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  const move = async (): Promise<void> => {
    if (!delta) return;
    set_working(true);
    const answer = await command<Moved>(`/admin/variants/${variant.id}/movements`,
      { delta, reason, reference: reference.trim() });
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    set_delta(null);
    set_reference('');
    show_toast(say.moved(number(answer.value.stock)));
    await Promise.all([stored.reload(), movements.reload()]);
  };
  const columns: Column<Movement>[] = [
    { head: say.when, main: true, cell: (one) => date_time(one.created_at) },
    { head: say.delta, number: true, cell: (one) => <b class={one.delta < 0 ? 'bad' : ''}>{one.delta > 0 ? '+' : ''}
      {number(one.delta)}</b> },
    { head: say.reason, cell: (one) => say.reasons[one.reason] },
    {
      head: say.reference,
      cell: ({ order_number, reference }) => (order_number
        ? <a href={`/admin/orders/${order_number}`}>{say.order(order_number)}</a>
        : reference === IMPORTED ? say.imported : reference),
    },
  ];
  return (
    <Dialog open title={say.stock_of(variant.name)} onClose={onClose}>
      {stored.data && <p class="stock-now"><b>{say.now_in_stock(number(stored.data.stock))}</b></p>}
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void move();
      }}>
        <div class="field-row">
          <NumberField label={say.delta} name="delta" value={delta} min={-UNITS_MAX} max={UNITS_MAX}
            onInput={set_delta} hint={say.delta_hint} problem={fault_at(problem, '/delta')} />
          <SelectField label={say.reason} name="reason" value={reason} onInput={set_reason}
            options={[['RECEIVED', say.reasons.RECEIVED], ['ADJUSTED', say.reasons.ADJUSTED],
              ['RETURNED', say.reasons.RETURNED]]} />
        </div>
        <TextField label={say.reference} name="reference" value={reference} onInput={set_reference} maxLength={200}
          problem={fault_at(problem, '/reference')} />
        <Refusal problem={problem} />
        <button type="submit" class="button button-strong" disabled={working || !delta}>{say.move}</button>
      </form>
      <h3>{say.movements}</h3>
      <ListTable caption={say.movements} list={movements} columns={columns} row_key={({ id }) => id}
        empty={say.no_movements} />
    </Dialog>
  );
}

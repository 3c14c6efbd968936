// What shoppers put on their balances: transfers to confirm, and what was taken back.

import { useState } from 'preact/hooks';
import type { AdminCharge, ChargeStatus } from '../api_types';
import { Dialog } from '../components/form';
import { show_toast } from '../components/ui';
import { date_time, money } from '../i18n/format';
import { place } from '../router';
import type { Problem } from '../store/rest';
import { command } from './api';
import { say_charges } from './charges_words';
import { TextField } from './forms';
import { Choices, Head, ListTable, Refusal, type Column } from './parts';
import { query_of, useListing } from './resource';
import { say_shell } from './words';

const STATUSES: ChargeStatus[] = ['PENDING', 'COMPLETED', 'FAILED', 'REVERSED'];

type Deed = 'confirm' | 'fail' | 'reverse';
const DEEDS: Record<ChargeStatus, Deed[]> = { PENDING: ['confirm', 'fail'], COMPLETED: ['reverse'], FAILED: [],
  REVERSED: [] };

export function ChargesPage() {
  const say = say_charges();
  const list = useListing<AdminCharge>(`/admin/charges${query_of('status')}`);
  const [doing, set_doing] = useState<{ deed: Deed; one: AdminCharge } | null>(null);
  const done: Record<Deed, string> = { confirm: say.confirmed, fail: say.failed, reverse: say.reversed };
  const columns: Column<AdminCharge>[] = [
    { head: say.number, main: true, cell: ({ charge }) => <b class="code">{charge.number}</b> },
    { head: say.status, cell: ({ charge }) => <span class="stacked"><span
      class={`chip ${charge.status === 'COMPLETED' ? 'chip-good' : ''}`}>{say.statuses[charge.status]}</span>
      {charge.reason && <small class="muted">{charge.reason}</small>}</span> },
    { head: say.shopper, cell: ({ user }) => <span class="stacked">{user.name}<small class="muted">{user.email}</small>
      </span> },
    { head: say.provider, cell: ({ charge }) => say.providers[charge.provider] ?? charge.provider },
    { head: say.amount, number: true, cell: ({ charge }) => <b>{money(charge.amount)}</b> },
    { head: say.when, number: true, cell: ({ charge }) => date_time(charge.created_at) },
    {
      head: say.deeds,
      cell: (one) => (
        <span class="admin-actions">
          {DEEDS[one.charge.status].map((deed) => (
            <button key={deed} type="button" class="button button-small" onClick={() => set_doing({ deed, one })}>
              {say[deed]}<span class="visually-hidden"> {one.charge.number}</span>
            </button>
          ))}
        </span>
      ),
    },
  ];
  return (
    <>
      <Head title={say.title} />
      <div class="admin-tools">
        <Choices label={say.status} name="status" values={[['', say_shell().all],
          ...STATUSES.map((status): [string, string] => [status, say.statuses[status]])]} />
      </div>
      <ListTable caption={say.title} list={list} columns={columns} row_key={({ charge }) => charge.id}
        filtered={place.value.query.size > 0} />
      {doing && (
        <DeedDialog {...doing} onClose={() => set_doing(null)} onDone={() => {
          show_toast(done[doing.deed]);
          set_doing(null);
          void list.reload();
        }} />
      )}
    </>
  );
}

function DeedDialog({ deed, one, onDone,
  onClose }: { deed: Deed; one: AdminCharge; onDone: () => void; onClose: () => void }) {
  const say = say_charges();
  const [reason, set_reason] = useState('');
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  const amount = money(one.charge.amount);
  const titles: Record<Deed, string> = { confirm: say.confirm_ask(amount, one.user.name), fail: say.fail_ask,
    reverse: say.reverse_ask(amount) };
  const hints: Record<Deed, string> = { confirm: say.confirm_hint, fail: say.fail_hint, reverse: say.reverse_hint };
  const go = async (): Promise<void> => {
    set_working(true);
    const answer = await command<AdminCharge>(`/admin/charges/${one.charge.id}/${deed}`,
      deed === 'reverse' ? { reason: reason.trim() } : undefined);
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (answer.ok) onDone();
  };
  return (
    <Dialog open title={titles[deed]} onClose={onClose}>
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}>
        <p>{hints[deed]}</p>
        {deed === 'reverse' && <TextField label={say.reason} name="reason" value={reason} onInput={set_reason} required
          maxLength={200} />}
        <Refusal problem={problem} />
        <div class="admin-actions">
          <button type="button" class="button" onClick={onClose}>{say_shell().cancel}</button>
          <button type="submit" class="button button-strong" disabled={working}>{say[deed]}</button>
        </div>
      </form>
    </Dialog>
  );
}

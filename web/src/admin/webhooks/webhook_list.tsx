// All webhooks, and making one.

import { useState } from 'preact/hooks';
import type { Webhook } from '../../api_types';
import { show_toast } from '../../components/ui';
import { number } from '../../i18n/format';
import type { Problem } from '../../store/rest';
import { command } from '../api';
import { CheckField, TextField } from '../forms';
import { Icon } from '../icons';
import { useUnsaved } from '../leaving';
import { fault_at, Head, ListTable, Panel, Refusal, type Column } from '../parts';
import { useListing } from '../resource';
import { say_shell } from '../words';
import { EVENT_TYPES, say_webhooks, type EventType } from './words';

export const event_name = (type: string): string => say_webhooks().event[type as EventType] ?? type;
export const chip_of: Record<Webhook['state'], string> = {
  active: 'chip-good', paused: 'chip-coming', stopped: '', dead: 'chip-bad', removed: '',
};

export function WebhooksPage() {
  const say = say_webhooks();
  const list = useListing<Webhook>('/admin/webhooks', 100);
  const columns: Column<Webhook>[] = [
    { head: say.column_url, main: true, cell: (row) => <a class="table-link code" href={`/admin/webhooks/${row.id}`}>
      {row.url}</a> },
    { head: say.column_state, cell: (row) => <span class={`chip ${chip_of[row.state]}`}>{say.state[row.state]}</span> },
    { head: say.column_events, cell: (row) => (row.event_types.length ? row.event_types.map(event_name).join(', ')
      : say.all_events) },
    { head: say.column_waiting, number: true, cell: (row) => number(row.last_position - row.cursor) },
  ];
  return (
    <>
      <Head title={say.title} note={say.hint}>
        <a class="button button-strong button-small" href="/admin/webhooks/new"><Icon name="plus" size={18} />{say.new}
          </a>
      </Head>
      <ListTable caption={say.title} list={list} columns={columns} row_key={(row) => row.id} empty={say.none} />
    </>
  );
}

export function EventBoxes({ value, onChange }: { value: string[]; onChange: (types: string[]) => void }) {
  const say = say_webhooks();
  return (
    <fieldset class="event-boxes">
      <legend>{say.events}</legend>
      {EVENT_TYPES.map((type) => (
        <label key={type} class="check">
          <input type="checkbox" checked={value.includes(type)}
            onChange={() => onChange(EVENT_TYPES.filter((other) => (other === type ? !value.includes(type)
              : value.includes(other))))} />
          <span>{say.event[type]} <small class="code muted">{type}</small></span>
        </label>
      ))}
      <p class="field-note">{say.events_hint}</p>
    </fieldset>
  );
}

export function NewWebhookPage() {
  const say = say_webhooks();
  const [url, set_url] = useState('https://');
  const [types, set_types] = useState<string[]>([]);
  const [from_now, set_from_now] = useState(true);
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  const [made, set_made] = useState<Webhook>();
  useUnsaved(!made && (url !== 'https://' || types.length > 0));
  const make = async (): Promise<void> => {
    set_working(true);
    const answer = await command<Webhook>('/admin/webhooks', { url: url.trim(), event_types: types,
      ...(from_now ? {} : { after: 0 }) });
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (answer.ok) set_made(answer.value);
  };
  const back = { path: '/admin/webhooks', name: say.title };
  if (made) {
    return (
      <>
        <Head title={say.secret_title} back={back} note={<span class="code">{made.url}</span>} />
        <Panel title={say.secret_title}>
          <p class="muted">{say.secret_hint}</p>
          <p class="secret"><code>{made.secret}</code></p>
          <div class="admin-actions">
            <button type="button" class="button button-small"
              onClick={() => void navigator.clipboard.writeText(made.secret ?? '').then(() =>
                show_toast(say.secret_copied), () => {})}>{say.secret_copy}</button>
            <a class="button button-small button-strong" href={`/admin/webhooks/${made.id}`}>{say.deliveries}</a>
          </div>
        </Panel>
      </>
    );
  }
  return (
    <>
      <Head title={say.new} back={back} note={say.hint} />
      <Panel title={say.change}>
        <form class="form" noValidate onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}>
          <TextField name="url" type="url" label={say.url} hint={say.url_hint} value={url} onInput={set_url} required
            maxLength={2000}
            problem={fault_at(problem, '/url')} />
          <EventBoxes value={types} onChange={set_types} />
          <CheckField name="from-now" label={say.start_now} value={from_now} onInput={set_from_now} />
          <Refusal problem={problem} />
          <div class="admin-actions">
            <button type="submit" class="button button-strong" disabled={working}>
              {working ? say_shell().saving : say.make}</button>
          </div>
        </form>
      </Panel>
    </>
  );
}

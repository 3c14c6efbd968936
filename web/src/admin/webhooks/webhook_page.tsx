// A webhook: how far it is, what became of each delivery, and sending again from any place.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Webhook, WebhookDelivery } from '../../api_types';
import { Loading, show_problem, show_toast, Skeleton } from '../../components/ui';
import { date_time, number } from '../../i18n/format';
import { navigate, place } from '../../router';
import type { Problem } from '../../store/rest';
import { command, send } from '../api';
import { TextField } from '../forms';
import { Ask, Choices, fault_at, Head, ListTable, Panel, Refusal, SaveBar, type Column } from '../parts';
import { useListing, useThing } from '../resource';
import type { PageProps } from '../sections';
import { say_shell } from '../words';
import { chip_of, event_name, EventBoxes } from './webhook_list';
import { say_webhooks } from './words';

const REFRESH_MS = 4000;

interface Question { title: string; hint: string; yes: string; act: () => Promise<void> }

export function WebhookPage({ name }: PageProps) {
  const say = say_webhooks();
  const path = `/admin/webhooks/${name}`;
  const thing = useThing<Webhook>(path);
  const list = useListing<WebhookDelivery>(`${path}/deliveries`, 50);
  const [question, set_question] = useState<Question>();
  const refresh = async (): Promise<void> => void (await Promise.all([thing.reload(), list.reload()]));
  const again = useRef(refresh);
  again.current = refresh;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void again.current();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  const webhook = thing.data;
  if (!webhook) return thing.problem ? <Refusal problem={thing.problem} retry={() => void thing.reload()} />
    : <><Loading /><Skeleton kind="block" count={2} /></>;

  const replay = async (after: number): Promise<void> => {
    const answer = await command<Webhook>(`${path}/replay`, { after });
    if (!answer.ok) return show_problem(answer.problem);
    show_toast(say.replaying);
    await refresh();
  };
  const set_active = async (active: boolean): Promise<void> => {
    const answer = await send<Webhook>('PATCH', path, { active });
    if (!answer.ok) return show_problem(answer.problem);
    await refresh();
  };
  const remove = async (): Promise<void> => {
    const answer = await send('DELETE', path);
    if (!answer.ok) return show_problem(answer.problem);
    show_toast(say.removed);
    navigate('/admin/webhooks', { replace: true });
  };
  const ask_replay = (position: number): void => set_question({
    title: say.replay_title, hint: say.replay_hint(position), yes: say.replay, act: () => replay(position - 1),
  });
  const ask_skip = (position: number): void => set_question({
    title: say.skip_title, hint: say.skip_hint(position), yes: say.skip, act: () => replay(position),
  });

  const waiting = webhook.last_position - webhook.cursor;
  const is_running = webhook.state === 'active' || webhook.state === 'paused';
  const only_undelivered = place.value.query.get('show') === 'undelivered';
  const shown = { ...list, items: list.items?.filter((row) => !only_undelivered || row.delivered_at === null) };
  const columns: Column<WebhookDelivery>[] = [
    { head: say.what, main: true, cell: (row) => <span>{event_name(row.type)} <small
      class="code muted">#{row.position}</small></span> },
    { head: say.outcome, cell: (row) => (
      <div>
        <span class={`chip ${row.delivered_at === null ? 'chip-bad' : 'chip-good'}`}>
          {row.delivered_at === null ? say.not_delivered : say.delivered}</span>
        <small class="table-note">{row.outcome}</small>
      </div>
    ) },
    { head: say.attempts, number: true, cell: (row) => number(row.attempts) },
    { head: say.when, cell: (row) => date_time(row.attempted_at) },
    { head: say.action, cell: (row) => (
      <span class="table-actions">
        <button type="button" class="button button-small" aria-label={`#${row.position} ${say.from_here}`}
          onClick={() => ask_replay(row.position)}>{say.from_here}</button>
        {row.delivered_at === null && row.position > webhook.cursor && (
          <button type="button" class="button button-small" aria-label={`#${row.position} ${say.skip}`}
            onClick={() => ask_skip(row.position)}>{say.skip}</button>
        )}
      </span>
    ) },
  ];
  return (
    <>
      <Head title={say.title} back={{ path: '/admin/webhooks', name: say.title }}
        note={<span class="code">{webhook.url}</span>}>
        <span class={`chip ${chip_of[webhook.state]}`}>{say.state[webhook.state]}</span>
        {is_running
          ? <button type="button" class="button button-small" onClick={() => void set_active(false)}>{say.stop}</button>
          : <button type="button" class="button button-small" onClick={() => void set_active(true)}>{say.wake}</button>}
      </Head>
      {webhook.state === 'dead' && <p class="result result-bad" role="alert">
        <span><b>{say.dead_title}</b><br />{say.dead_hint(waiting)}</span></p>}
      {webhook.state === 'paused' && <p class="result result-warn">{say.paused_hint}</p>}
      <Panel title={say.progress} aside={<small class="muted">{say.live}</small>}>
        <dl class="figures">
          <div class="figure"><dt>{say.sent_to}</dt><dd>{number(webhook.cursor)}
            <small> / {number(webhook.last_position)}</small></dd></div>
          <div class="figure"><dt>{say.waiting}</dt><dd>{number(waiting)}</dd></div>
          <div class="figure"><dt>{say.failures}</dt><dd>{number(webhook.failures)}</dd></div>
          {webhook.next_attempt_at !== null && <div class="figure"><dt>{say.next_attempt}</dt>
            <dd class="figure-small">{date_time(webhook.next_attempt_at)}</dd></div>}
        </dl>
      </Panel>
      <Panel title={say.deliveries} aside={(
        <button type="button" class="button button-small" onClick={() => ask_replay(1)}>{say.replay_all}</button>
      )}>
        <Choices label={say.outcome} name="show" values={[['', say_shell().all], ['undelivered', say.undelivered]]} />
        <ListTable caption={say.deliveries} list={shown} columns={columns} row_key={(row) => row.position}
          filtered={only_undelivered}
          empty={say.deliveries_none} />
      </Panel>
      <Change webhook={webhook} onSaved={refresh}>
        <button type="button" class="button" onClick={() => set_question({ title: say.remove_title,
          hint: say.remove_hint, yes: say.remove, act: remove })}>{say.remove}</button>
      </Change>
      <Ask open={question !== undefined} title={question?.title ?? ''} hint={<p>{question?.hint}</p>}
        yes={question?.yes ?? ''}
        onYes={() => {
          set_question(undefined);
          void question?.act();
        }} onClose={() => set_question(undefined)} />
    </>
  );
}

function Change({ webhook, onSaved,
  children }: { webhook: Webhook; onSaved: () => Promise<void>; children: preact.ComponentChildren }) {
  const say = say_webhooks();
  const [url, set_url] = useState(webhook.url);
  const [types, set_types] = useState(webhook.event_types);
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  const changed = url !== webhook.url || types.join() !== webhook.event_types.join();
  const save = async (): Promise<void> => {
    set_working(true);
    const answer = await send<Webhook>('PATCH', `/admin/webhooks/${webhook.id}`,
      { url: url.trim(), event_types: types });
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    show_toast(say_shell().saved);
    set_url(answer.value.url);
    await onSaved();
  };
  return (
    <form class="admin-form" noValidate onSubmit={(event) => {
      event.preventDefault();
      void save();
    }}>
      <Panel title={say.change}>
        <div class="form">
          <TextField name="url" type="url" label={say.url} hint={say.url_hint} value={url} onInput={set_url}
            maxLength={2000} required problem={fault_at(problem, '/url')} />
          <EventBoxes value={types} onChange={set_types} />
          <Refusal problem={problem} />
        </div>
      </Panel>
      <SaveBar changed={changed} working={working}>{children}</SaveBar>
    </form>
  );
}

// A product CSV: chosen, looked at (the server says what it would do), then imported in the background with its
// progress.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Import, ImportCounts, ImportFault, ImportIssues, ImportPreview, Language } from '../api_types';
import { show_toast } from '../components/ui';
import { language } from '../i18n';
import { date_time, number, percent } from '../i18n/format';
import type { Problem } from '../store/rest';
import { read, upload } from './api';
import { CheckField, SelectField } from './forms';
import { file_fault_text } from './faults';
import { Icon } from './icons';
import { say_imports } from './imports_words';
import { fault_speech, Head, ListTable, Panel, Refusal, Table, type Column } from './parts';
import { useListing } from './resource';
import { say_shell } from './words';

const ASK_AGAIN_MS = 500;

export function ImportsPage() {
  const say = say_imports();
  const list = useListing<Import>('/admin/imports', 10);
  const [running, set_running] = useState<Import | null>(null);
  const followed = running ?? list.items?.find(({ state }) => state === 'running') ?? null;
  const columns: Column<Import>[] = [
    { head: say.started, main: true, cell: (one) => date_time(one.created_at) },
    { head: say.state, cell: (one) => <span class={`chip ${one.state === 'done' ? 'chip-good' : ''}`}>
      {say.states[one.state]}</span> },
    { head: say.counts.rows, number: true, cell: (one) => number(one.counts.rows) },
    { head: say.result, cell: (one) => say.summary(number(one.counts.products_created),
      number(one.counts.products_changed)) },
    { head: say.counts.products_skipped, number: true, cell: (one) => number(one.counts.products_skipped) },
  ];
  return (
    <>
      <Head title={say.title} note={say.intro} />
      {followed ? <Progress key={followed.id} begun={followed} onEnd={() => void list.reload()}
        onNew={() => set_running(null)} />
        : <Chooser onStart={set_running} />}
      <section class="section-tight" aria-label={say.history}>
        <h2 class="sub-head">{say.history}</h2>
        <ListTable caption={say.history} list={list} columns={columns} row_key={({ id }) => id} />
      </section>
    </>
  );
}

function Chooser({ onStart }: { onStart: (begun: Import) => void }) {
  const say = say_imports();
  const input = useRef<HTMLInputElement>(null);
  const [file, set_file] = useState<File | null>(null);
  const [of_texts, set_of_texts] = useState<Language>(language());
  const [skip_bad, set_skip_bad] = useState(false);
  const [preview, set_preview] = useState<ImportPreview | null>(null);
  const [problem, set_problem] = useState<Problem>();
  const [part, set_part] = useState<number | null>(null);
  const query = `?language=${of_texts}&skip_bad=${skip_bad}`;
  const ask = async <T,>(path: string): Promise<T | undefined> => {
    if (!file) return undefined;
    set_problem(undefined);
    set_part(0);
    const answer = await upload<T>(path, file, 'text/csv', set_part);
    set_part(null);
    if (answer.ok) return answer.value;
    set_problem(answer.problem);
    return undefined;
  };
  const look = async (): Promise<void> => set_preview((await ask<ImportPreview>(`/admin/imports${query}&dry_run=true`))
    ?? null);
  const start = async (): Promise<void> => {
    const begun = await ask<Import>(`/admin/imports${query}`);
    if (begun) onStart(begun);
  };
  useEffect(() => {
    set_preview(null);
    if (file) void look();
  }, [file, of_texts, skip_bad]);
  return (
    <Panel title={say.file}>
      <div class="form" onDragOver={(event) => event.preventDefault()} onDrop={(event) => {
        event.preventDefault();
        set_file(event.dataTransfer?.files[0] ?? null);
      }}>
        <div class="drop-zone">
          <input ref={input} id="field-file" class="visually-hidden" type="file" accept=".csv,text/csv"
            aria-label={say.choose} onChange={(event) => {
            set_file(event.currentTarget.files?.[0] ?? null);
            event.currentTarget.value = '';
          }} />
          <button type="button" class="button" onClick={() => input.current?.click()}><Icon name="upload" />{say.choose}
            </button>
          <span class="muted">{file ? `${file.name} · ${number(Math.ceil(file.size / 1024))} kB` : say.no_file}</span>
        </div>
        <div class="field-row">
          <SelectField label={say.language} name="language" value={of_texts} onInput={set_of_texts}
            options={[['ko', say_shell().korean], ['en', say_shell().english]]} />
          <CheckField label={say.skip_bad} name="skip-bad" value={skip_bad} onInput={set_skip_bad}
            hint={say.skip_bad_hint} />
        </div>
        <p role="status">{part !== null && (part < 1 ? say.sending(percent(Math.round(part * 100) * 100))
          : say.checking)}</p>
        <Refusal problem={problem} retry={file ? () => void look() : undefined} />
        {preview && <Preview preview={preview} working={part !== null} start={() => void start()} />}
      </div>
    </Panel>
  );
}

function Preview({ preview, working, start }: { preview: ImportPreview; working: boolean; start: () => void }) {
  const say = say_imports();
  return (
    <div class="form">
      <p class={`result ${preview.taken ? 'result-good' : 'result-bad'}`} role="status">
        {preview.taken ? say.taken : say.not_taken}</p>
      <Counts counts={preview.counts} />
      <Issues issues={preview.issues} />
      {preview.taken && <p><button type="button" class="button button-strong" disabled={working} onClick={start}>
        {say.start}</button></p>}
    </div>
  );
}

/** What there is any of, in the order of the list. */
function Counts({ counts }: { counts: ImportCounts }) {
  const say = say_imports();
  const shown = (Object.entries(counts) as [keyof ImportCounts, number][]).filter(([name, count]) =>
    count > 0 && name !== 'products_done');
  return (
    <dl class="figures figures-small">
      {shown.map(([name, count]) => <div key={name} class="figure"><dt>{say.counts[name]}</dt><dd>{number(count)}</dd>
        </div>)}
    </dl>
  );
}

function Issues({ issues }: { issues: ImportIssues }) {
  const say = say_imports();
  return (
    <>
      <IssueTable title={say.faults(issues.fault_count)} count={issues.fault_count} rows={issues.faults} />
      <IssueTable title={say.warnings(issues.warning_count)} count={issues.warning_count} rows={issues.warnings} />
    </>
  );
}

function IssueTable({ title, count, rows }: { title: string; count: number; rows: ImportFault[] }) {
  const say = say_imports();
  if (count === 0) return null;
  const columns: Column<ImportFault>[] = [
    { head: say.line, main: true, cell: (fault) => (fault.line > 0 ? `${say.line} ${number(fault.line)}`
      : say.whole_file) },
    { head: say.column, cell: (fault) => fault.header },
    { head: say.what, cell: (fault) => file_fault_text(fault, fault_speech()) },
  ];
  return (
    <div>
      <h3>{title}</h3>
      <Table caption={title} columns={columns} rows={rows} row_key={(fault) =>
        `${fault.line} ${fault.column} ${fault.code} ${fault.detail}`} />
      {rows.length < count && <p class="muted">{say.first_of(rows.length)}</p>}
    </div>
  );
}

function Progress({ begun, onEnd, onNew }: { begun: Import; onEnd: () => void; onNew: () => void }) {
  const say = say_imports();
  const [now, set_now] = useState(begun);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      const answer = await read<Import>(`/admin/imports/${begun.id}`);
      if (answer.ok) set_now(answer.value);
      if (!answer.ok || answer.value.state === 'running') {
        timer = setTimeout(() => void ask(), ASK_AGAIN_MS);
        return;
      }
      if (answer.value.state === 'done') show_toast(say_imports().done);
      onEnd();
    };
    timer = setTimeout(() => void ask(), ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [begun.id]);
  const { counts, state } = now;
  return (
    <Panel title={say.states[state]}>
      <div class="form">
        <div role="status">
          <p class="import-progress">{say.progress(number(counts.products_done), number(counts.products))}</p>
          {state === 'running' && <p class="muted">{say.running_hint}</p>}
        </div>
        <progress max={Math.max(1, counts.products)} value={state === 'done' ? Math.max(1, counts.products)
          : counts.products_done} aria-label={say.title} />
        {state !== 'running' && (
          <>
            <Counts counts={counts} />
            <Issues issues={now.issues} />
            <div class="admin-actions">
              <a class="button" href="/admin/products">{say.see_products}</a>
              <button type="button" class="button" onClick={onNew}>{say.choose}</button>
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}

// What the back office's pages are made of: heads, tables, lists, and what is said when a change is refused.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../components/form';
import { Loading, problem_text, Skeleton, useSettled, useTitle } from '../components/ui';
import { all_words } from '../i18n';
import { number } from '../i18n/format';
import { place } from '../router';
import type { Problem } from '../store/rest';
import { fault_text, type FaultSpeech } from './faults';
import { faults_en, faults_ko } from './faults_words';
import { Icon } from './icons';
import { useUnsaved } from './leaving';
import { filter_by, type Listing } from './resource';
import { in_both, say_shell } from './words';

/** `back`: the list that the page belongs to. */
export function Head(props: { title: string; back?: { path: string; name: string }; note?: ComponentChildren;
  children?: ComponentChildren }) {
  useTitle(props.title);
  useSettled(true);
  return (
    <div class="admin-page-head">
      <div>
        {props.back && <a class="link" href={props.back.path}>← {props.back.name}</a>}
        <h1>{props.title}</h1>
        {props.note && <div class="muted">{props.note}</div>}
      </div>
      {props.children && <div class="admin-actions">{props.children}</div>}
    </div>
  );
}

export function Panel({ title, aside,
  children }: { title: string; aside?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="panel" aria-label={title}>
      <div class="admin-panel-head"><h2>{title}</h2>{aside}</div>
      {children}
    </section>
  );
}

// ---- tables --------------------------------------------------------------------------------------------------------

export interface Column<T> {
  head: string;
  cell: (row: T) => ComponentChildren;
  /** Numbers stand at the right. */
  number?: boolean;
  /** What the row is called by: the head of its card on a phone. */
  main?: boolean;
}

/** On a phone each row is a card, so the roles are said: without the layout of a table browsers forget them. */
export function Table<T>(props: { caption: string; columns: Column<T>[]; rows: T[];
  row_key: (row: T) => string | number }) {
  return (
    <table class="table" role="table">
      <caption class="visually-hidden">{props.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {props.columns.map((column) => (
            <th key={column.head} role="columnheader" scope="col" class={column.number ? 'table-number' : ''}>
              {column.head}</th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.rows.map((row) => (
          <tr key={props.row_key(row)} role="row">
            {props.columns.map((column) => (
              <td key={column.head} role="cell" data-label={column.main ? undefined : column.head}
                class={`${column.number ? 'table-number' : ''} ${column.main ? 'table-main' : ''}`}>{column.cell(row)}
                  </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A list page by page: skeletons, what went wrong, nothing, or a table with more below. */
export function ListTable<T>(props: {
  caption: string; list: Listing<T>; columns: Column<T>[]; row_key: (row: T) => string | number; filtered?: boolean;
  empty?: string;
}) {
  const { list } = props;
  const [working, set_working] = useState(false);
  if (!list.items) return list.problem ? <Refusal problem={list.problem} retry={() => void list.reload()} />
    : <><Loading /><Skeleton kind="row" count={5} /></>;
  if (list.items.length === 0) return <p class="admin-empty">{props.filtered ? say_shell().nothing_found
    : (props.empty ?? say_shell().empty)}</p>;
  const more = async (): Promise<void> => {
    set_working(true);
    await list.more();
    set_working(false);
  };
  return (
    <>
      <Table caption={props.caption} columns={props.columns} rows={list.items} row_key={props.row_key} />
      {list.problem && <Refusal problem={list.problem} />}
      {list.has_more && <p class="more"><button type="button" class="button" disabled={working}
        onClick={() => void more()}>{say_shell().more}</button></p>}
    </>
  );
}

/** A search whose words stand in the address as `q`. */
export function Search({ label }: { label: string }) {
  const q = place.value.query.get('q') ?? '';
  return (
    <form role="search" class="admin-search" onSubmit={(event) => {
      event.preventDefault();
      filter_by({ q: new FormData(event.currentTarget).get('q')?.toString().trim() ?? '' });
    }}>
      <Icon name="search" size={18} />
      <input key={q} type="search" name="q" defaultValue={q} aria-label={label} placeholder={label} maxLength={66} />
    </form>
  );
}

/** One of a few, in the address. `''` is all of them. */
export function Choices(props: { label: string; name: string; values: [value: string, label: string][] }) {
  const chosen = place.value.query.get(props.name) ?? '';
  return (
    <div class="choices" role="group" aria-label={props.label}>
      {props.values.map(([value, label]) => (
        <button key={value} type="button" aria-pressed={chosen === value}
          onClick={() => filter_by({ [props.name]: value })}>{label}</button>
      ))}
    </div>
  );
}

// ---- what was refused ----------------------------------------------------------------------------------------------

const say_faults = in_both(faults_ko, faults_en);
export const fault_speech = (): FaultSpeech => ({ words: say_faults(), number });

/** What a field is told: that of the pointers in a refusal which is the field's (`/name/ko`) or lies below it. */
export function fault_at(problem: Problem | undefined, pointer: string): string | undefined {
  const fault = problem?.errors?.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
  return problem && fault ? fault_sentence(problem, fault) : undefined;
}

export function fault_sentence(problem: Problem, { detail }: { detail?: string }): string {
  if (!detail) return say_shell().check_this;
  return fault_text(detail, fault_speech())
    ?? (problem.code === 'invalid_request' ? `${say_shell().check_this}: ${detail}` : problem_text(problem));
}

export function Refusal({ problem, retry }: { problem: Problem | undefined; retry?: () => void }) {
  return (
    <div role="alert">
      {problem && (
        <div class="result result-bad result-split">
          <span>
            {problem_text(problem)}
            {problem.errors?.map((one) => (
              <><br /><span class="code">{one.pointer}</span> {fault_sentence(problem, one)}</>
            ))}
          </span>
          {retry && (
            <button type="button" class="button button-small" onClick={retry}>{all_words().common.retry}</button>
          )}
        </div>
      )}
    </div>
  );
}

/** A refused change; when someone else was faster, both ways out. */
export function ChangeRefusal(props: { problem: Problem | undefined; show_theirs: () => void;
  save_anyway: () => void }) {
  const say = say_shell();
  if (props.problem?.code !== 'changed_meanwhile') return <Refusal problem={props.problem} />;
  return (
    <div role="alert">
      <div class="result result-bad admin-conflict">
        <p><b>{say.changed_title}</b><br />{say.changed_hint}</p>
        <div class="admin-actions">
          <button type="button" class="button button-small" onClick={props.show_theirs}>{say.show_theirs}</button>
          <button type="button" class="button button-small" onClick={props.save_anyway}>{say.save_anyway}</button>
        </div>
      </div>
    </div>
  );
}

/** Asks before something that can't be undone. */
export function Ask(props: {
  open: boolean; title: string; hint?: ComponentChildren; yes: string; working?: boolean; onYes: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog open={props.open} title={props.title} onClose={props.onClose}>
      {props.hint && <div>{props.hint}</div>}
      <div class="admin-actions">
        <button type="button" class="button" onClick={props.onClose}>{say_shell().cancel}</button>
        <button type="button" class="button button-strong" disabled={props.working} onClick={props.onYes}>{props.yes}
          </button>
      </div>
    </Dialog>
  );
}

/** The foot of a form: in view while something isn't saved, which isn't left unasked. */
export function SaveBar({ changed, working,
  children }: { changed: boolean; working: boolean; children?: ComponentChildren }) {
  const say = say_shell();
  useUnsaved(changed);
  return (
    <div class={`save-bar ${changed ? 'save-bar-changed' : ''}`}>
      <span class="muted" role="status">{changed ? say.unsaved : ''}</span>
      {children}
      <button type="submit" class="button button-strong" disabled={working || !changed}>
        {working ? say.saving : say.save}</button>
    </div>
  );
}

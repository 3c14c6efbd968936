// The audit: which admin changed what, and what was different afterwards.

import type { AdminLogEntry } from '../api_types';
import { date_time } from '../i18n/format';
import { place } from '../router';
import { differences } from './differences';
import { SelectField } from './forms';
import { Head, ListTable, type Column } from './parts';
import { filter_by, query_of, useListing } from './resource';
import { say_log } from './log_words';

const SHOWN_MOST = 8;

/** Where a thing that was changed can be looked at. */
const PAGE_OF: Record<string, string> = {
  coupon: '/admin/coupons/', promotion: '/admin/promotions/', campaign: '/admin/campaigns/',
    webhook: '/admin/webhooks/', product: '/admin/products/',
};

export function LogPage() {
  const say = say_log();
  const list = useListing<AdminLogEntry>(`/admin/log${query_of('entity', 'entity_id')}`);
  const columns: Column<AdminLogEntry>[] = [
    { head: say.when, cell: (row) => <time dateTime={new Date(row.created_at).toISOString()}>{date_time(row.created_at)}
      </time> },
    { head: say.who, cell: (row) => row.user_name },
    { head: say.what, main: true, cell: (row) => <Deed entry={row} /> },
    { head: say.changes, cell: (row) => <Changes entry={row} /> },
  ];
  const entity = place.value.query.get('entity') ?? '';
  return (
    <>
      <Head title={say.title} note={say.hint} />
      <div class="admin-tools">
        <SelectField name="entity" label={say.entity} value={entity} options={[['', say.all],
          ...Object.entries(say.entities)]}
          onInput={(chosen) => filter_by({ entity: chosen, entity_id: '' })} />
      </div>
      <ListTable caption={say.title} list={list} columns={columns} row_key={(row) => row.id} filtered={entity !== ''}
        empty={say.none} />
    </>
  );
}

function Deed({ entry }: { entry: AdminLogEntry }) {
  const say = say_log();
  const { action, entity, entity_id } = entry;
  const verb = action.slice(action.indexOf('.') + 1);
  const name = `${say.entities[entity] ?? entity}${entity_id === null || entity === 'shop' ? '' : ` #${entity_id}`}`;
  const page = entity_id !== null && PAGE_OF[entity];
  return (
    <span>
      {page ? <a class="table-link" href={page + String(entity_id)}>{name}</a> : <b>{name}</b>} {say.verbs[verb]
        ?? verb}
    </span>
  );
}

function Changes({ entry }: { entry: AdminLogEntry }) {
  const say = say_log();
  const found = differences(entry.before, entry.after);
  if (found.length === 0) return <span class="muted">{say.no_changes}</span>;
  const line = ({ path, before, after }: (typeof found)[number]) => (
    <li key={path}>
      <span class="code">{path}</span>{' '}
      {before !== null && <del>{before || say.empty}</del>}{before !== null && after !== null && ' → '}
      {after !== null && <ins>{after || say.empty}</ins>}
    </li>
  );
  return (
    <details class="log-changes" open={found.length <= 2}>
      <summary>{say.fields(found.length)}</summary>
      <ul>
        {found.slice(0, SHOWN_MOST).map(line)}
        {found.length > SHOWN_MOST && (
          <li><details><summary>{say.all_fields}</summary><ul>{found.slice(SHOWN_MOST).map(line)}</ul></details></li>
        )}
      </ul>
    </details>
  );
}

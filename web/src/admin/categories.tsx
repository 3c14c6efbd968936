// The shelves of the shop: a tree, each with its name in both languages.

import { useState } from 'preact/hooks';
import type { AdminCategory, AdminCategoryList, CategoryInput } from '../api_types';
import { Dialog } from '../components/form';
import { Loading, show_toast, Skeleton } from '../components/ui';
import { text } from '../i18n';
import { number } from '../i18n/format';
import type { Problem } from '../store/rest';
import { command, send } from './api';
import { say_categories } from './categories_words';
import { NumberField, PairField, SelectField, TextField, type Figure } from './forms';
import { Icon } from './icons';
import { may_leave, useUnsaved } from './leaving';
import { Ask, ChangeRefusal, fault_at, fault_sentence, Head, Refusal, Table, type Column } from './parts';
import { useThing } from './resource';
import { say_shell } from './words';

export interface Branch { category: AdminCategory; depth: number }

/** Each below its parent. */
export function in_order(all: AdminCategory[], parent: number | null = null, depth = 0): Branch[] {
  return all.filter(({ parent_id }) => parent_id === parent)
    .flatMap((category) => [{ category, depth }, ...in_order(all, category.id, depth + 1)]);
}

export function CategoriesPage() {
  const say = say_categories();
  const list = useThing<AdminCategoryList>('/admin/categories');
  const [editing, set_editing] = useState<AdminCategory | 'new' | null>(null);
  const [removing, set_removing] = useState<AdminCategory | null>(null);
  const all = list.data?.items ?? [];
  const done = (message: string): void => {
    set_editing(null);
    set_removing(null);
    show_toast(message);
    void list.reload();
  };
  const remove = async (category: AdminCategory): Promise<void> => {
    const answer = await send('DELETE', `/admin/categories/${category.id}`);
    if (answer.ok) return done(say.removed);
    set_removing(null);
    show_toast(fault_sentence(answer.problem, answer.problem), { tone: 'bad' });
  };
  const columns: Column<Branch>[] = [
    {
      head: say.name, main: true,
      cell: ({ category, depth }) => (
        <span class={`category-${Math.min(depth, 3)}`}><button type="button" class="table-button"
          onClick={() => set_editing(category)}>{text(category.name)}</button></span>
      ),
    },
    { head: say.slug, cell: ({ category }) => <span class="code">{category.slug}</span> },
    { head: say.products, number: true, cell: ({ category }) => number(category.products) },
    { head: say.position, number: true, cell: ({ category }) => number(category.position) },
  ];
  return (
    <>
      <Head title={say.title}>
        <button type="button" class="button button-strong" onClick={() => set_editing('new')}><Icon name="plus" />
          {say.add}</button>
      </Head>
      <Refusal problem={list.problem} retry={() => void list.reload()} />
      {!list.data && !list.problem && <><Loading /><Skeleton kind="row" count={5} /></>}
      {list.data && (all.length === 0 ? <p class="admin-empty">{say_shell().empty}</p>
        : <Table caption={say.title} columns={columns} rows={in_order(all)} row_key={({ category }) => category.id} />)}
      {editing && (
        <CategoryDialog all={all} category={editing === 'new' ? undefined : editing}
          onDone={() => done(say_shell().saved)} onClose={() => set_editing(null)}
          onRemove={() => {
            if (editing !== 'new') set_removing(editing);
            set_editing(null);
          }} reload={list.reload} />
      )}
      <Ask open={removing !== null} title={removing ? say.remove_ask(text(removing.name)) : ''}
        hint={<p>{say.remove_hint}</p>} yes={say.remove}
        onYes={() => removing && void remove(removing)} onClose={() => set_removing(null)} />
    </>
  );
}

function CategoryDialog(props: {
  all: AdminCategory[]; category: AdminCategory | undefined; onDone: () => void; onClose: () => void;
  onRemove: () => void; reload: () => Promise<void>;
}) {
  const { all, category } = props;
  const say = say_categories();
  const [name, set_name] = useState(category?.name ?? { ko: '', en: '' });
  const [slug, set_slug] = useState(category?.slug ?? '');
  const [parent, set_parent] = useState(String(category?.parent_id ?? ''));
  const [position, set_position] = useState<Figure>(category?.position ?? null);
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  useUnsaved(name.ko !== (category?.name.ko ?? '') || name.en !== (category?.name.en ?? '')
    || slug !== (category?.slug ?? ''));
  const save = async (anyway = false): Promise<void> => {
    if (position === undefined) return;
    const input: CategoryInput = { name, slug: slug.trim(), parent_id: parent ? Number(parent) : null,
      position: position ?? 0 };
    set_working(true);
    const answer = category ? await send('PATCH', `/admin/categories/${category.id}`, input,
      { match: anyway ? '*' : `"${category.version}"` })
      : await command('/admin/categories', input);
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (answer.ok) props.onDone();
  };
  const parents = in_order(all).filter((one) => one.category.id !== category?.id);
  return (
    <Dialog open title={category ? say.edit(text(category.name)) : say.add} onClose={props.onClose}
      may_close={may_leave}>
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}>
        <PairField label={say.name} name="category-name" value={name} onInput={set_name} maxLength={255}
          problem={fault_at(problem, '/name')} />
        <SelectField label={say.parent} name="parent" value={parent} onInput={set_parent}
          problem={fault_at(problem, '/parent_id')}
          options={[['', say.top], ...parents.map((one): [string, string] =>
            [String(one.category.id), `${'– '.repeat(one.depth)}${text(one.category.name)}`])]} />
        <div class="field-row">
          <TextField label={say.slug} name="slug" value={slug} onInput={set_slug} maxLength={255} hint={say.slug_hint}
            problem={fault_at(problem, '/slug')} />
          <NumberField label={say.position} name="position" value={position} onInput={set_position} max={1_000_000}
            hint={say.position_hint} problem={fault_at(problem, '/position')} />
        </div>
        <ChangeRefusal problem={problem} save_anyway={() => void save(true)} show_theirs={() => {
          void props.reload();
          props.onClose();
        }} />
        <div class="admin-actions">
          {category && <button type="button" class="button" onClick={props.onRemove}><Icon name="trash" size={18} />
            {say.remove}</button>}
          <button type="submit" class="button button-strong" disabled={working || (!name.ko.trim() && !name.en.trim())}>
            {say_shell().save}</button>
        </div>
      </form>
    </Dialog>
  );
}

// One product: new, or as it is kept. What was changed goes out as one PATCH for the product and one for each
// variant, each made to the version that the one before answered.

import { useState } from 'preact/hooks';
import type { AdminProduct, AdminVariant } from '../api_types';
import { Loading, show_toast, Skeleton } from '../components/ui';
import { text } from '../i18n';
import { navigate } from '../router';
import type { Problem } from '../store/rest';
import { command, send } from './api';
import { ChangeRefusal, Head, Refusal, SaveBar } from './parts';
import { draft_of, is_nothing, new_product, new_variant, plan_of, type Draft } from './product_draft';
import { BasicsPanel, OptionsPanel, SellingPanel } from './product_form';
import { PicturesPanel } from './product_pictures';
import { VariantsPanel } from './product_variants';
import { StockDialog } from './stock';
import { say_products } from './products_words';
import type { PageProps } from './sections';
import { useThing, type Thing } from './resource';
import { say_shell } from './words';

export function ProductPage({ name: id }: PageProps) {
  const product = useThing<AdminProduct>(id === 'new' ? null : `/admin/products/${id}`);
  if (id === 'new' || product.data) return <Editor product={product} />;
  if (product.problem) return <Refusal problem={product.problem} retry={() => void product.reload()} />;
  return <><Loading /><Skeleton kind="block" count={3} /></>;
}

/** What can be said before anything is sent. */
function fault_of({ fields, rows }: Draft): string | undefined {
  const say = say_products();
  const wanted = rows.filter((row) => row.wanted);
  if (!fields.name.ko.trim() && !fields.name.en.trim()) return say.needs_name;
  if (wanted.length === 0) return say.needs_variant;
  if (wanted.some((row) => row.unit_price == null)) return say.needs_price;
  if (wanted.some((row) => row.compare_at === undefined || row.stock === undefined)) return say_shell().no_number;
  return undefined;
}

async function save_changes(product: AdminProduct, draft: Draft, start: string): Promise<Problem | undefined> {
  const plan = plan_of(product, draft);
  const at = `/admin/products/${product.id}`;
  let match = start;
  const patch = async (path: string, body: unknown): Promise<Problem | undefined> => {
    const answer = await send<AdminProduct | AdminVariant>('PATCH', path, body, { match });
    if (!answer.ok) return answer.problem;
    if (match !== '*') match = answer.etag;
    return undefined;
  };
  if (Object.keys(plan.fields).length > 0) {
    const problem = await patch(at, plan.fields);
    if (problem) return problem;
  }
  for (const { id, patch: changes } of plan.patches) {
    const problem = await patch(`/admin/variants/${id}`, changes);
    if (problem) return problem;
  }
  for (const row of plan.additions) {
    const answer = await command<AdminVariant>(`${at}/variants`, new_variant(row));
    if (!answer.ok) return answer.problem;
  }
  return undefined;
}

function Editor({ product }: { product: Thing<AdminProduct> }) {
  const say = say_products();
  const stored = product.data;
  const [draft, set_draft] = useState<Draft | null>(null);
  const [problem, set_problem] = useState<Problem>();
  const [fault, set_fault] = useState<string>();
  const [working, set_working] = useState(false);
  const [moving, set_moving] = useState<{ id: number; name: string } | null>(null);
  const shown = draft ?? draft_of(stored);
  const changed = draft !== null && (!stored || !is_nothing(plan_of(stored, draft)));
  const edit = (change: Partial<Draft>): void => set_draft({ ...shown, ...change });
  const set_fields = (fields: Partial<Draft['fields']>): void => edit({ fields: { ...shown.fields, ...fields } });

  const save = async (anyway = false): Promise<void> => {
    const missing = fault_of(shown);
    set_fault(missing);
    set_problem(undefined);
    if (missing) return;
    set_working(true);
    if (stored) await save_stored(stored, anyway);
    else await create();
    set_working(false);
  };
  const create = async (): Promise<void> => {
    const answer = await command<AdminProduct>('/admin/products', new_product(shown));
    if (!answer.ok) return set_problem(answer.problem);
    show_toast(say.created);
    navigate(`/admin/products/${answer.value.id}`, { replace: true });
  };
  const save_stored = async (before: AdminProduct, anyway: boolean): Promise<void> => {
    const refused = await save_changes(before, shown, anyway ? '*' : product.etag);
    set_problem(refused);
    if (refused?.code === 'changed_meanwhile') return; // the old version stays, so that the same is said again
    await product.reload(); // what was taken of the changes is no change any more
    if (refused) return;
    set_draft(null);
    show_toast(say_shell().saved);
  };
  const show_theirs = async (): Promise<void> => {
    await product.reload();
    set_draft(null);
    set_problem(undefined);
  };
  return (
    <>
      <form class="editor" onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}>
        <Head title={stored ? text(stored.product.name) : say.new_title}
          back={{ path: '/admin/products', name: say.title }}>
          {stored?.product.active && <a class="button button-small" href={`/products/${stored.product.handle}`}
            target="_blank" rel="noopener">{say.view}</a>}
        </Head>
        <div class="editor-columns">
          <div>
            <BasicsPanel fields={shown.fields} set={set_fields} problem={problem} />
            <PicturesPanel images={shown.fields.images} set={(images) => set_fields({ images })} />
            <OptionsPanel draft={shown} stored={stored} edit={edit} problem={problem} />
            <VariantsPanel draft={shown} stored={stored} edit={edit} problem={problem} move_stock={set_moving} />
          </div>
          <div><SellingPanel fields={shown.fields} set={set_fields} problem={problem} /></div>
        </div>
        <div role="alert">{fault && <p class="result result-bad">{fault}</p>}</div>
        <ChangeRefusal problem={problem} show_theirs={() => void show_theirs()} save_anyway={() => void save(true)} />
        <SaveBar changed={changed} working={working} />
      </form>
      {moving && <StockDialog variant={moving} onClose={() => {
        set_moving(null);
        void product.reload();
      }} />}
    </>
  );
}

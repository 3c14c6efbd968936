// What a rule covers or leaves out: categories, products, variants, chosen in a dialog and shown as chips.

import { useState } from 'preact/hooks';
import type { IdFilter } from '../../api_types';
import { Dialog } from '../../components/form';
import { text } from '../../i18n';
import { Icon } from '../icons';
import { products, useSpeech } from './names';
import { say_rules } from './words';

const KINDS = ['category_ids', 'product_ids', 'variant_ids'] as const;
type Kind = (typeof KINDS)[number];
const SHOWN_MOST = 60;

const toggled = (value: IdFilter, kind: Kind, id: number): IdFilter => ({
  ...value, [kind]: value[kind].includes(id) ? value[kind].filter((other) => other !== id) : [...value[kind], id],
});

export function ScopeField(props: {
  label: string; hint: string; empty: string; value: IdFilter; onChange: (value: IdFilter) => void;
  problem: string | undefined;
}) {
  const { label, value, onChange } = props;
  const [open, set_open] = useState(false);
  const { speech } = useSpeech();
  const say = say_rules();
  const name_of: Record<Kind, (id: number) => string> = {
    category_ids: speech.category, product_ids: speech.product, variant_ids: speech.variant,
  };
  const chosen = KINDS.flatMap((kind) => value[kind].map((id) => ({ kind, id, name: name_of[kind](id) })));
  return (
    <div class={`scope ${props.problem ? 'field-bad' : ''}`} role="group" aria-label={label}>
      <div class="scope-head">
        <span class="scope-label">{label}</span>
        <button type="button" class="button button-small" aria-label={`${label}: ${say.choose}`}
          onClick={() => set_open(true)}>{say.choose}</button>
      </div>
      {chosen.length === 0
        ? <p class="scope-empty">{props.empty}</p>
        : (
          <ul class="scope-chips">
            {chosen.map(({ kind, id, name }) => (
              <li key={`${kind}${id}`} class={`scope-chip scope-${kind}`}>
                <span>{name}</span>
                <button type="button" aria-label={say.remove_chosen(name)}
                  onClick={() => onChange(toggled(value, kind, id))}>
                  <Icon name="close" size={16} />
                </button>
              </li>
            ))}
          </ul>
        )}
      <p class="field-note">{props.problem ?? props.hint}</p>
      <Dialog open={open} title={label} onClose={() => set_open(false)}>
        <ScopePicker value={value} onChange={onChange} />
        <button type="button" class="button button-strong" onClick={() => set_open(false)}>{say.picker_done}</button>
      </Dialog>
    </div>
  );
}

function ScopePicker({ value, onChange }: { value: IdFilter; onChange: (value: IdFilter) => void }) {
  const [query, set_query] = useState('');
  const { categories } = useSpeech();
  const say = say_rules();
  const wanted = query.trim().toLocaleLowerCase();
  const matches = (name: string): boolean => name.toLocaleLowerCase().includes(wanted);
  const found_categories = categories.filter(({ name }) => matches(text(name)));
  const found = products.value.filter(({ name }) => matches(name)).slice(0, SHOWN_MOST);
  const box = (kind: Kind, id: number, name: string) => (
    <label class="check" key={`${kind}${id}`}>
      <input type="checkbox" checked={value[kind].includes(id)} onChange={() => onChange(toggled(value, kind, id))} />
      <span>{name}</span>
    </label>
  );
  return (
    <>
      <input type="search" class="scope-search" aria-label={say.picker_search} placeholder={say.picker_search}
        value={query}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} // it is in the editor's form
        onInput={(event) => set_query(event.currentTarget.value)} />
      <div class="scope-list" tabIndex={0} role="group" aria-label={say.group_scope}>
        {found_categories.length > 0 && <h3>{say.picker_categories}</h3>}
        {found_categories.map(({ id, name }) => box('category_ids', id, text(name)))}
        {found.length > 0 && <h3>{say.picker_products}</h3>}
        {found.map((product) => (
          <div key={product.id}>
            {box('product_ids', product.id, product.name)}
            {product.variants.length > 1 && (
              <details class="scope-variants" open={product.variants.some(({ id }) => value.variant_ids.includes(id))}>
                <summary>{say.picker_variants(product.name)}</summary>
                {product.variants.map(({ id, name }) => box('variant_ids', id, name))}
              </details>
            )}
          </div>
        ))}
        {found_categories.length + found.length === 0 && <p class="muted">{say.picker_nothing}</p>}
      </div>
    </>
  );
}

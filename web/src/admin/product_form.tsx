// The parts of a product's form that are the product's own.

import type { AdminCategoryList, AdminProduct, OptionInput } from '../api_types';
import { text } from '../i18n';
import { in_order } from './categories';
import { CheckField, NumberField, PairField, TextField } from './forms';
import { Icon } from './icons';
import { fault_at, Panel } from './parts';
import { rows_of, type Draft, type ProductFields } from './product_draft';
import { say_products } from './products_words';
import { useThing } from './resource';
import type { Problem } from '../store/rest';

interface Props { fields: ProductFields; set: (change: Partial<ProductFields>) => void; problem: Problem | undefined }

export function BasicsPanel({ fields, set, problem }: Props) {
  const say = say_products();
  return (
    <Panel title={say.basics}>
      <div class="form">
        <PairField label={say.name} name="name" value={fields.name} onInput={(name) => set({ name })} maxLength={255}
          problem={fault_at(problem, '/name')} />
        <PairField label={say.description} name="description" value={fields.description}
          onInput={(description) => set({ description })} rows={5}
          hint={say.description_hint} problem={fault_at(problem, '/description')} />
      </div>
    </Panel>
  );
}

export function SellingPanel({ fields, set, problem }: Props) {
  const say = say_products();
  return (
    <Panel title={say.selling}>
      <div class="form">
        <CheckField label={say.for_sale} name="active" value={fields.active} onInput={(active) => set({ active })}
          hint={say.for_sale_hint} />
        <TextField label={say.handle} name="handle" value={fields.handle} onInput={(handle) => set({ handle })}
          maxLength={255} hint={say.handle_hint} problem={fault_at(problem, '/handle')} />
        <TextField label={say.vendor} name="vendor" value={fields.vendor} onInput={(vendor) => set({ vendor })}
          maxLength={255} problem={fault_at(problem, '/vendor')} />
        <Tags tags={fields.tags} set={(tags) => set({ tags })} problem={fault_at(problem, '/tags')} />
        <NumberField label={say.max_quantity} name="max-quantity" value={fields.max_quantity || null} max={1_000_000}
          hint={say.max_quantity_hint}
          problem={fault_at(problem, '/max_quantity')} onInput={(value) => set({ max_quantity: value ?? 0 })} />
        <TextField label={say.tax_class} name="tax-class" value={fields.tax_class}
          onInput={(tax_class) => set({ tax_class })} maxLength={66} problem={fault_at(problem, '/tax_class')} />
        <Categories chosen={fields.category_ids} set={(category_ids) => set({ category_ids })} />
      </div>
    </Panel>
  );
}

function Tags({ tags, set, problem }: { tags: string[]; set: (tags: string[]) => void; problem: string | undefined }) {
  const say = say_products();
  return (
    <TextField label={say.tags} name="tags" value={tags.join(', ')} hint={say.tags_hint} problem={problem}
      onInput={(typed) => set(typed.split(',').map((tag) => tag.trimStart()))} />
  );
}

function Categories({ chosen, set }: { chosen: number[]; set: (ids: number[]) => void }) {
  const say = say_products();
  const list = useThing<AdminCategoryList>('/admin/categories');
  return (
    <fieldset class="category-field">
      <legend>{say.categories}</legend>
      {list.data?.items.length === 0 && <p class="field-note">{say.no_categories}</p>}
      <div class="category-list">
        {in_order(list.data?.items ?? []).map(({ category, depth }) => (
          <div key={category.id} class={`category-${Math.min(depth, 3)}`}>
            <CheckField label={text(category.name)} name={`category-${category.id}`}
              value={chosen.includes(category.id)}
              onInput={(on) => set(on ? [...chosen, category.id] : chosen.filter((id) => id !== category.id))} />
          </div>
        ))}
      </div>
    </fieldset>
  );
}

// ---- options -------------------------------------------------------------------------------------------------------

/** Options that the shop has keep their number and their values; values may be added and renamed. */
export function OptionsPanel({ draft, stored, edit, problem }: {
  draft: Draft; stored: AdminProduct | undefined; edit: (change: Partial<Draft>) => void; problem: Problem | undefined;
}) {
  const say = say_products();
  const { options } = draft.fields;
  if (stored && options.length === 0) return null;
  const set = (next: OptionInput[]): void =>
    edit({ fields: { ...draft.fields, options: next }, rows: rows_of(next, draft.rows, !stored) });
  const set_one = (at: number, option: OptionInput): void => set(options.map((one, i) => (i === at ? option : one)));
  const empty = { ko: '', en: '' };
  return (
    <Panel title={say.options}>
      <p class="muted">{say.options_hint}</p>
      {options.map((option, at) => (
        <fieldset key={at} class="option-editor">
          <legend>{say.option(at + 1)}</legend>
          <div class="option-line">
            <PairField label={say.name} name={`option-${at}`} value={option.name}
              onInput={(name) => set_one(at, { ...option, name })} maxLength={255}
              problem={fault_at(problem, `/options/${at}/name`)} />
            {!stored && <RemoveButton label={say.remove_option(at + 1)}
              onClick={() => set(options.filter((_, i) => i !== at))} />}
          </div>
          {option.values.map((value, i) => (
            <div key={i} class="option-line">
              <PairField label={say.value(i + 1)} name={`option-${at}-${i}`} value={value} maxLength={255}
                problem={fault_at(problem, `/options/${at}/values/${i}`)}
                onInput={(next) => set_one(at, { ...option, values: option.values.map((one,
                  j) => (i === j ? next : one)) })} />
              {i >= (stored?.product.options[at]?.values.length ?? 0) && option.values.length > 1 && (
                <RemoveButton label={say.remove_value(i + 1)} onClick={() =>
                  set_one(at, { ...option, values: option.values.filter((_, j) => i !== j) })} />
              )}
            </div>
          ))}
          <button type="button" class="button button-small" onClick={() =>
            set_one(at, { ...option, values: [...option.values, empty] })}><Icon name="plus" size={16} />{say.add_value}
            </button>
        </fieldset>
      ))}
      {!stored && options.length < 3 && (
        <p><button type="button" class="button button-small" onClick={() =>
          set([...options, { name: empty, values: [empty] }])}><Icon name="plus" size={16} />{say.add_option}</button>
          </p>
      )}
    </Panel>
  );
}

export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return <button type="button" class="icon-button icon-button-small" aria-label={label} title={label} onClick={onClick}>
    <Icon name="trash" size={18} /></button>;
}

// A row for each variant: its price, its SKU, whether it is for sale, and its stock, which changes by movements.

import { useState } from 'preact/hooks';
import type { AdminProduct } from '../api_types';
import { text } from '../i18n';
import { number } from '../i18n/format';
import type { Problem } from '../store/rest';
import { AmountField, CheckField, NumberField, TextField, type Figure } from './forms';
import { fault_at, Panel } from './parts';
import { row_name, type Draft, type Row } from './product_draft';
import { say_products } from './products_words';

interface Props {
  draft: Draft;
  stored: AdminProduct | undefined;
  edit: (change: Partial<Draft>) => void;
  problem: Problem | undefined;
  move_stock: (variant: { id: number; name: string }) => void;
}

export function VariantsPanel({ draft, stored, edit, problem, move_stock }: Props) {
  const say = say_products();
  const name_of = (row: Row): string => row_name(row, draft.fields.options, text) || say.single;
  const set_row = (at: number, change: Partial<Row>): void => edit({ rows: draft.rows.map((row,
    i) => (i === at ? { ...row, ...change } : row)) });
  return (
    <Panel title={say.variants_title}>
      {!stored && draft.rows.length > 1 && (
        <ForAll onFill={(change) => edit({ rows: draft.rows.map((row) => ({ ...row, ...change })) })} />
      )}
      <ul class="variants">
        {draft.rows.map((row, i) => (
          <li key={row.options.join(',')} class={row.wanted ? '' : 'variant-none'}>
            <VariantRow row={row} name={name_of(row)} at={i} stored={stored} set={(change) => set_row(i, change)}
              problem={row.id === undefined ? problem : undefined} alone={draft.rows.length === 1}
              move={row.id === undefined ? undefined : () => move_stock({ id: row.id as number,
                name: name_of(row) })} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ForAll({ onFill }: { onFill: (change: Partial<Row>) => void }) {
  const say = say_products();
  const [price, set_price] = useState<Figure>(null);
  const [stock, set_stock] = useState<Figure>(null);
  return (
    <div class="variant-fields variant-all">
      <AmountField label={say.all_price} name="all-price" value={price} onInput={set_price} />
      <NumberField label={say.all_stock} name="all-stock" value={stock} onInput={set_stock} max={1_000_000_000} />
      <button type="button" class="button button-small" onClick={() =>
        onFill({ ...(price != null ? { unit_price: price } : {}), ...(stock != null ? { stock } : {}) })}>{say.apply}
        </button>
    </div>
  );
}

function VariantRow(props: {
  row: Row; name: string; at: number; stored: AdminProduct | undefined; set: (change: Partial<Row>) => void;
  problem: Problem | undefined; alone: boolean;
  move: (() => void) | undefined;
}) {
  const say = say_products();
  const { row, at, set, problem, move } = props;
  const pointer = (field: string): string => (props.stored ? `/${field}` : `/variants/${at}/${field}`);
  const is_new = row.id === undefined;
  return (
    <fieldset>
      <legend class={props.alone ? 'visually-hidden' : 'variant-name'}>{props.name}</legend>
      {is_new && !props.alone && <CheckField label={say.make} name={`make-${at}`} value={row.wanted}
        onInput={(wanted) => set({ wanted })} />}
      {row.wanted && (
        <div class="variant-fields">
          <AmountField label={say.price} name={`price-${at}`} value={row.unit_price} required
            onInput={(unit_price) => set({ unit_price: unit_price ?? null })}
            problem={fault_at(problem, pointer('unit_price'))} />
          <AmountField label={say.compare_at} name={`compare-${at}`} value={row.compare_at}
            onInput={(compare_at) => set({ compare_at })} problem={fault_at(problem, pointer('compare_at'))} />
          <TextField label={say.sku} name={`sku-${at}`} value={row.sku} maxLength={100} onInput={(sku) => set({ sku })}
            problem={fault_at(problem, pointer('sku'))} />
          {is_new
            ? <NumberField label={say.stock} name={`stock-${at}`} value={row.stock} max={1_000_000_000}
            onInput={(stock) => set({ stock })} problem={fault_at(problem, pointer('stock'))} />
            : (
              <div class="field variant-stock">
                <span>{say.stock}</span>
                <button type="button" class="button button-small" onClick={move}><b>{number(row.stock ?? 0)}</b>
                  <span class="visually-hidden"> {say.change_stock(props.name)}</span></button>
              </div>
            )}
          {!is_new && <CheckField label={say.on_sale} name={`active-${at}`} value={row.active}
            onInput={(active) => set({ active })} />}
        </div>
      )}
    </fieldset>
  );
}

// A product while it is edited: what its form holds, which variants its options make, and what has to be sent for it.

import type { AdminProduct, AdminVariant, Name, OptionInput, ProductInput, ProductInputInput,
  ProductVariantInputInput } from '../api_types';
import type { Figure } from './forms';

export type ProductFields = Omit<ProductInput, 'variants'>;

/** `id`: a variant that there is. Those of a product that is made are made with it when they are `wanted`. */
export interface Row {
  id?: number;
  options: number[];
  unit_price: Figure;
  compare_at: Figure;
  sku: string;
  active: boolean;
  stock: Figure;
  wanted: boolean;
}

export interface Draft { fields: ProductFields; rows: Row[] }

/** More combinations than that aren't offered; variants that there are stay. */
const COMBINATIONS_MAX = 200;

export const NOTHING: ProductFields = {
  handle: '', active: true, name: { ko: '', en: '' }, description: { ko: '', en: '' }, vendor: '', tags: [],
    category_ids: [],
  tax_class: 'standard', max_quantity: 0, images: [], options: [],
};

const key_of = (options: number[]): string => options.join(',');

/** Every way to choose one value of each option. */
function combinations(options: OptionInput[]): number[][] {
  const count = options.reduce((product, { values }) => product * Math.max(1, values.length), 1);
  if (count > COMBINATIONS_MAX) return [];
  return options.reduce<number[][]>((before, { values }) => before.flatMap((one) => values.map((_, i) => [...one, i])),
    [[]]);
}

const row_of = (variant: AdminVariant): Row => ({
  id: variant.id, options: variant.options, unit_price: variant.unit_price, compare_at: variant.compare_at,
    sku: variant.sku,
  active: variant.active, stock: variant.stock, wanted: true,
});

/** The rows of these options: those that there were, and empty ones for what is new. */
export function rows_of(options: OptionInput[], before: Row[], wanted: boolean): Row[] {
  const known = new Map(before.map((row) => [key_of(row.options), row]));
  const rows = combinations(options).map((chosen): Row =>
    known.get(key_of(chosen)) ?? { options: chosen, unit_price: null, compare_at: null, sku: '', active: true,
      stock: null, wanted });
  const shown = new Set(rows.map((row) => key_of(row.options)));
  return [...rows, ...before.filter((row) => row.id !== undefined && !shown.has(key_of(row.options)))];
}

export function draft_of(product: AdminProduct | undefined): Draft {
  if (!product) return { fields: NOTHING, rows: rows_of([], [], true) };
  const { variants: _, ...fields } = product.product;
  return { fields, rows: rows_of(fields.options, product.variants.map(row_of), false) };
}

/** "Red · L" */
export function row_name(row: Row, options: OptionInput[], text: (value: Name) => string): string {
  return row.options.map((value, i) => text(options[i]?.values[value] ?? { ko: '?', en: '?' })).join(' · ');
}

export function new_variant(row: Row): ProductVariantInputInput {
  return {
    ...(row.options.length > 0 ? { options: row.options } : {}), unit_price: row.unit_price ?? 0,
      compare_at: row.compare_at ?? null, sku: row.sku.trim(),
    stock: row.stock ?? 0, active: row.active,
  };
}

/** While tags are typed, one may be empty still. */
const cleaned = (fields: ProductFields): ProductFields => ({ ...fields,
  tags: fields.tags.map((tag) => tag.trim()).filter(Boolean) });

export function new_product({ fields, rows }: Draft): ProductInputInput {
  return { ...cleaned(fields), variants: rows.filter((row) => row.wanted).map(new_variant) };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What of the product itself is different; empty when nothing is. */
export function changed_fields(before: ProductFields, after: ProductFields): Partial<ProductFields> {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) =>
    !same(value, before[name as keyof ProductFields])));
}

/** The PATCH of a variant; null when it is as it was. */
export function changed_variant(before: AdminVariant, row: Row): Partial<ProductVariantInputInput> | null {
  const patch: Partial<ProductVariantInputInput> = {};
  if (row.unit_price != null && row.unit_price !== before.unit_price) patch.unit_price = row.unit_price;
  if (row.compare_at !== undefined && row.compare_at !== before.compare_at) patch.compare_at = row.compare_at;
  if (row.sku.trim() !== before.sku) patch.sku = row.sku.trim();
  if (row.active !== before.active) patch.active = row.active;
  return Object.keys(patch).length > 0 ? patch : null;
}

export interface Plan {
  fields: Partial<ProductFields>;
  patches: { id: number; patch: Partial<ProductVariantInputInput> }[];
  additions: Row[];
}

export function plan_of(product: AdminProduct, draft: Draft): Plan {
  const { variants: _, ...before } = product.product;
  const patches = product.variants.flatMap((variant) => {
    const row = draft.rows.find(({ id }) => id === variant.id);
    const patch = row && changed_variant(variant, row);
    return patch ? [{ id: variant.id, patch }] : [];
  });
  return { fields: changed_fields(before, cleaned(draft.fields)), patches,
    additions: draft.rows.filter((row) => row.id === undefined && row.wanted) };
}

export const is_nothing = (plan: Plan): boolean =>
  Object.keys(plan.fields).length + plan.patches.length + plan.additions.length === 0;

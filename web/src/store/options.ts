// From chosen option values to a variant, and which values still lead to one that can be bought.

import type { Product, ProductVariant } from '../api_types';

/** One index per option; null: not chosen yet. */
export type Chosen = (number | null)[];

const fits = (variant: ProductVariant, chosen: Chosen): boolean =>
  chosen.every((value, option) => value === null || variant.options[option] === value);

export function find_variant(product: Product, chosen: Chosen): ProductVariant | undefined {
  if (chosen.some((value) => value === null)) return undefined;
  return product.variants.find((variant) => fits(variant, chosen));
}

export type ValueState = 'available' | 'sold_out' | 'none';

/** Of one value, with what is chosen in the other options. */
export function value_state(product: Product, chosen: Chosen, option: number, value: number): ValueState {
  const with_value = chosen.map((other, index) => (index === option ? value : other));
  const variants = product.variants.filter((variant) => variant.active && fits(variant, with_value));
  if (variants.length === 0) return 'none';
  return variants.some((variant) => variant.stock > 0) ? 'available' : 'sold_out';
}

/** What is chosen at first: nothing to choose is chosen; else the only value, where there is one. */
export function first_choice(product: Product): Chosen {
  return product.options.map((option) => (option.values.length === 1 ? 0 : null));
}

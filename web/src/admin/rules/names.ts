// Names of what rules speak of by id, and how the chosen language writes amounts and times.

import { computed } from '@preact/signals';
import type { Category, CategoryList, VariantLabel } from '../../api_types';
import { language, text } from '../../i18n';
import { date_time, money, percent } from '../../i18n/format';
import { catalogue, labels } from '../../state/shop';
import { useResource } from '../../state/resource';
import { reading_en } from './reading_en';
import { reading_ko } from './reading_ko';
import type { ReadingWords, Speech } from './rule_reading';

export const reading_words = (): ReadingWords => (language() === 'ko' ? reading_ko : reading_en);

export const variant_name = (label: VariantLabel): string => [text(label.name),
  text(label.options)].filter(Boolean).join(' · ');

/** Products with their variants, in the order of the catalogue. */
export interface ProductEntry { id: number; name: string; image: string; category_ids: number[];
  variants: { id: number; name: string; price: number }[] }

export const products = computed<ProductEntry[]>(() => {
  const found = new Map<number, ProductEntry>();
  for (const variant of catalogue.value?.variants ?? []) {
    const label = labels.value.get(variant.id) as VariantLabel | undefined;
    if (!label) continue;
    const entry = found.get(variant.product_id)
      ?? { id: variant.product_id, name: text(label.name), image: label.image, category_ids: variant.category_ids,
      variants: [] };
    entry.variants.push({ id: variant.id, name: text(label.options) || text(label.name), price: variant.unit_price });
    found.set(variant.product_id, entry);
  }
  return [...found.values()];
});

/** What the catalogue doesn't hold any more is called by its number. */
export function useSpeech(): { speech: Speech; categories: Category[] } {
  const categories = useResource<CategoryList>('/categories').data?.items ?? [];
  const by_number = (id: number): string => `#${id}`;
  const speech: Speech = {
    money, percent, moment: date_time,
    product: (id) => products.value.find((product) => product.id === id)?.name ?? by_number(id),
    category: (id) => {
      const category = categories.find((found) => found.id === id);
      return category ? text(category.name) : by_number(id);
    },
    variant: (id) => {
      const label = labels.value.get(id) as VariantLabel | undefined;
      return label ? variant_name(label) : by_number(id);
    },
  };
  return { speech, categories };
}

// The catalogue by its ids.

import type { Catalogue } from 'cartwright/sync';
import type { Text, VariantLabel } from '../api_types';

export function label_map(catalogue: Catalogue): Map<number, VariantLabel> {
  return new Map(catalogue.labels.map((label) => [label.variant_id, label]));
}

export function promotion_name_map(catalogue: Catalogue): Map<number, Text> {
  const names = catalogue.promotions.map((rule, index): [number, Text] => [
    rule.id, catalogue.promotion_names[index] ?? { ko: rule.name, en: rule.name },
  ]);
  return new Map(names);
}

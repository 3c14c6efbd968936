// The catalogue and the rules as the module needs them, kept for when there is no network.
import type { Snapshot } from "./sync_types.js";

export type Catalogue = Omit<Snapshot, "complete" | "removed_variant_ids" | "now">;

/** A delta on top of what was known; a complete snapshot replaces it. */
export function merge_snapshot(before: Catalogue | undefined, news: Snapshot): Catalogue {
  const { complete, removed_variant_ids, now: _now, ...rest } = news;
  if (complete || !before) return rest;
  const merge = <T>(old: T[], fresh: T[], id: (item: T) => number): T[] => {
    const all = new Map(old.map((item) => [id(item), item]));
    for (const item of fresh) all.set(id(item), item);
    for (const removed of removed_variant_ids) all.delete(removed);
    return [...all.values()];
  };
  return {
    ...rest,
    variants: merge(before.variants, news.variants, (variant) => variant.id),
    labels: merge(before.labels, news.labels, (label) => label.variant_id),
  };
}

export function with_stock(catalogue: Catalogue, stock: ReadonlyMap<number, number>): Catalogue {
  const variants = catalogue.variants.map((variant) => {
    const units = stock.get(variant.id);
    return units === undefined || units === variant.stock ? variant : { ...variant, stock: units };
  });
  return { ...catalogue, variants };
}

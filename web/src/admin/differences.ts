// What a change of the admin log changed: the fields that differ, by their path, in the order of the new state.

export interface Difference { path: string; before: string | null; after: string | null }

export function differences(before: unknown, after: unknown): Difference[] {
  const old = new Map(leaves(before));
  const fresh = new Map(leaves(after));
  const found: Difference[] = [];
  for (const [path, value] of fresh) {
    const was = old.get(path) ?? null;
    if (was !== value) found.push({ path, before: was, after: value });
  }
  for (const [path, value] of old) if (!fresh.has(path)) found.push({ path, before: value, after: null });
  return found;
}

/** Lists of plain values are one value; objects and lists of objects are told field by field. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (value === null || value === undefined) return path === '' ? [] : [[path, '']];
  if (Array.isArray(value)) {
    const is_flat = value.every((item) => typeof item !== 'object' || item === null);
    if (is_flat) return [[path, value.join(', ')]];
    return value.flatMap((item, index) => leaves(item, `${path}[${index + 1}]`));
  }
  if (typeof value !== 'object') return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

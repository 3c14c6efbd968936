// The pricing module, fetched after the first paint and kept.

import type { PricingModule } from 'cartwright/sync';

export async function load_module(): Promise<PricingModule> {
  const { load } = await import('cartwright');
  return load();
}

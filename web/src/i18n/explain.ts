// The package's sentences for codes, with the names of this shopper's coupons and this shop's promotions.

import { computed } from '@preact/signals';
import type { Explain } from 'cartwright/explain';
import { catalogue, client, currency, promotion_names, wallet } from '../state/shop';
import { all_words, text } from './index';

const made = computed(() => all_words().explain({
  shop: { currency: currency.value },
  get now() { return client.clock.now(); },
  coupons: wallet.value.map(({ id, name, rule }) => ({ id, rule: { name: text(name), starts_at: rule.starts_at } })),
  promotions: (catalogue.value?.promotions ?? []).map(({ id, name }) => {
    const own = promotion_names.value.get(id);
    return { id, name: own ? text(own) : name };
  }),
}));

/** Needs all words. */
export const explain = (): Explain => made.value;

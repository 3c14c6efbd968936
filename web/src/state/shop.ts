// The store's state as signals: what pages read. The client itself knows nothing of them.

import { computed, signal } from '@preact/signals';
import { exponent_of } from 'cartwright/explain';
import { open_client as open_store, type Client, type State } from '../store/client';
import { load_module } from './module';
import { label_map, promotion_name_map } from '../store/snapshot';

export let client: Client;
export const state = signal<State>(null as unknown as State);

/** Set when a newer version of the shop waits (worker.ts): changes over to it. */
export const update = signal<(() => void) | null>(null);

/** Promotions begin, and coupons end, while a page is open. */
const minute = signal(0);

export async function open_client(): Promise<void> {
  client = await open_store('/api/v1', load_module);
  state.value = client.state;
  client.subscribe((news) => (state.value = news));
  setInterval(() => minute.value++, 60_000);
}

export const me = computed(() => state.value.account);
const lines = computed(() => state.value.lines);
const picks = computed(() => state.value.picks);
const owner = computed(() => state.value.owner);
export const cart = computed(() => ({ lines: lines.value, picks: picks.value, owner: owner.value }));
export const wallet = computed(() => state.value.wallet);
export const online = computed(() => state.value.online);
export const shop = computed(() => state.value.shop);
export const catalogue = computed(() => state.value.catalogue);

export const currency = computed(() => shop.value?.rules.currency ?? catalogue.value?.shop.currency ?? 'KRW');
export const exponent = computed(() => exponent_of(currency.value));
export const time_zone = computed(() => shop.value?.time_zone ?? 'Asia/Seoul');
export const cart_units = computed(() => cart.value.lines.reduce((sum, line) => sum + line.quantity, 0));

export const labels = computed(() => (catalogue.value ? label_map(catalogue.value) : new Map<number, never>()));
export const promotion_names = computed(() =>
  catalogue.value ? promotion_name_map(catalogue.value) : new Map<number, never>());
const priced = computed(() => state.value.priced);
const paid_orders = computed(() => me.value?.paid_orders);
/** Every change of what it reads is priced here, by the module, without a request; so is the passing of time. */
export const quote = computed(() => {
  void [cart.value, wallet.value, catalogue.value, paid_orders.value, minute.value];
  return priced.value ? client.quote() : null;
});

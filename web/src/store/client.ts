// Everything the shop front knows and does without a page: the synced cart of the package (catalogue, cart, prices, queue)
// and what this shop adds to it: its settings, live figures, signing in, orders. No framework: pages subscribe.

import { choice_of, open_cart, type CartState, type PricingModule, type SyncAnswer, type SyncedCart } from 'cartwright/sync';
import type { Address, CartLine, CouponPick, Me, Mutation, NewOrder, Order, Paid, Quote, Session, ShopInfo } from '../api_types';
import { Live } from './live';
import { Rest, type Answer } from './rest';

export interface State extends CartState<Me> {
  shop: ShopInfo | null;
}

export class Client {
  readonly clock: SyncedCart<Me>['clock'];
  readonly rest: Rest;
  readonly live: Live;
  state: State;
  private readonly listeners = new Set<(state: State) => void>();

  constructor(private readonly cart: SyncedCart<Me>, base: string) {
    this.clock = cart.clock;
    this.rest = new Rest(cart);
    this.live = new Live(`${base}/stream`);
    this.state = { ...cart.state, shop: null };
    cart.subscribe((news) => {
      const whose = this.state.account?.id;
      this.set(news);
      if (news.account?.id !== whose) tell_worker('account_changed');
    });
  }

  subscribe(listener: (state: State) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  // ---- start -------------------------------------------------------------------------------------------------------

  /** What this browser remembers; no network. */
  async open(): Promise<void> {
    this.set({ shop: (await this.cart.storage.read<ShopInfo>('shop')) ?? null });
  }

  /** Then the network: shop, catalogue, account, live figures. */
  async start(): Promise<void> {
    this.live.on('stock', (event) => this.cart.prices.learn_stock(event.variant_id, event.stock));
    for (const name of ['wallet', 'balance', 'orders', 'cart', 'catalogue', 'poll'] as const) this.live.on(name, () => this.sync_soon());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.sync_soon();
    });
    await Promise.all([this.fetch_shop(), this.cart.prepare()]);
    this.live.start();
    if (this.state.account) {
      const me = await this.rest.get<Me>('/me');
      if (me.ok) await this.cart.sign_in(me.value);
    }
    await this.sync();
  }

  private async fetch_shop(): Promise<void> {
    const sent_at = Date.now();
    const answer = await this.rest.get<ShopInfo>('/shop');
    if (!answer.ok) return;
    this.clock.learn(answer.value.now, sent_at, Date.now());
    this.set({ shop: answer.value });
    await this.cart.storage.update('shop', () => answer.value);
  }

  // ---- cart --------------------------------------------------------------------------------------------------------

  /** False when prices can't be computed here yet (first visit without network). */
  async edit(mutation: Mutation): Promise<boolean> {
    return (await this.cart.edit(mutation)).ok;
  }

  set_picks(picks: CouponPick[]): void {
    void this.cart.set_picks(picks);
  }

  /** Of the cart, or with other picks, or of other lines. */
  quote(picks?: CouponPick[], lines?: CartLine[]): Quote | null {
    return this.cart.quote(picks && choice_of(picks), lines);
  }

  /** With the coupons that make these lines cheapest. */
  best_quote(lines?: CartLine[]): Quote | null {
    return this.cart.quote({ mode: 'best', coupons: [] }, lines);
  }

  sync_soon(): void {
    this.cart.sync_soon();
  }

  sync(): Promise<Answer<SyncAnswer> | null> {
    return this.cart.sync();
  }

  // ---- account -----------------------------------------------------------------------------------------------------

  async enter(path: '/auth/login' | '/auth/register', body: unknown): Promise<Answer<Session>> {
    const answer = await this.rest.post<Session>(path, body);
    if (!answer.ok) return answer;
    const { me } = answer.value;
    if (this.state.owner !== null && this.state.owner !== me.id) await this.forget_account();
    await this.cart.sign_in(me);
    this.live.restart();
    await this.sync();
    return answer;
  }

  async sign_out(): Promise<Answer<unknown>> {
    const answer = await this.rest.post('/auth/logout');
    if (answer.ok || answer.problem.code === 'unauthenticated') await this.forget_account();
    return answer;
  }

  /** Everything that was the account's leaves this browser. */
  private async forget_account(): Promise<void> {
    await this.cart.sign_out();
    await this.cart.storage.remove(['address']);
    await this.rest.forget_all();
    tell_worker('account_changed'); // also when the session had ended before
    this.live.restart();
  }

  // ---- orders ------------------------------------------------------------------------------------------------------

  /** `lines` only when something else than the cart's selected lines is bought. */
  async place_order(quote: Quote, picks: CouponPick[], address: Address, lines?: CartLine[]): Promise<Answer<Order>> {
    const order: NewOrder = {
      ...(lines ? { lines } : {}),
      choice: choice_of(picks), expected_total: quote.total, fingerprint: quote.fingerprint, address,
    };
    const answer = await this.rest.post_once<Order>('/orders', order);
    if (answer.ok && !lines) this.set_picks([]);
    void this.sync();
    return answer;
  }

  async pay(number: string): Promise<Answer<Paid>> {
    const answer = await this.rest.post_once<Paid>(`/orders/${number}/payment`);
    void this.sync();
    return answer;
  }

  read_address(): Promise<Address | undefined> {
    return this.cart.storage.read<Address>('address');
  }

  async keep_address(address: Address): Promise<void> {
    await this.cart.storage.update('address', () => address);
  }

  private set(news: Partial<State>): void {
    this.state = { ...this.state, ...news };
    for (const listener of this.listeners) listener(this.state);
  }
}

export async function open_client(base: string, module: () => Promise<PricingModule>): Promise<Client> {
  const client = new Client(await open_cart<Me>({ url: base, module }), base);
  await client.open();
  return client;
}

function tell_worker(message: 'account_changed'): void {
  navigator.serviceWorker?.controller?.postMessage(message);
}
